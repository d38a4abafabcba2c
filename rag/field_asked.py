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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag import korean
from rag.fact import find_fact
from rag.field_context import Context, context_of
from rag.field_sorts import Meanings
from rag.form import Field, Piece, fields_of, shown
from rag.form_words import flat, is_field, plain_label
from rag.grid import is_period_term
from rag.index import Index
from rag.people import people
from rag.types import Block, Document, Question, QuestionKind, Span
from rag.values import ValueKind, values
from rag.wanted import TYPED, fitting

_ROWS = 60  # ranked passages in whose blocks a field is looked for
_NAMED = 0.6  # share of the question's other words that a form must hold for its field to be it
_FIRST = 3  # passages whose documents are looked through as a whole
_BLOCKS = 1500  # blocks of a document up to which that is done
_OFTEN = 0.3  # what the number of times counts that a form says the question's words
_LETTER = 0.15  # what each letter of a label counts that the question says
_MEANT = 0.7  # the same where the label is only meant
_LONG = 110  # characters; a longer value is no short answer
_CLAIMS = 40  # characters of a date or amount that is taken with what stands beside it
_BESIDE = 14  # characters that may stand around the one value of a field: "약 70명 내외"
_LONGEST_QUOTE = 320  # characters of a label with its value

# What frames a question and names nothing of a form.
_FRAME = frozenset(
    "얼마 언제 어디 누구 몇 무엇 뭐 때 수 곳 것 개 명 년 월 일 원 말 사람 정도 값 이름 항목 경우 번 당 단 서식 양식 "
    "신청서 서류 되다 하다 있다 이다 알리다 적히다 적다 쓰다 내다 보내다 받다 주다 나오다 보다 위하다 대하다 필요하다 "
    "붙이다 알다 싶다 기재 작성 제출 가능 관련 보도 자료 보도자료 공고 공고문 공문 안내 안내문 문서".split()
)
# Nouns behind a label that ask for nothing else than its value.
_BEHIND = re.compile(
    r"(?:이름|성함|성명|값|내용|정보|명칭|종류|총액|금액|액수|얼마|언제|어디|누구|무엇|뭐|뭔|뭘|몇|말|것|거|수|곳|때|사람|정도|"
    r"명|개|건|원|년|월|일|시|단계|톤|분|[A-Za-z%]{1,3}|알려|좀|항목|란|칸|궁금|표시|기준|현재|각각|모두|전부)$"
)
_CONTACTS = re.compile(
    r"(?:전화|번호|전화번호|이메일|메일|주소|연락처|팩스|팩스번호|홈페이지|누리집)$"
)
_PARTICLE = ("J", "V", "E", "XS", "S", "NNB", "NP", "NR", "MAG", "MM", "IC")
_ANY = re.compile(r"없음|무료|면제|제한\s?없|무관|전액|미정|협의")
_OPEN_DATE = re.compile(
    r"상시|수시|즉시|연중|소진|까지|추후|당일|분기|매[년월주]|\d\s?월|별도|예정"
)
_FAX = re.compile(r"팩스|fax", re.IGNORECASE)
_PLAIN = re.compile(r"어떻게\s?(?:되|돼)")  # "자격이 어떻게 되나요" asks for no method
_TOTAL_ASKED = re.compile(r"(?:^|\s)총(?:\s|\S*[비액금])|합계|통틀어|모두 합|전체")
_TOTAL = re.compile(r"(?:총|합계|전체)[^(),;]*\d(?:[\d,.]|[^(),;])*")
_PREFIX = re.compile(r"(?:^|\s)(?:총|각|본|해당)(?=\S{3})")
_CLOCK = re.compile(r"\d{1,2}\s?[:시]")
_ROUND = re.compile(r"^(?:약|최대|최소|총|연|월|매월|1인당|인당|기업당|과제당)?\s?$")
_WRITTEN = re.compile(
    r"적힌|적혀|쓰인|쓰여|써\s?있|기재|기입|작성된|서식|양식|신청서|추천서|보고서에|란에|칸에"
)
_NUMBERED = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[①-⑳]|[가나다라마바사아자차카타파하][.)])\s+")
_BULLET = re.compile(r"^(?:[ㅇo○●•·▪◦□■◇◆※*-]\s+)+")
_PHONE = re.compile(r"\s*[(（]?\s*(?:☎|전화|tel)?\s*:?\s*\d{2,4}-\d{3,4}(?:-\d{4})?\s*[)）]?", re.I)


