"""Who may do what, and where? Roles and their permissions are rows; scope (unit, county) belongs to the account.

Scope limits queues, edits and exports. A look-up by code, plate or certificate is city-wide, with a purpose that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.casework.opening import Casework
from data.casework.tables import role, role_permission
from data.errors import NotAllowed
from data.identity import SUBJECT_TYPES, WARNED_TYPES

#: permission → the words a refusal uses
PERMISSIONS: dict[str, str] = {
    "see_queue": "查看预警清单",
    "act_on_alert": "处置预警",
    "export": "导出",
    "look_up": "查询档案",
    "land": "数据入库",
    "approve": "审批",
    "manage_accounts": "管理账号",
    "tune_rules": "调整规则",
    "read_logs": "查阅日志",
    "see_overview": "查看总览",
    "explore": "探索风险",
    "refresh": "更新数据",
    "merge_subjects": "判定是否同一主体",
    "keep_policies": "登记政策文件台账",
    "enter_scores": "录入评分",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is looking: an account with its role's permissions. `county` None means the whole city."""

    user: str
    name: str
    role: str
    role_zh: str
    unit: str
    county: str | None
    permissions: frozenset[str]

    @property
    def city_wide(self) -> bool:
        """True when no county limits this person."""
        return self.county is None

    def may(self, permission: str) -> bool:
        """Does the role hold this permission?"""
        return permission in self.permissions

    def in_scope(self, county: str | None) -> bool:
        """Does a record of this county (None: unknown county) lie in the person's scope?"""
        return self.county is None or self.county == county


def roles_with(casework: Casework, permission: str) -> list[str]:
    """The Chinese titles of the roles that hold a permission, in their order."""
    holds = sa.select(role.c.title).join(role_permission).where(role_permission.c.permission == permission)
    with casework.reading() as con:
        return list(con.execute(holds.order_by(role.c.ordinal)).scalars())


def require(casework: Casework, person: Person, permission: str) -> None:
    """Nothing when the person may; else a refusal that names the roles that may.

    Raises
    ------
    NotAllowed
        when the person's role lacks the permission.
    """
    if person.may(permission):
        return
    able = "、".join(roles_with(casework, permission))
    raise NotAllowed(
        f"您的角色“{person.role_zh}”不能{PERMISSIONS[permission]}",
        f"账号 {person.user}",
        f"可以这样做的角色：{able}；需要时请找管理员",
    )


def warned_types(person: Person) -> tuple[str, ...]:
    """What the warnings this person is shown may be about: the risk model itself only for whoever explores the whole city."""
    return tuple(WARNED_TYPES) if person.city_wide and person.may("explore") else tuple(SUBJECT_TYPES)


def require_warned(person: Person, subject_type: str) -> None:
    """Nothing when warnings about this type are shown to the person.

    Raises
    ------
    NotAllowed
        when it is about the risk model, and the person does not explore the whole city.
    """
    if subject_type not in warned_types(person):
        raise NotAllowed(
            f"这条预警说的是{WARNED_TYPES.get(subject_type, subject_type)}本身，不归您的岗位处理",
            f"账号 {person.user}",
            "请交由市局分析员、业务科室或审批人处理",
        )


def require_scope(person: Person, county: str | None, what: str) -> None:
    """Nothing when a record of this county lies in the person's scope.

    Raises
    ------
    NotAllowed
        when it lies in another county, or in none that is known.
    """
    if person.in_scope(county):
        return
    place = f"属于{county}" if county else "没有确定的县（市、区）"
    raise NotAllowed(
        f"{what}{place}，您的权限范围是{person.county}", f"账号 {person.user}", "请交由该县局人员或市局有权限的人员处理"
    )
