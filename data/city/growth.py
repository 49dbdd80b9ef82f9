"""How does a whole city come to be from a scale, a seed and a last day? Each part has its own stream of chance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.city import decisions, doubts, events, firms, latent, later, licences, registers, routes
from data.city.books import title
from data.city.chance import Story
from data.city.codes import Ints
from data.city.decisions import Sheet
from data.city.faults import plant
from data.city.firms import Firms
from data.city.model import Calendar, City, Truth, calendar_until
from data.city.penalties import Penalties, share_of_ordinary_or_worse
from data.city.profile import COUNTY_NAMES, SECTORS, offences
from data.city.publicity import REMARK
from data.city.variants import written_otherwise

AS_OF = date(2026, 10, 31)
_STREAMS = (
    "firms", "holdings", "risk", "drawn", "checks", "penalties", "overloads", "licences", "vehicles", "practitioners",
    "permits", "inspections", "share", "faults", "publicity", "doubts", "variants", *later.STREAMS, "lots",
)  # fmt: skip


def generate(scale: float = 1.0, seed: int = 7, as_of: date = AS_OF) -> City:
    """A synthetic city: scale 1 is about 6,000 enterprises and 300,000 records over the sixty months that end with `as_of`.

    The same arguments give the same city; nothing outside is read but the standards, the severity rule and the schemes.
    """
    rng = _streams(seed)
    calendar = calendar_until(as_of)
    people = firms.found(rng["firms"], calendar, scale)
    own = firms.settle(rng["holdings"], people)
    first = (_first(own.owner, people), _first(own.employer, people))
    risk = latent.log_risk(rng["risk"], people, len(calendar.months) - 1)
    drawn = latent.draw(rng["drawn"], people, risk, calendar)
    done = events.checks(rng["checks"], people, calendar, drawn)
    happened, outbreaks = events.penalties(rng["penalties"], people, calendar, drawn, done, risk, first[1][people.operator])
    seen = events.overloads(rng["overloads"], people, calendar, risk)
    arrived = ~np.isnat(routes.by_unit(calendar, happened.unit, happened.decided).received)
    numbered = doubts.number(rng["doubts"], happened.unit, happened.decided, arrived)
    licence = licences.versions(rng["licences"], people, calendar)
    sheets = {
        "enterprise": registers.enterprises(people, licence, calendar),
        "vehicle": registers.vehicles(rng["vehicles"], people, own, calendar),
        "practitioner": registers.practitioners(rng["practitioners"], people, own, calendar),
        "permit": decisions.permits(rng["permits"], people, licence, calendar),
        "penalty": decisions.penalties(rng["publicity"], people, own, happened, numbered.doc_no, calendar),
        "inspection": decisions.inspections(rng["inspections"], rng["lots"], people, done, calendar),
        "overload": decisions.overloads(people, own, first, seen, calendar),
    }
    repaired = _repaired(sheets["penalty"][0])
    sheets["penalty"], miscited = doubts.miscite(rng["doubts"], *sheets["penalty"])
    planted = {kind: plant(rng["faults"], kind, *sheet) for kind, sheet in sheets.items()}
    share = share_of_ordinary_or_worse(rng["share"])
    truth = _truth(people, calendar, drawn.intensity * share[people.sector[: people.registered], None], happened, outbreaks)
    truth |= {"repaired": repaired, "miscited": miscited, "number_gap": numbered.gaps}
    story = Story(calendar, people, own, first, risk, happened, licence)
    planted, truth["duty"] = later.later(rng, scale, story, sheets, planted)
    truth["fault"] = pd.concat([counted for _, _, counted in planted.values()], ignore_index=True)
    sheets = {kind: (rows, way) for kind, (rows, way, _) in planted.items()}
    written = written_otherwise(rng["variants"], people.registered, sheets["penalty"], miscited["doc_no"])
    sheets["penalty"], truth["variant"] = written
    return City(scale, seed, as_of, _part(sheets, 0), _part(sheets, 1), Truth(truth))


def _part(sheets: Mapping[str, Sheet], place: int) -> dict[str, pd.DataFrame]:
    return {kind: sheet[place] for kind, sheet in sheets.items()}


def _streams(seed: int) -> dict[str, np.random.Generator]:
    streams = np.random.SeedSequence(seed).spawn(len(_STREAMS))
    return {name: np.random.default_rng(each) for name, each in zip(_STREAMS, streams, strict=True)}


def _repaired(penalties: pd.DataFrame) -> pd.DataFrame:
    """The repairs among the reported rows."""
    fields = {name: title("penalty", name) for name in ("uscc", "doc_no", "publish_until", "remark")}
    told = penalties[penalties[fields["remark"]] == REMARK]
    return pd.DataFrame(
        {
            "uscc": told[fields["uscc"]].astype(str).to_numpy(),
            "doc_no": told[fields["doc_no"]].astype(str).to_numpy(),
            "on": pd.to_datetime(told[fields["publish_until"]].astype(str)).to_numpy(),
        }
    )


def _first(groups: Ints, people: Firms) -> Ints:
    """Where each operator's vehicles (people) begin; an operator's own are its first enterprise's."""
    return np.searchsorted(groups, np.arange(len(people)))


def _truth(
    people: Firms,
    calendar: Calendar,
    intensity: npt.NDArray[np.floating],
    happened: Penalties,
    outbreaks: list[events.Outbreak],
) -> dict[str, pd.DataFrame]:
    own = people.registered
    uscc = people.uscc.to_numpy(zero_copy_only=False)
    known = (happened.firm >= 0) & (happened.firm < own)
    old, new = firms.successors(people)
    months = calendar.months.astype("datetime64[M]").astype(str)
    hidden = pd.DataFrame(intensity.astype(np.float32), columns=months[:-1])
    sector, county = np.array([each.name for each in SECTORS]), np.array(COUNTY_NAMES)
    about = [(county[each.county], months[each.month], offences()[each.offence].name, each.penalties) for each in outbreaks]
    return {
        "risk": pd.concat([pd.Series(uscc[:own], name="uscc"), hidden], axis=1),
        "penalty": pd.DataFrame(
            {
                "uscc": uscc[happened.firm[known]],
                "happened_on": happened.acted[known],
                "decided_on": happened.decided[known],
                "level": happened.level[known],
            }
        ),
        "enterprise": pd.DataFrame(
            {
                "uscc": uscc[:own],
                "sector": sector[people.sector[:own]],
                "county": county[people.county[:own]],
                "fleet": people.fleet[:own],
                "opened": people.opened[:own],
                "closed": people.closed[:own],
            }
        ),
        "outbreak": pd.DataFrame(about, columns=["county", "month", "offence", "penalties"]),
        "reregistration": pd.DataFrame({"old_uscc": uscc[old], "new_uscc": uscc[new], "on": people.opened[new]}),
    }