_UNASKED = frozenset((QuestionKind.REASON, QuestionKind.COMPARISON))


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """The field that is asked for. ``row`` is the passage that holds it, ``span`` its label with
    its value, ``value`` what to say, "" where the place is left blank; ``share`` in [0, 1] how
    much of the question is met. ``block`` is the span of the form; ``written`` says that the
    question speaks of what is filled in there."""

    row: int
    file: str
    span: Span
    value: str
    share: float
    block: Span
    written: bool

    @property
    def blank(self) -> bool:
        return not self.value


def asked_field(index: Index, question: Question, rows: Sequence[int]) -> FieldAnswer | None:
    """The field that a question asks for, among the blocks of the first of some ranked passages;
    None where none is surely asked for, or its value is of another kind. Of several the one whose
    form holds most of the question's words, then the best ranked."""
    if question.kind in _UNASKED:
        return None
    asked = _Asked(index, question)
    best: tuple[float, int, Document, Block, Field, float] | None = None
    documents = {document.file: document for document in index.documents}
    for rank, (file, at) in enumerate(_places(index, rows)):
        document, blocks = documents[file], index.blocks[file]
        block = blocks[at]
        if True:
            for field in fields_of(document, block):
                called = asked.called(field)
                if called is None:
                    continue
                found = asked.score(field, called, context_of(document, blocks, at))
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
        return FieldAnswer(row, document.file, field.label, "", share, block.span, written)
    told = asked.told(field)
    if told is None:
        return None
    run, value = told
    row = _row_of(index, rows, document.file, run[0].span)
    return FieldAnswer(row, document.file, _quote(field, run), value, share, block.span, written)


