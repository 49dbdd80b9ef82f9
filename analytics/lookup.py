"""Who is meant by what a person types: a name or a piece of it, pinyin initials, a code, a plate, a licence?

`data.search` finds the subjects by the snapshot's index. Fit, best first: exact code, plate, licence, certificate ·
beginning of the name · beginning of the initials · anywhere in the name, a former name, the initials, a code or the plate.
Identity and certificate numbers are compared as keyed hashes; the number itself is never kept or logged.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from analytics.desk import Desk
from analytics.risk import Advice, advice_of
from analytics.words import NO_EVIDENCE, SUBJECT_TYPES
from data.casework.alerts import live_alerts_of
from data.casework.merges import redirect
from data.errors import BadArgument
from data.identity import REGISTERED_TYPES
from data.search import Asked, search

MOST = 100
CITY_PLATE = "晋M"

_INSIDE = re.compile(r"[\s·•・.。\-]+")
_CODE = re.compile(r"[0-9A-Z]{9,24}")
_LICENCE = re.compile(r"(\d{12})号?$")
_PERSON = re.compile(r"[0-9A-Z]{8,20}")
_LETTERS = re.compile(r"[A-Z0-9]{2,}")
_PLATE_TAIL = re.compile(r"M?([A-Z0-9]{4,6}[挂学警]?)")
_SUBJECT_ID = re.compile(r"[evpju][0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Hit:
    """One subject that fits. Only a registered enterprise in business has a `risk_class`; without one the advice is 证据不足.

    `caption` says what tells it from its namesakes: code, plate and owner, or masked number and employer.
    `exact` is true when a code, plate, licence or certificate fits as a whole.
    """

    subject_type: str
    subject_id: str
    name: str
    uscc: str | None
    county: str | None
    sector: str | None
    risk_class: str | None
    recommendation: str
    open_alerts: int
    caption: str
    registered: bool
    exact: bool

    @property
    def subject_type_zh(self) -> str:
        return SUBJECT_TYPES[self.subject_type]


def find(desk: Desk, text: str, limit: int = 10) -> list[Hit]:
    """At most `limit` subjects of the published snapshot that fit `text`, best first; [] when none does.

    Raises
    ------
    BadArgument
        when the text is empty or `limit` is not between 1 and 100.
    NotFound
        when nothing is published yet.
    """
    if not 1 <= limit <= MOST:
        raise BadArgument(f"条数 {limit} 不能用", "--limit", f"请给 1 到 {MOST} 之间的数")
    asked = asked_for(desk, text)
    rows = search(desk.snapshot(), asked, limit)
    counts = live_alerts_of(desk.casework, [row["subject_id"] for row in rows])
    advised = advice_of(desk, [row["subject_id"] for row in rows if row["subject_type"] == "enterprise"])
    return [_hit(row, counts.get(row["subject_id"], 0), advised.get(row["subject_id"])) for row in rows]


def cleaned(text: str) -> str:
    """Full width to half width, upper case, no blanks, dots or hyphens: how codes and plates are compared."""
    return _INSIDE.sub("", unicodedata.normalize("NFKC", text)).upper()


def asked_for(desk: Desk, text: str) -> Asked:
    """What is compared with what; None fits nothing. Raises BadArgument when the text is empty."""
    wanted = cleaned(text)
    if not wanted:
        raise BadArgument("没有可以查找的内容", "查找", "请输入名称、拼音首字母、代码、车牌或证号")
    licence = _LICENCE.search(wanted)
    tail = _PLATE_TAIL.fullmatch(wanted)
    person = desk.person_key(wanted) if _PERSON.fullmatch(wanted) else None
    redirected = redirect(desk.casework, text.strip(), desk.data_day) if _SUBJECT_ID.fullmatch(text.strip()) else None
    return Asked(
        code=wanted if _CODE.fullmatch(wanted) else None,
        digits=licence.group(1) if licence else None,
        plate=wanted if len(wanted) >= 4 else None,
        local_plate=CITY_PLATE + tail.group(1) if tail else None,
        subject_id=redirected,
        person_key=person,
        opening=unicodedata.normalize("NFKC", text).strip(),
        initials=wanted.lower() if _LETTERS.fullmatch(wanted) else None,
        fragment=wanted.lower(),
    )


def _hit(row: dict[str, Any], open_alerts: int, advice: Advice | None) -> Hit:
    return Hit(
        subject_type=row["subject_type"],
        subject_id=row["subject_id"],
        name=row["name"] or row["plate"] or row["subject_id"],
        uscc=row["uscc"],
        county=row["county"],
        sector=row["sector"],
        risk_class=advice.risk_class if advice else None,
        recommendation=advice.recommendation if advice else NO_EVIDENCE,
        open_alerts=open_alerts,
        caption=_caption(row),
        registered=row["registered"],
        exact=row["fit"] == 0,
    )


def _caption(row: dict[str, Any]) -> str:
    own = {
        "enterprise": row["uscc"],
        "vehicle": row["plate_colour"],
        "practitioner": row["id_mask"],
        "project": row["licence_no"],
        "unit": row["uscc"],
    }.get(row["subject_type"])
    unknown = None if row["registered"] or row["subject_type"] not in REGISTERED_TYPES else "登记簿中没有"
    return " · ".join(part for part in (own, row["owner_name"], row["county"], unknown) if part)
