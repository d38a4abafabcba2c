"""The field of a form or notice that a question asks for.

A question names a field by its label ("담당부서가 어디예요"), or by what the label means ("몇 명" for
"모집인원", "언제까지" for "접수기간"); its other words say which form. The field is taken only where both
are met and its value is of the kind that is asked for, so that no neighbouring label is ever the
answer. A field that is left blank is found too: it states nothing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag import korean
from rag.fact import find_fact
from rag.form import Field, Piece, fields_of, shown
from rag.form_words import flat
from rag.index import Index
from rag.people import people
from rag.types import Block, Document, Question, QuestionKind, Span
from rag.values import ValueKind, values
from rag.wanted import TYPED, fitting

_ROWS = 60  # ranked passages in whose blocks a field is looked for
_HEAD = 700  # characters at the top of a document that say what it is
_NAMED = 0.6  # share of the question's other words that a form must hold for its field to be it
_MEANT = 0.7  # the same where the label is only meant
_LONG = 110  # characters; a longer value is no short answer
_CLAIMS = 40  # characters of a date or amount that is taken with what stands beside it
_LONGEST_QUOTE = 320  # characters of a label with its value

# What frames a question and names nothing of a form.
_FRAME = frozenset(
    "얼마 언제 어디 누구 몇 무엇 뭐 때 수 곳 것 개 명 년 월 일 원 말 사람 정도 값 이름 항목 경우 번 당 단 서식 양식 "
    "신청서 서류 되다 하다 있다 이다 알리다 적히다 적다 쓰다 내다 보내다 받다 주다 나오다 보다 위하다 대하다 필요하다 "
    "붙이다 알다 싶다 기재 작성 제출 가능 관련".split()
)
# Nouns behind a label that ask for nothing else than its value.
_BEHIND = re.compile(
    r"(?:이름|성함|성명|값|내용|정보|명칭|종류|총액|금액|액수|얼마|언제|어디|누구|무엇|뭐|뭔|뭘|몇|말|것|거|수|곳|때|사람|정도|"
    r"명|개|건|원|년|월|일|시|단계|톤|분|[A-Za-z%]{1,3}|알려|좀|항목|란|칸|표시|기준|현재|각각|모두|전부)$"
)
_CONTACTS = re.compile(r"(?:전화|번호|전화번호|이메일|메일|주소|연락처|팩스|팩스번호|홈페이지|누리집)$")
_PARTICLE = ("J", "V", "E", "XS", "S", "NNB", "NP", "NR", "MAG", "MM", "IC")
_APPLY = re.compile(r"신청|접수|모집|지원|응모|참가|참여|공모|제출|선발|뽑|내야|내면|냅니까")
_ANY = re.compile(r"없음|무료|면제|제한\s?없|무관|전액|미정|협의")
_OPEN_DATE = re.compile(r"상시|수시|즉시|연중|소진|까지|추후|당일|분기|매[년월주]|\d\s?월|별도|예정")
_FAX = re.compile(r"팩스|fax", re.IGNORECASE)
_ROUND = re.compile(r"^(?:약|최대|최소|총|연|월|매월|1인당|인당|기업당|과제당)?\s?$")
_WRITTEN = re.compile(r"적힌|적혀|쓰인|쓰여|써\s?있|기재|기입|작성된|서식|양식|신청서|추천서|보고서에|란에|칸에")
_NUMBERED = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[①-⑳]|[가-하][.)])\s+")
_BULLET = re.compile(r"^(?:[ㅇo○●•·▪◦□■◇◆※*-]\s+)+")
_PHONE = re.compile(r"\s*[(（]?\s*(?:☎|전화|tel)?\s*:?\s*\d{2,4}-\d{3,4}(?:-\d{4})?\s*[)）]?", re.I)


@dataclass(frozen=True, slots=True)
class _Sort:
    """What some questions mean: where ``said`` matches, labels that end in ``label``."""

    said: re.Pattern[str]
    label: re.Pattern[str]
    kinds: frozenset[QuestionKind] = frozenset()


def _sort(said: str, label: str, *kinds: QuestionKind) -> _Sort:
    return _Sort(re.compile(said), re.compile(rf"(?:{label})$"), frozenset(kinds))


_SORTS = (
    _sort("", "기간|기한|일시|일자|일정|마감|마감일|시기|날짜|접수일", QuestionKind.DATE),
    _sort(r"몇\s?(?:명|사람|분)|인원", "인원|정원|인원수"),
    _sort(r"얼마(?!나)|비용|돈", "비|료|비용|수수료|금액|한도|예산|보수|급여|단가", QuestionKind.AMOUNT),
    _sort("", "문의|문의처|연락처|전화|전화번호|e-?mail|이메일|fax|팩스", QuestionKind.CONTACT),
    _sort("", "담당자|책임자|담당|대표자?|성명|이름", QuestionKind.PERSON),
    _sort(r"부서|기관|어디", "부서|기관|주관|주최|소속", QuestionKind.ORGANISATION),
    _sort("", "장소|위치|소재지|주소|접수처|제출처|근무지", QuestionKind.PLACE),
    _sort(
        r"누가\s|어떤\s?(?:사람|기업|회사|분|곳)|누구나|자격|(?:지원|신청|참여|참가|응모)할\s?수\s?있(?!는\s?(?:기간|시간|날))",
        "대상|자격|요건|지원자격|자격요건",
    ),
    _sort(r"서류|준비(?:물|해)|(?:뭘|무엇을|뭐를?)\s?(?:내|제출)", "서류|준비물|제출물"),
    _sort(r"어떻게|방법|절차", "방법|절차|방식", QuestionKind.METHOD),
    _sort(r"혜택|(?:뭘|무엇을|어떤 걸)\s?(?:받|지원)", "혜택|지원내용|특전"),
)
_UNASKED = frozenset((QuestionKind.REASON, QuestionKind.COMPARISON))


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """The field that is asked for. ``row`` is the passage that holds it, ``span`` its label with
    its value, ``value`` what to say, "" where the place is left blank; ``share`` in [0, 1] how
    much of the question is met. ``block`` is the span of the form; ``written`` says that the
    question speaks of what is filled in there."""

    row: int
    span: Span
    value: str
    share: float
    block: Span
    written: bool

    @property
    def blank(self) -> bool:
        return not self.value


def asked_field(
    index: Index, question: Question, rows: Sequence[int]
) -> FieldAnswer | None:
    """The field that a question asks for, among the blocks of the first of some ranked passages;
    None where none is surely asked for, or its value is of another kind. Of several the one whose
    form holds most of the question's words, then the best ranked."""
    if question.kind in _UNASKED:
        return None
    asked = _Asked(index, question)
    best: tuple[float, int, Document, Block, Field, float] | None = None
    seen: set[tuple[str, Span]] = set()
    for rank, row in enumerate(rows[:_ROWS]):
        passage = index.passages[row]
        document = _document(index, passage.file)
        for block in index.blocks[passage.file][passage.blocks[0] : passage.blocks[1] + 1]:
            if (passage.file, block.span) in seen:
                continue
            seen.add((passage.file, block.span))
            for field in fields_of(document, block):
                found = asked.score(document, block, field)
                if found is None:
                    continue
                score, share = found
                if best is None or score > best[0] + 1e-9:
                    best = (score, rank, document, block, field, share)
    if best is None:
        return None
    _score, rank, document, block, field, share = best
    written = _WRITTEN.search(question.searched) is not None
    if field.blank:
        row = _row_of(index, rows, document.file, field.label)
        return FieldAnswer(row, field.label, "", share, block.span, written)
    told = asked.told(field)
    if told is None:
        return None
    run, value = told
    row = _row_of(index, rows, document.file, run[0].span)
    return FieldAnswer(row, _quote(field, run), value, share, block.span, written)


