"""What of a version of a scheme rests on assumptions, and is its text still the one that somebody confirmed?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from typing import Any

from data.scheme import Scheme, SchemeVersion, load_schemes

_OPEN = "assumption"


def open_parts(version: SchemeVersion) -> list[str]:
    """What decides a grade without a source, in words, in the order of the sheet; empty when all of it has one."""
    found = ["版本"] if version.basis == _OPEN else []
    found += ["基准与上下限"] if version.based.basis == _OPEN else []
    found += [one.title for one in version.indicators if one.stands.basis == _OPEN]
    found += [f"{one.code} 级" for one in version.grades if one.stands.basis == _OPEN]
    found += [one.title for one in version.conditions if one.stands.basis == _OPEN]
    found += ["每期最多升一级"] if version.one_step is not None and version.one_step.basis == _OPEN else []
    return found + (["首次考核的上限"] if version.first is not None and version.first[1].basis == _OPEN else [])


def content_digest(scheme: Scheme, version: SchemeVersion) -> str:
    """The hash of all that the scheme and this version say, 64 hex digits: any change of a number or a word changes it."""
    said: dict[str, Any] = {each.name: getattr(scheme, each.name) for each in fields(scheme) if each.name != "versions"}
    text = json.dumps([said, asdict(version)], ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def version_named(scheme_id: str, version: str) -> tuple[Scheme, SchemeVersion] | None:
    """The scheme and its version of these names; None when there is none."""
    for scheme in load_schemes():
        for one in scheme.versions:
            if (scheme.scheme_id, one.version) == (scheme_id, version):
                return scheme, one
    return None


def _plain(value: Any) -> Any:
    """Numbers by their value (1.0 is 1), days and other things as text, dataclasses by what they hold."""
    if hasattr(value, "normalize"):
        return format(value.normalize(), "f")
    if hasattr(value, "__dataclass_fields__"):
        return asdict(value)
    return dict(value) if hasattr(value, "items") else str(value)
