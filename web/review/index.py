"""The index and the model as moderators' pages need them, or the page that says they are away."""

from bot.pipeline import Ready
from embeddings.errors import ModelUnavailable, SnapshotError
from web.review.moderators import Refused
from web.server.program import Program

__all__ = ["ready_of"]


def ready_of(program: Program) -> Ready:
    """What looking something up needs. Raises Refused."""
    try:
        return program.bot.ready()
    except (SnapshotError, ModelUnavailable):
        raise Refused(503, "index_unavailable_here") from None
