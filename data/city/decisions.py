"""What do the units report of decisions: penalties, licences, checks, over-limit vehicles?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from data.city import books, doubts, publicity, routes
from data.city.books import authority, category, days, document_numbers, joined, taken, tenths, texts, where
from data.city.codes import Ints, padded
from data.city.events import LIMITS, Checks, Overloads
from data.city.firms import Firms, Holdings, strange_plates
from data.city.latent import INSPECTORS
from data.city.licences import Versions
from data.city.model import Calendar, Flags, Floats
from data.city.names import people
from data.city.penalties import LEVELS, Penalties
from data.city.profile import SECTORS, offences, units, words

Sheet = tuple[pd.DataFrame, pd.DataFrame]
_STATIONS = ("闻喜东镇超限检测站（模拟）", "河津龙门超限检测站（模拟）", "平陆张店超限检测站（模拟）")
_STATION_UNITS = np.array([3, 12, 9])
#: The share of checks that fall by lot (双随机).
LOTS = 0.08
#: How many vehicles of a stranger come through the stations.
TRANSIT = 60
_GOODS = ("煤炭", "焦炭", "铝矾土", "钢材", "砂石", "粮食", "水泥", "果品")


def penalties(
    rng: np.random.Generator, firms: Firms, own: Holdings, happened: Penalties, doc_no: pa.Array, calendar: Calendar
) -> Sheet:
    """双公示 penalties; a penalised person is a practitioner of the register. A repaired one is reported a second time, word
    for word but for the end of its publicity and a remark."""
    rows = books.sheet("penalty", len(happened.firm), _penalty_columns(firms, own, happened) | {"doc_no": doc_no})
    route = routes.by_unit(calendar, happened.unit, happened.decided)
    places, on = publicity.repaired(rng, happened, calendar)
    again = rows.iloc[places].assign(**{
        books.title("penalty", "publish_until"): pd.array(days(on), dtype=books.TEXT),
        books.title("penalty", "remark"): pd.array([publicity.REMARK] * len(places), dtype=books.TEXT),
    })  # fmt: skip
    listed = routes.by_list(calendar, on, route.received[places])
    title = "双公示_行政处罚"
    ways = [routes.as_frame(route, title), routes.as_frame(listed, title)]
    return routes.arrived(pd.concat([rows, again], ignore_index=True), ways)


def _penalty_columns(firms: Firms, own: Holdings, happened: Penalties) -> dict[str, books.Column]:
    book, firm, person = offences(), happened.firm, happened.person
    natural = firm < 0
    name = [each.name for each in book]
    fined = happened.fine > 0
    extra = where(happened.extra, words([each.extra for each in book], happened.offence))
    warned = where(~fined & ~happened.extra, "警告")
    amount = where(fined, joined("罚款人民币", texts(happened.fine), "元"))
    taken_off = np.array([each.extra.startswith("没收") for each in book])[happened.offence] & happened.extra
    suspended = np.array([each.extra.startswith("暂扣") for each in book])[happened.offence] & happened.extra
    both = where(fined & happened.extra, ";")
    return {
        "subject_name": where(natural, taken(own.person, person), taken(firms.name, firm)),
        "subject_category": category(firms, firm),
        "uscc": taken(firms.uscc, firm),
        "legal_rep": taken(firms.legal_rep, firm),
        "legal_rep_id_type": where(natural, "", "身份证"),
        "legal_rep_id": taken(firms.legal_rep_id, firm),
        "id_type": where(natural, "身份证"),
        "id_no": taken(own.identity, person),
        "violation_type": words(name, happened.offence),
        "violation_facts": joined(days(happened.acted), "，当事人", words(name, happened.offence), "，经检查核实。"),
        "legal_basis": doubts.basis(happened.offence, happened.acted),
        "penalty_kinds": joined(where(fined, "罚款"), both, extra, warned),
        "content": joined(amount, where(fined & happened.extra, "，"), extra, warned),
        "fine_wan": where(fined, _in_wan(happened.fine)),
        "confiscation_wan": where(taken_off, "0.5"),
        "suspended_licence": where(suspended, joined("道路运输证 ", padded(np.arange(len(firm)), 12))),
        "decision_date": days(happened.decided),
        "valid_until": days(happened.decided + 365),
        "publish_until": days(publicity.published_until(happened)),
        **authority(happened.unit),
        "act_date": days(happened.acted),
        "procedure": where(happened.simple, "简易程序", "普通程序"),
        "severity": where(happened.stated, words(LEVELS, happened.level)),
        "remark": "",
    }


def permits(rng: np.random.Generator, firms: Firms, licence: Versions, calendar: Calendar) -> Sheet:
    """双公示 permits: every licence of the story a little before it begins, and additions of vehicles between."""
    chosen = np.flatnonzero(licence.renewed & (licence.valid_from >= calendar.start))
    grown = rng.integers(0, len(licence.firm), round(0.9 * firms.registered * 2))
    later = np.maximum(licence.valid_from[grown], calendar.start) + rng.integers(20, 1_200, len(grown))
    fits = later < np.minimum(np.minimum(licence.valid_until[grown], firms.closed[licence.firm[grown]]), calendar.as_of)
    grown, later = grown[fits], later[fits]
    entry = np.concatenate([chosen, grown])
    begins = np.concatenate([licence.valid_from[chosen], later])
    decided = np.concatenate([licence.decided[chosen], later])
    order = np.argsort(decided, kind="stable")
    entry, begins, decided = entry[order], begins[order], decided[order]
    firm = licence.firm[entry]
    addition = order >= len(chosen)
    scope = words([each.scope for each in SECTORS], firms.sector[firm])
    columns: dict[str, books.Column] = {
        "doc_no": document_numbers("晋运交许", decided),
        "decision_date": days(decided),
        "subject_name": taken(firms.name, firm),
        "subject_category": category(firms, firm),
        "uscc": taken(firms.uscc, firm),
        "legal_rep": taken(firms.legal_rep, firm),
        "doc_name": "准予行政许可决定书",
        "content": joined(scope, where(addition, "（变更经营范围）", "（核发、延续）")),
        "permit_category": "普通",
        "certificate_name": "道路运输经营许可证",
        "certificate_no": taken(firms.licence, firm),
        "valid_from": days(begins),
        "valid_until": days(licence.valid_until[entry]),
        **authority(firms.county[firm]),
        "status": "1",
    }
    return delivered("permit", "双公示_行政许可", columns, routes.by_unit(calendar, firms.county[firm], decided))


def lots(rng: np.random.Generator, rarity: Floats) -> Flags:
    """Which checks fell to the enterprise by lot (双随机): about `LOTS` of them, every enterprise in business alike.

    A check is one of a lot with a chance that falls as the enterprise is checked more often, so that what remains by enterprise
    and month is the same for all: whoever is often checked is so by choice, never by lot.
    """
    return rng.random(len(rarity)) < LOTS * len(rarity) * rarity / rarity.sum()


def inspections(rng: np.random.Generator, chance: np.random.Generator, firms: Firms, done: Checks, calendar: Calendar) -> Sheet:
    """Supervisory checks; `chance` draws the lots. Who was found at fault without a penalty has fifteen days to put it
    right."""
    order = np.argsort(done.day, kind="stable")
    firm, day, found, referred = done.firm[order], done.day[order], done.found[order], done.referred[order]
    inspector = done.inspector[order]
    unit, count = inspector // INSPECTORS, len(order)
    ordered = found & ~referred
    clean = where(rng.random(count) < 0.6, "合格", "未发现问题")
    kinds = ("日常", "专项", "投诉举报", "重点")
    staff = people(rng, 14 * INSPECTORS)
    fixed = ordered & (day + 40 < calendar.as_of)
    columns: dict[str, books.Column] = {
        "doc_no": document_numbers("晋运交检", day),
        "subject_name": taken(firms.name, firm),
        "subject_category": category(firms, firm),
        "uscc": taken(firms.uscc, firm),
        "item": words([f"{each.name}经营行为" for each in SECTORS], firms.sector[firm]),
        "inspection_type": where(
            lots(chance, done.rarity[order]), "双随机", words(kinds, rng.choice(4, count, p=[0.62, 0.23, 0.09, 0.06]))
        ),
        "legal_basis": "《中华人民共和国道路运输条例》第五十八条",
        "inspected_on": days(day),
        "content": "查阅台账，现场核验车辆与人员档案",
        "result": where(referred, "移送处罚", where(ordered, "责令整改", clean)),
        "rectify_by": where(ordered, days(day + 15)),
        "rectify_result": where(fixed, where(rng.random(count) < 0.93, "已整改", "逾期未整改")),
        **authority(unit),
        "inspectors": joined(taken(staff, inspector), "、", taken(staff, unit * INSPECTORS + (inspector + 3) % INSPECTORS)),
    }
    return delivered("inspection", "行政监督检查", columns, routes.by_unit(calendar, unit, day))


def overloads(firms: Firms, own: Holdings, first: tuple[Ints, Ints], seen: Overloads, calendar: Calendar) -> Sheet:
    """Readings of three stations; `first` holds where each operator's vehicles and people begin in `own`."""
    strange = seen.vehicle < 0
    vehicle = np.where(strange, -1, first[0][firms.operator[seen.firm]] + seen.vehicle)
    person = np.where(strange, -1, first[1][firms.operator[seen.firm]] + seen.driver)
    station = np.where(strange, seen.firm, firms.county[seen.firm]) % 3
    day = seen.at.astype("datetime64[D]")
    rate = np.rint(seen.over / seen.limit * 1000).astype(np.int64)
    fine = np.minimum(30_000, 500 * (seen.over // 10))
    through = strange_plates(seen.firm * TRANSIT + np.arange(len(vehicle)) % TRANSIT)
    columns: dict[str, books.Column] = {
        "case_no": joined("CX", padded(900_000_000 + np.arange(len(vehicle)), 9)),
        "detected_at": pa.array(seen.at).cast(pa.string()),
        "station": words(_STATIONS, station),
        "plate": where(strange, through, taken(own.plate, vehicle)),
        "plate_colour": "黄",
        "transport_cert_no": taken(own.certificate, vehicle),
        "subject_name": taken(firms.name, seen.firm),
        "uscc": taken(firms.uscc, seen.firm),
        "driver_name": taken(own.person, person),
        "driver_cert_no": taken(own.identity, person),
        "axles": words(["2", "3", "4", "5", "6"], np.searchsorted(LIMITS, seen.limit)),
        "gross_t": tenths(seen.limit + seen.over),
        "limit_t": tenths(seen.limit),
        "over_t": tenths(seen.over),
        "over_rate": tenths(rate),
        "goods": words(_GOODS, (seen.firm + seen.over) % len(_GOODS)),
        "loading_place": joined("模拟货场", texts(seen.firm % 40 + 1), "号"),
        "doc_no": where(fine > 0, document_numbers("晋运交超罚", day)),
        "fine_yuan": texts(fine),
        "authority": words(units().names, _STATION_UNITS[station]),
        "reported_on": days(day + 5),
    }
    route = routes.by_unit(calendar, _STATION_UNITS[station], day + 5)
    return delivered("overload", "治超抄告", columns, route)


def delivered(kind: str, title: str, columns: dict[str, books.Column], route: routes.Route) -> Sheet:
    """The rows that arrived, with their way."""
    return routes.arrived(books.sheet(kind, len(route.unit), columns), [routes.as_frame(route, title)])


def _in_wan(yuan: Ints) -> pa.Array:
    """Amounts in 元 written in 万元 without trailing zeros."""
    distinct, back = np.unique(yuan, return_inverse=True)
    return words([f"{amount / 10_000:g}" for amount in distinct.tolist()], back)
