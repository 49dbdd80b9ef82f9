"""Does a text carry a personal number? What people type into a log is kept with such numbers masked."""

from __future__ import annotations

import re
from typing import Any

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(\d{6})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(\d{3}[\dXx])(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(1[3-9]\d)\d{4}(\d{4})(?![0-9A-Za-z])")  # letters as borders: ids are hex
_LONG = re.compile(r"\d{11}")


def without_personal(value: Any) -> Any:
    """The same value (text, list, dict, other) with identity and mobile numbers masked in every text.

    Identity numbers keep the first six and last four characters, mobile numbers the first three and last four.
    """
    if isinstance(value, str):
        if not _LONG.search(value):
            return value
        return _MOBILE.sub(r"\1****\2", _IDENTITY.sub(r"\1********\2", value))
    if isinstance(value, dict):
        return {key: without_personal(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [without_personal(one) for one in value]
    return value
