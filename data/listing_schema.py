"""Is the file of the listing situations well-formed? All that is wrong is gathered, each with version, situation and field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.errors import BrokenRule
from data.identity import SUBJECT_TYPES
from data.listing_rule import ANY, GROUPS, SHOWS, ListingStep, ListingVersion, Show, Situation, Way
from data.rule_reading import Problem, Reader, check_succession, parse, read_citation
from data.rulebook import BASES, RULES
from data.standard import load_standard

#: parameter → kind and field of record whose code list holds its words
LISTED = {"kinds": ("penalty", "penalty_kinds"), "levels": ("accident", "level"), "liabilities": ("accident", "liability")}
_RULE = {"id", "title", "version"}
_VERSION = {
    "version", "effective_from", "effective_to", "gap", "lists", "look_back_days", "look_back_basis", "look_back_source",
    "list_basis", "list_source", "list_citation", "limits", "situation", "step",
}  # fmt: skip
_SITUATION = {
    "id", "group", "for_list", "name", "says", "leads_to", "subjects", "basis", "source", "citation", "unseen", "way",
}  # fmt: skip
_WAY = {"show", "also", "at_least", "window_days", "noun", "unit"}


def read_listing_rule(path: Path) -> tuple[tuple[ListingVersion, ...], list[Problem]]:
    """All versions of a file, the earliest first, and everything that is wrong with it."""
    reader = Reader(path.name)
    try:
        table = parse(path, reader)
    except OSError as error:
        raise BrokenRule(f"认定线索的规则读不出来：{error}", path.name, "请放回这个文件") from error
    if table is None:
        return (), reader.problems
    reader.known(table, _RULE, "")
    if reader.take(table, "id", str, "") != path.stem:
        reader.blame("id", "id 与文件名不同", f"请写成 {path.stem}")
    reader.take(table, "title", str, "")
    told = reader.each(table, "version", dict, "")
    versions = tuple(sorted((_version(one, reader) for one in told), key=lambda one: one.effective_from))
    if not versions:
        reader.blame("version", "没有任何版本", "请至少写一个 [[version]]")
    check_succession(versions, reader)
    return versions, reader.problems


def _version(told: dict[str, Any], reader: Reader) -> ListingVersion:
    name = reader.take(told, "version", str, "version.")
    at = f"version {name}."
    reader.known(told, _VERSION, at)
    start, end = reader.take(told, "effective_from", date, at), told.get("effective_to")
    if end is not None and (not isinstance(end, date) or end < start):
        reader.blame(f"{at}effective_to", "失效的日期不对", "写成 2026-03-31 的样子，不早于生效")
        end = None
    lists = tuple(reader.each(told, "lists", str, at))
    for one in lists:
        reader.one_of(one, _words_of("list_entry", "list_name"), f"{at}lists")
    situations = tuple(_situation(one, at, reader) for one in reader.each(told, "situation", dict, at))
    _check_situations(situations, at, reader)
    return ListingVersion(
        version=name, effective_from=start, effective_to=end, gap=str(told.get("gap", "")), lists=lists,
        look_back_days=_whole(told, "look_back_days", at, reader),
        look_back_basis=_basis(told, "look_back_basis", at, reader),
        look_back_source=reader.take(told, "look_back_source", str, at),
        list_basis=_basis(told, "list_basis", at, reader),
        list_source=reader.take(told, "list_source", str, at),
        list_citation=read_citation(told.get("list_citation"), f"{at}list_citation.", reader),
        limits=reader.take(told, "limits", str, at),
        situations=situations,
        steps=tuple(_step(one, at, reader) for one in reader.each(told, "step", dict, at)),
    )  # fmt: skip


def _check_situations(situations: tuple[Situation, ...], at: str, reader: Reader) -> None:
    for key in ("situation_id", "name"):
        told = [getattr(one, key) for one in situations]
        for twice in sorted({one for one in told if told.count(one) > 1}):
            reader.blame(f"{at}situation", f"“{twice}”写了两次", "每个情形用不同的编号和名称")
    ids = {one.situation_id for one in situations}
    for one in situations:
        for way in one.ways:
            if way.also is not None and way.also not in ids - {one.situation_id}:
                reader.blame(f"{at}situation {one.situation_id}.also", f"没有“{way.also}”这个情形", "请写另一个情形的编号")


def _situation(told: dict[str, Any], at: str, reader: Reader) -> Situation:
    name = reader.take(told, "id", str, f"{at}situation.")
    at = f"{at}situation {name}."
    reader.known(told, _SITUATION, at)
    subjects = tuple(reader.each(told, "subjects", str, at))
    for one in subjects or ("",):
        reader.one_of(one, ANY, f"{at}subjects")
    ways = tuple(_way(one, subjects, f"{at}way {place}.", reader) for place, one in enumerate(told.get("way", ()), 1))
    unseen = reader.take(told, "unseen", str, at, "")
    if not ways and not unseen:
        reader.blame(f"{at}way", "既没有看法，也没有说明为什么看不到", "请写 [[version.situation.way]] 或 unseen")
    for_list = told.get("for_list", False)
    if not isinstance(for_list, bool):
        reader.blame(f"{at}for_list", "for_list 应写 true 或 false", "请改正")
    return Situation(
        situation_id=name, group=reader.take(told, "group", str, at), for_list=bool(for_list),
        name=reader.take(told, "name", str, at), says=reader.take(told, "says", str, at),
        leads_to=reader.take(told, "leads_to", str, at, "" if for_list else None), subjects=subjects,
        basis=_basis(told, "basis", at, reader), source=reader.take(told, "source", str, at),
        citation=read_citation(told.get("citation"), f"{at}citation.", reader), unseen=unseen, ways=ways,
    )  # fmt: skip


def _way(told: dict[str, Any], subjects: tuple[str, ...], at: str, reader: Reader) -> Way:
    name = reader.take(told, "show", str, at)
    show = SHOWS.get(name)
    if show is None:
        reader.blame(f"{at}show", f"没有“{name}”这种看法", f"可用：{'、'.join(SHOWS)}")
        show = Show("", ANY, {key: told[key] for key in told.keys() - _WAY})
    reader.known(told, {*_WAY, *show.parameters}, at)
    for one in sorted(set(subjects) & SUBJECT_TYPES.keys() - set(show.subjects)):
        reader.blame(f"{at}show", f"{name} 看不到{SUBJECT_TYPES[one]}", f"它说的是{'、'.join(show.subjects)}")
    for key in show.needs:
        if key not in told:
            reader.blame(f"{at}{key}", f"没有写 {key}", f"{name} 要写明 {'、'.join(show.needs)}")
    at_least = _whole(told, "at_least", at, reader)
    if at_least > 1 and "window_days" not in told:
        reader.blame(f"{at}window_days", "要几次才算的，没有写窗口", "请写 window_days，一年写 365")
    window = _whole(told, "window_days", at, reader) if "window_days" in told else 1
    also = reader.take(told, "also", str, at, "")
    given = dict(_parameters(told, show, at, reader))
    if name == "penalties" and not given["words"] and not given["kinds"]:
        reader.blame(f"{at}words", "哪些处罚没有写明", "请写 words 或 kinds")
    noun, unit = reader.take(told, "noun", str, at), reader.take(told, "unit", str, at)
    return Way(name, at_least, window, noun, unit, also or None, given)


def _parameters(told: dict[str, Any], show: Show, at: str, reader: Reader) -> Iterator[tuple[str, Any]]:
    """Every parameter of what is shown, as given or as it stands for none."""
    for key, nothing in show.parameters.items():
        read = _READ.get(key, _list)
        yield key, read(told, key, at, reader) if key in told else nothing


def _groups(told: dict[str, Any], key: str, at: str, reader: Reader) -> list[list[str]]:
    found = reader.each(told, key, list, at)
    if not 1 <= len(found) <= GROUPS or not all(
        group and all(isinstance(one, str) and one for one in group) for group in found
    ):
        reader.blame(f"{at}{key}", f"{key} 不是 1–{GROUPS} 组字样", '写成 [["指使", "强令"], ["超限"]] 的样子，每组至少一个')
        return []
    return found


def _list(told: dict[str, Any], key: str, at: str, reader: Reader) -> list[str]:
    found = reader.each(told, key, str, at)
    for one in found or ("",):
        if key in LISTED:
            reader.one_of(one, _words_of(*LISTED[key]), f"{at}{key}")
        elif not one:
            reader.blame(f"{at}{key}", f"{key} 里没有字样", "请写至少一个，或删去这一行")
    return found


def _rule(told: dict[str, Any], key: str, at: str, reader: Reader) -> str:
    name: str = reader.take(told, key, str, at)
    if not (RULES / f"{name}.toml").is_file():
        reader.blame(f"{at}{key}", f"没有“{name}”这条规则", "请写预警规则的编号")
    return name


def _amount(told: dict[str, Any], key: str, at: str, reader: Reader) -> Decimal:
    value = told[key]
    if not isinstance(value, int | Decimal) or isinstance(value, bool) or value <= 0:
        reader.blame(f"{at}{key}", f"{key} 不是大于 0 的金额", "以元为单位，如 20000")
        return Decimal(0)
    return Decimal(value)


_READ: dict[str, Callable[[dict[str, Any], str, str, Reader], Any]] = {
    "words": _groups, "rule": _rule, "fine_from_yuan": _amount,
}  # fmt: skip


def _step(told: dict[str, Any], at: str, reader: Reader) -> ListingStep:
    at = f"{at}step."
    reader.known(told, {"name", "says", "basis"}, at)
    name, says = reader.take(told, "name", str, at), reader.take(told, "says", str, at)
    return ListingStep(name, says, _basis(told, "basis", at, reader))


def _basis(told: dict[str, Any], key: str, at: str, reader: Reader) -> str:
    basis: str = reader.take(told, key, str, at)
    reader.one_of(basis, BASES, f"{at}{key}")
    return basis


def _whole(told: dict[str, Any], key: str, at: str, reader: Reader) -> int:
    value: int = reader.take(told, key, int, at)
    if value < 1 and key in told:
        reader.blame(f"{at}{key}", f"{key} 不是大于 0 的整数", "写成 4、365 这样的整数")
    return value


def _words_of(kind: str, field: str) -> tuple[str, ...]:
    codes = load_standard(kind).field(field).codes
    assert codes is not None
    return tuple(codes.values)
