from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from embeddings.documents import Source
from embeddings.errors import SourceUnreadable
from embeddings.readers import read
from embeddings.text.chunking import chunk


def pdf(path: Path, pages: list[list[str]], password: str = "") -> Path:
    writer = PdfWriter()
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    for lines in pages:
        page = writer.add_blank_page(width=595, height=842)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 10 Tf 14 TL 50 780 Td {shown} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-40")
    writer.write(path)
    return path


def test_pages_are_read_as_one_text_without_running_heads(tmp_path: Path) -> None:
    body = [
        ["1 Background", "Ketamine was first made in the early sixties and has since then been"],
        ["used as an anaesthetic in many countries. Its effects on mood were found"],
        ["only much later by a group of researchers who were looking for others."],
    ]
    pages = [["Journal of Examples 2024", *lines, str(i)] for i, lines in enumerate(body, 1)]
    document = read(pdf(tmp_path / "a.pdf", pages), "a.pdf", Source("journal"))
    found = chunk(document)
    assert [passage.section for passage in found] == [("1 Background",)]
    assert found[0].text == (
        "Ketamine was first made in the early sixties and has since then been used as an"
        " anaesthetic in many countries. Its effects on mood were found only much later by a group"
        " of researchers who were looking for others."
    )
    assert "Journal of Examples" not in document.text


def test_a_pdf_without_text_a_broken_and_a_locked_one_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"scan\.pdf.*OCR"):
        read(pdf(tmp_path / "scan.pdf", [[""]]), "scan.pdf", Source("s"))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    with pytest.raises(SourceUnreadable, match=r"broken\.pdf"):
        read(tmp_path / "broken.pdf", "broken.pdf", Source("s"))
    with pytest.raises(SourceUnreadable, match=r"locked\.pdf"):
        read(pdf(tmp_path / "locked.pdf", [["Some text"]], "secret"), "locked.pdf", Source("s"))
