"""How is a made-up home told of, once it stands? The same answer after `village` and after `demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from commands.frame import finish

if TYPE_CHECKING:
    from analytics.founding import Founded


def tell_founded(founded: Founded, kind: str, place: Path, as_json: bool) -> None:
    """Print what stands there and with which accounts one may sign in."""
    document = {
        "enterprises": founded.enterprises,
        "records": founded.records,
        "as_of": founded.as_of,
        "build_id": founded.build_id,
    }
    finish(document, as_json, lambda _: _text(founded, kind, place))


def tell_occupied(place: Path, as_json: bool) -> None:
    """Print that nothing was done because other data is there already."""
    finish(None, as_json, lambda _: f"{place} 里已有数据，没有改动")


def _text(founded: Founded, kind: str, place: Path) -> str:
    from analytics.founding import NAMES

    done = f"已经是{NAMES[kind]}，没有改动" if founded.already else f"{NAMES[kind]}已建立"
    counts = f"{founded.enterprises:,} 户企业，{founded.records:,} 条记录"
    lines = [
        f"{done}：{counts}，数据截至 {founded.as_of}，快照 {founded.build_id}",
        f"数据目录 {place}，全部为编造数据。登录账号（用户名 / 口令）：",
    ]
    lines += [f"  {each.role_zh}  {each.user} / {each.password}  {each.county or '全市'}" for each in founded.accounts]
    return "\n".join(lines)
