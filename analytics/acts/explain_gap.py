"""Why is a document number missing? A person says it with one of the rule's words; a gap is a doubt, never concealment."""

from __future__ import annotations

from datetime import datetime

from analytics.desk import Desk
from analytics.number_gaps import NumberGap, number_gaps
from data.casework.explaining import PERMISSION, keep_explanation
from data.casework.rights import Person, require
from data.errors import BadArgument, NotFound

NOTE_LENGTH = 200
#: The word that says nothing without a note.
OTHER = "其他"


def explain_gap(
    desk: Desk, person: Person, key: str, code: str, note: str, now: datetime, run_id: str | None = None
) -> NumberGap:
    """Keep the explanation of one gap of the published snapshot, in the person's scope; returns the gap.

    Raises
    ------
    NotAllowed
        when the role may not hand in records.
    NotFound
        when there is no such gap in the person's scope.
    BadArgument
        when the word is none of the rule's, or the note is missing where it is needed, or too long.
    """
    require(desk.casework, person, PERMISSION)
    found = number_gaps(desk, person)
    gap = next((each for each in found.rows if each.key == key), None)
    if gap is None:
        raise NotFound("没有这一处断号，可能已经补齐", "文书号疑似断号", "请刷新页面后重选")
    if code not in found.explanations:
        raise BadArgument(f"没有“{code[:20]}”这种说明", "说明", f"可用：{'、'.join(found.explanations)}")
    said = note.strip()
    if len(said) > NOTE_LENGTH or (code == OTHER and not said):
        raise BadArgument(f"“{OTHER}”要写明情况，且不超过 {NOTE_LENGTH} 字", "情况", "请补充或缩短")
    keep_explanation(desk.casework, person, gap.key, code, said, gap.sentence, now, run_id)
    return gap
