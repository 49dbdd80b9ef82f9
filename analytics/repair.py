"""May this penalty be repaired on that day, and until when is it published? One decision, answered in words. (信用修复)

What is unsure is said beside what is law: the periods of both orders were read, which penalty falls into which class was not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.errors import NotFound
from data.repair import Clock, Decision, judge
from data.repair_rule import JUDGED_BY, RepairClass, RepairRule, RepairVersion, load_repair_rule
from data.rulebook import BASIS_ZH


@dataclass(frozen=True, slots=True)
class RepairAnswer:
    """The clock of one decision on a day. `eligible`: duties performed and the least period over, the day itself included."""

    clock: Clock
    rule: RepairRule
    version: RepairVersion
    on: date
    performed: bool

    @property
    def eligible(self) -> bool:
        """May repair be applied for on the day? Where no period is set there is nothing to apply for."""
        start = self.clock.eligible_from
        return self.performed and start is not None and start <= self.on

    @property
    def doubts(self) -> list[str]:
        """What of this answer has no law behind it, each with its reason."""
        found = []
        if self.clock.class_basis == "assumption":
            found.append(f"归类依据待定：{self.clock.class_source}")
        if self.clock.period_basis == "assumption":
            found.append("是否公示依据待定：未见原文")
        if self.clock.order_changed and self.rule.transition_basis == "assumption":
            how = f"按{JUDGED_BY[self.rule.judged_by]}施行的办法计算"
            found.append(f"过渡依据待定：{self.rule.transition_note}，{how}")
        return found

    @property
    def citation(self) -> str:
        """Where the periods stand, and what of the answer has no law behind it."""
        return "；".join([self.version.citation.text, *self.doubts])

    @property
    def lines(self) -> list[str]:
        """The answer as a person reads it: what follows, where it stands on the day, on which basis."""
        found = [f"{self.clock.decided_on} 的处罚适用 {self.version.version}，属“{self.clock.class_name}”：{self._period()}"]
        found.append(f"截至 {self.on}：{self._standing()}")
        found.append(f"申请条件（{BASIS_ZH[self.version.conditions_basis]}）：{self.version.conditions}")
        return [*found, f"出处：{self.version.citation.text}", *self.doubts]

    def _period(self) -> str:
        clock = self.clock
        if not clock.publish:
            most = self._class().max_if_published_months
            return "不公示" + (f"；主管部门认为确有必要公示的，最长 {most} 个月" if most else "")
        return f"公示，自 {clock.min_until} 起可申请修复，应于 {clock.max_until} 前撤下"

    def _standing(self) -> str:
        clock = self.clock
        if clock.max_until is not None and self.on >= clock.max_until:
            late = "" if self.performed else "；仍未纠正的按行业主管部门的规定"
            return f"公示期已满，应当停止公示{late}"
        if clock.eligible_from is None:
            return "没有公示，不需要申请修复"
        if not self.performed:
            return "义务没有履行完，不能申请修复"
        return "可以申请修复" if self.eligible else f"还不能申请修复，{clock.eligible_from} 起可以"

    def _class(self) -> RepairClass:
        return next(one for one in self.version.classes if one.name == self.clock.class_name)


def repair_clock(decision: Decision, on: date, performed: bool = True, rule: RepairRule | None = None) -> RepairAnswer:
    """The clock of one decision as it stands on a day; by the rule of the code when none is given.

    Raises
    ------
    NotFound
        when no order was in force on the day that counts.
    BrokenRule
        when the rule's file cannot be read.
    """
    rule = rule or load_repair_rule()
    (clock,) = judge([decision], on, rule)
    if clock.version is None:
        earliest, day = rule.versions[0], JUDGED_BY[rule.judged_by]
        what = f"{day}没有施行的信用修复办法，不能计算"
        todo = f"最早的一版是{earliest.citation.number}，自 {earliest.effective_from} 施行；更早的请按当时的规定办理"
        raise NotFound(what, f"决定日 {decision.decided_on}", todo)
    return RepairAnswer(clock, rule, rule.find(clock.version), on, performed)