class _Asked:
    """A question as forms are asked: its words, where labels may stand in it, what it means."""

    def __init__(self, index: Index, question: Question) -> None:
        self._question = question
        text = question.searched
        self._flat, self._at = _flattened(text)
        inside = korean.morphemes(text)
        self._starts = {m.start for m in inside if m.start == 0 or not text[m.start - 1].isalnum()}
        self._starts |= {m.end() for m in _PREFIX.finditer(text)}
        self._ends = {len(text)} | {m.start for m in inside if m.tag.startswith(_PARTICLE)}
        self._ends |= {at for at, c in enumerate(text) if not c.isalnum()}
        self._weights = {
            t.text: t.weight * (index.body.idf(t.text) or 1.0)
            for t in question.terms
            if t.origin == "question"
            and not t.text.endswith("다")
            and t.text not in _FRAME
            and t.text != question.unit
        }
        self._meanings = Meanings(question)
        self._nouns = [(m.start, m.form) for m in inside if m.tag in ("NNG", "NNP", "SL", "XR")]

    def called(self, field: Field) -> float | None:
        """How surely the question names a field, by its label or by what that means; None where it
        does not, or where the value is of another kind."""
        if field.keyed:
            called = self._keyed(field)
        else:
            label = max((self._said(form, field) for form in _forms(field.written)), default=0)
            own = field.own or is_field(field.written, beside=True)
            meant = 0.0 if label or not own else self._meanings.of(field.names[-1])
            called = 3.0 + _LETTER * label if label else 3.0 * meant
        if called <= 0 or (field.blank and called < 3.0):
            return None
        return called if field.blank or self.told(field) is not None else None

    def score(self, field: Field, called: float, context: Context) -> tuple[float, float] | None:
        """(score, share of the question's other words met) of a field that is called so surely;
        None where it belongs to another form."""
        named = flat(" ".join(field.names)) + flat(field.written)
        if called < 3.0:
            named += self._meanings.words
        rest = [w for w in self._weights if flat(w) not in named]
        total = sum(self._weights.values()) or 1.0
        weight = sum(self._weights[w] for w in rest)
        met = {w: context.holds(w) for w in rest}
        if any(not met[w] and is_period_term(w) for w in rest):
            return None  # of another year
        share = sum(self._weights[w] * met[w] for w in rest) / weight if weight else 1.0
        if share < (_NAMED if called >= 3.0 else _MEANT):
            return None
        often = sum(self._weights[w] * math.log1p(context.own.get(w, 0)) for w in rest) / total
        outer = sum(self._said(name) > 0 for name in field.names[:-1])
        score = 10.0 * share + called + _OFTEN * often
        return score + outer + 0.5 * field.own + (not field.blank), share

    def _said(self, name: str, field: Field | None = None, *, inner: bool = False) -> int:
        """Letters of a name that the question says as a whole, with nothing behind it that asks
        for more but where ``inner`` allows it; 0 where it does not."""
        form = flat(name)
        if len(form) < 2:
            return 0
        at = self._flat.find(form)
        while at >= 0:
            start, end = self._at[at], self._at[at + len(form) - 1] + 1
            split = self._at[at + len(form) : at + len(form) + 1] == [end - 1]
            bounded = start in self._starts and end in self._ends and not split
            if bounded and (inner or self._ends_there(end, field)):
                return len(form)
            at = self._flat.find(form, at + 1)
        return 0

    def _keyed(self, field: Field) -> float:
        """How surely the question names both a row and a column, one of them at its end; 0 where
        it does not. The column may be meant only."""
        row, column = (
            max(
                (
                    (letters, self._said(form) > 0)
                    for form in _forms(name)
                    if (letters := self._said(form, inner=True))
                ),
                default=(0, False),
            )
            for name in field.names
        )
        if not row[0]:
            meant = self._meanings.of(field.names[0]) if column[0] and not field.blank else 0.0
            return 3.0 * meant
        if column[0]:
            return 3.0 + _LETTER * (row[0] + column[0]) if row[1] or column[1] else 0.0
        if self._chosen(field.names[1]):
            return 3.0 + _LETTER * row[0]
        if field.blank:
            return 0.0
        return 3.0 * max(map(self._meanings.of, _forms(field.names[1])))

    def _chosen(self, header: str) -> bool:
        """Whether the question puts all the choices that a header lists: "구분(필수/선택)"."""
        listed = re.search(r"\(([^()]+/[^()]+)\)", header)
        return listed is not None and all(flat(one) in self._flat for one in listed[1].split("/"))

    def _ends_there(self, end: int, field: Field | None) -> bool:
        """Whether the nouns behind a place ask for no other thing than a field's value."""
        contact = self._question.kind is QuestionKind.CONTACT
        held = " ".join(piece.text for run in field.runs for piece in run) if field else ""
        return all(
            _BEHIND.search(noun) or (contact and _CONTACTS.search(noun)) or noun in held
            for at, noun in self._nouns
            if at >= end
        )

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
        chosen = field.keyed and self._chosen(field.names[-1])
        if not text or (flat(text) in self._flat and not chosen):
            return ""
        kind = question.kind
        if kind is QuestionKind.PERSON:
            bare = _PHONE.sub("", text).strip()
            return bare if people(bare) or _name(bare) else ""
        if kind is QuestionKind.CONTACT and not _numbers(field):
            return self._contact(field, text)
        if (
            kind is QuestionKind.LIST
            and not field.line
            and not chosen
            and not _NUMBERED.match(text)
        ):
            return ""  # the row or column may list more
        plain = _PLAIN.search(question.searched) is not None
        if (
            kind is QuestionKind.METHOD
            and not plain
            and not re.search(r"방법|절차|방식", field.names[-1])
        ):
            return ""
        if kind is QuestionKind.AMOUNT:
            return self._amount(field, text)
        if kind is QuestionKind.DATE:
            return self._date(field, text)
        items = [part.strip() for part in _NUMBERED.split(text) if part.strip()]
        if len(items) > 1 and _NUMBERED.match(text) and len(text) <= 3 * _LONG:
            return "; ".join(items)
        return _BULLET.sub("", text) if len(text) <= _LONG else ""

    def _contact(self, field: Field, text: str) -> str:
        fit = fitting(self._question, text)
        named = _CONTACTS.search(field.names[-1]) or field.names[-1].startswith("문의")
        if not fit and not named and not any(_CONTACTS.search(n) for _at, n in self._nouns[-1:]):
            return text if len(text) <= _LONG else ""
        if _FAX.search(self._question.searched) and not _FAX.search(field.names[-1] + text):
            return ""
        return "; ".join(dict.fromkeys(v.text for v in fit))

    def _amount(self, field: Field, text: str) -> str:
        if _ANY.search(text) and len(text) <= _CLAIMS:
            return text if len(text) > 3 else f"{field.names[-1]} {text}"
        fit = fitting(self._question, text)
        unit = self._question.unit
        if unit == "시" and _CLOCK.search(text) and len(text) <= _CLAIMS:
            return text
        if unit and unit in field.names[-1] and re.fullmatch(r"\d+(?:\.\d+)?", text):
            return f"{text}{unit}"
        if not fit:
            bare = not self._question.unit and len(text) <= _CLAIMS and re.search(r"\d", text)
            return text if bare else ""
        if len(text) <= len(fit[0].text) + _BESIDE and len(fit) == 1:
            return text
        if _ROUND.match(text[: fit[0].start]) and field.line:
            return re.split(r"\s?[(※]|,\s", text)[0].strip()
        if len(text) > _LONG and not field.line:
            return ""  # of several values in a long cell none is surely the field's
        part = _TOTAL.search(text) if _TOTAL_ASKED.search(self._question.searched) else None
        told = part[0] if part else f"{field.names[-1]} : {text}"
        found = find_fact(self._question, told)
        return told[slice(*found)] if found else ""

    def _date(self, field: Field, text: str) -> str:
        dated = [v for v in values(text) if v.kind in (ValueKind.DATE, ValueKind.DURATION)]
        if len(text) <= 1.5 * _CLAIMS:
            return text if dated or _OPEN_DATE.search(text) else ""
        if dated and _ROUND.match(text[: dated[0].start]):
            return re.split(r"\s?[(※]", text[: dated[0].end + 30])[0].strip()
        found = find_fact(self._question, text)
        return text[slice(*found)] if found else ""


def _forms(written: str) -> Iterator[str]:
    """The ways to say a label: as written, without brackets, what is in them, each side of a
    slash."""
    yield written
    name = plain_label(written)
    yield name
    yield re.sub(r"\s?(?:여부|유무)$", "", name)
    yield from re.findall(r"\(([^()/]{2,20})\)", written)
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


def _places(index: Index, rows: Sequence[int]) -> dict[tuple[str, int], None]:
    """The blocks in which a field is looked for, best first: those of the first passages, then all
    of the documents that the very first are from."""
    found: dict[tuple[str, int], None] = {}
    for row in rows[:_ROWS]:
        passage = index.passages[row]
        found.update(
            ((passage.file, at), None) for at in range(passage.blocks[0], passage.blocks[1] + 1)
        )
    for file in dict.fromkeys(index.passages[row].file for row in rows[:_FIRST]):
        blocks = index.blocks[file]
        if len(blocks) <= _BLOCKS:
            found.update(((file, at), None) for at in range(len(blocks)))
    return found


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
