"""Which documents put others right, told by their titles and dates; hand-made truth."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_making import write

from rag.index import build, open_index
from rag.index.statements import later_versions
from rag.types import Document

NOTICE = "가람 청년 융자 지원사업 모집 공고"


def titled(file: str, title: str, published: str = "", text: str = "") -> Document:
    return Document(file, file, title, "", "", published, "", text, "")


def revised(old: str, new: str) -> bool:
    """Whether the newer of two titles is told to revise the older."""
    found = later_versions([titled("old", old, "2031-03"), titled("new", new, "2031-04")])
    assert found in ({}, {"old": ("new",)})
    return bool(found)


@pytest.mark.parametrize(
    "title",
    [
        "가람 청년 융자 지원사업 모집 정정 공고",
        "[정정] 가람 청년 융자 지원사업 모집 공고",
        "가람 청년 융자 지원사업 모집 공고(수정)",
        "가람 청년 융자 지원사업 변경 공고",
        "가람 청년 융자 지원사업 모집 연장 공고",
        "가람 청년 융자 지원사업 신청기간 연장 안내",
        "가람 청년 융자 지원사업 모집 재공고",
        "가람 청년 융자 지원사업 추가 모집 공고",
        "가람 청년 융자 지원사업 추가공고",
        "가람 청년 융자 지원사업 공고를 바로잡습니다",
    ],
)
def test_corrections_changes_and_extensions_revise_a_notice(title: str) -> None:
    assert revised(NOTICE, title)


def test_a_statute_is_revised_by_its_amendment() -> None:
    assert revised("가람 산림 진흥 조례", "가람 산림 진흥 조례 개정")


@pytest.mark.parametrize(
    "title",
    [
        "나래 청년 융자 지원사업 모집 정정 공고",  # another place
        "가람 청년 보증 지원사업 모집 정정 공고",  # another programme
        "가람 융자 지원사업 모집 정정 공고",  # a wider one
        "가람 수출 바우처 변경 공고",
        "정정 공고",
        "가람 청년 융자 지원사업 결과 발표",  # revises nothing
        "가람 청년 융자 지원사업 모집 공고",  # the same title says no more
    ],
)
def test_other_programmes_are_not_revised(title: str) -> None:
    assert not revised(NOTICE, title)


@pytest.mark.parametrize("title", ["모집 공고", "가람 공고", "2031년 모집 계획", ""])
def test_a_title_that_names_hardly_anything_is_revised_by_nothing(title: str) -> None:
    assert not revised(title, "가람 청년 융자 지원사업 모집 정정 공고")


@pytest.mark.xfail(strict=True, reason="years and rounds in titles are passed over")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2030년 가람 청년 융자 모집 공고", "2031년 가람 청년 융자 모집 변경 공고"),
        ("가람 청년 융자 1차 모집 공고", "가람 청년 융자 2차 모집 변경 공고"),
    ],
)
def test_the_notice_of_another_year_or_round_is_not_revised(old: str, new: str) -> None:
    assert not revised(old, new)


@pytest.mark.xfail(strict=True, reason="a title that says more is taken for one of the same thing")
def test_a_narrower_programme_does_not_revise_a_wider_one() -> None:
    assert not revised("창업 지원 사업 공고", "청년 창업 지원 사업 변경 공고")


# Dates


def test_the_latest_revision_comes_first() -> None:
    found = later_versions(
        [
            titled("a", NOTICE, "2031-03-02"),
            titled("b", f"{NOTICE} 정정", "2031-03-09"),
            titled("c", f"{NOTICE} 변경", "2031-04-01"),
            titled("d", f"{NOTICE} 연장", "2031-03-20"),
            titled("e", "나래 수출 바우처 공고", "2031-05-01"),
        ]
    )
    assert found == {"a": ("c", "d", "b"), "b": ("c", "d"), "d": ("c",)}


def test_of_two_revisions_only_the_later_revises_the_other() -> None:
    one, other = (
        titled("a", f"{NOTICE} 정정", "2031-03-09"),
        titled("b", f"{NOTICE} 변경", "2031-03-10"),
    )
    assert later_versions([one, other]) == later_versions([other, one]) == {"a": ("b",)}
    same = titled("c", f"{NOTICE} 변경", "2031-03-09")
    assert later_versions([one, same]) == {}


def test_a_revision_revises_a_notice_without_a_date() -> None:
    assert later_versions([titled("a", NOTICE), titled("b", f"{NOTICE} 정정")]) == {"a": ("b",)}


def test_a_date_at_the_front_of_the_text_stands_for_a_missing_one() -> None:
    def dated(first: str, second: str) -> dict[str, tuple[str, ...]]:
        made = [titled("a", f"{NOTICE} 정정", "", first), titled("b", f"{NOTICE} 변경", "", second)]
        return later_versions(made)

    assert dated("2031. 3. 9. 알림", "2031. 3. 10. 알림") == {"a": ("b",)}
    assert dated("2031. 11. 9. 알림", "2031. 3. 10. 알림") == {"b": ("a",)}
    assert dated("2031년 3월 9일", "2031-12-01") == {"a": ("b",)}
    assert dated("글이다.", "2031. 3. 9.") == {"a": ("b",)}
    far = f"{'가' * 200} 2031. 3. 10."
    assert dated(far, "2031. 3. 9.") == {"a": ("b",)}


def test_the_date_of_publication_goes_before_one_in_the_text() -> None:
    made = [
        titled("a", f"{NOTICE} 정정", "2031-05-01", "2031. 3. 1."),
        titled("b", f"{NOTICE} 변경", "2031-04-01", "2031. 9. 1."),
    ]
    assert later_versions(made) == {"b": ("a",)}


def test_revisions_of_one_day_stand_in_order_of_their_names() -> None:
    made = [
        titled("a", NOTICE, "2031-03"),
        *(titled(n, f"{NOTICE} 정정", "2031-04") for n in "cdb"),
    ]
    assert later_versions(made)["a"] == ("d", "c", "b")


TITLES = st.lists(
    st.sampled_from("가람 나래 청년 수출 융자 바우처 모집 공고 정정 변경 연장 2031년 1차".split()),
    max_size=6,
).map(" ".join)


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.tuples(TITLES, st.sampled_from(["", "2030", "2031-03", "2031-03-09"])), max_size=6)
)
def test_no_document_revises_itself_or_two_each_other(made: list[tuple[str, str]]) -> None:
    documents = [titled(str(n), title, day) for n, (title, day) in enumerate(made)]
    found = later_versions(documents)
    known = {document.file for document in documents}
    assert set(found) <= known
    for file, revisions in found.items():
        assert revisions and set(revisions) <= known - {file}
        assert len(set(revisions)) == len(revisions)
        assert all(file not in found.get(other, ()) for other in revisions)
    assert later_versions(documents[::-1]) == found


def test_an_index_knows_the_revisions_of_its_documents(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("versions")
    texts = {
        "공고.txt": f"{NOTICE}\n\n□ 신청기간 : 2031. 3. 4. ~ 3. 28.\n",
        "연장.txt": "가람 청년 융자 지원사업 신청기간 연장 안내\n\n□ 신청기간 : 2031. 3. 4. ~ 4. 30.\n",
        "소식.txt": "나래 소식\n\n글만 적는다.\n",
    }
    build([write(folder / "documents", texts)], folder / "index")
    assert open_index(folder / "index").later == {"공고.txt": ("연장.txt",)}
