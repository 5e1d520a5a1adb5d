"""The source viewer: readable, screened, and open at the passage that was quoted."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from bot.answer import QuotedPassage
from bot.answering.phrases import ui
from bot.corpus.catalogue import DocumentView
from bot.corpus.ingest import ingest
from embeddings.encoder import SentenceEncoder
from tests.web.conftest import Opened, program_of
from web.server.templating import fold, segments


def documents(client: TestClient) -> list[DocumentView]:
    reader = program_of(client).catalogue
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


def test_the_page_has_no_script_but_the_one_for_leaving(client: TestClient) -> None:
    scripts = re.findall(r"<script[^>]*>", page_of(client, documents(client)[0]))
    assert len(scripts) == 1 and "/static/exit.js" in scripts[0]


def test_the_contents_lead_to_every_heading(client: TestClient) -> None:
    document = max(documents(client), key=lambda each: len(each.sections))
    page = page_of(client, document)
    headings = re.findall(r'<h[2-4] id="(section-[\d-]+)"', page)
    contents = re.search(r"<nav class=\"toc\".*?</nav>", page, re.S)
    assert headings and contents
    assert re.findall(r'href="#([^"]*)"', contents[0]) == headings


def test_levels_of_headings_go_down_one_at_a_time(client: TestClient) -> None:
    for document in documents(client):
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page_of(client, document))]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_passage_says_its_language_and_what_its_marks_hide(client: TestClient) -> None:
    for document in documents(client):
        page = unescape(page_of(client, document))
        for passage in (each for section in document.sections for each in section.passages):
            shown = page[page.index(f'id="{passage.id}"') :].split('<div class="passage"')[0]
            assert f'lang="{passage.language}"' in shown
            for run in passage.withheld:
                assert shown.count(ui("zh-Hans")[f"withheld_{run.reason}"]) >= 2


def test_a_withheld_passage_leaves_a_line_that_says_why(
    serving: Opened, tmp_path: Path, model: SentenceEncoder
) -> None:
    folder, data = tmp_path / "texts", tmp_path / "data"
    folder.mkdir()
    rows = ("轻微 | 61037 mg", "常见 | 62746 mg", "强烈 | 64455 mg")
    table = "| 程度 | 用量 |\n|---|---|\n" + "".join(f"| {row} |\n" for row in rows)
    text = (
        f"# 氯胺酮\n\n氯胺酮会引起分离感。\n\n## 用量\n\n{table}\n## 依赖\n\n氯胺酮可能让人依赖。\n"
    )
    (folder / "k.md").write_text(text, "utf-8")
    ingest([folder], data, model)
    page = serving(data=data).get("/sources/k.md?lang=zh").text
    [gap] = re.findall(r'<p class="gap"[^>]*>(.*?)</p>', page)
    assert gap.removeprefix("▢ ") in ui("zh-Hans").values()
    assert not re.search("61037|62746|64455", page)
    assert page.index("分离感") < page.index('class="gap"') < page.index("让人依赖")


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


@pytest.mark.parametrize(
    ("length", "lit", "folded"), [(100, (0, 9), 100), (400, (0, 9), 160), (400, (250, 300), 300)]
)
def test_nothing_highlighted_is_folded_away(
    client: TestClient, length: int, lit: tuple[int, int], folded: int
) -> None:
    some = documents(client)[0].sections[0].passages[0].model_dump()
    some |= {"text": "字" * length, "highlights": [lit], "withheld": [], "language": "zh-Hans"}
    passage = QuotedPassage.model_validate(some)
    assert fold(passage) == folded
    halves = [*segments(passage, 0, folded), *segments(passage, folded)]
    assert "".join(words for words, _, _ in halves) == passage.text
