"""Who builds which section of road, and how did he behave there?"""

from __future__ import annotations

import numpy as np

from data.city import books, chance, routes
from data.city.books import days, document_numbers, joined, taken, texts, where
from data.city.chance import Story
from data.city.codes import Ints, padded
from data.city.decisions import Sheet, delivered
from data.city.model import Days
from data.city.profile import COUNTY_NAMES, units, words

#: A year, of all enterprises; of the sections so many at mean risk have a note of bad conduct.
BUILT, NOTED = 0.012, 0.35
#: What an enterprise is at the works, always the same: of `_ROUND` one each designs, supervises and tests, the others build.
ROLES = ("设计", "监理", "检测", "施工")
_ROUND = 12
_KINDS = ("公路养护工程", "农村公路", "公路改扩建", "桥梁隧道")
_CONDUCT = ("未按合同约定投入关键人员", "质量缺陷未按期整改", "安全防护设施不到位", "拖欠农民工工资")
_POINTS = (3, 5, 4, 8)
#: The code of what was found, by role; builders have one each.
_CODES = ("SJX2-1", "JJX101009", "SJC2-1")


def works(rng: np.random.Generator, story: Story) -> tuple[Sheet, Sheet]:
    """The sections under contract, and what was found of the contractors' conduct; by the days."""
    firm, day = chance.befall(rng, story, story.of("公路施工养护").astype(np.float64), BUILT)
    sections = _sections(rng, story, firm, day)
    likely = NOTED * np.exp(story.level[firm])
    noted = np.flatnonzero((rng.random(len(firm)) < likely) & (day + 60 <= story.calendar.as_of - 6))
    if len(noted) < chance.LEAST:
        noted = np.arange(min(chance.LEAST, len(firm)))
    return sections, _conduct(rng, story, noted, firm[noted], day[noted])


def role(firm: Ints) -> Ints:
    """The place of each enterprise's role in `ROLES`."""
    return np.minimum(firm % _ROUND, len(ROLES) - 1)


def _project(story: Story, place: Ints, firm: Ints) -> dict[str, books.Column]:
    county = words(COUNTY_NAMES, story.people.county[firm])
    return {
        "project_code": joined("XJGC", padded(900_001 + place, 6)),
        "project_name": joined(county, words(_KINDS, place % len(_KINDS)), texts(place + 1), "号项目（模拟）"),
        "section_code": joined("LJ", texts(place % 4 + 1)),
        "section_name": joined("第", texts(place % 4 + 1), "合同段"),
        "county": county,
    }


def _sections(rng: np.random.Generator, story: Story, firm: Ints, day: Days) -> Sheet:
    people = story.people
    route = routes.by_city(story.calendar, day)
    finished = day + rng.integers(150, 500, len(firm))
    done, begun = finished <= route.received, day + 20 <= route.received
    columns: dict[str, books.Column] = {
        **_project(story, np.arange(len(firm)), firm),
        "project_kind": words(_KINDS, np.arange(len(firm)) % len(_KINDS)),
        "role": words(ROLES, role(firm)),
        "contractor_name": taken(people.name, firm),
        "contractor_uscc": taken(people.uscc, firm),
        "amount_yuan": texts(rng.integers(8, 900, len(firm)) * 50_000),
        "awarded_on": days(day - 12),
        "signed_on": days(day),
        "started_on": where(begun, days(day + 20)),
        "due_on": days(day + 365),
        "completed_on": where(done, days(finished)),
        "owner_name": words(units().names, people.county[firm]),
        "status": where(done, "交工", where(begun, "在建", "未开工")),
        "authority": words(units().names, people.county[firm]),
    }
    return delivered("project_section", "公路水运工程标段", columns, route)


def _conduct(rng: np.random.Generator, story: Story, place: Ints, firm: Ints, signed: Days) -> Sheet:
    people, last = story.people, story.calendar.as_of - 6
    acted = np.minimum(signed + rng.integers(20, 45, len(firm)), last)
    found = np.minimum(acted + rng.integers(1, 16, len(firm)), last)
    order = np.lexsort((place, found))
    place, firm, acted, found = place[order], firm[order], acted[order], found[order]
    what = rng.integers(len(_CONDUCT), size=len(firm))
    coded = np.where(role(firm) < len(_CODES), role(firm), what + len(_CODES))
    columns: dict[str, books.Column] = {
        "doc_no": document_numbers("晋运交评", found),
        **_project(story, place, firm),
        "subject_name": taken(people.name, firm),
        "uscc": taken(people.uscc, firm),
        "role": words(ROLES, role(firm)),
        "category": "履约行为",
        "item_code": words([*_CODES, *(f"GLSG2-{n + 1}-1" for n in range(len(_CONDUCT)))], coded),
        "item": words(_CONDUCT, what),
        "effect": "按次扣分",
        "points": words([str(each) for each in _POINTS], what),
        "occurred_on": days(acted),
        "found_on": days(found),
        "evaluator": words(units().names, people.county[firm]),
    }
    return delivered("conduct", "从业行为评价", columns, routes.by_city(story.calendar, found))
