"""Which views of the explore page does a person find under a name, and what would each show? (保存的视图)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.desk import Desk
from data.casework import views
from data.casework.rights import Person
from data.casework.views import MOST as MOST
from data.casework.views import NAME_LENGTH as NAME_LENGTH

#: Whose values say by themselves what they are.
_PLAIN = ("view", "county", "sector", "rating", "warned")
#: key of the address → its label; a view keeps these and nothing else of an address, above all no page number
KEYS = {
    "view": "看法", "county": "县（市、区）", "sector": "行业", "fleet": "车辆规模", "risk": "风险提示", "advice": "检查建议",
    "warned": "预警", "rating": "评价方案", "graded": "官方等级", "order": "排序", "part": "按什么分", "compare": "并排比较",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptView:
    """One view: its name, whose it is (`own`, `by`), whether others see it, the address it opens, and that in words."""

    view_id: int
    name: str
    own: bool
    by: str
    shared: bool
    address: Mapping[str, str]

    @property
    def told(self) -> str:
        """What it shows, in words."""
        return "，".join(_told(key, said) for key, said in self.address.items()) or "没有条件"


def kept_views(desk: Desk, person: Person) -> list[KeptView]:
    """The own views, then those that others share, each by name.

    Raises
    ------
    NotAllowed
        when the role may not explore.
    """
    return [
        KeptView(one.view_id, one.name, one.owner == person.user, one.by, one.shared, kept_of(one.address))
        for one in views.views(desk.casework, person)
    ]


def kept_of(address: Mapping[str, str]) -> dict[str, str]:
    """What a view keeps of an address, in the order of `KEYS`."""
    return {key: address[key] for key in KEYS if address.get(key)}


def _told(key: str, said: str) -> str:
    if key == "compare":
        return f"选了 {len(said.split(','))} 户"
    return said if key in _PLAIN else f"{KEYS[key]} {said}"
