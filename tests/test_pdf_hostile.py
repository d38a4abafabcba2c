"""PDFs that are broken or mean harm end in one sentence, or in what could be read of them."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_making import FONT, pages, pdf, say, stream
from pdf_truth import SAMPLES

from rag.errors import SourceError
from rag.loading import pdf_worker
from rag.loading.extracted import Extracted
from rag.loading.pdf import read_pdf

pytest.importorskip(
    "pypdfium2", reason="pypdfium2 is not installed: pip install 'geungeo[formats]'"
)

TEXT = say(b"The fund lends to small firms that export and to those that invest abroad.")
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>>>>>"
)
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>"


def tried(data: bytes) -> Extracted | str:
    """What came of reading: the text, or the sentence of the refusal. Nothing else may come."""
    try:
        extracted = read_pdf(data, "a.pdf")
    except SourceError as error:
        message = str(error)
        assert "'a.pdf'" in message and message.endswith("주세요.")
        return message
    end = len(extracted.text)
    assert all(block.span.end <= end for block in extracted.stated)
    assert all(mark.start <= end for mark in extracted.pages)
    return extracted


def one(*objects: bytes) -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", *objects])


def billion() -> bytes:
    """Forms that draw the next one ten times each, twelve deep."""
    kids = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    page = PAGE.replace(b"/Font<</F 5 0 R>>", b"/XObject<</X 6 0 R>>")
    forms = [stream(b"/X Do " * 10 + TEXT, FORM % (7 + k)) for k in range(12)]
    return one(kids, page, stream(b"/X Do"), FONT, *forms, stream(TEXT, FORM % 5))


def bomb() -> bytes:
    """A gigabyte of nothing, packed twice."""
    packer = zlib.compressobj(9)
    inner = b"".join(packer.compress(b" " * (1 << 24)) for _ in range(64)) + packer.flush()
    data = zlib.compress(inner, 9)
    body = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream"
    return one(b"<</Type/Pages/Count 1/Kids[3 0 R]>>", PAGE, body % (len(data), data), FONT)


REFUSED = {
    "nothing": (b"", "손상되어"),
    "not a PDF": (b"<html><body>%PDF</body></html>", "손상되어"),
    "head alone": (b"%PDF-1.7\n", "잘린"),
    "no objects": (b"%PDF-1.7\n%%EOF\n", "손상되어"),
    "a tree of pages that holds itself": (
        one(b"<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>"),
        "손상되어",
    ),
    "one page shown 4,900 times": (
        one(b"<</Type/Pages/Count 4900/Kids[%s]>>" % (b"3 0 R " * 4900), PAGE, stream(TEXT), FONT),
        "쪽수가",
    ),
    "a million letters on a page": (
        pages([b"BT /F 1 Tf 10 10 Td " + b"(%s) Tj " % (b"a b " * 100) * 2500 + b"ET"]),
        "너무 많아",
    ),
    "forms to the twelfth power": (billion(), ""),
    "a form that draws itself": (
        one(
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            PAGE.replace(b"/Font<</F 5 0 R>>", b"/XObject<</X 6 0 R>>"),
            stream(b"/X Do"),
            FONT,
            stream(b"/X Do /X Do", FORM % 6),
        ),
        "",
    ),
    "a bomb": (bomb(), ""),
    "nested to 200,000 levels": (
        pdf([b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 200_000 + b"]" * 200_000 + b">>", b"<<>>"]),
        "",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_harm_ends_in_one_sentence(kind: str) -> None:
    data, said = REFUSED[kind]
    found = tried(data)
    assert isinstance(found, str), kind
    assert said in found


ODD_BOXES = [
    b"0 0 1e30 1e30",
    b"500 500 -500 -500",
    b"0 0 0 0",
    b"0 0 %s 1" % (b"9" * 60),
    b"/A /B /C /D",
]


@pytest.mark.parametrize("box", ODD_BOXES)
def test_an_odd_page_box_loses_no_text(box: bytes) -> None:
    found = tried(pages([TEXT], box=box))
    assert isinstance(found, Extracted)
    assert found.text.startswith("The fund lends") and found.text.endswith("abroad.")


def test_a_page_count_that_lies_is_not_believed() -> None:
    found = tried(pages([TEXT]).replace(b"/Count 1", b"/Count 2000000000"))
    assert isinstance(found, Extracted) and len(found.pages) == 1


def test_a_page_of_too_many_lines_keeps_its_text_and_says_so() -> None:
    lines = b"".join(
        b"%d %d m %d %d l S\n" % (i % 500, i // 500, i % 500, i // 500 + 6) for i in range(21_000)
    )
    found = tried(pages([TEXT + lines]))
    assert isinstance(found, Extracted)
    assert found.warnings == ("1쪽은 그림이 너무 복잡해 표를 찾지 않았습니다.",)
    assert found.text.startswith("The fund lends")


def test_a_table_of_nineteen_thousand_cells_is_read() -> None:
    words = b"".join(
        say(b"ab", 50 + (i % 140) * 3.5, 50 + (i // 140) * 4.6, 2) for i in range(140 * 138)
    )
    rules = b"".join(
        b"%g 48 m %g 686 l S 48 %g m 540 %g l S\n" % (x, x, y, y)
        for x, y in ((49 + i * 3.5, 49 + i * 4.6) for i in range(141))
    )
    found = tried(pages([words + rules]))
    assert isinstance(found, Extracted)
    assert found.text.split() == ["ab"] * (140 * 138)


@pytest.fixture(scope="module")
def sample() -> bytes:
    return (SAMPLES / "open_tables.pdf").read_bytes()


def test_a_file_cut_at_any_kilobyte_is_said_to_be_cut(sample: bytes) -> None:
    for size in range(1024, len(sample), 1024):
        found = tried(sample[:size])
        assert isinstance(found, str) and "잘린" in found, size


def test_a_file_whose_middle_is_gone_ends_in_a_sentence_or_in_text(sample: bytes) -> None:
    tail = sample[-200:]
    for size in range(1024, len(sample), 12 * 1024):
        tried(sample[:size] + tail)


@given(st.integers(0, 2**32), st.integers(1, 400))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_flipped_bytes_end_in_a_sentence_or_in_text(sample: bytes, seed: int, count: int) -> None:
    rng = random.Random(seed)
    data = bytearray(sample)
    for _ in range(count):
        data[rng.randrange(len(data))] = rng.randrange(256)
    tried(bytes(data))


@given(st.binary(max_size=2000))
@settings(max_examples=10, deadline=None)
def test_noise_between_a_head_and_a_tail_is_refused(noise: bytes) -> None:
    assert isinstance(tried(b"%PDF-1.7\n" + noise + b"\n%%EOF"), str)


def test_the_worker_imports_nothing_of_the_project() -> None:
    source = Path(pdf_worker.__file__).read_text(encoding="utf-8")
    assert "import rag" not in source and "from rag" not in source
