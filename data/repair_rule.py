"""How long is a penalty published, from when may it be repaired, and under which order? (信用修复管理办法, as data)

`data/rules/repair.toml`: the orders (versions) without overlap or gap, the classes of each in the order in which they are
tried, and what puts a penalty into a class. `data/repair.py` judges with it.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.errors import BrokenRule
from data.rulebook import BASES, RULES, Citation
from data.standard import CodeList, load_standard

FILE = RULES / "repair.toml"
#: Which order judges: that of the decision's day, or that of the day on which repair is applied for (asked about).
JUDGED_BY = {"decision": "作出决定之日", "application": "申请（查询）之日"}


def penalty_words(field: str) -> CodeList:
    """The words that a listed field of a penalty may hold, as landing keeps them, and their other spellings."""
    codes = load_standard("penalty").field(field).codes
    assert codes is not None
    return codes


KINDS = penalty_words("penalty_kinds").values
PROCEDURES = penalty_words("procedure").values
_VERSION = {
    "version", "effective_from", "effective_to", "basis", "citation", "period_start", "conditions", "conditions_basis",
    "persons_published", "persons_basis", "bar_months", "bar_basis", "class", "step",
}  # fmt: skip
_CLASS = {"name", "publish", "min_months", "max_months", "max_if_published_months", "basis", "ground"}
_FLAGS = ("rest", "serious_list", "repeat_offender")
_WORDS: Mapping[str, tuple[str, ...] | None] = {"kinds": KINDS, "procedures": PROCEDURES, "fields": None}
_AMOUNTS = ("fine_from_yuan", "fine_below_yuan")
_CITED = ("title", "number", "article", "url")


@dataclass(frozen=True, slots=True)
class Ground:
    """What puts a penalty into a class: exactly one trigger; `rest` takes whatever nothing before it took.

    `fine_from_yuan` looks at the fine of the decision (at least); `fine_below_yuan` concerns the kind 罚款 alone (less than).
    """

    kinds: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    fine_from_yuan: Decimal | None = None
    fine_below_yuan: Decimal | None = None
    serious_list: bool = False
    repeat_offender: bool = False
    rest: bool = False
    basis: str = "assumption"
    source: str = ""


@dataclass(frozen=True, slots=True)
class RepairClass:
    """One class of a version. Months are calendar months from the decision's day; `min_months` None: nothing to apply for."""

    name: str
    publish: bool
    min_months: int | None
    max_months: int | None
    max_if_published_months: int | None
    basis: str
    grounds: tuple[Ground, ...]

    @property
    def length(self) -> tuple[bool, int, int]:
        """What is longer sorts later: published or not, least, then most months."""
        return self.publish, self.min_months or 0, self.max_months or 0


