"""One question is read once: nothing is folded, named or looked for in a text a second time."""

from collections import Counter
from typing import Any

import pytest

from bot.pipeline import Bot, Question
from bot.substances.naming import Names
from bot.vocabulary.matching import Folded, Phrases
from bot.vocabulary.text import Text

QUESTIONS = [
    Question("K粉和酒一起用会怎样，会上瘾吗？"),
    Question("那和酒一起呢？", history=("K粉会伤膀胱吗",)),
    Question("I take 20 mg of fluoxetine, can I drink with it?"),
    Question("我朋友吸了K粉之后叫不醒，嘴唇发紫"),
    Question("what does metizolam do"),
    Question("lv an tong shi shen me"),
]


class Counted:
    """What was done with which text, how often."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.folded: Counter[str] = Counter()
        self.named: Counter[tuple[int, str]] = Counter()
        self.scanned: Counter[tuple[int, str]] = Counter()
        of, hits, scan = Folded.of, Names._hits, Phrases.scan

        def folding(original: str) -> Folded:
            self.folded[original] += 1
            return of(original)

        def naming(names: Names, text: Text) -> Any:  # noqa: ANN401
            self.named[id(names), text.original] += 1
            return hits(names, text)

        def scanning(phrases: Phrases[Any], text: str) -> Any:  # noqa: ANN401
            self.scanned[id(phrases), text] += 1
            return scan(phrases, text)

        patch.setattr(Folded, "of", staticmethod(folding))
        patch.setattr(Names, "_hits", naming)
        patch.setattr(Phrases, "scan", scanning)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.text[:20])
def test_a_question_is_folded_once_and_its_substances_are_sought_once(
    bot: Bot, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.ask(question)
    counted = Counted(monkeypatch)
    bot.ask(question)
    assert counted.folded[question.text] == 1
    assert {text: n for (_, text), n in counted.named.items() if n > 1} == {}
    again = {text for (_, text), n in counted.scanned.items() if n > 1}
    assert question.text not in again, again


def test_what_was_found_dies_with_the_question(bot: Bot) -> None:
    assert not hasattr(Names, "cache_info")
    assert "characters" in repr(Text("氯胺酮"))
    assert "氯胺酮" not in repr(Text("氯胺酮"))