class _Asked:
    """A question as forms are asked: its words, where labels may stand in it, what it means."""

    def __init__(self, index: Index, question: Question) -> None:
        self._question = question
        text = question.searched
        self._flat, self._at = _flattened(text)
        inside = korean.morphemes(text)
        self._starts = {m.start for m in inside if m.start == 0 or not text[m.start - 1].isalnum()}
        self._ends = {len(text)} | {m.start for m in inside if m.tag.startswith(_PARTICLE)}
        self._ends |= {at for at, c in enumerate(text) if not c.isalnum()}
        self._weights = {
            t.text: t.weight * (index.body.idf(t.text) or 1.0)
            for t in question.terms
            if t.origin == "question" and t.text not in _FRAME and t.text != question.unit
        }
        self._meant = [
            sort
            for sort in _SORTS
            if (not sort.kinds or question.kind in sort.kinds) and sort.said.search(text)
        ]

    def score(
        self, document: Document, block: Block, field: Field
    ) -> tuple[float, float] | None:
        """(score, share of the question met) of a field; None where it is not asked for."""
        label = max((self._said(form) for form in _forms(field)), default=0)
        meant = not label and field.own and self._means(field.names[-1])
        if not label and not meant:
            return None
        if not field.blank and self.told(field) is None:
            return None
        around, counts = _context(document, block)
        named = flat(" ".join(field.names)) + flat(field.written)
        total = sum(self._weights.values()) or 1.0
        met = {w for w in self._weights if (form := flat(w)) in named or form in around}
        own = {w for w in self._weights if flat(w) in named}
        rest = [w for w in self._weights if w not in own]
        weight = sum(self._weights[w] for w in rest)
        share = sum(self._weights[w] for w in rest if w in met) / weight if weight else 1.0
        if share < (_NAMED if label else _MEANT):
            return None
        often = sum(self._weights[w] * math.log1p(counts.get(w, 0)) for w in rest) / total
        score = 10.0 * share + 3.0 * bool(label) + 0.15 * label + 0.05 * often
        outer = sum(self._said(name) > 0 for name in field.names[:-1])
        return score + outer + 0.5 * field.own + (not field.blank), share

    def _said(self, name: str) -> int:
        """Letters of a name that the question says as a whole, with nothing behind it that asks
        for more; 0 where it does not."""
        form = flat(name)
        if len(form) < 2:
            return 0
        at = self._flat.find(form)
        while at >= 0:
            start, end = self._at[at], self._at[at + len(form) - 1] + 1
            if start in self._starts and end in self._ends and self._ends_there(end):
                return len(form)
            at = self._flat.find(form, at + 1)
        return 0

    def _ends_there(self, end: int) -> bool:
        """Whether the nouns behind a place ask for no other thing."""
        behind = [
            m.form
            for m in korean.morphemes(self._question.searched)
            if m.start >= end and m.tag in ("NNG", "NNP", "SL", "XR")
        ]
        contact = self._question.kind is QuestionKind.CONTACT
        return all(
            _BEHIND.search(noun) or (contact and _CONTACTS.search(noun)) for noun in behind
        )

    def _means(self, label: str) -> bool:
        """Whether a label names the sort of thing that is asked for, and what stands before that
        in it is said too, or is the word for applying that the question says otherwise."""
        bare = "".join(label.split())
        for sort in self._meant:
            found = sort.label.search(bare)
            if found is None:
                continue
            stem = bare[: found.start()]
            if not stem or flat(stem) in self._flat:
                return True
            if _APPLY.fullmatch(stem) and _APPLY.search(self._question.searched):
                return True
        return False

    def told(self, field: Field) -> tuple[tuple[Piece, ...], str] | None:
        """The run of a field that answers and what it says; None where its value is of another
        kind than is asked for."""
        runs = list(field.runs)
        runs.sort(key=lambda run: -sum(self._said_in(piece.text) for piece in run))
        for run in runs:
            value = self._value(field, run)
            if value:
                return run, value
        return None

    def _said_in(self, text: str) -> bool:
        return len(flat(text)) > 1 and flat(text) in self._flat

    def _value(self, field: Field, run: tuple[Piece, ...]) -> str:
        question, text = self._question, shown(run)
        if not text or flat(text) in self._flat:
            return ""
        kind = question.kind
        if kind is QuestionKind.PERSON:
            bare = _PHONE.sub("", text).strip()
            return bare if people(bare) or _name(bare) else ""
        if kind is QuestionKind.CONTACT and not _numbers(field):
            return self._contact(field, text)
        if kind is QuestionKind.METHOD and not re.search(r"방법|절차|방식", field.names[-1]):
            return ""
        if kind is QuestionKind.AMOUNT:
            return self._amount(field, text)
        if kind is QuestionKind.DATE:
            return self._date(field, text)
        items = [part.strip() for part in _NUMBERED.split(text) if part.strip()]
        if len(items) > 1 and len(text) <= 3 * _LONG:
            return "; ".join(items)
        return _BULLET.sub("", text) if len(text) <= _LONG else ""

    def _contact(self, field: Field, text: str) -> str:
        fit = fitting(self._question, text)
        if _FAX.search(self._question.searched) and not _FAX.search(field.names[-1] + text):
            return ""
        return "; ".join(dict.fromkeys(v.text for v in fit))

    def _amount(self, field: Field, text: str) -> str:
        if _ANY.search(text) and len(text) <= _CLAIMS:
            return text if len(text) > 3 else f"{field.names[-1]} {text}"
        fit = fitting(self._question, text)
        if not fit:
            bare = not self._question.unit and len(text) <= _CLAIMS and re.search(r"\d", text)
            return text if bare else ""
        if len(text) <= _CLAIMS and len(fit) == 1:
            return text
        if _ROUND.match(text[: fit[0].start]) and field.line:
            return re.split(r"\s?[(,※]", text)[0].strip()
        found = find_fact(self._question, f"{field.names[-1]} : {text}")
        return f"{field.names[-1]} : {text}"[slice(*found)] if found else ""

    def _date(self, field: Field, text: str) -> str:
        dated = [v for v in values(text) if v.kind in (ValueKind.DATE, ValueKind.DURATION)]
        if len(text) <= 1.5 * _CLAIMS:
            return text if dated or _OPEN_DATE.search(text) else ""
        if dated and _ROUND.match(text[: dated[0].start]):
            return re.split(r"\s?[(※]", text[: dated[0].end + 30])[0].strip()
        found = find_fact(self._question, text)
        return text[slice(*found)] if found else ""


