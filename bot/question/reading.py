"""A question read once: what every station of the way takes as its argument."""

from dataclasses import dataclass

from bot.question.question import Question, written
from bot.question.triage import Triage, triage
from bot.substances.naming import Names
from bot.vocabulary.text import Text

__all__ = ["Reading", "read"]

_READ = 100_000
_TURN = 1_000
_RECENT = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with what was found in it.

    `text` is what of it is read, `earlier` its last questions before, oldest first; `seen` what
    kind of question it is, by the names that ship as moderators have them.
    """

    question: Question
    text: Text
    earlier: tuple[Text, ...]
    seen: Triage

    @property
    def answerable(self) -> Text | None:
        """What may be searched for: the text itself, its harmless half, or nothing."""
        half = self.seen.answerable
        return self.text if half == self.text.original else (half and Text(half)) or None


def read(question: Question, names: Names) -> Reading:
    """Read a question. Only its first 100,000 characters are read, and its last three turns."""
    text = Text(written(question.text[:_READ]))
    earlier = tuple(Text(written(turn[:_TURN])) for turn in question.history[-_RECENT:])
    return Reading(question, text, earlier, triage(text, names, earlier))
