"""Do the rows cite articles that stood in the regulation when the act was committed or decided on? Only ever a doubt.

Art. 37 of 行政处罚法 (2021): the law of the day of the act applies, unless it was changed before the decision and the new is
milder. So what either day's version has is right; without a day of the act the day of the decision alone judges, and the row
says so. What is judged is each distinct text once, against every version; rows are looked at only where a text is doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.citations import Citation
from data.landing.block import Rows
from data.landing.headers import Header
from data.regulations import ARTICLE, Catalogue, Regulation, load_catalogue
from data.standard import Check

Mask = npt.NDArray[np.bool_]
Slots = npt.NDArray[np.int64]
#: What a day says of a citation. Only when neither day is right or unknown is it doubtful.
RIGHT, UNKNOWN, MISSING, NOT_YET, REPEALED = range(5)
#: The operator that says when a citation was judged by the day of the decision alone.
BY_DECISION_DAY = "citation-by-decision-day"
#: How a title ends that must be cited with an article even where the catalogue does not know it.
_REGULATION = ("法", "条例", "规定", "办法", "细则")


def cited_article(rows: Rows, each: Check) -> None:
    """The cited article, paragraph or item stands in neither version: that of the act's day nor that of the decision's."""
    for cited, where, verdicts, slots in _doubtful(rows, each):
        regulation = _regulation(cited)
        wrong = (verdicts == MISSING).any(axis=1)
        for pair in np.unique(slots[wrong], axis=0):
            here = wrong & (slots == pair).all(axis=1)
            says = f"{each.says}：{_lacking(regulation, cited, pair)}"
            rows.find(where[here], each.params["field"], each.rule, each.severity, _dated(rows, each, where[here], says))


def cited_in_force(rows: Rows, each: Check) -> None:
    """The cited regulation was in force neither on the act's day nor on the decision's."""
    for cited, where, verdicts, _ in _doubtful(rows, each):
        regulation = _regulation(cited)
        for verdict, why in ((NOT_YET, f"自 {regulation.begins_on} 起施行"), (REPEALED, f"施行至 {regulation.repealed_after}")):
            here = (verdicts[:, 1] == verdict) & ~(verdicts == MISSING).any(axis=1)
            says = f"{each.says}：《{regulation.title}》{why}"
            rows.find(where[here], each.params["field"], each.rule, each.severity, _dated(rows, each, where[here], says))


def cited_with_article(rows: Rows, each: Check) -> None:
    """A regulation is named without any of its articles."""
    name = each.params["field"]
    texts = rows.distinct(name)
    bare = [_bare(cited) for cited in _cited(rows, name)]
    if any(bare):
        says = pa.array([f"{each.says}：{'、'.join(f'《{title}》' for title in titles)}" for titles in bare], pa.string())
        where = np.flatnonzero(_of_rows(texts, np.array([bool(titles) for titles in bare])))
        told = says.take(texts.indices.fill_null(0)) if len(says) else says
        rows.find(where, name, each.rule, each.severity, told)


def citation_by_decision_day(rows: Rows, each: Check) -> None:
    """The day of the act is empty, so a citation that could be judged was judged by the day of the decision alone."""
    act = each.params["act_field"]
    if act not in rows.header.mapping or not rows.blank(act).any():
        return
    texts = rows.distinct(each.params["field"])
    judged = np.array([any(map(_can_be_judged, cited)) for cited in _cited(rows, each.params["field"])], dtype=bool)
    rows.find(_of_rows(texts, judged) & rows.blank(act), act, each.rule, each.severity, each.says)


def _doubtful(rows: Rows, each: Check) -> list[tuple[Citation, npt.NDArray[np.int64], Slots, Slots]]:
    """Per citation that can be judged: the rows neither of whose days clears it.

    Positions of the rows, and per row for the day of the act and that of the decision (n x 2) the verdict and the version.
    """
    texts = rows.distinct(each.params["field"])
    said: dict[Citation, list[int]] = defaultdict(list)
    for place, citations in enumerate(_cited(rows, each.params["field"])):
        for cited in filter(_can_be_judged, citations):
            said[cited].append(place)
    if not said:
        return []
    places = texts.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    days = np.stack([_days(rows, each.params[key]) for key in ("act_field", "decided_field")], axis=1)
    days = np.where(np.isnat(days), days[:, ::-1], days)
    dated = ~np.isnat(days[:, 1])
    if not dated.any():
        return []
    found, ends = [], (days[dated].min(), days[dated].max())
    for cited, spoken in said.items():
        if _clear(cited, *ends):
            continue
        where = np.flatnonzero(np.isin(places, spoken) & dated)
        verdicts, slots = _judge(cited, days[where])
        doubtful = ~((verdicts == RIGHT) | (verdicts == UNKNOWN)).any(axis=1)
        found.append((cited, where[doubtful], verdicts[doubtful], slots[doubtful]))
    return found


def _judge(cited: Citation, days: npt.NDArray[np.datetime64]) -> tuple[Slots, Slots]:
    """Per day the verdict on a citation and the version in force; shapes as `days`."""
    regulation = _regulation(cited)
    slots = np.searchsorted(np.array(regulation.borders, "datetime64[D]"), days, side="right")
    verdicts = np.array(_verdicts(cited))[slots]
    if regulation.repealed_after is not None:
        verdicts[days > np.datetime64(regulation.repealed_after)] = REPEALED
    return verdicts, slots


def _clear(cited: Citation, first: np.datetime64, last: np.datetime64) -> bool:
    """Does no day from first to last raise a doubt? Then nobody need look at the rows."""
    verdicts, slots = _judge(cited, np.array([first, last]))
    between = _verdicts(cited)[slots[0] : slots[1] + 1]
    return max(*between, *verdicts.tolist()) <= UNKNOWN


def _days(rows: Rows, name: str) -> npt.NDArray[np.datetime64]:
    return rows.value[name].cast(pa.date32()).to_numpy(zero_copy_only=False).astype("datetime64[D]")


def about_citations(header: Header) -> list[tuple[str, str, str, str]]:
    """What a sheet without the day of the act is told once instead of in every row: column, rule, severity, sentence."""
    standard = header.standard
    return [
        (standard.field(act).title, each.rule, each.severity, f"文件没有这一列：{each.says}")
        for each in standard.checks
        if each.operator == BY_DECISION_DAY and (act := each.params["act_field"]) not in header.mapping
    ]


def _of_rows(texts: pa.DictionaryArray, flags: Mask) -> Mask:
    """Where a row's text is flagged; an empty cell is not."""
    places = texts.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return np.append(flags, False)[places]


