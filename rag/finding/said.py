"""Clauses that answer where no single value or name does → candidates: a reason, a way of doing
something, what a word means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.facts import Form
from rag.finding.asked import Asked
from rag.finding.candidate import Candidate, Context
from rag.finding.clauses import find_clause
from rag.finding.place import Place
from rag.finding.reader import find_marks
from rag.finding.wording import flat
from rag.reading.sentences import announces, sentence_starts
from rag.types import QuestionKind

_ROWS = 8
_TELLS = re.compile(r"[다요함음임됨것오][\s.)”’\"']*$")
_CLAUSES = (QuestionKind.REASON, QuestionKind.METHOD, QuestionKind.DEFINITION)


def said(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The clauses of the best passages that answer a question of their kind."""
    kind = asked.question.kind
    if kind is QuestionKind.DEFINITION:
        yield from _meanings(asked, place)
    if kind not in _CLAUSES:
        return
    index = place.index
    for row in place.rows[:_ROWS]:
        passage = index.passages[row]
        if passage.rows is not None:
            continue
        document = index.document_of(passage)
        reading = index.reading(row)
        text = reading.text
        found = find_clause(asked.question, text, find_marks(asked.wording, text))
        if found is None or found[1] <= found[0]:
            continue
        start, end = found
        low = max(cut for cut in sentence_starts(text) if cut <= start)
        high = min(cut for cut in sentence_starts(text) if cut >= end)
        sentence = text[low:high]
        if kind is QuestionKind.METHOD and (not _TELLS.search(sentence) or announces(sentence)):
            continue  # a title tells no way of doing a thing
        yield Candidate(
            row,
            reading.span(start, end),
            text[start:end],
            reading.span(low, max(low + 1, low + len(text[low:high].rstrip()))),
            Context(
                "",
                "",
                text[low:high],
                f"{text} {' / '.join(passage.path)}",
                place.title(document),
            ),
            origin="clause",
        )


def _meanings(asked: Asked, place: Place) -> Iterator[Candidate]:
    """The definitions of what the question names, anywhere near the best rows; what stands under
    its name as a label; and what a bracket behind it says."""
    name = flat(asked.wants.noun)
    if len(name) < 2:
        return
    index = place.index
    files = dict.fromkeys(index.passages[row].file for row in place.rows[:_ROWS])
    for file in files:
        document = index.document(file)
        for fact in index.facts.of(file):
            own = flat(fact.attribute)
            if fact.form is Form.DEFINITION and (
                own == name or name.endswith(own) or own.endswith(name)
            ):
                at = index.row_at(file, fact.span.start)
                context = Context(
                    fact.attribute, "", "", " / ".join(fact.subject), place.title(document)
                )
                quote = fact.span
                if fact.label is not None:
                    quote = type(fact.span)(
                        min(fact.label.start, fact.span.start), max(fact.label.end, fact.span.end)
                    )
                yield Candidate(at, fact.span, fact.value, quote, context, "", fact, "definition")
