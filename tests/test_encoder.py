"""Morpheme vectors: recovered exactly, weighted as said, and about what the words are about."""

import json
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import korean
from rag.errors import EncoderMismatch, IndexBroken
from rag.index.encoder import (
    OWN_LENGTH,
    UNSEEN,
    MorphemeEncoder,
    fit_encoder,
    open_encoder,
    unfolding,
)

CORPUS = [
    "중소기업 정책자금 융자 한도는 업체당 60억원 이내이다.",
    "융자 신청은 온라인으로 접수하고 신용보증기금이 심사한다.",
    "수출 기업의 물류비를 지원하고 해외 전시회 참가를 돕는다.",
    "반도체 수출은 지난달보다 12% 늘었다.",
    "코로나19 백신 접종은 보건소와 병원에서 받는다.",
    "재생의료 임상 연구 환자 치료를 지원한다.",
    "인공위성 발사체 개발과 우주 탐사에 투자한다.",
    "전기차 충전소와 수소차 보급을 확대한다.",
    "초등학교 교사와 학생에게 원격 수업 기기를 나눠 준다.",
    "농가의 쌀 재배 면적을 줄이고 논에 콩을 심게 한다.",
]
SPACE = korean.MorphemeSpace()
TERMS = [korean.terms(text) for text in CORPUS]


@pytest.fixture(scope="module")
def encoder() -> MorphemeEncoder:
    return MorphemeEncoder.fit(TERMS)


def cosine(encoder: MorphemeEncoder, one: str, other: str) -> float:
    a, b = encoder.term_vectors([one, other])
    return float(a @ b)


def test_the_vectors_of_the_model_come_back() -> None:
    landmarks = SPACE.frequent(384)
    others = SPACE.frequent(6000)[1000::37]
    vectors = SPACE.similarities(others, landmarks) @ unfolding(
        SPACE.similarities(landmarks, landmarks)
    )
    assert vectors.shape == (len(others), 256)
    assert np.abs(vectors @ vectors.T - SPACE.similarities(others, others)).max() < 1e-5


def test_words_of_one_field_are_closer_than_words_of_two(encoder: MorphemeEncoder) -> None:
    for word, near, far in [
        ("융자", "대출", "우주"),
        ("선생", "교사", "수출"),
        ("의사", "환자", "융자"),
        ("높다", "낮다", "콩"),
    ]:
        assert cosine(encoder, word, near) > cosine(encoder, word, far) + 0.15
        assert cosine(encoder, word, word) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("의사가 아픈 사람을 고치는 일", 5),
        ("로켓", 6),
        ("선생님", 8),
        ("벼농사", 9),
    ],
)
def test_a_question_in_other_words_finds_its_passage(
    encoder: MorphemeEncoder, question: str, answer: int
) -> None:
    assert not set(korean.terms(question)) & set(TERMS[answer])
    scores = encoder.encode_queries([question]) @ encoder.encode_documents(CORPUS).T
    assert int(scores[0].argmax()) == answer


words = st.sampled_from(
    ["융자", "한도", "지원하다", "수출", "환자", "우주", "쀍뷁", "60억원", "로켓"]
)


@given(st.lists(words, min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_text_is_the_weighted_mean_of_its_terms(
    encoder: MorphemeEncoder, terms: list[str]
) -> None:
    expected = np.zeros(256)
    for term, count in Counter(terms).items():
        df = sum(term in passage for passage in TERMS)
        idf = math.log(1 + (len(TERMS) - df + 0.5) / (df + 0.5))
        known = any(SPACE.lookup(term, tag) is not None for tag in ("NNG", "NNP", "XR"))
        length = 1.0 if known else OWN_LENGTH
        weight = idf * (1 if df else UNSEEN) * (1 + math.log(count))
        expected += weight * length * encoder.term_vectors([term])[0]
    expected /= np.linalg.norm(expected)
    encoded = encoder.encode_documents(["not read"], [terms])
    assert encoded.dtype == np.float32
    assert encoded[0] == pytest.approx(expected, abs=1e-5)


def test_rows_are_unit_and_do_not_depend_on_their_neighbours(encoder: MorphemeEncoder) -> None:
    together = encoder.encode_documents(CORPUS)
    assert together.shape == (len(CORPUS), encoder.dimension)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(CORPUS)), abs=1e-6)
    for i, text in enumerate(CORPUS):
        assert encoder.encode_documents([text])[0] == pytest.approx(together[i], abs=1e-6)
    assert encoder.encode_documents([]).shape == (0, 256)


def test_terms_that_are_given_are_not_sought_again(encoder: MorphemeEncoder) -> None:
    given_terms = encoder.encode_documents(["무엇이든"] * len(CORPUS), TERMS)
    assert (given_terms == encoder.encode_documents(CORPUS)).all()
    asked = encoder.encode_queries(["무엇이든"], [["융자", "한도"]])
    assert (asked == encoder.encode_queries(["융자의 한도"])).all()


