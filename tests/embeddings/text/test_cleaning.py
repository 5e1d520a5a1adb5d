import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.documents import Markup
from embeddings.text.cleaning import plain, sentences, squeeze, trace

MARKUPS: tuple[Markup, ...] = ("markdown", "text", "html")
SIGNS = [
    *"*_[]()|#>`~-+.!\\<&;:/^$={}0159 \n\t\r\u3000\u00ad\u2043\u200b。，“K的",
    "[^4]",
    "](/a.md)",
    "![",
    "**",
    "<br>",
    "<!--",
    "</b>",
    "&amp;",
    "[\\[1\\]](#cite_note-1)",
    "\n\n",
    "| --- |",
    "- ",
    "1. ",
    "```",
    "https://a.b/_c_",
    "0. 5",
    "1 000~",
    "［10-11］",
    "\ufdd0",
]
marked_up = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=5)), max_size=60).map(
    "".join
)


def spans(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("包括 [PCP](/PCP.md) 及 ([MK](/MK-801.md))。[^4] 它们", "包括 PCP 及 (MK)。它们"),
        ("**选择性**的 _重点_ *(2*R*,6*R*)-HNK*", "选择性的重点 (2R,6R)-HNK"),
        ("[![](/文件/R.png)](/文件/R.png)", ""),
        (r"昏迷者。[\[1\]](#cite_note-1) 然后", "昏迷者。然后"),
        ("剂。[<sup>[3]</sup>](#参考文献)[<sup>[4]</sup>](#参考文献)", "剂。"),
        (r"0\.5 与 2024\-05\-07，20 \~ 80", "0.5 与 2024-05-07，20 ~ 80"),
        (
            "| 强度 | 剂量 |\n| --- | --- |\n| [阈值](/x.md) | 5 mg |\n| | |",
            "强度 | 剂量\n阈值 | 5 mg",
        ),
        (
            "Na<sup>+</sup> 与 C<sub>11</sub>H<br>下一行 &amp; &lt;b&gt;",
            "Na+ 与 C11H\n下一行 & <b>",
        ),
        ("<ruby>[苯乙胺](a.md)<rt>2C-x</rt></ruby>", "苯乙胺2C-x"),
        ("![图](a.png){.align-center} 见 {.is-warning}", "见"),
        ("> 引文\n> 第二行\n\n* 甲\n* 乙", "引文\n第二行\n甲\n乙"),
        ("# 标题 #\n===\n正文", "标题\n正文"),
        ("| 口服 | --- | --- | 剂量 | 阈值 |", "口服 | 剂量 | 阈值"),
        ("标题 [¶](#标题)\n-----\n", "标题"),
        ('!!! quote " "\n\n    摇头丸', "摇头丸"),
        ("`code_with_*` 和 $NH_4^+$", "code_with_* 和 $NH_4^+$"),
        ('([维基百科][1])\n\n[1]: https://zh.wikipedia.org/ "x"', "(维基百科)"),
        ("先做。\n1. 跪下\n2. 放平", "先做。\n1. 跪下\n2. 放平"),
        (
            '=== "口服"\n\n    第一页。\n\n=== "鼻吸"\n\n    第二页。',
            "口服\n第一页。\n鼻吸\n第二页。",
        ),
        ('正文。\n\n*[HTML]: 超文本\n\n--8<-- "abbr.md"', "正文。"),
        ("图：\n```mermaid\ngraph TD; A-->B;\n```\n完。", "图：\n完。"),
        ("式：\n\n$$\nx=1\n$$", "式：\nx=1"),
    ],
)
def test_markdown_is_read_without_its_marks(raw: str, read: str) -> None:
    assert plain(raw, "markdown") == read


@pytest.mark.parametrize(
    "kept",
    [
        "1-(Benzo[d][1,3]dioxol-5-yl)-N",
        "[3,2-b](1,4)diazepine",
        "见［10-11］与[1][2]",
        "snake_case 2*3",
        "愷他命與“引號”",
        "p < 0.05 and <unknown>",
    ],
)
def test_what_only_looks_like_a_mark_stays(kept: str) -> None:
    assert plain(kept, "markdown") == kept


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (
            "近年来因其在难治性抑郁症和自杀意念干预\n\n中的快速起效作用",
            "近年来因其在难治性抑郁症和自杀意念干预中的快速起效作用",
        ),
        (
            "酒精戒断综合征（alcohol withdraw⁃\nal，AWS）",
            "酒精戒断综合征（alcohol withdrawal，AWS）",
        ),
        ("soft\u00adly and hy\u00ad\nphen", "softly and hyphen"),
        ("wants effective fast-acting help\nand more", "wants effective fast-acting help and more"),
        ("0. 5 mg/kg，分子量 237. 73，约 28. 9%", "0.5 mg/kg，分子量 237.73，约 28.9%"),
        ("清除率（1 000~1 600 mL/min）", "清除率（1000~1600 mL/min）"),
        ("11\u2009000 人", "11000 人"),
        ("中 文 （ 括号 ） 。", "中文（括号）。"),
        ("**不是标记**", "**不是标记**"),
        ("\ufeff看\u200b不\x00见", "看不见"),
    ],
)
def test_printed_text_is_read_without_its_lines(raw: str, read: str) -> None:
    assert plain(raw, "text") == read


