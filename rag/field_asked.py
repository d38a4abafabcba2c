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
from rag.demand import wanted_noun
from rag.field_context import Context, context_of
from rag.field_sorts import Meanings, another_of_its_sort
from rag.field_value import Values
from rag.form import Field, Piece, blocks_with_fields, fields_of
from rag.form_words import NAMES_CONTACT, is_field, letters, plain_label
from rag.grid import is_period_term
from rag.index import Index
from rag.types import Block, Document, Evidence, Question, QuestionKind, Span

_ROWS = 60  # ranked passages in whose blocks a field is looked for
_NAMED = 0.6  # share of the question's other words that a form must hold for its field to be it
_FIRST = 3  # passages whose documents are looked through as a whole
_BLOCKS = 1500  # blocks of a document up to which that is done
_OFTEN = 0.3  # what the number of times counts that a form says the question's words
_LETTER = 0.15  # what each letter of a label counts that the question says
_MEANT = 0.7  # the same where the label is only meant
_LOOSE = 1.3  # how surely a field is called whose label says nothing but the sort of its value
_LONGEST_QUOTE = 320  # characters of a label with its value

# What frames a question and names nothing of a form.
_FRAME = frozenset(
    "얼마 언제 어디 누구 몇 무엇 뭐 때 수 곳 것 개 명 년 월 일 원 말 사람 정도 값 이름 항목 경우 번 당 단 "
    "서식 양식 신청서 서류 기재 작성 제출 가능 관련 보도 자료 보도자료 며칠 표시 해당 궁금 공고 공고문 공문 "
    "안내 안내문 문서".split()
)
# Nouns behind a label that ask for nothing else than its value.
_BEHIND = re.compile(
    r"(?:이름|성함|성명|값|내용|정보|명칭|종류|총액|금액|액수|얼마|언제|어디|누구|무엇|뭐|뭔|뭘|몇|말|것|거|수|곳|때|사람|정도|"
    r"명|개|건|원|년|월|일|시|단계|톤|분|[A-Za-z%]{1,3}|알려|좀|항목|란|칸|궁금|표시|기준|현재|각각|모두|전부)$"
)
_PARTICLE = ("J", "V", "E", "XS", "S", "NNB", "NP", "NR", "MAG", "MM", "IC")
_PREFIX = re.compile(r"(?:^|\s)(?:총|각|본|해당)(?=\S{3})")
# A particle behind a sign, "대분류Ⅰ은", which Kiwi takes for a noun.
_BEHIND_SIGN = re.compile(r"(?<=[^\s가-힣])(?:은|는|이|가|을|를|의|에|도|로)(?=[\s?]|$)")
_WRITTEN = re.compile(
    r"적힌|적혀|쓰인|쓰여|써\s?있|기재|기입|작성된|서식|양식|란에|칸에|[가-힣](?:서|표|증|계|장)(?:의|에)\s"
)


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
    best: tuple[float, Document, Block, Field, float] | None = None
    documents = {document.file: document for document in index.documents}
    for file, at in _places(index, rows, documents):
        document, blocks = documents[file], index.blocks[file]
        block = blocks[at]
        for field in fields_of(document, block):
            called = asked.called(field)
            if called is None:
                continue
            found = asked.score(field, called, context_of(document, blocks, at))
            if found is None:
                continue
            score, share = found
            if best is None or score > best[0] + 1e-9:
                best = (score, document, block, field, share)
    if best is None:
        return None
    _score, document, block, field, share = best
    written = _WRITTEN.search(question.searched) is not None
    if field.blank:
        row = _row_of(index, rows, document.file, field.label)
        return FieldAnswer(row, document.file, field.label, "", share, block.span, written)
    told = asked.values.told(field)
    if told is None:
        return None
    run, value = told
    row = _row_of(index, rows, document.file, run[0].span)
    return FieldAnswer(row, document.file, _quote(field, run), value, share, block.span, written)


def of_another(index: Index, question: Question, told: Evidence) -> bool:
    """Whether the value of a slice is that of a field of the sort that is asked for, but of another
    one: of the "처리기간" where the "접수기간" is asked for and nothing around it speaks of that."""
    noun = wanted_noun(question).noun
    passage = told.passage
    if not told.value or not noun:
        return False
    blocks = index.blocks[passage.file]
    document = next(d for d in index.documents if d.file == passage.file)
    for at in range(passage.blocks[0], passage.blocks[1] + 1):
        for field in fields_of(document, blocks[at]):
            holds = any(
                piece.span.touches(told.span) and told.value in piece.text
                for run in field.runs
                for piece in run
            )
            if holds and another_of_its_sort(noun, field.names[-1]):
                return letters(noun) not in context_of(document, blocks, at).titles
    return False