@dataclass(frozen=True, slots=True)
class Step:
    """One statutory step of an application, in working days."""

    name: str
    workdays: int
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class RepairVersion:
    """One order, in force from `effective_from` to `effective_to` (both included; None = still in force)."""

    version: str
    effective_from: date
    effective_to: date | None
    basis: str
    citation: Citation
    period_start: str
    conditions: str
    conditions_basis: str
    persons_published: bool
    persons_basis: str
    bar_months: int
    bar_basis: str
    classes: tuple[RepairClass, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RepairRule:
    """All versions, the earliest first, and the switch for the transition between them."""

    judged_by: str
    transition_basis: str
    transition_note: str
    versions: tuple[RepairVersion, ...]

    def find(self, version: str) -> RepairVersion:
        """The version of that name."""
        return next(one for one in self.versions if one.version == version)


def load_repair_rule(path: Path = FILE) -> RepairRule:
    """The rule of a file, checked.

    Raises
    ------
    BrokenRule
        when the file is damaged, holds an unknown key or word, a class whose periods do not fit, a kind in two classes, or
        versions that overlap or leave a gap.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        _only(table, {"id", "title", "transition", "version"}, path.name)
        moving = table["transition"]
        _only(moving, {"judged_by", "basis", "note"}, f"{path.name}，transition")
        judged_by = _word(moving["judged_by"], tuple(JUDGED_BY), path.name)
        versions = sorted((_version(one, path.name) for one in table["version"]), key=lambda one: one.effective_from)
        rule = RepairRule(judged_by, _word(moving["basis"], BASES, path.name), str(moving["note"]), tuple(versions))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        todo = "请按 [transition]、[[version]]、[[version.class]]、[[version.class.ground]] 的写法改正"
        raise BrokenRule(f"信用修复的规则读不出来：{error}", path.name, todo) from error
    _check_succession(rule.versions, path.name)
    return rule


def _check_succession(versions: tuple[RepairVersion, ...], name: str) -> None:
    if not versions:
        raise BrokenRule("没有任何版本", name, "请至少写一个 [[version]]")
    for earlier, later in itertools.pairwise(versions):
        if earlier.effective_to is None or later.effective_from != earlier.effective_to + timedelta(days=1):
            where = f"{name}，版本 {later.version}"
            raise BrokenRule(
                f"与版本 {earlier.version} 的期间不相接", where, "前一版本的 effective_to 应是后一版本生效的前一日"
            )


def _version(told: dict[str, Any], name: str) -> RepairVersion:
    where = f"{name}，版本 {told['version']}"
    _only(told, _VERSION, where)
    start, end = told["effective_from"], told.get("effective_to")
    if not isinstance(start, date) or (end is not None and end < start):
        raise BrokenRule("生效、失效的日期不对", where, "写成 2026-04-01 的样子，失效不早于生效")
    _only(told["citation"], set(_CITED), where)
    classes = tuple(_class(one, where) for one in told["class"])
    _check_classes(classes, where)
    return RepairVersion(
        version=str(told["version"]),
        effective_from=start,
        effective_to=end,
        basis=_word(told["basis"], BASES, where),
        citation=Citation(*(str(told["citation"].get(key, "")) for key in _CITED)),
        period_start=str(told["period_start"]),
        conditions=str(told["conditions"]),
        conditions_basis=_word(told["conditions_basis"], BASES, where),
        persons_published=_flag(told["persons_published"], "persons_published", where),
        persons_basis=_word(told["persons_basis"], BASES, where),
        bar_months=_whole(told["bar_months"], "bar_months", where),
        bar_basis=_word(told["bar_basis"], BASES, where),
        classes=classes,
        steps=tuple(_step(one, where) for one in told.get("step", ())),
    )


def _check_classes(classes: tuple[RepairClass, ...], where: str) -> None:
    """Every kind in one class at most, and the last thing tried takes the rest."""
    named = [kind for one in classes for ground in one.grounds for kind in ground.kinds]
    if twice := sorted({kind for kind in named if named.count(kind) > 1}):
        raise BrokenRule(f"处罚类别 {'、'.join(twice)} 写在两处", where, "一种处罚只归一个类别")
    if len({one.name for one in classes}) != len(classes):
        raise BrokenRule("类别的名称重复", where, "每个类别用不同的名称")
    rests = [ground.rest for one in classes for ground in one.grounds]
    if rests.count(True) != 1 or not rests[-1]:
        raise BrokenRule("没有写明其余的归哪一类", where, "在最后一个类别写唯一的 rest = true")


def _class(told: dict[str, Any], where: str) -> RepairClass:
    where = f"{where}，{told['name']}"
    _only(told, _CLASS, where)
    names = ("min_months", "max_months", "max_if_published_months")
    least, most, if_published = (_whole(told[key], key, where) if key in told else None for key in names)
    publish = _flag(told["publish"], "publish", where)
    if publish and (least is None or most is None or most < least):
        raise BrokenRule("公示的类别要写最短、最长期限，最长不短于最短", where, "请写 min_months 与 max_months")
    if not publish and most is not None:
        raise BrokenRule("不公示的类别不写最长期限", where, "确有必要公示时的上限写 max_if_published_months")
    grounds = tuple(_ground(one, where) for one in told["ground"])
    return RepairClass(str(told["name"]), publish, least, most, if_published, _word(told["basis"], BASES, where), grounds)


def _ground(told: dict[str, Any], where: str) -> Ground:
    triggers = [key for key in (*_WORDS, *_AMOUNTS, *_FLAGS) if key in told]
    _only(told, {*_WORDS, *_AMOUNTS, *_FLAGS, "basis", "source"}, where)
    if len(triggers) != 1:
        raise BrokenRule("一个 ground 只写一种情形", where, f"从 {'、'.join((*_WORDS, *_AMOUNTS, *_FLAGS))} 里选一个")
    (key,) = triggers
    taken = {**dict.fromkeys(_WORDS, _words), **dict.fromkeys(_AMOUNTS, _amount), **dict.fromkeys(_FLAGS, _flag)}
    read: Callable[[Any, str, str], Any] = taken[key]
    source = str(told["source"])
    return Ground(**{key: read(told[key], key, where)}, basis=_word(told["basis"], BASES, where), source=source)


def _step(told: dict[str, Any], where: str) -> Step:
    _only(told, {"name", "workdays", "basis", "source"}, where)
    days = _whole(told["workdays"], "workdays", where)
    return Step(str(told["name"]), days, _word(told["basis"], BASES, where), str(told["source"]))


def _words(told: Any, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(told, list) or not told or not all(isinstance(one, str) and one for one in told):
        raise BrokenRule(f"{key} 不是一列词", where, '写成 ["罚款", "警告"] 的样子')
    allowed = _WORDS[key]
    return tuple(_word(one, allowed, where) if allowed is not None else one for one in told)


def _amount(told: Any, key: str, where: str) -> Decimal:
    if not isinstance(told, int | Decimal) or isinstance(told, bool) or told <= 0:
        raise BrokenRule(f"{key} 不是大于 0 的金额", where, "以元为单位，如 100000")
    return Decimal(told)


def _flag(told: Any, key: str, where: str) -> bool:
    if not isinstance(told, bool):
        raise BrokenRule(f"{key} 应写 true 或 false", where, "请改正")
    return told


def _whole(told: Any, key: str, where: str) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or told < 0:
        raise BrokenRule(f"{key} 不是不小于 0 的整数", where, "写成 3、12、36 这样的整数")
    return told


def _word(word: Any, allowed: tuple[str, ...], where: str) -> str:
    if word not in allowed:
        raise BrokenRule(f"“{word}”不在名单里", where, f"可用：{'、'.join(allowed)}")
    return str(word)


def _only(table: dict[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise BrokenRule(f"不认识的键 {'、'.join(unknown)}", where, f"可用的键：{'、'.join(sorted(known))}")
