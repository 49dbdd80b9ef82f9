"""What did the offices enter for the year's evaluation: seen on site, told by the enterprise, or found at the works?

Of each scheme's enterprises the share `SCORED` has been scored. Most schemes have last year's sheet too; of the two large
trades, freight and repair, only this year's campaign is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from data.city import books, names, routes
from data.city.books import days, joined, taken, texts
from data.city.chance import Story
from data.city.codes import Ints
from data.city.decisions import Sheet, delivered
from data.city.model import Calendar, Days, Floats
from data.city.profile import units, words
from data.scheme import Scheme, load_schemes
from data.scheme_facts import most_of
from data.scheme_items import ScoreItems, items_of

SCORED = 0.85
#: Who scores: so many persons of each office.
SCORERS = 4
#: The best part of what is looked at is given at mean risk; a step of log risk takes so much, chance as much again.
GIVEN, PER_RISK, SPREAD = 0.9, 0.07, 0.05
#: So many things wanting are counted at mean risk, where a scheme counts them.
WANTING = 0.25
#: Nothing is entered on the very last days: it would be in no file.
_LAST_DAYS = 10
ON_SITE, TOLD, WORKS = "查看问评", "自评", "投标履约"


@dataclass(frozen=True, slots=True)
class Entered:
    """What is entered for a scheme: of which trades, which facts and how; `both`: last year's sheet is there too;
    `shops`: individual traders are scored as well."""

    scheme: str
    trades: tuple[str, ...]
    facts: tuple[str, ...]
    both: bool = True
    method: str = ON_SITE
    shops: bool = False


_ROAD = ("management_score", "uninsured_drivers", "uninsured_vehicles")
ENTERED = (
    Entered("road_company_quality_2006", ("客运班线", "旅游客运", "危险货物运输"), _ROAD),
    Entered("road_company_quality_2006", ("普通货物运输",), _ROAD, both=False),
    Entered(
        "taxi_company_2022", ("出租汽车", "网约车"),
        ("management_score", "safety_score", "conduct_score", "service_score", "social_score", "bonus_score"),
    ),
    Entered(
        "school_local", ("驾驶员培训",),
        ("qualification_score", "hours_score", "coaches_score", "safety_score", "pass_score", "platform_score"), shops=True,
    ),
    Entered(
        "repair_2006", ("机动车维修",),
        ("technicians", "qualified_technicians", "staff_score", "safety_score", "without_final_test", "without_certificate",
         "parts_unregistered", "warranty_broken", "quality_score", "charged_without_repair", "service_score",
         "environment_score", "forged_certificates", "discipline_score", "management_score"), both=False, shops=True,
    ),
    Entered("construction_2009", ("公路施工养护",), ("bid_score", "performance_score"), method=WORKS),
    Entered(
        "maintenance_provisional", ("公路施工养护",),
        ("quality_score", "safety_score", "progress_score", "contract_score", "wage_score"), method=WORKS,
    ),
    Entered(
        "investment_provisional", ("收费公路投资",),
        ("service_score", "condition_score", "tolling_score", "safety_score", "funding_score"), method=TOLD,
    ),
)  # fmt: skip


def scores(rng: np.random.Generator, story: Story) -> Sheet:
    """A row per enterprise, year and fact entered; enterprise by enterprise, by scheme and year."""
    staff = joined(names.people(rng, len(units().names) * SCORERS), names.LABEL)
    told = [
        _campaign(rng, story, place, before)
        for place, entered in enumerate(ENTERED)
        for before in ((1, 0) if entered.both else (0,))
    ]
    place, year, firm, day, fact, value = (np.concatenate(column) for column in zip(*told, strict=True))
    order = np.lexsort((fact, firm, year, place))
    place, year, firm, day, fact, value = (column[order] for column in (place, year, firm, day, fact, value))
    people, items = story.people, [[_items(one).by_fact[name] for name in one.facts] for one in ENTERED]
    which = np.cumsum([0, *(len(one) for one in items)])[place] + fact
    columns: dict[str, books.Column] = {
        "scheme": words([_scheme(one).title for one in ENTERED], place),
        "year": texts(year),
        "subject_name": taken(people.name, firm),
        "subject_category": books.category(people, firm),
        "uscc": taken(people.uscc, firm),
        "item_code": words([item.code for one in items for item in one], which),
        "item": words([item.title for one in items for item in one], which),
        "value": texts(value),
        "method": words([one.method for one in ENTERED], place),
        "scorer": taken(staff, people.county[firm] * SCORERS + firm % SCORERS),
        "scored_on": days(day),
        "authority": words(units().names, people.county[firm]),
    }
    return delivered("evaluation_score", "评分录入", columns, routes.by_city(story.calendar, day))


def _campaign(rng: np.random.Generator, story: Story, place: int, before: int) -> tuple[Ints, Ints, Ints, Days, Ints, Ints]:
    """One scheme in one year, a value per fact and enterprise scored: scheme, year, enterprise, day, fact and value."""
    entered, people = ENTERED[place], story.people
    first, last = _window(story.calendar, before)
    firm = np.flatnonzero(story.of(*entered.trades))
    day = first + rng.integers(0, max(int((last - first).astype(np.int64)), 1), len(firm))
    here = (people.opened[firm] < day) & (people.closed[firm] > day) & (entered.shops | ~people.trader[firm])
    here &= rng.random(len(firm)) < SCORED
    firm, day = firm[here], day[here]
    bad = story.level[firm] + rng.normal(0, 0.5, len(firm))
    values = [_values(rng, entered, name, firm, bad) for name in entered.facts]
    many, count = len(entered.facts), len(firm)
    year = int(story.calendar.as_of.astype("datetime64[Y]").astype(np.int64)) + 1970 - before
    return (
        np.full(many * count, place), np.full(many * count, year), np.tile(firm, many), np.tile(day, many),
        np.repeat(np.arange(many), count), np.concatenate(values),
    )  # fmt: skip


def _values(rng: np.random.Generator, entered: Entered, name: str, firm: Ints, bad: Floats) -> Ints:
    """What was entered of one fact for each enterprise: points out of the most there are, or things counted."""
    items = _items(entered)
    people, wanting = 2 + firm % 3, rng.poisson(WANTING * np.exp(bad))
    if items.by_fact[name].fact.kind == "count":
        return {"technicians": people, "qualified_technicians": people - np.minimum(wanting, people)}.get(name, wanting)
    most = items.version.bonus_cap if name == "bonus_score" else most_of(items.version, items.by_fact[name].fact)
    share = np.clip(GIVEN - PER_RISK * bad + rng.normal(0, SPREAD, len(firm)), 0.3, 1)
    return np.rint(float(most or 0) * share).astype(np.int64)


def _window(calendar: Calendar, before: int) -> tuple[np.datetime64, np.datetime64]:
    """The first day and the end of a campaign: this year's runs from March, last year's ended in the spring of this one."""
    months = calendar.as_of.astype("datetime64[Y]").astype("datetime64[M]")
    if before:
        return (months.astype("datetime64[D]") + 9, (months + 3).astype("datetime64[D]") - 10)
    return ((months + 2).astype("datetime64[D]"), calendar.as_of - _LAST_DAYS)


@cache
def _scheme(entered: Entered) -> Scheme:
    return next(scheme for scheme in load_schemes() if scheme.scheme_id == entered.scheme)


def _items(entered: Entered) -> ScoreItems:
    """The items of the version that is in force now: the last."""
    return items_of(entered.scheme, _scheme(entered).versions[-1].version)
