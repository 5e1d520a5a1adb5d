"""Which language to answer in: the one asked for, else that of the question, else the site's."""

from functools import cache

import opencc

from bot.substances.pinyin import Sounds
from embeddings.documents import Language
from embeddings.text.language import detect
from embeddings.text.stopwords import content_terms

__all__ = ["resolve", "written_in"]

# RFC 5646 subtags. Cantonese is written in Traditional where no script or region is given.
CHINESE = {"zh", "cmn", "yue", "wuu", "nan", "hak", "gan", "hsn"}
SCRIPTS: dict[str, Language] = {"hans": "zh-Hans", "hant": "zh-Hant"}
REGIONS: dict[str, Language] = {
    "cn": "zh-Hans",
    "sg": "zh-Hans",
    "my": "zh-Hans",
    "tw": "zh-Hant",
    "hk": "zh-Hant",
    "mo": "zh-Hant",
}
READ = 1_000
"""So many code points of a question are enough to tell its language."""


def resolve(requested: str | None, question: str, site: Language) -> Language:
    """The language for an answer; never refuses, whatever is `requested` (BCP 47) or asked."""
    return _tagged(requested or "") or _written(question[:READ], site)


def written_in(question: str, interface: Language) -> Language:
    """The language that a person writes a question in, Chinese in Latin letters included.

    `interface` is the language of what they read, returned where the question does not tell.
    """
    question = question[:READ]
    if interface == "en" and _is_pinyin(question):
        return "zh-Hans"
    return _written(question, interface)


def _is_pinyin(question: str) -> bool:
    """Whether a text is Chinese in Latin letters; `he can die` has the same syllables."""
    words = question.split()
    english = len(words) - len(content_terms(question))
    return Sounds(question.casefold()).pinyin and 2 * english < len(words)


def _tagged(tag: str) -> Language | None:
    primary, *subtags = tag.strip().lower().replace("_", "-").split("-")
    if primary == "en":
        return "en"
    if primary not in CHINESE:
        return None
    scripts = [SCRIPTS[subtag] for subtag in subtags if subtag in SCRIPTS]
    regions = [REGIONS[subtag] for subtag in subtags if subtag in REGIONS]
    plain: Language = "zh-Hant" if primary == "yue" else "zh-Hans"
    return [*scripts, *regions, plain][0]


def _written(question: str, site: Language) -> Language:
    """The language of `question`; the site's where the question does not tell.

    Chinese whose characters are the same in both scripts does not tell the script, and Chinese
    in Latin letters tells it even less.
    """
    if not any(_is_letter(character) for character in question):
        return site
    language = detect(question)
    if site == "en":
        return language
    if language == "en":
        return site if Sounds(question.casefold()).pinyin else language
    return site if _same_in_both_scripts(question) else language


def _is_letter(character: str) -> bool:
    return character.isalpha() and (character.isascii() or "\u3400" <= character <= "\U000323af")


def _same_in_both_scripts(text: str) -> bool:
    return all(converter.convert(text) == text for converter in _converters())


@cache
def _converters() -> tuple[opencc.OpenCC, opencc.OpenCC]:
    return opencc.OpenCC("t2s"), opencc.OpenCC("s2t")
