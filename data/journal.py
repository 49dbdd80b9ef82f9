"""What did this run do? JSON lines to standard error and `HOME/log`, with a run id and no personal data."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import structlog

#: 18-digit identity numbers, in any text that reaches the log.
_PERSONAL = re.compile(r"(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])")
_MAX_BYTES = 5_000_000


def start(run_id: str, folder: Path | None = None, to_stderr: bool = True) -> None:
    """Configure the process's log once, at the entry point."""
    handlers: list[logging.Handler] = []
    if to_stderr:
        handlers.append(logging.StreamHandler(sys.stderr))
    if folder is not None and folder.is_dir():
        with suppress(OSError):  # a home that can only be read is read without a log of its own
            handlers.append(RotatingFileHandler(folder / "xinjian.jsonl", maxBytes=_MAX_BYTES, backupCount=5, encoding="utf-8"))
    logger = logging.getLogger("xinjian")
    logger.handlers[:] = handlers
    logger.setLevel(logging.INFO)
    logger.propagate = False
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            hide_personal,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_: logger,
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(run_id=run_id)


def log() -> Any:
    """The process's logger; silent until `start` was called."""
    if not logging.getLogger("xinjian").handlers:
        logging.getLogger("xinjian").addHandler(logging.NullHandler())
    return structlog.get_logger()


def hide_personal(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace identity numbers in every text of a log entry."""
    return {key: _PERSONAL.sub("〔已隐去〕", value) if isinstance(value, str) else value for key, value in entry.items()}
