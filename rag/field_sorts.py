"""What questions mean by other words than a field's label: "몇 명" the "모집인원", "언제까지" the
"접수기간", "어디로" the "제출처".
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from rag.form_words import letters
from rag.types import Question, QuestionKind

_NEUTRAL = frozenset("소요 총 주요 전체 개최 예정 진행 실시 운영 추진 담당 세부 해당 사업".split())
_APPLY = re.compile(
    r"(?:신청|접수|모집|지원|응모|참가|참여|공모|제출|선발)(?=하|할|한|되|된|은|는|을|를|이|가|도|기간|마감|대상|자격|\s|$|[?])|뽑|내야|내면|냅니까|내나요"
)
_ASKED = re.compile(r"언제|어디|어느|누구|누가|얼마|몇|어떻게|무엇|뭐|뭘|어떤|며칠")
_WHICH = re.compile(
    r"(?:어떤|무슨|어느)\s?([가-힣]+?)(?:으로|로|을|를|이|가|은|는|인가요|인지|에)?(?=[\s?.,]|$)"
)
_COUNTED = re.compile(r"몇\s?([가-힣A-Za-z]{1,3}?)(?=인|이|짜리|예|을|를|까|에|나|로|\s|[?]|$)")
_NEAR = 8.0  # letters over which a word's nearness to the question word falls to 1/e


@dataclass(frozen=True, slots=True)
class _Sort:
    """Where ``said`` matches, labels that end in ``label`` are meant."""

    said: re.Pattern[str]
    label: re.Pattern[str]
    kinds: frozenset[QuestionKind]


def _sort(said: str, label: str, *kinds: QuestionKind) -> _Sort:
    return _Sort(re.compile(said), re.compile(rf"(?:{label})$"), frozenset(kinds))


_SORTS = (
    _sort("", "기간|기한|일시|일자|일정|마감|마감일|시기|날짜|접수일", QuestionKind.DATE),
    _sort("", "통지|발표|안내|공지|공고", QuestionKind.DATE),
    _sort(r"몇\s?시", "시간|일시|시각"),
    _sort(r"몇\s?(?:명|사람|분)|인원", "인원|정원|인원수"),
    _sort(r"몇\s?(?:부|장|매)", "수량|부수|매수"),
    _sort(r"몇\s?점", "점수|배점|평점"),
    _sort(
        r"얼마(?!나)|비용|돈",
        "비|료|비용|수수료|금액|한도|예산|보수|급여|단가",
        QuestionKind.AMOUNT,
    ),
    _sort("", "문의|문의처|연락처|전화|전화번호|e-?mail|이메일|fax|팩스", QuestionKind.CONTACT),
    _sort("", "담당자|책임자|담당|대표자?|성명|이름", QuestionKind.PERSON),
    _sort(r"부서|기관|어디", "부서|기관|주관|주최|소속", QuestionKind.ORGANISATION),
    _sort(r"어디", "장소|위치|소재지|주소|접수처|제출처|근무지"),
    _sort("", "장소|위치|소재지|주소|접수처|제출처|근무지", QuestionKind.PLACE),
    _sort(
        r"누가\s|어떤\s?(?:사람|기업|회사|분|곳)|누구나|자격|"
        r"(?:지원|신청|참여|참가|응모)할\s?수\s?있(?!는\s?(?:기간|시간|날))",
        "대상|자격|요건|지원자격|자격요건",
    ),
    _sort(r"서류|준비(?:물|해)|(?:뭘|무엇을|뭐를?)\s?(?:내|제출)", "서류|준비물|제출물"),
    _sort(r"어떻게|방법|절차|되나요|도\s?되", "방법|절차|방식", QuestionKind.METHOD),
    _sort(r"혜택|(?:뭘|무엇을|어떤 걸)\s?(?:받|지원)", "혜택|지원내용|특전"),
)


class Meanings:
    """What one question means by other words than labels. ``words`` are the letters of those
    words."""

    def __init__(self, question: Question) -> None:
        text = question.searched
        self._sorts = [
            sort
            for sort in _SORTS
            if (not sort.kinds or question.kind in sort.kinds) and sort.said.search(text)
        ]
        self._flat = letters(text)
        self._counted = tuple(f"{letters(unit)}수" for unit in _COUNTED.findall(text))
        self._which = tuple(map(letters, _WHICH.findall(text)))
        asked = _ASKED.search(text)
        self._asked = len(letters(text[: asked.start()])) if asked else len(self._flat)
        said = [sort.said.search(text) for sort in self._sorts]
        self.words = letters(" ".join(found[0] for found in said if found))
        self._applies = _APPLY.search(text) is not None

    def of(self, label: str) -> float:
        """How surely a label names the sort of thing that is asked for, in [0, 1]; 0 where it
        does not. Before the sort it must say something that the question says too, at best
        near its question word, or the word for applying that the question puts otherwise, or
        nothing."""
        bare = "".join(label.split())
        if letters(bare) in self._counted:
            return 0.8  # "몇 단" means "단 수"
        if any(len(which) > 1 and letters(bare).endswith(which) for which in self._which):
            return 0.6
        return max((self._met(sort, bare) for sort in self._sorts), default=0.0)

    def _met(self, sort: _Sort, label: str) -> float:
        found = sort.label.search(label)
        if found is None:
            return 0.0
        stem = letters(label[: found.start()])
        if not stem:
            return 0.4
        places = [m.start() for m in re.finditer(re.escape(stem), self._flat)]
        if places:
            far = min(
                at - self._asked if at >= self._asked else self._asked - at - len(stem)
                for at in places
            )
            return 0.5 + 0.5 * math.exp(-max(0, far) / _NEAR)
        if stem in _NEUTRAL:
            return 0.3
        return 0.4 if self._applies and _APPLY.fullmatch(stem) else 0.0


_SORT_NAMES = re.compile(
    r"(?:기간|기한|일시|일자|시간|장소|예산|한도|금액|인원|대상|방법|서류|번호|기관|부서|비율|주소|분야|목적)$"
)


def another_of_its_sort(asked: str, label: str) -> bool:
    """Whether two names are of one sort but of two things: "접수기간" and "처리기간". Words for applying
    count as one, as do those that narrow nothing down."""
    asked, label = letters(asked), letters(label)
    sort, same = _SORT_NAMES.search(asked), _SORT_NAMES.search(label)
    if sort is None or same is None or sort[0] != same[0]:
        return False
    one, other = asked[: sort.start()], label[: same.start()]
    if one in label or other in asked:
        return False
    if one in _NEUTRAL or other in _NEUTRAL:
        return False
    return not (_APPLY.fullmatch(one) and _APPLY.fullmatch(other))
