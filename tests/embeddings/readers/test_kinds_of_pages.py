"""Small inputs of the kinds that people have, read whole; `tests/data/reading` holds them."""

from pathlib import Path

import pytest

from embeddings.documents import Document, Passage, Source
from embeddings.errors import SourceUnreadable
from embeddings.readers import read
from embeddings.readers.parsed import LeftOut
from embeddings.sources import Corpus
from embeddings.text.chunking import chunk
from embeddings.text.cleaning import plain
from tests.places import READING

Read = tuple[Document, tuple[Passage, ...]]


def pages(name: str) -> dict[str, Read]:
    """Return what is read in one of the inputs; every passage is its source's own text."""
    found = {}
    for path, document_id, source in Corpus(READING / name).files():
        document = read(path, document_id, source)
        found[document_id] = document, chunk(document)
        for p in found[document_id][1]:
            assert p.text == plain(document.text[p.start : p.end], document.markup)
    return found


def sections(read_in: Read) -> dict[str, str]:
    """Return the passages by the last heading above them."""
    return {passage.section[-1] if passage.section else "": passage.text for passage in read_in[1]}


def test_what_to_do_in_danger_is_no_button() -> None:
    found = sections(pages("01-advert-drops-emergency")["ket.md"])
    assert "立即呼叫急救" in found["叫不醒时怎么做"]
    assert "胸痛时马上就医" in found["害怕时"]


def test_a_button_takes_no_section_with_it() -> None:
    document, passages = pages("03-advert-click-to-enlarge")["mix.md"]
    found = sections((document, passages))
    assert found["危险联用"] == "这里列出的联用可能致死，绝对不要使用。"
    assert any("点击放大" in line for line in document.left_out)


def test_an_index_is_a_page_of_its_folder() -> None:
    found = pages("07-index-pages-left-out")
    assert sorted(document.title for document, _ in found.values()) == ["Drugs", "GHB", "Ketamine"]
    assert all(passages for _, passages in found.values())


@pytest.mark.parametrize(("name", "says"), [("d", "draft"), ("p", "published"), ("u", "unlisted")])
def test_what_is_not_published_is_left_out(name: str, says: str) -> None:
    files = {
        i: (path, source) for path, i, source in Corpus(READING / "09-drafts-published").files()
    }
    path, source = files[f"{name}.md"]
    with pytest.raises(LeftOut, match=says):
        read(path, path.name, source)


def test_a_heading_of_references_leaves_out_references_alone() -> None:
    found = sections(pages("41-skipped-headings")["l.md"])
    assert set(found) == {"", "来源", "Notes", "Comments"}


def test_references_are_left_out_and_named(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        "# LSD\n\nLSD is a psychedelic of the last century.\n\n## Sources\n\n"
        "- Smith J. The effects of a psychedelic. J Ex. 2001;4:12.\n- [A page](https://example.org)\n"
        "- Never use it alone, because nobody can call an ambulance then.\n\n"
        "## Experience reports\n\nI was unconscious, and they called an ambulance.\n",
        encoding="utf-8",
    )
    document = read(path, "page.md", next(Corpus(tmp_path).files())[2])
    assert [p.section for p in chunk(document)] == [(), ("Sources",)]
    assert any(line.startswith("Sources (") for line in document.left_out)
    assert any(line.startswith("Experience reports (") for line in document.left_out)


def test_a_notice_about_the_page_is_told_from_text_with_its_words(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        "# 甲\n\n## 耐受\n\n交叉耐受不完整。\n\n"
        "## 法律\n\n本法律章节是一个存根。你可以帮助完善它。\n",
        encoding="utf-8",
    )
    document = read(path, "page.md", next(Corpus(tmp_path).files())[2])
    assert [p.text for p in chunk(document)] == ["交叉耐受不完整。"]


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "c.md"])
def test_a_short_text_in_gb18030_is_chinese(name: str) -> None:
    text = pages("29-gb18030-short")[name][0].text
    assert any(word in text for word in ("芬太尼过量", "氯胺酮可能致命", "大麻可能引起焦虑"))


def of_html(tmp_path: Path, page: str, name: str = "page.html") -> Read:
    path = tmp_path / name
    path.write_text(page, encoding="utf-8")
    document = read(path, name, Source("site"))
    return document, chunk(document)


def test_the_front_matter_wins_over_a_late_heading() -> None:
    document, _ = pages("05-title-late-h1")["stimulants/mdma.md"]
    assert document.title == "MDMA"


