"""Doing once while nobody asks what costs time only the first time that somebody does.

The gate reads whatever is shown, and what it has read it remembers. A quotation that it sees for
the first time costs some milliseconds, and an answer has ten of them. To say that a name is
unknown, the names that are known are sorted by length, and the English words read.
"""

from collections.abc import Callable

from bot.answering.gate import failures
from bot.answering.phrases import languages
from bot.answering.quoting import quotation
from bot.answering.suggestions import did_you_mean
from bot.answering.wording import Wording
from bot.retrieval.subject import subject_of
from bot.substances.glossary import names_of
from bot.substances.unknown import unknown_name
from bot.vocabulary.text import Text
from embeddings.documents import Language
from embeddings.snapshot import Snapshot

__all__ = ["rehearse"]

STRANGER = "qzvxjwk 齉龘爨麤"
"""Words that are no name anywhere."""


def rehearse(
    snapshot: Snapshot, language: Language, wording: Wording, going_on: Callable[[], bool]
) -> bool:
    """Take every passage to the gate as it is quoted to readers of `language`, then of the others.

    `going_on` is asked before each passage: it may wait, and says whether to go on. Returns
    whether all were taken. What fails is left to fail again when it is asked for.
    """
    stranger, names = Text(STRANGER), names_of(snapshot)
    unknown_name(stranger, names, snapshot)
    did_you_mean(snapshot, subject_of(stranger, names), language)
    for tongue in sorted(languages(), key=lambda each: each != language):
        for passage in snapshot.passages:
            if not going_on():
                return False
            document = snapshot.documents[passage.document]
            quoted = quotation(passage, document, tongue, wording, number=1)
            for _ in failures(quoted, snapshot):
                pass
    return True
