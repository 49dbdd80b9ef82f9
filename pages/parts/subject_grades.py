"""How do the grades of one subject look on its file: computed and official, each scheme one line that leads to the sheet?"""

from __future__ import annotations

from analytics.evaluation_sheet import NO_OFFICIAL, WATERMARK, plain
from analytics.subject_grades import LatestOfficial, SubjectGrade
from pages.parts import links
from pages.parts.marks import basis_mark
from pages.parts.markup import Safe, dotted, join, show, tag
from pages.parts.trial_list import grade_mark


def section(found: tuple[SubjectGrade, ...], subject_id: str) -> None:
    """The section; nothing where no scheme grades the subject and no official grade is known."""
    if not found:
        return
    show(tag("h2", "信用评价", tag("small", WATERMARK), class_="xj-h2"))
    for number, one in enumerate(found):
        if one.trial and one.scheme:
            query = {"id": subject_id, "sheet": one.scheme.scheme_id}
            links.row(f"grade-{number}", "evaluation_sheet", one.title, query, after=_both(one))
        elif one.official:
            links.source(f"grade-{number}", one.official.batch_id, one.official.row_no, one.title, after=_only(one.official))


def _both(one: SubjectGrade) -> Safe:
    trial = one.trial
    assert trial is not None
    score = tag("span", f"{plain(trial.score)} 分", class_="xj-place") if trial.score is not None else None
    computed = tag("span", "试算 ", grade_mark(trial.result), basis_mark(trial.basis), class_="xj-nb")
    return tag("div", computed, score, _official(one.official), class_="xj-line")


def _only(one: LatestOfficial) -> Safe:
    return tag("div", _official(one), class_="xj-line")


def _official(one: LatestOfficial | None) -> Safe:
    if one is None:
        return tag("span", NO_OFFICIAL, class_="xj-muted")
    told = dotted(f"{one.rated_on} 评定" if one.rated_on else None, one.doc_no)
    return join(tag("span", "官方 ", tag("b", f"{one.grade} 级"), class_="xj-nb"), tag("span", told, class_="xj-place"))
