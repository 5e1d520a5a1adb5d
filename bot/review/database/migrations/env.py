"""Run by Alembic: the scripts of `versions/`, over the connection that the program hands in."""

from alembic import context

import bot.review.database.change_tables  # noqa: F401 -- its tables belong to the metadata
from bot.review.database.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
