"""How does an empty home become the demo city: generated, landed, published, scored, with one account per role?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from analytics.founding import Founded, begun, claim_home, hire_staff, is_founded, open_doors, report
from analytics.refresh import refresh
from analytics.training import approve, train_model
from data.casework import open_casework
from data.casework.approving import approved_model
from data.city.growth import AS_OF
from data.city.settle import land_city
from data.errors import BadArgument, BrokenModel, WrongFormat
from data.home import open_home
from data.settings import Settings
from data.synthetic import Marker

KIND = "city"
APPROVER = "approver"
SCALE, SEED = 1.0, 7
LEAST_SCALE, MOST_SCALE = 0.01, 64.0
FIRST_DAY, LAST_DAY = date(2023, 1, 1), date(2049, 12, 31)


def found_city(
    settings: Settings,
    now: datetime,
    run_id: str,
    scale: float | None = None,
    seed: int | None = None,
    as_of: date | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Founded:
    """Make the city in an empty home and publish it. In a home that is this city already nothing changes; a founding that
    was cut off is brought to its end. `say` is told each step in one sentence.

    Parameters
    ----------
    scale, seed, as_of
        which city; what is not named is taken from the city begun here, else scale 1, seed 7, 2026-10-31.

    Raises
    ------
    WrongFormat
        when the home holds anything else, or another city; nothing is changed.
    BadArgument
        when there is no such city.
    """
    wanted = _wanted(settings, scale, seed, as_of)
    if is_founded(settings, KIND):
        return report(open_home(settings.home), already=True)
    home = claim_home(settings, wanted, now)
    land_city(home, wanted.scale or SCALE, SEED if wanted.seed is None else wanted.seed, wanted.as_of, now, run_id, say)
    accounts = hire_staff(settings, now, "demo", run_id)
    say(f"账号：{len(accounts)} 个岗位各一个")
    _publish(settings, wanted.as_of, now, run_id, say)
    if _learn(settings, wanted.as_of, now, run_id, say):
        _publish(settings, wanted.as_of, now, run_id, say)
    return open_doors(home, accounts)


def _publish(settings: Settings, as_of: date, now: datetime, run_id: str, say: Callable[[str], None]) -> None:
    done = refresh(settings, as_of, now, run_id)
    say(f"发布：快照 {done.build_id}，主体 {done.counts['subject']:,} 个，预警 {done.counts['alert']:,} 条")


def _learn(settings: Settings, as_of: date, now: datetime, run_id: str, say: Callable[[str], None]) -> bool:
    """Train the risk model and approve it in the name of the approver; False where one is approved, or none can be had."""
    if approved_model(open_casework(settings, now), as_of) is not None:
        return False
    try:
        trained = train_model(settings, None, now)
    except BrokenModel as error:
        say(f"训练：{error.what}，风险提示先写“证据不足”")
        return False
    approve(settings, trained.model_id, APPROVER, now, run_id, as_of)
    say(f"训练：风险模型 {trained.model_id}，{trained.rows:,} 行，其中受罚 {trained.positives:,} 行，已按模拟数据审批")
    return True


def _wanted(settings: Settings, scale: float | None, seed: int | None, as_of: date | None) -> Marker:
    """The city asked for, which is the one begun here where nothing else is said."""
    marker = begun(settings)
    if marker is None or marker.kind != KIND:
        return _checked(Marker(KIND, as_of or AS_OF, (), SCALE if scale is None else scale, SEED if seed is None else seed))
    if any(asked not in (None, has) for asked, has in ((scale, marker.scale), (seed, marker.seed), (as_of, marker.as_of))):
        what = f"数据目录里的演示城市是规模 {marker.scale:g}、种子 {marker.seed}、截至 {marker.as_of}，与要建的不同"
        raise WrongFormat(what, str(settings.home), "请用 --home 指定一个空目录")
    return marker


def _checked(wanted: Marker) -> Marker:
    if not LEAST_SCALE <= (wanted.scale or 0) <= MOST_SCALE:
        raise BadArgument(f"规模须在 {LEAST_SCALE:g} 到 {MOST_SCALE:g} 之间", "--scale", "1 约六千户，16 相当于一个省")
    if (wanted.seed or 0) < 0:
        raise BadArgument("种子须是 0 或正整数", "--seed", "同一个种子总是同一座城")
    if not FIRST_DAY <= wanted.as_of <= LAST_DAY:
        raise BadArgument(f"截止日须在 {FIRST_DAY} 到 {LAST_DAY} 之间", "--as-of", "城市的故事是截止日之前的六十个月")
    return wanted
