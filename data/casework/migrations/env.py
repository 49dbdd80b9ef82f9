"""On which connection do migrations run? On the one `data.casework.opening` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from data.casework.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
