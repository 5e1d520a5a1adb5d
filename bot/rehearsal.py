"""Quoting every passage once while nobody asks, so that the gate knows it when somebody does.

The gate reads whatever is shown, and what it has read it remembers. A quotation that it sees for
the first time costs some milliseconds, and an answer has ten of them.
"""

from collections.abc import Callable

from bot.gate import failures
from bot.phrases import languages
from bot.quoting import quotation
from embeddings.documents import Language
from embeddings.snapshot import Snapshot

__all__ = ["rehearse"]


def rehearse(snapshot: Snapshot, language: Language, going_on: Callable[[], bool]) -> bool:
    """Take every passage to the gate as it is quoted to readers of `language`, then of the others.

    `going_on` is asked before each passage: it may wait, and says whether to go on. Returns
    whether all were taken. What fails is left to fail again when it is asked for.
    """
    for tongue in sorted(languages(), key=lambda each: each != language):
        for passage in snapshot.passages:
            if not going_on():
                return False
            document = snapshot.documents[passage.document]
            for _ in failures(quotation(passage, document, tongue, number=1), snapshot):
                pass
    return True
