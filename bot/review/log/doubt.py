"""What the classifier makes of a question that was declined: moderators look where it doubts."""

import logging
from typing import Final

from bot.answer import AnswerKind
from bot.question.classifier import probabilities
from bot.question.judgement import readings
from bot.substances.naming import curated
from bot.vocabulary.text import Text
from embeddings.errors import CatalogueInvalid

__all__ = ["likeness_of"]

DECLINED: Final[tuple[AnswerKind, ...]] = ("dose_declined", "how_to_declined")
READ: Final = 500
"""Code points that are looked at: the log must not hold an answer up."""

logger = logging.getLogger("safepassage.review")


def likeness_of(question: str, kind: AnswerKind) -> dict[str, float]:
    """How probable each kind of question is by its wording, to three places.

    Empty for an answer that declines nothing, and where the classifier cannot be read.
    """
    if kind not in DECLINED:
        return {}
    try:
        odds = probabilities(readings(Text(question[:READ]))[-1], curated())
    except CatalogueInvalid as error:
        logger.error("no doubt can be told: %s", error)
        return {}
    return {str(each): round(odd, 3) for each, odd in odds.items()}
