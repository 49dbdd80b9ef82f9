"""What does the name of an SQL file stand for? The statement to run, with every view it mentions put in front of it.

A file under `data/sql/` is one object; an object of a kind whose standard says how a row becomes a fact needs none, a template
stands for it (`data/templates.py`). Where a text mentions `penalty_known` (or another fact's known view), or `every_known` (or
another union over all facts), `compose` puts that in front as a named step, so nothing but these reads a base fact table.
Where it mentions `step_repair_standing` or `feature_fleet`, the file `data/sql/steps/repair_standing.sql` or
`data/sql/features/fleet.sql` goes in front the same way: what several statements ask is written once, and a statement too
long for one file has its steps in others.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from data.errors import BrokenRule
from data.templates import EVERY, FACTS, filled, template_of

SQL = Path(__file__).resolve().parent / "sql"
_TEXT = re.compile(r"'(?:[^']|'')*'")
_COMMENT = re.compile(r"('(?:[^']|'')*')|--[^\n]*")
_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")
_WITH = re.compile(r"\s*with\s+(recursive\s+)?", re.IGNORECASE)
_KNOWN = re.compile(rf"\b({'|'.join(FACTS)})_known\b")
_EVERY = re.compile(rf"\bevery_({'|'.join(EVERY)})\b")
_STEP = re.compile(r"\b((?:feature|step)_[a-z_]+)\b")


@lru_cache(maxsize=2_000)
def compose(name: str, empty: frozenset[str] = frozenset(), held: frozenset[str] = frozenset()) -> str:
    """The statement of `data/sql/<name>.sql`, with the known views and own steps it mentions as its first steps.

    `empty`: tables known to hold nothing; they are left out of unions, which would cost the planner a branch each. `held`: own
    steps that stand as tables of the connection already and are read from there.

    Raises
    ------
    BrokenRule
        when there is no such file.
    """
    body = _read(name)
    own = _own_steps(body, held)
    steps = {f"every_{each}": _union(each, empty) for each in _mentioned(_EVERY, body, *own.values())} | own
    views = [] if name.startswith("known/") else _mentioned(_KNOWN, body, *steps.values())
    steps = {f"{fact}_known": _read(f"known/{fact}_known") for fact in views} | steps
    if not steps:
        return body
    named = ",\n".join(f"{step} as (\n{text}\n)" for step, text in steps.items())
    start = _WITH.match(body)
    if start is None:
        return f"with {named}\n{body}"
    return f"with {'recursive ' if start.group(1) else ''}{named},\n{body[start.end() :]}"


def _mentioned(pattern: re.Pattern[str], *texts: str) -> list[str]:
    return sorted({found for text in texts for found in pattern.findall(_TEXT.sub("''", text))})


def own_steps(name: str) -> dict[str, str]:
    """The steps of `features/` and `steps/` that a statement is made of → the text of each, after those that it mentions."""
    return _own_steps(_read(name), frozenset())


def _own_steps(text: str, held: frozenset[str]) -> dict[str, str]:
    """The steps of `features/` and `steps/` that a text mentions, each after those that it mentions itself."""
    found: dict[str, str] = {}
    for each in _mentioned(_STEP, text):
        folder, _, name = each.partition("_")
        if each not in held and (SQL / f"{folder}s/{name}.sql").is_file():
            step = _file(f"{folder}s/{name}")
            found |= _own_steps(step, held) | {each: step}
    return found


def _union(branch: str, empty: frozenset[str]) -> str:
    """The branch of `data/sql/every/`, filled in for every table it is for, as one select. A count tells of the empty too."""
    told = [table for table in EVERY[branch] if branch == "count" or table not in empty] or EVERY[branch][:1]
    return "\nunion all\n".join(filled(_file(_branch(branch, table)), table) for table in told)


def _branch(branch: str, table: str) -> str:
    """The file that tells a branch of one table: its own one, or the one for all."""
    own = f"every/{branch}_{table}"
    return own if (SQL / f"{own}.sql").is_file() else f"every/{branch}"


@cache
def parameters(name: str, held: frozenset[str] = frozenset()) -> frozenset[str]:
    """The `$name` parameters the composed statement declares."""
    return frozenset(_PARAMETER.findall(_TEXT.sub("''", compose(name, held=held))))


def _read(name: str) -> str:
    """The text of an object: of its file, or of the template that stands for it."""
    stands = None if (SQL / f"{name}.sql").is_file() else template_of(name)
    return filled(_file(stands[0]), stands[1]) if stands else _file(name)


def _file(name: str) -> str:
    path = SQL / f"{name}.sql"
    if not path.is_file():
        raise BrokenRule(f"没有名为 {name} 的查询", f"data/sql/{name}.sql", "请检查名称")
    return _COMMENT.sub(lambda found: found.group(1) or "", path.read_text(encoding="utf-8")).strip().rstrip(";")
