from pathlib import Path

from embeddings.documents import Source
from embeddings.readers import read
from embeddings.text.chunking import chunk
from embeddings.text.cleaning import plain

PAGE = """<!doctype html><html lang="en"><head><title>Ketamine - A site</title>
<meta name="citation_author" content="Jane Doe"><meta name="citation_doi" content="10.1234/abcd">
<meta property="article:modified_time" content="2025-03-04T01:02:03Z">
<link rel="canonical" href="https://example.org/ketamine">
<script>var notText = "a long piece of script which nobody is ever to read";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li>All of the substances of this site</li></ul></nav>
<main><h1>Ketamine</h1>
<p>Ketamine is a dissociative that is <b>used</b> in medicine &amp; elsewhere.</p>
<aside>Sign up for the newsletter of this site today.</aside>
<h2 id="r">Risks <a href="#r">¶</a></h2>
<p>Frequent use can harm the bladder.<sup><a href="#ref-1">[1]</a></sup></p>
<h3>With alcohol</h3>
<ul><li>Both slow down breathing and can make people vomit.</li>
<li>Put them on their side.</li></ul>
<h2>See also</h2><ul><li><a href="/mxe">MXE</a> and some more of these substances.</li></ul>
</main><footer>All rights reserved by this site, now and for ever.</footer></body></html>"""


def test_a_web_page_is_read_by_its_headings_without_what_is_beside_the_text(tmp_path: Path) -> None:
    path = tmp_path / "ketamine.html"
    path.write_text(PAGE, encoding="utf-8")
    page = read(path, "ketamine.html", Source("site"))
    assert (page.title, page.authors, page.doi) == ("Ketamine", ("Jane Doe",), "10.1234/abcd")
    assert (page.date, page.url) == ("2025-03-04", "https://example.org/ketamine")
    assert (page.language, page.markup) == ("en", "html")
    found = chunk(page)
    assert [(passage.section, passage.text) for passage in found] == [
        ((), "Ketamine is a dissociative that is used in medicine & elsewhere."),
        (("Risks",), "Frequent use can harm the bladder.[1]"),
        (
            ("Risks", "With alcohol"),
            "Both slow down breathing and can make people vomit.\nPut them on their side.",
        ),
    ]
    for passage in found:
        assert passage.text == plain(PAGE[passage.start : passage.end], "html")


def test_a_page_without_structure_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "bare.htm"
    path.write_text("Some people feel sick.<br>Some people do not.", encoding="utf-8")
    page = read(path, "bare.htm", Source("site"))
    assert page.title == "bare"
    assert [p.text for p in chunk(page)] == ["Some people feel sick.\nSome people do not."]
