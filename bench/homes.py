"""Where are the cities that are measured? Made by the product's own `demo`, once each, and kept when asked to."""

from __future__ import annotations

from pathlib import Path

from bench.child import product

SEED, AS_OF = 7, "2026-10-31"


def home_of(folder: Path, scale: float) -> Path:
    """The home of the city of this scale under `folder`, founded when it is not there."""
    home = folder / f"city-{scale:g}"
    if not (home / "build" / "current").exists():
        product("demo", "--scale", f"{scale:g}", "--seed", str(SEED), "--as-of", AS_OF, home=home)
    product("refresh", "--as-of", AS_OF, home=home)  # a kept city may be of other code
    return home
