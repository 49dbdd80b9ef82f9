"""How is an instant, a document, a running number kept alike by both databases?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant, kept and given back in UTC on both databases (SQLite has no time zone of its own)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.engine.Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.engine.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Document: Any = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Serial: Any = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
