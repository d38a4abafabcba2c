"""Small PDFs written by hand: labels, turns, order, titles, and files that are refused by name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pdf_making import FONT, locked, pages, pdf, say, stream

from rag.errors import SourceError
from rag.loading import pdf_page
from rag.loading.pdf import read_pdf
from rag.types import BlockKind

pytest.importorskip(
    "pypdfium2", reason="pypdfium2 is not installed: pip install 'geungeo[formats]'"
)

PROSE = b"The fund lends to small firms that export"


def refusal(data: bytes, name: str = "a.pdf") -> str:
    with pytest.raises(SourceError) as caught:
        read_pdf(data, name)
    message = str(caught.value)
    assert f"'{name}'" in message and message.endswith("주세요.")
    return message


def test_a_page_is_called_what_the_file_calls_it() -> None:
    labels = b"/PageLabels<</Nums[0<</S/r>>2<</S/D/St 5>>]>>"
    extracted = read_pdf(
        pages(
            [say(b"Page %s" % name) for name in (b"one", b"two", b"three", b"four")], root=labels
        ),
        "a.pdf",
    )
    assert [mark.label for mark in extracted.pages] == ["i", "ii", "5", "6"]
    assert [extracted.text[m.start :].split("\n")[0] for m in extracted.pages] == [
        "Page one", "Page two", "Page three", "Page four",
    ]  # fmt: skip


def test_without_labels_pages_are_numbered_and_empty_ones_counted() -> None:
    extracted = read_pdf(pages([say(b"First"), b"", say(b"Third")]), "a.pdf")
    assert [mark.label for mark in extracted.pages] == ["1", "3"]


@pytest.mark.parametrize(
    ("matrix", "places"),
    [
        (b"1 0 0 1", ((60, 700), (60, 686))),
        (b"0 1 -1 0", ((100, 60), (114, 60))),
        (b"0 -1 1 0", ((400, 700), (386, 700))),
        (b"-1 0 0 -1", ((500, 100), (500, 114))),
    ],
)
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_text_is_read_upright_however_it_stands(
    matrix: bytes, places: tuple[tuple[int, int], tuple[int, int]], turn: int
) -> None:
    content = b"".join(
        b"BT /F 11 Tf %s %d %d Tm (%s) Tj ET\n" % (matrix, x, y, text)
        for text, (x, y) in zip((PROSE + b" and", b"invest abroad."), places, strict=True)
    )
    extracted = read_pdf(pages([content], page=b"/Rotate %d" % turn), "a.pdf")
    assert extracted.text.split() == (PROSE.decode() + " and invest abroad.").split()
    assert extracted.stated == ()


def test_lines_are_read_by_place_not_by_order_in_the_file() -> None:
    content = say(b"Second paragraph.", y=600) + say(b"First paragraph.", y=700)
    assert read_pdf(pages([content]), "a.pdf").text == "First paragraph.\n\nSecond paragraph."


def test_a_blank_that_the_file_holds_at_a_lines_end_tells_where_words_end() -> None:
    text = "The fund lends to small firms that export and to those that invest abroad in plants. "
    content, rest, line = b"", text * 2, 0
    while rest:  # each line holds as many letters as fit; a blank after them stays with it
        piece = rest[:15] if rest[14:15] == " " else rest[:14]
        rest = rest[len(piece) :]
        content += say(piece.encode(), 60, 790 - 40 * line, 32)
        line += 1
    extracted = read_pdf(pages([content], box=b"0 0 400 842"), "a.pdf")
    assert extracted.text.split() == (text * 2).split()


def test_a_sentence_goes_on_overleaf_only_from_the_foot_of_a_page() -> None:
    first = PROSE + b" goods and that have ten hands or more in all of the plants of"
    foot, head = say(first, y=120), say(b"the owner.", y=750)
    extracted = read_pdf(pages([foot, head], box=b"0 0 595 842"), "a.pdf")
    whole = f"{first.decode()} the owner."
    assert extracted.text == whole
    assert [mark.start for mark in extracted.pages] == [0, whole.index("the owner")]
    apart = read_pdf(pages([say(first, y=700), head]), "a.pdf")
    assert apart.text == f"{first.decode()}\n\nthe owner."


def test_a_watermark_is_set_aside() -> None:
    askew = b"BT /F 40 Tf .8 .6 -.6 .8 200 300 Tm (DRAFT ONLY) Tj ET\n"
    extracted = read_pdf(pages([say(PROSE) + askew]), "a.pdf")
    (block,) = extracted.stated
    assert block.kind is BlockKind.BOILERPLATE
    assert extracted.text[block.span.start : block.span.end] == "DRAFT ONLY"
    assert extracted.text.startswith(PROSE.decode())


def test_words_at_two_sides_of_a_rule_are_two_cells() -> None:
    rules = b"".join(
        b"50 %d m 170 %d l S %d 660 m %d 700 l S " % (y, y, x, x)
        for x, y in zip((50, 108, 170), (660, 680, 700), strict=True)
    )
    # Without the rule in its middle this would be one number.
    words = say(b"1234", 96, 685) + say(b"56", 60, 665) + say(b"78", 120, 665)
    extracted = read_pdf(pages([rules + words]), "a.pdf")
    assert extracted.text == "12\t34\n56\t78"
    (block,) = extracted.stated
    assert block.table is not None
    assert [(c.row, c.column, c.span.start) for c in block.table.cells] == [
        (0, 0, 0), (0, 1, 3), (1, 0, 6), (1, 1, 9),
    ]  # fmt: skip


def test_dotted_rules_are_rules() -> None:
    across = [(x / 2, y) for y in (660, 680, 700) for x in range(100, 340, 3)]
    down = [(x, y / 2) for x in (50, 110, 170) for y in range(1320, 1400, 3)]
    dots = b"".join(b"%g %g .75 .75 re f\n" % place for place in across + down)
    words = say(b"a", 60, 685) + say(b"b", 120, 685) + say(b"c", 60, 665) + say(b"d", 120, 665)
    assert read_pdf(pages([dots + words]), "a.pdf").text == "a\tb\nc\td"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        (b"Annual Plan", "Annual Plan"),
        (b"Microsoft Word - Annual Plan", "Annual Plan"),
        (b"plan_final.hwp", ""),
        (b"Untitled 1", ""),
        (b"<feffc815c8450020acc4d68d>", "정책 계획"),
    ],
)
def test_a_title_that_is_none_is_left_out(stated: bytes, title: str) -> None:
    written = stated if stated.startswith(b"<") else b"(%s)" % stated
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        stream(say(PROSE)),
        FONT,
        b"<</Title %s>>" % written.replace(b"c815c845", b"c815cc45"),
    ]
    assert read_pdf(pdf(objects, b"/Info 6 0 R"), "a.pdf").title == title


def test_a_locked_file_is_refused_by_name() -> None:
    assert "암호로 잠겨" in refusal(locked(PROSE, b"secret", -4))
    assert "복사하지 못하게" in refusal(locked(PROSE, b"", -20))
    assert read_pdf(locked(PROSE, b"", -4), "a.pdf").text == PROSE.decode()


def _scan(*more: bytes) -> bytes:
    image = b"q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
    return pages([image, *more])


def test_a_scan_is_named_and_pages_without_text_are_told() -> None:
    assert "글자가 없는 스캔본" in refusal(_scan())
    assert "글자가 없습니다" in refusal(pages([b""]))
    extracted = read_pdf(_scan(say(PROSE)), "a.pdf")
    assert extracted.warnings == ("1쪽은 글자가 없는 스캔본이라 읽지 못했습니다.",)
    assert [mark.label for mark in extracted.pages] == ["2"]


def test_a_font_that_does_not_say_its_characters_is_refused() -> None:
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/Odd/Flags 4"
        b"/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>]>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT /F 11 Tf 60 700 Td <%s> Tj ET" % (b"01230124012501260127" * 12)),
        font,
    ]
    assert "유니코드 정보가 없어" in refusal(pdf(objects))


def test_what_is_missing_is_said_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pypdfium2.py").write_text("raise ImportError\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert "pip install 'geungeo[formats]'" in refusal(pages([say(PROSE)]))


def test_a_reader_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "시작하지 못했습니다" in refusal(pages([say(PROSE)]))


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_page, "_SECONDS", 0.0)
    monkeypatch.setattr(pdf_page, "_BYTES_PER_SECOND", 10**12)
    assert "시간이 너무 오래" in refusal(pages([say(PROSE)]))
