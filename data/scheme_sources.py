"""Whom does a scheme file grade, in which cycle, and where does each of its facts come from? Read and checked.

Every fact that a version asks for names a file of `data/sql/evaluation/` or says that a person enters it; a quotient of two
facts comes from these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from data.errors import BrokenRule
from data.evaluation_facts import ANY, load_record_fact, record_fact_names
from data.rule_facts import fits
from data.rule_reading import Reader
from data.scheme import CYCLES, ENTERED, Population, SchemeFact, Source

SOURCE_KEYS = {"from", "with", "fold", "entered_as"}
#: Type of the subjects that are graded → what the words that choose them are called in a scheme file.
_WORDS = {"enterprise": "sectors", "practitioner": "categories"}


def read_population(table: Mapping[str, Any], reader: Reader) -> Population:
    """Who is graded; all of a type when the file names no words and no roles."""
    told = reader.take(table, "population", dict, "")
    subject_type = reader.take(told, "subject_type", str, "population.")
    reader.one_of(subject_type, _WORDS, "population.subject_type")
    words = _WORDS.get(subject_type, "sectors")
    reader.known(told, {"subject_type", words, "without", "roles"}, "population.")
    lists = {key: tuple(reader.each(told, key, str, "population.")) for key in (words, "without", "roles") if key in told}
    return Population(subject_type, lists.get(words, ()), lists.get("without", ()), lists.get("roles", ()))


def read_cycle(table: Mapping[str, Any], reader: Reader) -> str:
    """In which span of time the scheme looks."""
    cycle = reader.take(table, "cycle", str, "")
    reader.one_of(cycle, CYCLES, "cycle")
    return str(cycle)


def read_source(table: Mapping[str, Any], at: str, subject_type: str, reader: Reader) -> Source | None:
    """Where one fact comes from; None where the file does not say."""
    if "from" not in table:
        for key in sorted(SOURCE_KEYS & table.keys()):
            reader.blame(f"{at}{key}", f"写了 {key}，没有写 from", "请写 from")
        return None
    name = reader.take(table, "from", str, at)
    if name == ENTERED:
        how = reader.take(table, "entered_as", str, at)
        for key in sorted({"with", "fold"} & table.keys()):
            reader.blame(f"{at}{key}", f"录入的事实不用 {key}", "请删去")
        return Source(ENTERED, how=how)
    if "entered_as" in table:
        reader.blame(f"{at}entered_as", "由记录得出的事实不用 entered_as", "请删去")
    return _of_records(name, table, at, subject_type, reader)


def check_sources(facts: Mapping[str, SchemeFact], used: Iterable[str], at: str, reader: Reader) -> None:
    """Blame every fact that is asked for and comes from nowhere, and a source that nobody asks for."""
    asked = set(used)
    for name in sorted(asked):
        fact = facts[name]
        if fact.source is None and fact.over is None and name != "score":
            todo = "请写 from：事实查询的名称，或 entered（并写 entered_as）"
            reader.blame(f"{at}facts.{name}.from", f"事实 {name} 没有写明从哪里来", todo)
        if fact.source is not None and fact.over is not None:
            reader.blame(f"{at}facts.{name}.from", f"事实 {name} 由 {'、'.join(fact.over)} 相除得出", "请删去 from")
    for name in sorted(facts.keys() - asked):
        if facts[name].source is not None:
            reader.blame(f"{at}facts.{name}", f"没有指标或条件用到事实 {name}", "请删去，或写上用它的指标")


def _of_records(name: str, table: Mapping[str, Any], at: str, subject_type: str, reader: Reader) -> Source | None:
    if name not in record_fact_names():
        reader.blame(f"{at}from", f"没有名为 {name} 的事实查询", f"可用：{'、'.join(record_fact_names())}，或 entered")
        return None
    try:
        fact = load_record_fact(name)
    except BrokenRule as broken:
        reader.blame(f"{at}from", broken.what, broken.todo)
        return None
    if subject_type not in fact.subjects:
        reader.blame(f"{at}from", f"事实查询 {name} 不说这类对象", f"可用于：{'、'.join(fact.subjects)}")
    fold = reader.take(table, "fold", str, at, fact.folds[0])
    reader.one_of(fold, fact.folds, f"{at}fold")
    given = reader.take(table, "with", dict, at, {})
    reader.known(given, set(fact.parameters), f"{at}with.")
    for key, value in given.items():
        if key in fact.parameters and not fits(value, fact.parameters[key]):
            reader.blame(f"{at}with.{key}", f"{key} 类型不对", "文字、整数或非空的文字列表，见事实查询的文件头")
    bound = {key: given.get(key, ANY[kind]) for key, kind in fact.parameters.items()}
    return Source(name, bound, fold)