def test_a_term_the_model_does_not_know_is_like_itself_alone(encoder: MorphemeEncoder) -> None:
    vectors = encoder.term_vectors(["쀍뷁", "쀍뷁", "쒧뙭", "융자"])
    assert (vectors[0] == vectors[1]).all()
    assert np.abs(vectors[0] @ vectors[2:].T).max() < 0.3
    # The signs follow the digest of the term, whatever the machine or the run.
    assert (vectors[0, :8] > 0).tolist() == [True, False, False, False, False, False, False, True]


def test_a_question_ignores_terms_that_nothing_can_match(encoder: MorphemeEncoder) -> None:
    plain = encoder.encode_queries(["-"], [["융자", "한도"]])
    odd = encoder.encode_queries(["-"], [["융자", "쀍뷁", "한도"]])
    assert (plain == odd).all()


def test_a_question_of_nothing_known_is_zeros(encoder: MorphemeEncoder) -> None:
    rows = encoder.encode_queries(["-"] * 4, [["쀍뷁", "쒧뙭"], [], ["쀍뷁", "융자"], ["은하"]])
    assert not rows[0].any() and not rows[1].any()
    # 은하 stands in no passage, but the model knows it.
    assert np.linalg.norm(rows[2:], axis=1) == pytest.approx(np.ones(2), abs=1e-6)


def test_texts_without_terms_have_a_vector_of_their_own(encoder: MorphemeEncoder) -> None:
    rows = encoder.encode_documents(["", "...", "융자"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(3), abs=1e-6)
    assert (rows[0] == rows[1]).all()
    assert abs(float(rows[0] @ rows[2])) < 0.3


@pytest.mark.parametrize("corpus", [[], [[]], [["쀍뷁"]], [["융자"]]])
def test_a_corpus_of_next_to_nothing_can_be_fitted(corpus: list[list[str]], tmp_path: Path) -> None:
    fitted = MorphemeEncoder.fit(corpus)
    fitted.save(tmp_path)
    loaded = MorphemeEncoder.load(tmp_path)
    assert cosine(loaded, "융자", "대출") > cosine(loaded, "융자", "우주") + 0.2
    assert np.linalg.norm(loaded.encode_documents(["융자"])) == pytest.approx(1.0, abs=1e-6)


def test_what_is_saved_is_what_is_loaded(encoder: MorphemeEncoder, tmp_path: Path) -> None:
    encoder.save(tmp_path / "encoder")
    loaded = open_encoder("kiwi-morphemes", tmp_path / "encoder")
    assert (loaded.name, loaded.dimension) == ("kiwi-morphemes", 256)
    assert (loaded.encode_documents(CORPUS) == encoder.encode_documents(CORPUS)).all()
    questions = ["은행 대출 액수", "로켓은 언제 쏘나요"]
    assert (loaded.encode_queries(questions) == encoder.encode_queries(questions)).all()


def test_the_default_is_fitted_by_its_name() -> None:
    fitted = fit_encoder("kiwi-morphemes", TERMS)
    assert isinstance(fitted, MorphemeEncoder)
    with pytest.raises(ValueError, match="folder"):
        open_encoder("kiwi-morphemes")


@pytest.mark.parametrize("name", ["morphemes.npz", "morphemes.npy", "morphemes.json"])
def test_missing_cut_and_foreign_files_are_refused(
    encoder: MorphemeEncoder, tmp_path: Path, name: str
) -> None:
    encoder.save(tmp_path)
    whole = (tmp_path / name).read_bytes()
    for content in (b"", whole[: len(whole) // 2], b"[]", b"\xff\xfe not ours"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(IndexBroken, match="geungeo build"):
            MorphemeEncoder.load(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(IndexBroken):
        MorphemeEncoder.load(tmp_path)


def test_files_that_do_not_belong_together_are_refused(
    encoder: MorphemeEncoder, tmp_path: Path
) -> None:
    encoder.save(tmp_path)
    np.save(tmp_path / "morphemes.npy", np.zeros((3, 256), np.float32))
    with pytest.raises(IndexBroken):
        MorphemeEncoder.load(tmp_path)


def test_another_kiwi_is_refused(encoder: MorphemeEncoder, tmp_path: Path) -> None:
    encoder.save(tmp_path)
    path = tmp_path / "morphemes.json"
    state = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**state, "kiwi": "0.1.0/0.1.0"}), encoding="utf-8")
    with pytest.raises(EncoderMismatch, match=r"0\.1\.0"):
        MorphemeEncoder.load(tmp_path)


def test_the_default_path_does_not_import_torch() -> None:
    code = (
        "import sys, rag.index.encoder, rag.index.vectors, rag.index.lexical, rag.index.transformer\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
