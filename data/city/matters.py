"""What was decided besides penalties and permits: coercion, confirmation, reward? (Adjudication: never.)"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.city import books, chance, routes
from data.city.books import authority, category, days, document_numbers, joined, taken, where
from data.city.chance import Story
from data.city.codes import Ints
from data.city.decisions import Sheet, delivered
from data.city.profile import COUNTY_NAMES, offences, words

#: Of the penalties of enterprises with motor vehicles that were grave, so many began with a vehicle held; for how long at most.
HELD, HELD_DAYS = 0.5, 30
#: A year, of the enterprises concerned.
CONFIRMED, REWARDED = 0.02, 0.003


def coercions(rng: np.random.Generator, story: Story) -> Sheet:
    """Vehicles held until the matter was clear."""
    happened, people = story.happened, story.people
    able = (happened.firm >= 0) & (happened.firm < people.registered) & (happened.acted >= chance.since(story.calendar))
    able &= (happened.level >= 2) & (people.fleet[happened.firm] > 0)
    place = np.flatnonzero(able & (rng.random(len(able)) < HELD))
    place = place[np.lexsort((place, happened.acted[place]))]
    if len(place) < chance.LEAST:
        place = np.flatnonzero((happened.firm >= 0) & (happened.firm < people.registered))[-chance.LEAST :]
    firm, day = happened.firm[place], happened.acted[place]
    route = routes.by_city(story.calendar, day)
    lifted = day + 3 + (rng.random(len(day)) * (HELD_DAYS - 3)).astype(np.int64)
    offence = words([each.name for each in offences()], happened.offence[place])
    columns: dict[str, books.Column] = {
        "doc_no": document_numbers("晋运交强", day),
        **_subject(story, firm),
        "coercion_kind": "扣押财物",
        "reason": offence,
        "legal_basis": "《中华人民共和国行政强制法》第二十二条",
        "content": "扣押涉案车辆，当事人接受处理后解除",
        "valid_from": days(day),
        "valid_until": days(day + HELD_DAYS),
        "decided_on": days(day),
        "lifted_on": days(np.where(lifted <= route.received, lifted, np.datetime64("NaT"))),
        **authority(happened.unit[place]),
    }
    return delivered("coercion", "行政强制", columns, route)


def confirmations(rng: np.random.Generator, story: Story) -> Sheet:
    """Changes entered in the records of repair shops and driving schools, which need no licence."""
    firm, day = chance.befall(rng, story, story.of("机动车维修", "驾驶员培训").astype(float), CONFIRMED)
    columns: dict[str, books.Column] = {
        "doc_no": document_numbers("晋运交确", day),
        **_subject(story, firm),
        "item": where(story.of("驾驶员培训")[firm], "机动车驾驶员培训经营备案变更", "机动车维修经营备案变更"),
        "category": "登记",
        "content": "备案事项变更，予以登记",
        "certificate_name": "备案证明",
        "certificate_no": taken(story.people.licence, firm),
        "decided_on": days(day),
        **authority(story.people.county[firm]),
    }
    return delivered("confirmation", "行政确认", columns, routes.by_city(story.calendar, day))


def rewards(rng: np.random.Generator, story: Story) -> Sheet:
    """A few are praised, rather the careful."""
    firm, day = chance.befall(rng, story, np.exp(-2.0 * story.level.astype(np.float64)), REWARDED)
    columns: dict[str, books.Column] = {
        "doc_no": document_numbers("晋运交奖", day),
        **_subject(story, firm),
        "item": "交通运输安全生产先进单位",
        "matter": joined(words(COUNTY_NAMES, story.people.county[firm]), "年度安全生产考核优秀"),
        "rewarded_on": days(day),
        "valid_until": days(day + 730),
        **authority(story.people.county[firm]),
    }
    return delivered("reward", "行政奖励", columns, routes.by_city(story.calendar, day))


def _subject(story: Story, firm: Ints) -> dict[str, pa.Array]:
    people = story.people
    return {
        "subject_name": taken(people.name, firm),
        "subject_category": category(people, firm),
        "uscc": taken(people.uscc, firm),
        "legal_rep": taken(people.legal_rep, firm),
    }
