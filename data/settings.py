"""Where does this run keep its things? One frozen object, made at the entry point and passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOME = Path(__file__).resolve().parent.parent / "var"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run. `home` is absolute; `casework_url` is a SQLAlchemy URL."""

    home: Path
    casework_url: str
    debug: bool = False

    @classmethod
    def load(cls, environ: Mapping[str, str], home: Path | None = None, debug: bool = False) -> Settings:
        """Settings from an environment mapping (`XINJIAN_HOME`, `XINJIAN_CASEWORK_URL`); `home` wins over it."""
        chosen = Path(home or environ.get("XINJIAN_HOME") or DEFAULT_HOME).expanduser().absolute()
        url = environ.get("XINJIAN_CASEWORK_URL") or f"sqlite:///{chosen / 'record' / 'casework.db'}"
        return cls(home=chosen, casework_url=url, debug=debug)