def test_shortcodes_leave_their_labels_and_nothing_else() -> None:
    _, passages = pages("11-hugo-shortcodes")["cpa.md"]
    text = "\n".join(passage.text for passage in passages)
    for said in ("请在医师指导下使用。", "血栓病史者切勿使用！", "可能损伤肝脏。", "禁忌"):
        assert said in text
    assert not any(mark in text for mark in ("{", "}", "src="))


def test_components_and_comments_of_mdx_are_not_quoted() -> None:
    found = sections(pages("13-docusaurus-mdx")["k.md"])
    assert found == {
        "": "Ketamine is a dissociative anaesthetic.",
        "Signs": "Someone who cannot be woken needs an ambulance.",
        "Dependence": "Daily use leads to dependence.",
    }


def test_mdx_is_read_as_markdown(tmp_path: Path) -> None:
    text = (READING / "13-docusaurus-mdx" / "k.md").read_text(encoding="utf-8")
    document, passages = of_html(tmp_path, text, "k.mdx")
    assert document.title == "Ketamine"
    assert len(passages) == 3


def test_hidden_comments_of_obsidian_are_not_quoted(tmp_path: Path) -> None:
    text = "# GHB\n\nGHB is a depressant. %%ask a nurse%%\n\n%%\nSECRET one.\n\nSECRET two.\n%%\n"
    _, passages = of_html(tmp_path, text, "ghb.md")
    assert [passage.text for passage in passages] == ["GHB is a depressant."]


def test_code_keeps_what_looks_like_a_comment(tmp_path: Path) -> None:
    _, passages = of_html(tmp_path, "# A\n\nWrite `<!-- this -->` for a comment here.\n", "a.md")
    assert "this" in passages[0].text


def test_what_is_cut_out_of_a_web_page_stays_cut() -> None:
    _, passages = pages("15-html-aside-comes-back")["k.html"]
    text = "\n".join(passage.text for passage in passages)
    assert not any(word in text for word in ("ASIDE", "FORM", "NAV"))
    assert "Never use it alone." in text


def test_a_page_of_nothing_but_div_is_told_by_its_classes() -> None:
    document, passages = pages("17-html-divs-only")["k.html"]
    assert document.title == "氯胺酮"
    (passage,) = passages
    assert passage.text.startswith("氯胺酮与酒精合用")
    assert passage.text.endswith("请尽早就医。")


def test_each_panel_stands_under_its_label() -> None:
    found = sections(pages("19-tabs-lose-their-labels")["e.html"])
    assert found["Opioids"] == "Give naloxone."
    assert found["GHB"] == "Naloxone does not help; recovery position."


def test_panels_are_found_by_their_roles_although_they_are_hidden(tmp_path: Path) -> None:
    page = """<html><body><main><h1>Emergency</h1><ul role="tablist"><li role="tab">Opioids</li>
    <li role="tab">GHB</li></ul><div role="tabpanel"><p>Give naloxone at once.</p></div>
    <div role="tabpanel" hidden><p>Naloxone does not help here.</p></div></main></body></html>"""
    found = sections(of_html(tmp_path, page))
    assert found == {"Opioids": "Give naloxone at once.", "GHB": "Naloxone does not help here."}


def test_a_warning_is_text_although_it_is_an_aside_or_hidden_things_are_beside_it(
    tmp_path: Path,
) -> None:
    page = """<html><head><title>GHB | A wiki</title></head><body>
    <div class="site-header">A wiki</div><div class="wrap"><h1>GHB</h1>
    <aside class="admonition warning"><p>Never mix it with alcohol.</p></aside>
    <p>GHB is a depressant.</p><div class="cookie-notice alert">We use cookies, you see.</div>
    <p style="display:none">HIDDEN words of nobody.</p>
    <div class="sharedaddy share-buttons">Share this page</div></div></body></html>"""
    document, passages = of_html(tmp_path, page)
    assert document.title == "GHB"
    assert [p.text for p in passages] == ["Never mix it with alcohol.\nGHB is a depressant."]


def test_what_a_button_opens_is_text(tmp_path: Path) -> None:
    page = """<html><body><main><h1>GHB</h1><p>GHB is a depressant.</p>
    <button aria-controls="more">Overdose</button><div id="more" aria-hidden="true"><p>Call an
    ambulance at once.</p></div><div hidden><p>Nobody sees this.</p></div></main></body></html>"""
    assert sections(of_html(tmp_path, page)) == {
        "": "GHB is a depressant.",
        "Overdose": "Call an ambulance at once.",
    }