class _Asked:
    """A question as forms are asked: its words, where labels may stand in it, what it means."""

    def __init__(self, index: Index, question: Question) -> None:
        self._question = question
        text = question.searched
        self._flat, self._at = _flattened(text)
        inside = korean.morphemes(text)
        self._starts = {m.start for m in inside if m.start == 0 or not text[m.start - 1].isalnum()}
        self._starts |= {m.end() for m in _PREFIX.finditer(text)}
        particles = {m.start() for m in _BEHIND_SIGN.finditer(text)}
        self._ends = {len(text), *particles}
        self._ends |= {m.start for m in inside if m.tag.startswith(_PARTICLE)}
        self._ends |= {at for at, c in enumerate(text) if not c.isalnum()}
        # A word that the documents never use weighs as much as the rarest that they do.
        unseen = math.log(1 + len(index.passages) / 0.5)
        self._weights = {
            t.text: t.weight * (index.body.idf(t.text) or unseen)
            for t in question.terms
            if t.origin == "question"
            and not t.text.endswith("다")
            and t.text not in _FRAME
            and t.text != question.unit
        }
        self._meanings = Meanings(question)
        self.values = Values(question)
        self._nouns = [
            (m.start, m.form)
            for m in inside
            if m.tag in ("NNG", "NNP", "SL", "XR") and m.start not in particles
        ]

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
        return called if field.blank or self.values.told(field) is not None else None

    def score(self, field: Field, called: float, context: Context) -> tuple[float, float] | None:
        """(score, share of the question's other words met) of a field that is called so surely;
        None where it belongs to another form."""
        named = letters(" ".join(field.names)) + letters(field.written)
        if called < 3.0:
            named += self._meanings.words
        rest = [w for w in self._weights if letters(w) not in named]
        total = sum(self._weights.values()) or 1.0
        weight = sum(self._weights[w] for w in rest)
        met = {w: context.holds(w) for w in rest}
        if any(not met[w] and is_period_term(w) for w in rest):
            return None  # of another year
        share = sum(self._weights[w] * met[w] for w in rest) / weight if weight else 1.0
        if share < (_NAMED if called >= 3.0 else _MEANT):
            return None
        if called < _LOOSE and not all(met.values()):
            return None  # "면접은 언제" asks for no date but that of what it names
        often = sum(self._weights[w] * math.log1p(context.own.get(w, 0)) for w in rest) / total
        outer = sum(self._said(name) > 0 for name in field.names[:-1])
        own = total - weight
        score = 10.0 * (own + share * weight) / total + called + _OFTEN * often
        return score + outer + 0.5 * field.own + (not field.blank), share

    def _said(self, name: str, field: Field | None = None, *, inner: bool = False) -> int:
        """Letters of a name that the question says as a whole, with nothing behind it that asks
        for more but where ``inner`` allows it; 0 where it does not."""
        form = letters(name)
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
                    (count, self._said(form) > 0)
                    for form in _forms(name)
                    if (count := self._said(form, inner=True))
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
        if self.values.chosen(field.names[1]):
            return 3.0 + _LETTER * row[0]
        if field.blank:
            return 0.0
        return 3.0 * max(map(self._meanings.of, _forms(field.names[1])))

    def _ends_there(self, end: int, field: Field | None) -> bool:
        """Whether the nouns behind a place ask for no other thing than a field's value."""
        contact = self._question.kind is QuestionKind.CONTACT
        held = " ".join(piece.text for run in field.runs for piece in run) if field else ""
        return all(
            _BEHIND.search(noun) or (contact and NAMES_CONTACT.search(noun)) or noun in held
            for at, noun in self._nouns
            if at >= end
        )


@lru_cache(maxsize=8192)
def _forms(written: str) -> tuple[str, ...]:
    """The ways to say a label: as written, without brackets, what is in them, each side of a
    slash."""
    return tuple(dict.fromkeys(_said_as(written)))


def _said_as(written: str) -> Iterator[str]:
    yield written
    name = plain_label(written)
    yield name
    yield re.sub(r"\s?(?:여부|유무)$", "", name)
    yield from re.findall(r"\(([^()/]{2,20})\)", written)
    parts = [part for part in re.split(r"[/·ㆍ]", name) if len(part) > 1]
    if len(parts) > 1:
        yield from parts


def _flattened(text: str) -> tuple[str, list[int]]:
    """A text as :func:`rag.form_words.letters` gives it, with the place of each letter."""
    found: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for c in unicodedata.normalize("NFKC", char).lower():
            if c.isalnum():
                found.append(c)
                places.append(at)
    return "".join(found), places


def _places(
    index: Index, rows: Sequence[int], documents: Mapping[str, Document]
) -> dict[tuple[str, int], None]:
    """The blocks in which a field is looked for, best first: those of the first passages, then all
    with fields of the documents that the very first are from."""
    found: dict[tuple[str, int], None] = {}
    for row in rows[:_ROWS]:
        passage = index.passages[row]
        found.update(
            ((passage.file, at), None) for at in range(passage.blocks[0], passage.blocks[1] + 1)
        )
    for file in dict.fromkeys(index.passages[row].file for row in rows[:_FIRST]):
        blocks = index.blocks[file]
        if len(blocks) <= _BLOCKS:
            document = documents[file]
            found.update(((file, at), None) for at in blocks_with_fields(document, blocks))
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
