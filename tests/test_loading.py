"""Files → documents: the text kept as it is, what is known of it, and what is said of bad ones."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import CatalogueError, SourceError
from rag.loading import load, load_folder, metadata, pages, source_files, survey
from rag.loading.text import decode
from rag.types import PageMark

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_link_that_goes_round_is_named_and_one_to_nothing_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "good.txt", "제목\n\n글이다.\n")
    (tmp_path / "dead.txt").symlink_to("nothing")
    (tmp_path / "self.pdf").symlink_to("self.pdf")
    (tmp_path / "folder.txt").symlink_to(".")
    found = survey([tmp_path])
    assert [(s.file, bool(s.problem)) for s in found] == [
        ("good.txt", False),
        ("self.pdf", True),
    ]
    assert all(s.file in s.problem for s in found if s.problem)
    assert "링크" in found[1].problem and "Errno" not in found[1].problem


# --- the seeds -----------------------------------------------------------------------------


def test_seeds_are_read_as_they_are() -> None:
    documents = load_folder([SEEDS])
    assert [d.id[:3] for d in documents] == ["001", "002", "003", "004"]
    for doc in documents:
        data = (SEEDS / doc.file).read_bytes()
        assert doc.text == data.decode("utf-8")
        assert doc.digest == hashlib.sha256(data).hexdigest()


def test_offsets_of_the_golden_questions_hold() -> None:
    documents = {d.file: d for d in load_folder([SEEDS])}
    lines = (HERE / "golden" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    spans = [span for line in lines for span in json.loads(line)["evidence"]]
    assert len(spans) > 100
    for span in spans:
        assert documents[span["doc"]].text[span["start"] : span["end"]] == span["quote"]


def test_catalogue_of_the_seeds() -> None:
    by_id = {d.id[:3]: d for d in load_folder([SEEDS])}
    assert by_id["001"].title == "구미지역경제 ISSUE FOCUS Vol. 49"
    assert by_id["001"].series == "구미지역경제 ISSUE FOCUS Vol. 49"
    assert (by_id["001"].published, by_id["002"].published) == ("2021-03", "2021-06")
    assert by_id["002"].issuer == "GERI 구미전자정보기술원"
    assert by_id["003"].title in by_id["003"].text
    assert by_id["004"].licence == "공공누리 제4유형(출처표시+상업적이용금지+변경금지)"
    assert load(SEEDS / by_id["004"].file) == by_id["004"]


def test_pages_of_003() -> None:
    doc = next(d for d in load_folder([SEEDS]) if d.id.startswith("003"))
    # A number is the foot of its page; between two of them pages are counted.
    assert doc.page_at(doc.text.index("- 10 -")) == "10"
    assert doc.page_at(doc.text.index("<그림 6>")) == "11"
    assert doc.page_at(doc.text.index("Ⅴ. AI 시대를")) == "23"
    assert doc.page_at(doc.text.index("법안명 발의일")) == "25"
    assert doc.page_at(doc.text.index("실제로 글로벌 시장에서도")) == "26"
    assert doc.page_at(doc.text.index("Ⅵ. 결론")) == "30"
    # Before the first printed number the count does not agree with it: nothing is claimed.
    assert doc.page_at(0) is None
    assert all(not d.pages for d in load_folder([SEEDS]) if not d.id.startswith("003"))


# --- text ----------------------------------------------------------------------------------


def test_byte_order_mark_newlines_and_nfc(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "가나")
    path = write(tmp_path, "a.txt", b"\xef\xbb\xbf" + f"{decomposed}\r\n다\r라\n".encode())
    assert load(path).text == "가나\n다\n라\n"


@given(st.text(min_size=1))
def test_decoding_keeps_nfc_text(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        decoded, _ = decode(data, "x.txt")
    except SourceError:
        return
    assert decoded == unicodedata.normalize("NFC", decoded)
    assert "\r" not in decoded
    unix = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    assert decoded == unicodedata.normalize("NFC", unix)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "비어 있습니다"),
        (" \n\t\u3000\n".encode(), "글자가 없습니다"),
        ("한글 문서이다. plain text".encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04abcd", "압축이 손상"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "손상"),
        (b"\x00\x01\x02\x03abc" * 20, "이진"),
        (bytes(range(128, 256)) * 4, "UTF-8 텍스트가 아니며"),
        ("한글 문서".encode()[:-1], "손상"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = write(tmp_path, "문서.txt", content)
    with pytest.raises(SourceError) as error:
        load(path)
    message = str(error.value)
    assert said in message
    assert "문서.txt" in message
    assert "주세요" in message


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("cp949", b"", "CP949(EUC-KR)"),
        ("euc-kr", b"", "CP949(EUC-KR)"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "UTF-32"),
    ],
)
def test_other_encodings_are_read_and_said(
    tmp_path: Path, encoding: str, mark: bytes, said: str
) -> None:
    text = "중소기업 지원 사업 공고\n\n- 한도는 1억원이다.\n"
    document = load(write(tmp_path, "b.txt", mark + text.encode(encoding)))
    assert document.text == text
    (warning,) = document.warnings
    assert said in warning and "UTF-8" in warning
    assert load(write(tmp_path, "c.txt", text)).warnings == ()


def test_half_a_character_of_utf16_is_damage(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"UTF-16.*손상"):
        load(write(tmp_path, "b.txt", b"\xff\xfe" + "지원".encode("utf-16-le")[:-1]))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="없습니다"):
        load(tmp_path / "없는.txt")
    with pytest.raises(SourceError, match="폴더"):
        load(tmp_path)
    with pytest.raises(SourceError, match=r"문서\(.*\.hwpx.*\.txt.*\)가 없습니다"):
        load_folder([tmp_path])
    with pytest.raises(SourceError, match="읽을 문서가 없습니다"):
        load_folder([])


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.txt", "글")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises((SourceError, CatalogueError), match="권한"):
        load(path)


# --- folders -------------------------------------------------------------------------------


def test_folder_gives_its_own_text_files_sorted(tmp_path: Path) -> None:
    for name in ("나.txt", "가.md", "다.TXT", "라.png", ".숨김.txt", "~$가.docx"):
        write(tmp_path, name, "글이다.")
    (tmp_path / "아래").mkdir()
    write(tmp_path / "아래", "마.txt", "글이다.")
    assert [d.file for d in load_folder([tmp_path])] == ["가.md", "나.txt", "다.TXT"]
    again = load_folder([tmp_path, tmp_path / "나.txt", tmp_path / "라.png"])
    assert [d.file for d in again] == ["가.md", "나.txt", "다.TXT", "라.png"]


def test_same_name_twice(tmp_path: Path) -> None:
    for folder in ("하나", "둘"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, "a.txt", "글이다.")
    with pytest.raises(SourceError, match="이름이 같은 문서가 둘"):
        source_files([tmp_path / "하나", tmp_path / "둘"])


def test_hundreds_of_files(tmp_path: Path) -> None:
    for number in range(300):
        write(tmp_path, f"{number:03}.txt", f"문서 {number}\n\n글이다.\n")
    documents = load_folder([tmp_path])
    assert [d.title for d in documents] == [f"문서 {number}" for number in range(300)]


# --- the catalogue -------------------------------------------------------------------------


def test_catalogue_wins_and_fills(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "제목이다\n\n2020. 1. 2.\n")
    write(tmp_path, "catalogue.toml", '[[document]]\nfile = "a.txt"\nissuer = "기관"\n')
    doc = load(tmp_path / "a.txt")
    assert (doc.title, doc.issuer, doc.published) == ("제목이다", "기관", "2020-01-02")
    write(tmp_path, "catalogue.toml", '[[document]]\nfile = "a.txt"\npublished = ""\n')
    assert load(tmp_path / "a.txt").published == ""


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[[document]\nfile = "a.txt"', "TOML 문법"),
        ("\udcff", "TOML 문법"),
        ('[[document]]\ntitle = "제목"', "file ="),
        ('[[document]]\nfile = "b.txt"', "'b.txt'이(가) 폴더에 없습니다"),
        ('[[document]]\nfile = "a.txt"\n[[document]]\nfile = "a.txt"', "두 번"),
        ('[[document]]\nfile = "a.txt"\ntitle = 3', "title"),
        ('[[document]]\nfile = "a.txt"\npublished = "3월"', "published"),
        ('[[document]]\nfile = "a.txt"\nsha256 = "abc"', "64자"),
        ('[[document]]\nfile = "../a.txt"', "파일 이름만"),
        ('document = "a.txt"', "[[document]]"),
        (f'[[document]]\nfile = "a.txt"\nsha256 = "{"0" * 64}"', "sha256과 다릅니다"),
    ],
)
def test_catalogue_that_does_not_hold(tmp_path: Path, toml: str, said: str) -> None:
    write(tmp_path, "a.txt", "글이다.")
    write(tmp_path, "catalogue.toml", toml.encode("utf-8", "surrogateescape"))
    with pytest.raises(CatalogueError) as error:
        load_folder([tmp_path])
    assert said in str(error.value)
    assert "주세요" in str(error.value) or "합니다" in str(error.value)


def test_digest_mismatch_names_file_and_remedy(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "글이다.")
    write(tmp_path, "catalogue.toml", f'[[document]]\nfile = "a.txt"\nsha256 = "{"a" * 64}"\n')
    with pytest.raises(CatalogueError) as error:
        load(path)
    assert "'a.txt'" in str(error.value)
    assert hashlib.sha256(path.read_bytes()).hexdigest() in str(error.value)


# --- what a text says of itself ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 안내서\n\n글", "안내서"),
        ("\n\n보도자료\n\n2024. 5. 8.\n\n인공지능 전략 발표\n", "인공지능 전략 발표"),
        ("중기부 공고 제2024-12호\n\n2024년 지원사업 모집 공고\n", "2024년 지원사업 모집 공고"),
        ("Vol. 49 (2021. 03.)\n구미지역경제\n", "구미지역경제"),
        ("Ⅰ. 조사 개요\n\n글", "조사 개요"),
        ("산업통상자원부\n보도자료\n\n전략 발표\n", "전략 발표"),
        ("산업통상자원부\n\n- 1 -\n", "산업통상자원부"),
        ("**굵은 제목**\n", "굵은 제목"),
        ("첫 문장이다. " + "긴 글이 이어진다 " * 20, "첫 문장이다."),
        ("- 12 -\n", "파일"),
        ("", "파일"),
        ("구분\t내용\n지원 계획\n", "지원 계획"),
        ("발사체의 이름을 정하다,\n\n그 이름은 누리\n", "발사체의 이름을 정하다, 그 이름은 누리"),
        ("보고대상 의료기기 및\n\n보고 방법 고시\n", "보고대상 의료기기 및 보고 방법 고시"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert metadata.title(text, "파일") == title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Vol. 49 (2021. 03.)", "2021-03"),
        ("2024. 5. 8.", "2024-05-08"),
        ("제목\n2024년 3월 4일(월) 배포", "2024-03-04"),
        ("제목 ('21.03.10.)", "2021-03-10"),
        ("2021-12-31", "2021-12-31"),
        ("(2019년)", "2019"),
        ("2024. 13. 1.", ""),
        ("제목\n1) 어느 기관(2020. 3. 2.)", ""),
        ("글이다.\n" * 30 + "2020. 1. 1.", ""),
    ],
)
def test_published(text: str, date: str) -> None:
    assert metadata.published(text) == date


def test_issuer() -> None:
    assert metadata.issuer("제목\n발행처 : 한국가나연구원 | 담당 홍길동\n") == "한국가나연구원"
    assert metadata.issuer("제목\n\nGERI 구미전자정보기술원\n") == "GERI 구미전자정보기술원"
    assert metadata.issuer("중소기업을 지원하는 정부의 정책을 설명한다.\n") == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("공공누리 제4유형:\n출처표시", "공공누리 제4유형(출처표시+상업적이용금지+변경금지)"),
        ("공공누리 1유형으로 개방", "공공누리 제1유형(출처표시)"),
        ("공공누리 '출처표시+변경금지' 조건", "공공누리 제3유형(출처표시+변경금지)"),
        ("공공누리 출처표시 + 상업적 이용금지 조건", "공공누리 제2유형(출처표시+상업적이용금지)"),
        ("www.kogl.or.kr/open/info/license_info/nd.do", "공공누리 제3유형(출처표시+변경금지)"),
        ("images/img_opentype02.png", "공공누리 제2유형(출처표시+상업적이용금지)"),
        ("출처표시를 부탁드립니다.", ""),
        ("이 자료는 공공누리 제0유형입니다.", "공공누리 제0유형(출처표시 없이 자유이용)"),
        ("공공누리(KOGL) 제3유형", "공공누리 제3유형(출처표시+변경금지)"),
        ("KOGL Type 2", "공공누리 제2유형(출처표시+상업적이용금지)"),
        (
            "공공누리 제4유형과 공공누리 AI유형을 함께 적용",
            "공공누리 제4유형(출처표시+상업적이용금지+변경금지)+AI유형",
        ),
        ("이 자료에는 공공누리 AI유형이 적용됩니다.", "공공누리 AI유형"),
        ("<img src=img_opentype04.png>", "공공누리 제4유형(출처표시+상업적이용금지+변경금지)"),
        # A guide to the types has none of them, unless it grants one itself.
        ("공공누리는 제1유형부터 제4유형까지 있다.", ""),
        ("공공누리 제1유형: 출처표시\n공공누리 제2유형: 상업적 이용금지\n", ""),
        (
            "공공누리 제1유형: 출처표시\n공공누리 제2유형: 상업적 이용금지\n"
            "본 저작물은 공공누리 제2유형으로 개방한다.\n",
            "공공누리 제2유형(출처표시+상업적이용금지)",
        ),
        ("공공누리 정책 2024년 제4차 회의", ""),
        ("저작권은 기관에 있다.", ""),
    ],
)
def test_licence(text: str, kind: str) -> None:
    assert metadata.licence(text) == kind


# --- pages ---------------------------------------------------------------------------------


def test_pages_that_all_print_their_number() -> None:
    text = "하나\n\n- 1 -\n\n둘\n\n- 2 -\n\n셋\n\n- 3 -\n"
    marks = pages.find(text)
    assert [mark.label for mark in marks] == ["1", "2", "3"]
    starts = [mark.start for mark in marks]
    for word, label in (("하나", "1"), ("둘", "2"), ("셋", "3")):
        held = [m.label for m in marks if m.start <= text.index(word)][-1]
        assert held == label
    assert starts == sorted(starts)


def test_form_feeds_are_counted_against_the_numbers() -> None:
    text = "하나\n- 1 -\n\f둘\n\f셋\n- 3 -\n"
    assert [m.label for m in pages.find(text) if m.start <= text.index("셋")][-1] == "3"


def test_no_pages_without_numbers() -> None:
    assert pages.find("하나\n\n둘\n") == ()
    assert pages.find("") == ()


def test_lonely_number_claims_nothing() -> None:
    assert pages.find("하나\n\n- 7 -\n\n둘\n") == ()
    assert isinstance(PageMark(0, "1"), PageMark)