def _forms(field: Field) -> Iterator[str]:
    """The ways to say a label: as written, without brackets, each side of a slash."""
    name = field.names[-1]
    yield field.written
    yield name
    parts = [part for part in re.split(r"[/·ㆍ]", name) if len(part) > 1]
    if len(parts) > 1:
        yield from parts


def _numbers(field: Field) -> bool:
    """Whether a label asks for a number that is no telephone's: "품목번호"."""
    name = flat(field.names[-1])
    return name.endswith(("번호", "주소")) and not re.search(r"전화|팩스|fax|연락|휴대|메일", name)


def _name(text: str) -> bool:
    return re.search(r"(?:^|\s)[가-힣]{2,4}(?:$|\s)", text) is not None and len(text) <= _CLAIMS


def _flattened(text: str) -> tuple[str, list[int]]:
    """A text as :func:`rag.form_words.flat` gives it, with the place of each letter."""
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for c in unicodedata.normalize("NFKC", char).lower():
            if c.isalnum():
                letters.append(c)
                places.append(at)
    return "".join(letters), places


def _document(index: Index, file: str) -> Document:
    return next(d for d in index.documents if d.file == file)


def _row_of(index: Index, rows: Sequence[int], file: str, span: Span) -> int:
    """The passage that holds a span, the best ranked of several."""
    holding = (r for r in rows if index.passages[r].file == file)
    near = [r for r in holding if index.passages[r].span.touches(span)]
    if near:
        return near[0]
    every = (r for r, p in enumerate(index.passages) if p.file == file)
    return min(every, key=lambda r: abs(index.passages[r].span.start - span.start))


