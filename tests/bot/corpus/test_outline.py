"""The outline of a document: no level of heading skipped, and a line where something is missing."""

from bot.answer import Citation, QuotedPassage
from bot.corpus.catalogue import DocumentView, SectionView
from bot.corpus.outline import Gap, Heading, outline
from embeddings.documents import Passage


def quoted(start: int, section: tuple[str, ...]) -> QuotedPassage:
    place = Citation(
        title="t", document="d.md", start=start, end=start + 5, view="/", section=section
    )
    return QuotedPassage(
        number=1, id=f"p{start}", language="zh-Hans", kind="wiki", text="一二三", citation=place
    )


def withheld(start: int, reason: str, document: str = "d.md") -> Passage:
    return Passage(
        id=f"w{start}",
        document=document,
        start=start,
        end=start + 5,
        text="secret",
        section=("secret heading",),
        language="zh-Hans",
        withheld=reason,
    )


def view(*sections: tuple[tuple[str, ...], tuple[int, ...]]) -> DocumentView:
    return DocumentView.model_construct(
        id="d.md",
        sections=tuple(
            SectionView(path=path, passages=tuple(quoted(start, path) for start in starts))
            for path, starts in sections
        ),
    )


def headings(document: DocumentView) -> list[tuple[int, str]]:
    return [(each.level, each.text) for part in outline(document) for each in part.headings]


def test_a_heading_is_shown_once_and_its_parents_with_it() -> None:
    document = view((("甲", "乙"), (0,)), (("甲", "丙"), (10,)), (("丁",), (20,)))
    assert headings(document) == [(2, "甲"), (3, "乙"), (3, "丙"), (2, "丁")]


def test_the_levels_of_headings_go_down_by_one_and_end_with_html() -> None:
    deep = tuple("abcdefgh")
    assert [level for level, _ in headings(view((deep, (0,))))] == [2, 3, 4, 5, 6, 6, 6, 6]


def test_anchors_of_headings_are_unique() -> None:
    document = view((("甲", "乙"), (0,)), (("丙",), (5,)), (("甲", "乙"), (10,)))
    ids = [each.id for part in outline(document) for each in part.headings]
    assert len(ids) == len(set(ids)) == 5


def test_a_gap_stands_where_passages_are_withheld_and_tells_only_why() -> None:
    document = view((("甲",), (10, 30)), (("乙",), (50,)))
    missing = [withheld(20, "table"), withheld(25, "making"), withheld(0, "amount")]
    [first, second] = outline(document, [*missing, withheld(60, "log"), withheld(15, "log", "x")])
    shown = [item.reasons if isinstance(item, Gap) else item.id for item in first.items]
    assert shown == [("amount",), "p10", ("table", "making"), "p30"]
    assert [type(item) for item in second.items] == [QuotedPassage, Gap]
    assert "secret" not in str((first, second))


def test_a_document_without_sections_has_no_parts() -> None:
    assert outline(view(), [withheld(0, "table")]) == ()


def test_the_language_of_a_heading_is_that_of_what_stands_under_it() -> None:
    [part] = outline(view((("甲",), (0,))))
    assert part.headings == (Heading(id="section-0-0", level=2, text="甲", language="zh-Hans"),)
