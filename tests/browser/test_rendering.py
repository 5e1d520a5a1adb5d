"""How an answer is drawn: offsets, marks, folding, languages, and never as markup."""

from playwright.sync_api import expect

from bot.answer import Message, SafetyBlock
from tests.browser.conftest import Opening
from tests.browser.steps import answer_with, ask, passage

ASTRAL = "𠮷野家😀的鸟𝒳用了▢之后𠀋消退"


def test_highlights_fall_on_the_right_characters_beyond_the_basic_plane(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=zh").page
    start, end = ASTRAL.index("😀"), ASTRAL.index("用")
    answer_with(page, passages=(passage(ASTRAL, highlights=((start, end),)),))
    quote = ask(page, "问").locator("blockquote")
    assert quote.evaluate("quote => quote.textContent") == ASTRAL
    assert quote.locator("mark").all_text_contents() == ["😀的鸟𝒳"]
    assert quote.locator(".withheld").all_text_contents() == ["▢"]


def test_a_mark_inside_a_highlight_stays_a_mark(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    answer_with(page, passages=(passage("前😀▢后文", highlights=((0, 4),)),))
    answer = ask(page, "问")
    assert answer.locator("mark").all_text_contents() == ["前😀", "后"]
    expect(answer.locator(".withheld")).to_have_attribute("aria-label", "这里略去了一处用量。")
    expect(answer.locator(".note")).to_contain_text("这里略去了一处用量。")


def test_a_long_passage_folds_behind_its_highlight(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    text = "字" * 300 + "要紧的话。" + "尾" * 300
    answer_with(page, passages=(passage(text, highlights=((300, 305),)),))
    answer = ask(page, "问")
    quote = answer.locator("blockquote")
    assert quote.inner_text().startswith("字" * 300 + "要紧的话。")
    assert "尾" not in quote.inner_text()
    answer.get_by_role("button", name="展开").click()
    assert quote.inner_text() == text


def test_the_safety_block_is_never_folded(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    text = "字" * 900
    blocks = (
        SafetyBlock(topic="dissociation", passages=(passage(text),)),
        SafetyBlock(topic="interactions", message=Message(id="m", text="资料里没有写。")),
    )
    answer_with(page, safety=blocks)
    safety = ask(page, "问").locator(".safety")
    assert safety.locator("blockquote").inner_text() == text
    assert safety.get_by_role("button", name="展开").count() == 0
    expect(safety.get_by_text("资料里没有写。")).to_be_visible()


def test_a_safety_topic_leads_to_the_passage_quoted_above(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    answer_with(
        page,
        passages=(passage("甲"), passage("乙", number=2, id="p2")),
        safety=(SafetyBlock(topic="dependence", numbers=(2,)),),
    )
    answer = ask(page, "问")
    answer.locator("button.number").click()
    expect(answer.locator('[data-number="2"]')).to_be_focused()


def test_a_citation_is_complete(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    answer_with(page, passages=(passage("引文"),))
    quotation = ask(page, "问").locator(".passage")
    cited = quotation.locator(".citation").inner_text()
    for part in ("标题", "一 › 二", "甲, 乙", "学报", "2024", "CC BY 4.0"):
        assert part in cited
    doi = quotation.get_by_role("link", name="DOI")
    expect(doi).to_have_attribute("href", "https://doi.org/10.1000/x")
    assert "noreferrer" in str(doi.get_attribute("rel"))


def test_copying_takes_the_citation_along(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh", permissions=["clipboard-read", "clipboard-write"]).page
    answer_with(page, passages=(passage("引文𠮷"),))
    ask(page, "问").get_by_role("button", name="连同出处一起复制").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("引文𠮷\n— 标题")
    assert "https://doi.org/10.1000/x" in copied
    assert f"{own}/sources/d.txt#p1" in copied


def test_nothing_from_a_document_becomes_markup(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    evil = "<img src=x onerror=alert(1)><b>粗</b>"
    bad = {"title": evil, "url": "javascript:alert(1)", "doi": None}
    cited = passage("x").citation.model_copy(update=bad)
    answer_with(
        page,
        passages=(passage(evil, citation=cited),),
        messages=(Message(id="m", text=evil),),
        suggestions=(evil,),
    )
    answer = ask(page, evil)
    assert page.locator("safe-passage img, safe-passage .answer b:not(.badge b)").count() == 0
    assert answer.locator('a[href^="javascript"]').count() == 0
    assert answer.locator("blockquote").inner_text() == evil


def test_an_unknown_kind_of_answer_is_shown_all_the_same(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    answer_with(page, kind="something_new", messages=(Message(id="m", text="新的话"),))
    expect(ask(page, "问").get_by_text("新的话")).to_be_visible()


def test_the_interface_changes_language_and_keeps_the_conversation(
    opening: Opening, own: str
) -> None:
    page = opening(f"{own}/?lang=zh").page
    answer_with(page, passages=(passage("引文"),))
    ask(page, "问")
    page.locator(".compose textarea").fill("还没问完")
    page.locator("select").select_option("en")
    expect(page.get_by_role("button", name="Leave this page")).to_be_visible()
    expect(page.locator("article.answer")).to_have_count(1)
    expect(page.locator(".compose textarea")).to_have_value("还没问完")


def test_the_styles_of_the_host_page_stay_outside(opening: Opening, host: str) -> None:
    page = opening(f"{host}/?lang=zh").page
    page.locator(".launcher").click()
    style = page.locator(".compose textarea").evaluate(
        "field => [getComputedStyle(field).fontFamily, getComputedStyle(field).borderTopStyle,"
        " getComputedStyle(field).letterSpacing]"
    )
    assert "Georgia" not in style[0]
    assert style[1:] == ["solid", "normal"]


def test_a_host_page_can_set_colours(opening: Opening, own: str) -> None:
    page = opening(f"{own}/?lang=zh").page
    page.locator("safe-passage").evaluate(
        "element => element.style.setProperty('--sp-accent', 'rgb(1, 2, 3)')"
    )
    colour = page.locator(".send").evaluate("button => getComputedStyle(button).backgroundColor")
    assert colour == "rgb(1, 2, 3)"
