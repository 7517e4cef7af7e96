"""Run by Alembic: it works on the connection it is handed, and leaves the transaction to the caller."""

from __future__ import annotations

from alembic import context

from qualcode.core.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