@pytest.mark.parametrize(
    "kept",
    [
        "on day 7. 12 patients left",
        "In 2019. 5 of them",
        "in group 1 200 patients",
        "2024 100 人",
        "1. 5-HT 受体",
    ],
)
def test_two_numbers_side_by_side_are_not_made_one(kept: str) -> None:
    assert plain(kept, "text") == kept


def test_html_is_read_without_tags_and_scripts() -> None:
    raw = "<p>Hello <b>big</b>\n world &gt; 1</p><script>x()</script><tr><td>a</td><td>b</td></tr>"
    assert plain(raw, "html") == "Hello big world > 1\na | b"


def test_what_a_builder_adds_to_notes_and_headings_is_no_text() -> None:
    note = '<sup id="r"><a class="footnote-ref" href="#fn:1">1</a></sup>'
    back = '<a class="footnote-backref" href="#r">&#8617;</a>'
    assert plain(f"<p>See{note} it.</p>", "html") == "See it."
    assert plain(f"<p>A study.&nbsp;{back}</p>", "html").strip() == "A study."
    assert plain('<h2>Use<a class="headerlink" href="#u">&para;</a></h2>', "html") == "Use"


@given(marked_up, st.sampled_from(MARKUPS))
def test_any_text_is_read_and_keeps_its_place(raw: str, markup: Markup) -> None:
    traced = trace(raw, markup)
    assert len(traced.text) == len(traced.starts) == len(traced.ends)
    assert traced.starts == sorted(traced.starts)
    assert traced.ends == sorted(traced.ends)
    assert all(0 <= at <= len(raw) for at in traced.starts + traced.ends)
    assert traced.text == traced.text.strip()


@given(st.text(alphabet="abc的一二。, ", max_size=80))
def test_reading_text_without_marks_twice_changes_nothing(raw: str) -> None:
    read = plain(raw, "markdown")
    assert plain(read, "markdown") == read
    assert squeeze(read) == squeeze(raw)


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize(
    "unit",
    ["[", "![](", "*a", "<b ", "<!--", "`a", "| ", " \n", "(", "0. 5 ", "[a](b", "\\", "&a", "- "],
)
def test_reading_takes_time_in_proportion_to_length(markup: Markup, unit: str) -> None:
    start = time.perf_counter()
    plain(unit * 20_000, markup)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("约为 0.5。其中 3.5 个！好吗？", ["约为 0.5。", "其中 3.5 个！", "好吗？"]),
        (
            "He took 0.5 mg, e.g. in Fig. 2. Then he left.",
            ["He took 0.5 mg, e.g. in Fig. 2.", "Then he left."],
        ),
        (
            "“您能听见我吗？”的问题。他说“不。”然后",
            ["“您能听见我吗？”的问题。", "他说“不。”", "然后"],
        ),
        (
            "Smith et al. found it.［3］这是一句［4］。",
            ["Smith et al. found it.［3］", "这是一句［4］。"],
        ),
        ("1. 跪在身旁\n2. 摆好手臂", ["1. 跪在身旁", "2. 摆好手臂"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, found: list[str]) -> None:
    assert spans(text) == found


@given(st.text(max_size=200))
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    assert squeeze("".join(spans(text))) == squeeze(text)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("::: warning 小心\n切勿与酒精混用。\n:::", "小心\n切勿与酒精混用。"),
        (":::danger[Stop]\n\nNever mix them.\n\n:::", "Stop\nNever mix them."),
        ('::: {.callout-note appearance="simple"}\nRead it.\n:::', "Read it."),
        ("> [!WARNING]\n> Never mix them.", "Never mix them."),
        ("> [!danger]- 小心\n> 切勿混用。", "小心\n切勿混用。"),
        ("See [[Ketamine#Risks|the risks]] and [[GHB]].", "See the risks and GHB."),
        ("![[chart.png]]", ""),
    ],
)
def test_dialects_of_markdown_leave_no_marks(raw: str, read: str) -> None:
    assert plain(raw, "markdown") == read
