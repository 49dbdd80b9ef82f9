"""What is on file about one enterprise, one vehicle or one practitioner, up to the day of the snapshot?

Everything shown carries the landed row behind it (`batch_id`, `row_no`) and the day it became known. Identity and
certificate numbers come masked from landing; nothing here can unmask them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analytics import words
from analytics.alerts import Alert, of_subject
from analytics.desk import Desk
from analytics.evaluation import Trial, trials_of
from analytics.lookup import cleaned, find, standing_id
from analytics.risk import RiskReason, RiskView, risk_of
from analytics.ties import Ties, ties_of
from analytics.timeline import PAGE_SIZE, Timeline, timeline
from data.errors import BadArgument, NotFound
from data.identifiers import PLACEHOLDER
from data.identity import REGISTERED_TYPES
from data.personal import mask_id

#: Vehicles and practitioners listed by name on an enterprise's card; the counts cover all.
LISTED = 100
_IDENTITY = re.compile(r"\d{15}|\d{17}[\dX]")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the identity block."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence, certificate or yearly inspection; `left` says in words what remains on the data day.

    `renewed`: a known record of the same number runs longer, so that this one's end says nothing any more.
    """

    kind: str
    number: str | None
    valid_from: date | None
    valid_until: date | None
    days_left: int | None
    renewed: bool
    left: str
    batch_id: str
    row_no: int


@dataclass(frozen=True, slots=True)
class Group:
    """How many of one sort: vehicles of a type, practitioners of a category."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Member:
    """One vehicle or practitioner of an enterprise, leading to its own card."""

    subject_type: str
    subject_id: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The file of one subject as of `as_of`. `lineage` is the register row behind the identity, None when unregistered.

    `risk` is None for everything but a registered enterprise in business; `looked_into` is the reason whose records the
    timeline is narrowed to.
    """

    subject_type: str
    subject_type_zh: str
    subject_id: str
    name: str
    uscc: str | None
    county: str | None
    registered: bool
    as_of: date
    identity: tuple[Fact, ...]
    lineage: tuple[str, int] | None
    ties: Ties
    owner_id: str | None
    licences: tuple[Licence, ...]
    alerts: tuple[Alert, ...]
    trials: tuple[Trial, ...]
    fleet: tuple[Group, ...]
    staff: tuple[Group, ...]
    vehicles: tuple[Member, ...]
    practitioners: tuple[Member, ...]
    timeline: Timeline
    risk: RiskView | None
    looked_into: RiskReason | None

    @property
    def former_names(self) -> tuple[str, ...]:
        """The names its register gave before, the latest first."""
        return self.ties.former_names


def profile(desk: Desk, code_or_id: str, page: int = 1, page_size: int = PAGE_SIZE, why: str | None = None) -> Profile:
    """The file of the subject with that id, code, plate, licence or certificate; merged ids lead to the one that stays.

    `why`: the feature of one of its reasons; the timeline then holds that reason's records only. Nonsense is no reason.

    Raises
    ------
    NotFound
        when no subject has it, or several have it (a plate in two colours).
    """
    subject = find_subject(desk, code_or_id)
    kind, identity = subject["subject_type"], subject["subject_id"]
    entry = _entry(desk, kind, identity)
    vehicles, staff = (_rows(desk, name, identity) for name in ("profile_fleet", "profile_staff"))
    risk = risk_of(desk, identity) if kind == "enterprise" else None
    reason = next((one for one in risk.reasons if one.feature == why and one.kinds), None) if risk else None
    return Profile(
        subject_type=kind,
        subject_type_zh=words.SUBJECT_TYPES[kind],
        subject_id=identity,
        name=subject["name"] or subject["plate"] or identity,
        uscc=subject["uscc"],
        county=subject["county"],
        registered=subject["registered"],
        as_of=desk.snapshot().as_of,
        identity=_identity(subject, entry),
        lineage=(entry["batch_id"], entry["row_no"]) if entry else None,
        ties=ties_of(desk, kind, identity),
        owner_id=subject["owner_id"],
        licences=tuple(_licence(row, desk.snapshot().as_of) for row in _rows(desk, "profile_licences", identity)),
        alerts=tuple(of_subject(desk, identity)),
        trials=tuple(trials_of(desk, identity)),
        fleet=_groups(vehicles, "vehicle_type"),
        staff=_groups(staff, "cert_category"),
        vehicles=tuple(_vehicle(row) for row in vehicles[:LISTED]),
        practitioners=tuple(_practitioner(row) for row in staff[:LISTED]),
        timeline=_records_of(desk, identity, reason, page, page_size),
        risk=risk,
        looked_into=reason,
    )


def _records_of(desk: Desk, identity: str, reason: RiskReason | None, page: int, page_size: int) -> Timeline:
    """The whole timeline, or the part a reason rests on."""
    if reason is None:
        return timeline(desk, identity, page, page_size)
    since = desk.data_day - timedelta(days=reason.window_days) if reason.window_days else None
    return timeline(desk, identity, page, page_size, reason.kinds, since)