def test_a_page_that_leads_to_another_is_left_out(tmp_path: Path) -> None:
    page = '<html><head><meta http-equiv="refresh" content="0; url=/ghb/"></head></html>'
    with pytest.raises(LeftOut, match="another"):
        of_html(tmp_path, page)


@pytest.mark.parametrize("name", ["y.pdf", "z.pdf"])
def test_letters_of_no_language_are_refused(name: str) -> None:
    path = READING / "31-pdf-gibberish" / name
    with pytest.raises(SourceUnreadable, match=r"of no language.*OCR"):
        read(path, name, Source("s"))


def test_words_that_a_typesetter_parted_are_joined() -> None:
    document, (passage,) = pages("33-pdf-hyphenation")["h.pdf"]
    assert "alcohol and benzodiazepines depresses breathing and is a common cause" in passage.text
    assert "Long-term use" in passage.text
    assert document.untitled


def test_the_labels_of_a_leaflet_are_headings(tmp_path: Path) -> None:
    document, passages = pages("35-chinese-label")["l.md"]
    found = sections((document, passages))
    assert list(found) == ["适应症", "不良反应", "药物相互作用", "药物过量"]
    assert found["药物过量"] == "可出现昏迷和呼吸停止，立即送医。"
    text = (READING / "35-chinese-label" / "l.md").read_text(encoding="utf-8").replace("# ", "")
    assert {"不良反应", "药物过量"} <= set(sections(of_html(tmp_path, text, "l.txt")))


def test_of_a_build_the_pages_are_read_alone() -> None:
    assert list(pages("37-sphinx-build")) == ["ketamine.html"]


TABS = {
    "mkdocs": '=== "Opioids"\n\n    Give naloxone.\n\n=== "GHB"\n\n    It does not help.\n',
    "gitbook": '{% tabs %}\n{% tab title="Opioids" %}\nGive naloxone.\n{% endtab %}\n'
    '{% tab title="GHB" %}\nIt does not help.\n{% endtab %}\n{% endtabs %}\n',
    "hugo": '{{< tabs >}}\n{{% tab "Opioids" %}}\nGive naloxone.\n{{% /tab %}}\n'
    '{{% tab name="GHB" %}}\nIt does not help.\n{{% /tab %}}\n{{< /tabs >}}\n',
    "mdx": '<Tabs>\n<TabItem value="a" label="Opioids">\n\nGive naloxone.\n\n</TabItem>\n'
    '<TabItem value="b" label="GHB">\n\nIt does not help.\n\n</TabItem>\n</Tabs>\n',
}


@pytest.mark.parametrize("dialect", TABS)
def test_the_panels_of_every_dialect_stand_under_their_labels(tmp_path: Path, dialect: str) -> None:
    text = f"# Emergency\n\n{TABS[dialect]}\nCall an ambulance in either case.\n"
    assert sections(of_html(tmp_path, text, "e.md")) == {
        "Opioids": "Give naloxone.",
        "GHB": "It does not help.",
        "": "Call an ambulance in either case.",
    }


BESIDE = (
    "Edit", "编辑", "Home", "LSD", "Next", "Copyright", "版权", "Skip", "Share", "Posted",
    "Created",
    "Leave a", "I took", "Recent", "Another post", "Retrieved", "Contents",
    "目录",
    "languages",
    "Smith", "helpful", "Back to top", "No results", "On this page", "Built", "generated", "[",
    "¶", "Filed", "1,4-BD",
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(p.name for p in (READING / "builders").glob("*.html")))
def test_pages_of_many_builders_are_read_without_what_is_beside_the_text(name: str) -> None:
    """Made after what each builder writes; the text is the same in all."""
    path = READING / "builders" / name
    document = read(path, name, Source("site"))
    passages = chunk(document)
    text = "\n".join(passage.text for passage in passages)
    assert document.title.endswith("GHB")
    assert [word for word in BESIDE if word in text] == []
    assert any(said in text for said in ("narrow margin", "安全范围很窄"))
    page = path.read_text(encoding="utf-8")
    for said in ("Never mix it with alcohol.", "绝不要与酒精混用。", "It can stop breathing."):
        assert (said in page) == (said in text)
    under = {p.section[-1]: p.text for p in passages if p.section}
    if "Signs" in page:
        assert under["Signs"].startswith("Deep sleep")
        assert under["Response"].startswith("Call an ambulance")