def _lacking(regulation: Regulation, cited: Citation, slots: Slots) -> str:
    """Which versions lack what, and what stands there instead where a source says so."""
    assert cited.clause is not None
    says = []
    for slot in dict.fromkeys(slots.tolist()):
        version = regulation.version(slot)
        if version is None:
            continue
        what = version.lacks(cited.clause)
        instead = "或".join(clause.text for clause in regulation.stands_instead(cited.clause, slot))
        total = f"（全文 {version.articles} 条）" if what == ARTICLE else ""
        says.append(f"{version.label}的版本{total}没有这一{what}" + (f"，应为{instead}" if instead else ""))
    return f"《{regulation.title}》{cited.clause.text}，{'；'.join(says)}"


def _dated(rows: Rows, each: Check, where: npt.NDArray[np.int64], says: str) -> pa.Array:
    """The sentence for these rows with the days it was judged by; one entry per row of the block."""
    act, decided = (rows.value[each.params[key]].cast(pa.date32()).cast(pa.string()) for key in ("act_field", "decided_field"))
    by_act = pc.binary_join_element_wise("违法行为发生于 ", act, "、", "")
    days = pc.binary_join_element_wise(pc.fill_null(by_act, ""), "处罚决定于 ", pc.fill_null(decided, "（无日期）"), "")
    picked = pc.binary_join_element_wise(says, "（", days.take(pa.array(where)), "）", "")
    told = pa.repeat(pa.scalar("", pa.string()), len(rows))
    mask = np.zeros(len(rows), dtype=bool)
    mask[where] = True
    return pc.replace_with_mask(told, pa.array(mask), picked)


def _catalogue() -> Catalogue:
    return load_catalogue()


def _regulation(cited: Citation) -> Regulation:
    found = _catalogue().find(cited.title)
    assert found is not None
    return found


def _cited(rows: Rows, name: str) -> list[tuple[Citation, ...]]:
    """What each distinct text of a field cites."""
    if name not in rows.cited:
        rows.cited[name] = [_read(text or "") for text in rows.distinct(name).dictionary.to_pylist()]
    return rows.cited[name]


@lru_cache(maxsize=8192)
def _read(text: str) -> tuple[Citation, ...]:
    return _catalogue().citations(text)


@lru_cache(maxsize=8192)
def _can_be_judged(cited: Citation) -> bool:
    """Is an article cited, of a regulation that can be judged on some day?"""
    return cited.clause is not None and (_ends(cited) or any(verdict != UNKNOWN for verdict in _verdicts(cited)))


def _bare(citations: tuple[Citation, ...]) -> tuple[str, ...]:
    """The regulations among them that are named without an article."""
    return tuple(
        cited.title
        for cited in citations
        if cited.clause is None and (_catalogue().find(cited.title) or cited.title.endswith(_REGULATION))
    )


@lru_cache(maxsize=8192)
def _verdicts(cited: Citation) -> tuple[int, ...]:
    """Per span between the regulation's borders what it says of the citation; (UNKNOWN,) when nothing is known of it."""
    regulation = _catalogue().find(cited.title)
    if regulation is None or cited.clause is None or not regulation.borders:
        return (UNKNOWN,)
    verdicts = [NOT_YET if regulation.begins_on else UNKNOWN]
    for version in regulation.versions:
        lacks = version.lacks(cited.clause)
        verdicts.append(UNKNOWN if lacks is None else MISSING if lacks else RIGHT)
    return tuple(verdicts)


def _ends(cited: Citation) -> bool:
    regulation = _catalogue().find(cited.title)
    return regulation is not None and regulation.repealed_after is not None
