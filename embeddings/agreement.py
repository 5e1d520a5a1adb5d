"""Whether a snapshot and a model belong together: vectors of two models say nothing together."""

from embeddings.encoder import Encoder
from embeddings.errors import ModelMismatch
from embeddings.snapshot import Snapshot

__all__ = ["require_agreement"]


def require_agreement(snapshot: Snapshot, encoder: Encoder) -> None:
    """Raise ModelMismatch unless the snapshot's vectors were made by this very model."""
    made_with = snapshot.manifest["model"]
    if made_with["fingerprint"] != encoder.fingerprint:
        raise ModelMismatch(
            f"Snapshot {snapshot.id} was made with another model ({made_with['name']}) than the one"
            f" in use ({encoder.name}). Run `safepassage ingest`, or set SAFEPASSAGE_MODEL to the"
            " one that it was made with."
        )
