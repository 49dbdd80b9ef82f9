"""What is a firm, a truck, a person and an event of the village, before anybody writes it into a sheet?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data.village.codes import COUNTIES, credit_code, identity_number

PLACEHOLDER_CODE = "00000000000000000X"


@dataclass(frozen=True, slots=True)
class Firm:
    """One enterprise. `number` makes its codes; `vehicles` counts motor vehicles, `trailers` come on top."""

    key: str
    number: int
    name: str
    county: str
    sector: str
    legal_rep: str
    licence_from: date
    licence_until: date
    vehicles: int = 0
    trailers: int = 0
    drivers: int = 0
    code_prefix: str = "91"
    reg_no: str = ""
    name_before: str = ""
    licence_until_before: date | None = None

    @property
    def region(self) -> str:
        return COUNTIES[self.county]

    @property
    def uscc(self) -> str:
        """The credit code; a trader registered by number alone carries the placeholder."""
        return PLACEHOLDER_CODE if self.reg_no else credit_code(self.code_prefix, self.region, self.number)

    @property
    def category(self) -> str:
        return "个体工商户" if self.code_prefix == "92" else "法人及非法人组织"

    @property
    def licence_no(self) -> str:
        return f"{self.region}{self.number:06d}"

    @property
    def legal_rep_id(self) -> str:
        return identity_number(self.region, 200 + self.number)


@dataclass(frozen=True, slots=True)
class Truck:
    """One vehicle on the register."""

    plate: str
    colour: str
    certificate: str
    firm: Firm
    kind: str
    load_t: str
    inspected_until: date


@dataclass(frozen=True, slots=True)
class Driver:
    """One practitioner; the certificate carries the identity number, as is usual here."""

    name: str
    identity: str
    category: str
    first_issued: date
    valid_until: date
    firm: Firm
    grade: str


@dataclass(frozen=True, slots=True)
class Penalty:
    """One decision. `subject` is a firm's key or a driver's name; `severity` only where the decision states it."""

    subject: str
    decided: date
    violation: str
    basis: str
    kinds: str
    fine_yuan: int
    severity: str = ""
    acted: date | None = None
    suspended: str = ""
    summary_procedure: bool = False
    old_name: bool = False


@dataclass(frozen=True, slots=True)
class Overload:
    """One reading at a weigh station: which truck, who drove, how heavy."""

    plate: str
    driver: str
    at: datetime
    gross_t: str
    fine_yuan: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """One supervisory check of a firm."""

    firm: str
    on: date
    item: str
    kind: str
    result: str
    rectify_by: date | None = None
    rectified: str = ""


@dataclass(frozen=True, slots=True)
class Permit:
    """One administrative licence decision."""

    firm: str
    decided: date
    content: str
    valid_from: date
    valid_until: date
