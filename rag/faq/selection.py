"""Which drafts become entries: those that the assistant answers from where they were written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from rag.errors import QuestionError
from rag.faq.drafts import Draft, Source
from rag.faq.subjects import title
from rag.faq.writing import drafts
from rag.korean import morphemes, terms
from rag.reading.values import values
from rag.showing.questions import Answering
from rag.types import Answer, QuestionKind, Span, Verdict

Progress = Callable[[str, int, int], None]
T = TypeVar("T")

_LONG = 12  # characters; of a longer text a part is an answer too, of a figure it is not
_MORE = 3  # times the expected name from which an answer says something else with it
_NAMES = (QuestionKind.ORGANISATION, QuestionKind.PERSON, QuestionKind.PLACE)
_VALUES = (QuestionKind.DATE, QuestionKind.AMOUNT, *_NAMES)
_SOME = 40  # characters, without blanks, that a quotation says beyond the question itself
_SOON = 120  # characters, without blanks, before what was asked for
_STAGE = "질문과 답 고르기"


def generate(
    assistant: Answering,
    files: Iterable[str] | None = None,
    limit: int = 40,
    progress: Progress | None = None,
) -> tuple[Answer, ...]:
    """Questions with their answers, by document in the assistant's order and then by place.

    ``files`` names the documents to take, all when None; ``limit`` is the most for one document.
    An entry is kept only if the assistant answers it, cites first the span that it was written
    from, and its answer holds the fact that was expected. Entries that say the same from the same
    place, or ask with the same words but for particles, are kept once. The kinds of sources take turns, and
    each is drawn evenly from the whole document, so that one long table does not fill the list.
    The id of an entry is the document and the span that its question was written from.
    """
    wanted = None if files is None else set(files)
    chosen = [d for d in assistant.documents if wanted is None or d.file in wanted]
    written = [list(drafts(document, assistant.blocks(document.file))) for document in chosen]
    total = sum(map(len, written))
    tell = progress or (lambda _stage, _done, _total: None)
    entries: list[Answer] = []
    done = 0
    asked: set[frozenset[str]] = set()
    for some in written:
        kept: list[tuple[Span, Answer]] = []
        said: set[tuple[Span, str | None]] = set()
        for number, draft in enumerate(_in_turns(some), start=1):
            if len(kept) == limit:
                break
            words = frozenset(terms(draft.question))
            if words in asked:
                continue
            answer = _answered(assistant, draft)
            tell(_STAGE, done + number, total)
            if answer is None:
                continue
            told = (answer.citations[0].span, answer.short_answer)
            if told not in said:
                said.add(told)
                asked.add(words)
                kept.append((draft.span, answer))
        done += len(some)
        kept.sort(key=lambda pair: (pair[0], pair[1].question.written))
        entries.extend(answer for _, answer in kept)
    tell(_STAGE, total, total)
    return tuple(entries)


def _answered(assistant: Answering, draft: Draft) -> Answer | None:
    """The answer to a draft, or None where it does not pass."""
    id_ = f"{draft.file}#{draft.span.start}-{draft.span.end}"
    try:
        answer = assistant.ask(draft.question, id=id_)
    except QuestionError:
        return None
    if answer.verdict is not Verdict.ANSWERED or not answer.citations:
        return None
    first = answer.citations[0]
    if first.file != draft.file or not first.span.touches(draft.span):
        return None
    if draft.source is Source.HEADING and not draft.expected and not _tells(draft, answer):
        return None
    if answer.short_answer and _torn(answer.short_answer):
        return None
    expected, short = _squeezed(draft.expected), _squeezed(answer.short_answer or "")
    if not short:
        # A fact that was asked for must be said, not just stand somewhere in a quotation.
        said = len(expected) >= _LONG and expected in _squeezed(answer.text)
        if draft.source is Source.LABEL:
            return answer if _leads(expected, answer) else None
        return answer if not expected or said else None
    if _squeezed(title(answer.short_answer or "")) in _squeezed(draft.question):
        return None  # an answer that repeats the question
    if answer.question.kind in _NAMES and expected and len(short) > _MORE * len(expected):
        return None  # a name with half a sentence around it
    right = expected in short or (len(expected) >= _LONG and short in expected)
    return answer if right else None


def _tells(draft: Draft, answer: Answer) -> bool:
    """Whether a question for what a section says is told some of it: neither a figure alone, nor
    the heading with a few words after it."""
    if answer.question.kind in _VALUES:
        return True
    if answer.short_answer:
        return not any(v.text == answer.short_answer for v in values(answer.short_answer))
    quoted = sum(len(_squeezed(statement.text)) for statement in answer.statements)
    return quoted >= len(_squeezed(draft.question)) + _SOME


def _leads(told: str, answer: Answer) -> bool:
    """Whether what a label stands before is met soon in the quotation, or is a good part of it:
    a reader should not have to look for it among what stands under other labels."""
    for statement in answer.statements:
        quoted = _squeezed(statement.text)
        at = quoted.find(told)
        if at >= 0:
            return at <= _SOON or len(told) * 4 >= len(quoted)
    return False


def _torn(short: str) -> bool:
    """Whether a fact breaks off before its end: "관련한 작업을 수행함에 있어서"."""
    last = morphemes(short)[-1:]
    return bool(last) and last[0].tag in ("EC", "ETM", "JKO", "JKG", "JKB", "JC", "MAJ")


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _in_turns(some: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts of each source in turn, until all are given."""
    queues = [_evenly([draft for draft in some if draft.source is source]) for source in Source]
    while any(queues):
        for queue in queues:
            if queue:
                yield queue.pop(0)


def _evenly(items: Sequence[T]) -> list[T]:
    """The items in an order of which each beginning is spread over the whole: that of the van der
    Corput sequence, which reverses the bits of the index."""
    bits = max(1, (len(items) - 1).bit_length())
    order = (int(f"{i:0{bits}b}"[::-1], 2) for i in range(1 << bits))
    return [items[i] for i in order if i < len(items)]
