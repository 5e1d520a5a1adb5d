"""The source viewer: readable, screened, and open at the passage that was quoted."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from bot.answer import QuotedPassage
from bot.ingest import ingest
from bot.reading import DocumentView
from embeddings.encoder import SentenceEncoder
from tests.web.conftest import Opened, program_of
from web.templating import segments


def documents(client: TestClient) -> list[DocumentView]:
    reader = program_of(client).reader
    return [reader.document(each.id) for each in reader.documents().documents]


def page_of(client: TestClient, document: DocumentView) -> str:
    page = client.get(f"/sources/{quote(document.id)}?lang=zh-Hans")
    assert page.status_code == 200
    return page.text


def test_every_passage_that_may_be_shown_is_on_the_page_with_its_anchor(client: TestClient) -> None:
    for document in documents(client):
        page = page_of(client, document)
        read = unescape(re.sub(r"<[^>]*>", "", page))
        for section in document.sections:
            for passage in section.passages:
                assert f'id="{passage.id}"' in page
                assert passage.text in read


def test_the_link_of_a_citation_leads_to_its_passage(client: TestClient) -> None:
    passage = documents(client)[0].sections[0].passages[0]
    path, _, anchor = passage.citation.view.partition("#")
    assert f'id="{anchor}"' in client.get(path).text


def test_the_page_says_where_the_document_comes_from(client: TestClient) -> None:
    for document in documents(client):
        page = unescape(page_of(client, document))
        assert document.title in page
        assert all(author in page for author in document.authors)
        assert not document.licence or document.licence in page
        assert not document.doi or f"https://doi.org/{document.doi}" in page


def test_no_clinical_amount_is_on_any_page(client: TestClient) -> None:
    shown = "".join(page_of(client, document) for document in documents(client))
    assert not re.search(r"\d\s*mg/kg", shown)
    assert "▢" in shown


def test_the_page_needs_no_script(client: TestClient) -> None:
    assert "<script" not in page_of(client, documents(client)[0])


def test_a_document_that_never_was_is_not_found(client: TestClient) -> None:
    page = client.get("/sources/nothing-here.txt?lang=en")
    assert page.status_code == 404
    assert "text/html" in page.headers["content-type"]
    assert "nothing-here" not in page.text


def test_a_document_of_an_earlier_snapshot_is_gone(
    serving: Opened, tmp_path: Path, model: SentenceEncoder
) -> None:
    folder, data = tmp_path / "texts", tmp_path / "data"
    folder.mkdir()
    (folder / "stays.md").write_text("# 氯胺酮\n\n氯胺酮会引起分离感，也可能让人依赖。\n", "utf-8")
    (folder / "leaves.md").write_text("# 酒精\n\n酒精和镇静药一起用，呼吸可能停止。\n", "utf-8")
    ingest([folder], data, model)
    (folder / "leaves.md").unlink()
    ingest([folder], data, model)
    client = serving(data=data)
    assert client.get("/sources/stays.md").status_code == 200
    assert client.get("/sources/leaves.md").status_code == 410


def test_without_an_index_the_page_says_so(without_index: TestClient) -> None:
    assert without_index.get("/sources/any.txt").status_code == 503


@pytest.mark.parametrize(
    ("text", "highlight", "mark", "expected"),
    [
        ("𠮷家😀▢后", (2, 4), 3, [("𠮷家", False), ("😀", True), ("▢", True), ("后", False)]),
        ("▢", (0, 0), 0, [("▢", False)]),
    ],
)
def test_segments_cut_at_code_points(
    client: TestClient,
    text: str,
    highlight: tuple[int, int],
    mark: int,
    expected: list[tuple[str, bool]],
) -> None:
    some = documents(client)[0].sections[0].passages[0].model_dump()
    some |= {
        "text": text,
        "highlights": [highlight],
        "withheld": [{"start": mark, "end": mark + 1, "reason": "amount"}],
    }
    cut = segments(QuotedPassage.model_validate(some))
    assert [(words, marked) for words, marked, _ in cut] == expected
    assert [words for words, _, why in cut if why] == ["▢"]
