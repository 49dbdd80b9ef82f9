"""Where do the counties of the city lie? The outlines that maps are drawn from (`seeds/yuncheng_counties.geojson`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OUTLINES = Path(__file__).resolve().parent / "seeds" / "yuncheng_counties.geojson"
#: What must stand beside every map drawn from them.
NOTE = "县界为示意，非标准地图；对外公开使用应换用有审图号的标准地图"


@dataclass(frozen=True, slots=True)
class Outline:
    """One county: name, where its name is written, and its exterior rings as points (longitude, latitude)."""

    name: str
    label: tuple[float, float]
    rings: tuple[tuple[tuple[float, float], ...], ...]


@cache
def outlines() -> tuple[Outline, ...]:
    """The 13 counties, by division code. Coordinates in degrees, rounded to 0.001 (about 100 m)."""
    told = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return tuple(_outline(each) for each in sorted(told["features"], key=lambda each: each["id"]))


def _outline(feature: dict) -> Outline:
    shapes = feature["geometry"]["coordinates"]
    rings = tuple(tuple((round(x, 3), round(y, 3)) for x, y in shape[0]) for shape in shapes)
    longitude, latitude = feature["properties"]["label"]
    return Outline(feature["properties"]["name"], (longitude, latitude), rings)