def _quote(field: Field, run: Sequence[Piece]) -> Span:
    """A label with its value, or the value alone where they stand far apart."""
    start = min(field.label.start, run[0].span.start)
    end = max(field.label.end, *(piece.span.end for piece in run))
    whole = Span(start, end)
    alone = Span(run[0].span.start, max(piece.span.end for piece in run))
    return whole if len(whole) <= max(_LONGEST_QUOTE, len(alone) + 40) else alone


@lru_cache(maxsize=64)
def _terms_in(text: str) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for term in korean.terms(text):
        counts[term] = counts.get(term, 0) + 1
    return counts


def _context(document: Document, block: Block) -> tuple[str, Mapping[str, int]]:
    """What says which form a block is: its own text with the headings above it and the top of
    the document, as letters; and how often each term stands in the block."""
    own = document.text[block.span.start : block.span.end]
    return _letters(document, block.span, block.path), _terms_in(own)


_texts: dict[tuple[str, Span], str] = {}


def _letters(document: Document, span: Span, path: tuple[str, ...]) -> str:
    key = (document.digest, span)
    found = _texts.get(key)
    if found is None:
        if len(_texts) >= 512:
            _texts.pop(next(iter(_texts), key), None)
        own = document.text[span.start : span.end]
        found = flat(" ".join([document.title, document.issuer, *path, document.text[:_HEAD], own]))
        _texts[key] = found
    return found
