"""Turning a stored passage into a quotation: marks for what is withheld, and a full citation."""

from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote

from bot.answer import Citation, QuotedPassage, Score, Withheld, WithheldReason
from bot.answering.wording import Wording
from bot.screening.doses import Finding, Masked, find, mask
from embeddings.documents import Document, Language, Passage

__all__ = ["REMEMBERED", "bibliography", "cite", "found", "hidden", "quotation", "shown"]

REMEMBERED = 1 << 17
"""Texts of sources whose amounts are remembered: some six to a passage, for 20,000 passages."""


def shown(passage: Passage) -> Masked:
    """Return the text of a passage as it may be shown, with the places of its marks."""
    runs = [Finding(a, b, cast(WithheldReason, why)) for a, b, why in passage.redactions]
    return mask(passage.text, runs)


@lru_cache(maxsize=REMEMBERED)
def found(text: str) -> tuple[Finding, ...]:
    """Return what must not be shown of words of a source; never asked of a visitor's words."""
    return find(text)


def hidden(text: str) -> str:
    """Return a title, heading or reference with every amount in it replaced by a mark."""
    return mask(text, found(text)).text


def quotation(
    passage: Passage,
    document: Document,
    language: Language,
    wording: Wording,
    *,
    number: int,
    highlights: tuple[tuple[int, int], ...] = (),
    score: Score | None = None,
) -> QuotedPassage:
    """Quote a passage; `language` is the reader's, for the note on a title that is missing."""
    masked = shown(passage)
    return QuotedPassage(
        number=number,
        id=passage.id,
        language=passage.language,
        kind=document.kind,
        text=masked.text,
        highlights=highlights,
        withheld=tuple(
            Withheld(start=w.start, end=w.end, reason=w.reason) for w in masked.withheld
        ),
        translations=passage.translations,
        citation=cite(passage, document, language, wording),
        score=score,
    )


def cite(passage: Passage, document: Document, language: Language, wording: Wording) -> Citation:
    """Say where a passage comes from, in the words of the document itself."""
    return Citation(
        **bibliography(document, language, wording),
        section=tuple(hidden(heading) for heading in passage.section),
        references=tuple(hidden(reference) for reference in passage.references),
        document=document.id,
        start=passage.start,
        end=passage.end,
        view=f"/sources/{quote(document.id)}#{passage.id}",
    )


def bibliography(document: Document, language: Language, wording: Wording) -> dict[str, Any]:
    """Return what is known of a document as a whole, by the field names of a citation."""
    titles = {tongue: hidden(title) for tongue, title in document.titles.items()}
    return {
        "title": title_for(document, titles, language),
        "titles": titles,
        "title_note": title_note(document, language, wording),
        "authors": tuple(hidden(author) for author in document.authors),
        "journal": document.journal and hidden(document.journal),
        "year": document.year,
        "date": document.date,
        "doi": document.doi,
        "url": document.url and hidden(document.url),
        "licence": document.licence and hidden(document.licence),
    }


def title_for(document: Document, titles: dict[str, str], language: Language) -> str:
    """Choose the title in the reader's language, else the one the document leads with."""
    kin = "zh-Hans" if language == "zh-Hant" else language
    return titles.get(language) or titles.get(kin) or hidden(document.title)


def title_note(document: Document, language: Language, wording: Wording) -> str | None:
    """Say so where a Chinese document gives a Chinese reader no Chinese title."""
    has = {tongue[:2] for tongue in document.titles}
    if language == "en" or document.language == "en" or not has or "zh" in has:
        return None
    return wording.message("no_title_in_language", language).text