def find_subject(desk: Desk, code_or_id: str) -> dict[str, Any]:
    """The row of `subject`; an id is looked up as it stands, which every link of the pages is. Raises as `profile`."""
    standing = standing_id(desk, code_or_id)
    held = desk.snapshot().rows("queries/subjects", ids=[standing]) if standing else []
    return held[0] if held else _found(desk, code_or_id)


def _found(desk: Desk, code_or_id: str) -> dict[str, Any]:
    try:
        exact = [hit for hit in find(desk, code_or_id, limit=5) if hit.exact]
    except BadArgument as empty:
        raise NotFound("没有给出要看的主体", "档案", "请给统一社会信用代码、车牌、证号或主体编号") from empty
    if not exact:
        raise NotFound(f"没有“{_shown(code_or_id)}”的档案", "档案", "请核对代码、车牌或证号，或先用名称查找")
    if len(exact) > 1:
        found = "；".join(f"{hit.name}（{hit.caption}）{hit.subject_id}" for hit in exact)
        raise NotFound(f"“{_shown(code_or_id)}”对应 {len(exact)} 个主体", found, "请用其中一个主体编号再打开")
    return desk.snapshot().rows("queries/subjects", ids=[exact[0].subject_id])[0]


def _shown(text: str) -> str:
    """What a sentence may repeat of a text that was typed: an identity number only masked."""
    code = cleaned(text)
    return mask_id(code) if _IDENTITY.fullmatch(code) else text.strip()[:60]


def _rows(desk: Desk, name: str, subject: str) -> list[dict[str, Any]]:
    return desk.snapshot().rows(f"queries/{name}", subject_id=subject)


def _entry(desk: Desk, kind: str, subject: str) -> dict[str, Any] | None:
    """The subject's own row in the register as known on the day."""
    found = _rows(desk, f"profile_{kind}", subject) if kind in ("enterprise", "vehicle", "practitioner") else []
    return found[0] if found else None


#: Which column of the register row stands on which line of the card.
_LINES: dict[str, tuple[tuple[str, str], ...]] = {
    "enterprise": (
        ("统一社会信用代码", "uscc"), ("工商注册号", "reg_no"), ("法定代表人", "legal_rep"), ("行业类别", "sector"),
        ("经营范围", "scope"), ("县（市、区）", "county"), ("经营地址", "address"), ("联系电话", "phone_mask"),
        ("经营状态", "status"),
    ),
    "vehicle": (
        ("号牌颜色", "plate_colour"), ("道路运输证号", "transport_cert_no"), ("业户名称", "owner_name"),
        ("车辆类型", "vehicle_type"), ("核定载质量（吨）", "load_t"), ("技术等级", "tech_grade"), ("营运状态", "status"),
    ),
    "practitioner": (
        ("证件号码", "id_no_mask"), ("从业资格证号", "cert_no_mask"), ("从业资格类别", "cert_category"),
        ("初次领证日期", "first_issued_on"), ("服务单位", "employer_name"), ("诚信考核等级", "integrity_grade"),
    ),
}  # fmt: skip


def _identity(subject: dict[str, Any], entry: dict[str, Any] | None) -> tuple[Fact, ...]:
    if entry is None:
        known = (("统一社会信用代码", subject["uscc"]), ("车牌颜色", subject["plate_colour"]), ("证件号码", subject["id_mask"]))
        held = tuple(Fact(label, value) for label, value in known if value)
        if subject["subject_type"] not in REGISTERED_TYPES:
            numbered = subject["licence_no"] if subject["subject_type"] == "project" else None
            return (*held, Fact("项目编号", numbered)) if numbered else held
        return (*held, Fact("登记情况", "本市登记簿中没有，仅见于行政记录"))
    lines = ((label, entry[column]) for label, column in _LINES[subject["subject_type"]])
    return tuple(Fact(label, _text(value)) for label, value in lines if value and value != PLACEHOLDER)


def _licence(row: dict[str, Any], as_of: date) -> Licence:
    return Licence(
        kind=row["licence_kind"],
        number=row["licence_no"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
        days_left=row["days_left"],
        renewed=row["renewed"],
        left="已换发" if row["renewed"] else words.days_left(row["valid_until"], as_of),
        batch_id=row["batch_id"],
        row_no=row["row_no"],
    )


def _groups(rows: list[dict[str, Any]], column: str) -> tuple[Group, ...]:
    labels = [row[column] or "未填" for row in rows]
    return tuple(
        Group(label, labels.count(label)) for label in sorted(set(labels), key=lambda each: (-labels.count(each), each))
    )


def _vehicle(row: dict[str, Any]) -> Member:
    note = " · ".join(part for part in (row["plate_colour"], row["vehicle_type"], row["status"]) if part)
    return Member("vehicle", row["subject_id"], row["plate"], note)


def _practitioner(row: dict[str, Any]) -> Member:
    note = " · ".join(part for part in (row["id_no_mask"], row["cert_category"], row["integrity_grade"]) if part)
    return Member("practitioner", row["subject_id"], row["name"], note)


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)
