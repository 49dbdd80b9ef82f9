"""What do the events of one warning add up to? One pure function; the writer and the checker both use it.

The first wording stays: `sentence` and `evidence` are what was shown when the warning opened and are never rewritten.
When the condition later reads differently, an `alert_updated` event keeps the new wording and the state carries it
beside the first one (`latest_sentence`, `latest_evidence`, null while nothing changed; `latest_on` the day of it).
`level` is the present level, by which the queue sorts and filters; `opened_level` the first one. A *raised* level
takes an acknowledged warning back to open: it was acknowledged for less, and somebody has to look again; the earlier
acknowledgement stays in the events.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

#: Worst first.
LEVELS: dict[str, int] = {"red": 1, "orange": 2, "yellow": 3, "blue": 4}
#: Statuses of a warning whose condition still holds.
LIVE = ("pending", "open", "acknowledged", "assigned", "snoozed")

#: What a condition says about a warning; `opened` events carry all of it.
CONDITION_FIELDS = (
    "rule_id", "rule_version", "level", "name", "county", "sentence", "basis", "citation", "severity_note", "since", "evidence",
)  # fmt: skip
#: What may read differently later while the warning stays the same.
MOVING_FIELDS = ("level", "sentence", "evidence", "name", "county")

State = dict[str, Any]


def apply(state: State | None, happened: Mapping[str, Any]) -> State:
    """The state after one event of this warning; `None` before its first.

    Raises
    ------
    ValueError
        when the event cannot follow this state.
    """
    kind, payload = happened["kind"], happened["payload"]
    if kind == "alert_opened":
        if state is not None:
            raise ValueError("a warning opens once")
        return _opened(happened)
    if state is None:
        raise ValueError("a warning begins with alert_opened")
    if kind == "alert_updated":
        return _updated(state, payload)
    if kind == "alert_ended":
        return {**state, "status": "closed", "ended_on": date.fromisoformat(payload["as_of"])}
    if kind == "alert_reopened":
        return {**state, "status": "acknowledged" if state["acknowledged_by"] else "open", "ended_on": None}
    if kind == "alert_acknowledged":
        return {**state, "status": "acknowledged", **_acknowledgement(happened["actor"], happened["at"], payload["comment"])}
    raise ValueError(f"not an event of a warning: {kind}")


def present(state: Mapping[str, Any]) -> dict[str, Any]:
    """The moving fields as they read now."""
    return {
        **{field: state[field] for field in MOVING_FIELDS},
        "sentence": state["sentence"] if state["latest_sentence"] is None else state["latest_sentence"],
        "evidence": state["evidence"] if state["latest_evidence"] is None else state["latest_evidence"],
    }


def _opened(happened: Mapping[str, Any]) -> State:
    payload = happened["payload"]
    said = {field: payload[field] for field in CONDITION_FIELDS}
    return {
        **said,
        "since": date.fromisoformat(said["since"]) if said["since"] else None,
        "alert_id": happened["alert_id"],
        "subject_type": happened["subject_type"],
        "subject_id": happened["subject_id"],
        "level_rank": LEVELS[said["level"]],
        "opened_level": said["level"],
        "status": "open",
        "opened_on": date.fromisoformat(payload["as_of"]),
        "ended_on": None,
        "latest_sentence": None,
        "latest_evidence": None,
        "latest_on": None,
        **_acknowledgement(None, None, None),
    }


def _updated(state: State, payload: Mapping[str, Any]) -> State:
    after = {**state, "latest_on": date.fromisoformat(payload["as_of"])}
    for field in ("name", "county"):
        after[field] = payload.get(field, state[field])
    for field in ("sentence", "evidence"):
        if field in payload:
            after[f"latest_{field}"] = None if payload[field] == state[field] else payload[field]
    if "level" in payload:
        after |= {"level": payload["level"], "level_rank": LEVELS[payload["level"]]}
        if after["level_rank"] < state["level_rank"] and state["status"] == "acknowledged":
            after |= {"status": "open", **_acknowledgement(None, None, None)}
    return after


def _acknowledgement(by: str | None, at: datetime | None, comment: str | None) -> dict[str, Any]:
    return {"acknowledged_by": by, "acknowledged_at": at, "comment": comment}
