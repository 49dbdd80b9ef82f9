"""Ids are derived, never counted: the same thing has the same id in every home and every run."""

from __future__ import annotations

import hashlib
from datetime import date

SUBJECT_TYPES = {
    "enterprise": "企业",
    "vehicle": "车辆",
    "practitioner": "从业人员",
    "project": "项目",
    "unit": "单位",
}
#: A warning may also be about the risk model itself: one of governance (治理预警), never an enterprise's.
MODEL = "model"
WARNED_TYPES = {**SUBJECT_TYPES, MODEL: "风险模型"}
#: Subjects that have a register of their own; the others are known from records alone.
REGISTERED_TYPES = ("enterprise", "vehicle", "practitioner")
_PREFIX = {"enterprise": "e", "vehicle": "v", "practitioner": "p", "project": "j", "unit": "u"}


def digest(*parts: str, length: int = 16) -> str:
    """The first `length` hex digits of SHA-256 over the parts, unambiguous in their borders."""
    whole = "\x1f".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()[:length]


def batch_id(file_sha256: str, sheet: str | None, kind: str, unit: str | None) -> str:
    """The id of one landed sheet: file content, sheet, kind and unit decide."""
    return "b" + digest(file_sha256, sheet or "", kind, unit or "")


def subject_id(subject_type: str, first_key: str) -> str:
    """The id of a subject from its first key, e.g. `uscc:9114…`, `plate:晋M12345|黄`, `person:<keyed hash>`.

    A person's key must already be a keyed hash (`data.personal`), never the number itself.
    """
    return _PREFIX[subject_type] + digest(subject_type, first_key)


def alert_id(rule_id: str, subject_type: str, subject: str, opened_on: date) -> str:
    """The id of one warning: its key (rule, subject) and the day it opened."""
    return "a" + digest(rule_id, subject_type, subject, opened_on.isoformat())
