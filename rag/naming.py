"""How well a question names the cells of a table: their rows, columns, periods and form.

The question's words are shared out between what names the row (labels, other cells of it) and
what names the column (the headers above). Years and changes are told apart from words: "2018년"
names the column '18 and rules out '19; "얼마나 깎았나" names the column of changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rag.grid import Entry, Grid, Period, is_period_term, periods_of, text_terms, unit_of
from rag.header_words import (
    articles,
    asked_rank,
    asks_article,
    asks_total,
    is_total,
    sort_meant,
    spoken_of,
)
from rag.index import Index
from rag.quantity import amount_in_words
from rag.types import Question, QuestionKind
from rag.wanted import TYPED, fitting

_COLUMN = 1.5  # a word that names the column decides more than one that names the row
_MEASURES = frozenset("액량률율")  # "수입액" is met by the row "수입"
_ITSELF = 0.6  # a cell that repeats the question is seldom its answer
_PERIOD = 6.0  # what a year that the question names says for its column
_NEAR_PERIOD = 0.5  # the same where one of the two names a month and the other only the year
_OTHER_PERIOD = 3.0  # what a year that the question does not name says against it
_LATEST = 0.004  # a year later, where no year was asked for
_CHANGE = 8.0  # what a column of changes gains where a change is asked for, and loses elsewhere
_UNSAID = 0.25  # what each word of a row's label that the question does not say takes away
_LABEL = 5  # words; a longer label is a description, which no question repeats whole
_BESIDE = 0.5  # a word in another cell of the row, against one in its label

_SAID = 3.0  # what a label or header gains that the question holds whole
_FOCUS = 5.0  # what a column gains whose header says what is wanted
_CAPTION = 0.3  # what a caption adds that names all of the question
_WITHIN = 0.5  # what a cell counts whose row is named by nothing but itself
_MEANT = 2.5  # what a header gains that names the sort of thing asked for
_SPOKEN = 5.0  # what one gains that says in the documents' words what the question does in others
_TOTAL = 6.0  # what a column of sums gains where a sum is asked for
_SUBTOTAL = 1.0  # what it gains inside a named group where no column of it is named
_COUNTED = 2.0  # what a value gains that counts in the unit asked for
_RANKED = 6.0  # what the row of the rank asked for gains
_LONG = 28  # characters; a longer cell says something
_HELD = 0.3  # what a word inside such a cell counts

_SHARE = re.compile(r"퍼센트|프로(?!그|젝|세)|%|％|[가-힣]율|[가-힣](?<!법)률(?!안)|비중|포인트")
_POINTS = re.compile(r"%\s?p|퍼센트\s?포인트|%\s?포인트|퍼센트포인트", re.IGNORECASE)
_ASKS_CHANGE = re.compile(
    r"조정|깎|낮[추췄아]|높[이였아]|올[리렸려라랐]|내[리렸려]|상향|하향|변화|변동|증감|늘[었어리렸]|줄[었어이였]|"
    r"증가(?!율)|감소(?!율)|뛰었|오른|오르|떨어"
)
# Acts and programmes have names too, but they are nobody.
_NO_BODY = re.compile(r"(?:법|법률|법률안|개정안|조례|사업|지원|과제|전략|방안|자금)$")
# What is seldom one cell.
_WHOLE = (QuestionKind.LIST, QuestionKind.COMPARISON, QuestionKind.REASON)
_YEAR_WORDS = 8.0  # weight of a year among the words of a question
_PROSE = 0.3  # what words say for a cell of words: passages of prose hold as many
_EXTREME = 0.3  # what a largest or smallest value says: prose seldom states one
_DOUBT = 0.35  # share of the question that must be named before a cell is taken for its answer
_NUMBERING = re.compile(r"^(?:[①-⑳]|\d{1,2}[.)])\s*")
_WHICH = re.compile(r"(?:어느|어떤|무슨)\s?(\S+)")
_ITEMS = re.compile(r"\s[•●·▪❖]\s|;|,.+,", re.DOTALL)
_NONE: frozenset[str] = frozenset()
_NO_LABEL = (QuestionKind.LIST, QuestionKind.METHOD, QuestionKind.REASON)
_NAMES = (QuestionKind.ORGANISATION, QuestionKind.PERSON, QuestionKind.PLACE)


class Naming:
    """A question put to a table: what it says of rows, columns, periods, changes and shares."""

    def __init__(self, index: Index, question: Question, grid: Grid) -> None:
        self.question = question
        self.grid = grid
        weights = term_weights(index, question)
        self.words = Words(
            {term: weight for term, weight in weights.items() if not is_period_term(term)},
            [t.text for t in question.terms if t.origin == "question"],
        )
        self.periods = frozenset(periods_of(question.searched))
        said = question.searched
        self.flat = "".join(said.split()).lower()
        self.share = bool(_SHARE.search(said))
        self.points = bool(_POINTS.search(said))
        self.change = grid.changes and (self.points or bool(_ASKS_CHANGE.search(said)))
        self.total = asks_total(question)
        self.rank = asked_rank(question)
        self.article = asks_article(question)
        self._heads = self._named_groups()
        self._shared = self._shared_words() if grid.aside else _NONE
        self._headed = grid.aside and self._names_header()
        self._labels_said = {_flat(e.label) for e in grid.entries if self.said(e.label)}
        self._dated = any(entry.periods for entry in grid.entries)

    def _names_header(self) -> bool:
        """Whether the question itself names one of the things that a table compares."""
        found = [self.words.found([e.text]) for e in self.grid.entries if self.heads(e)]
        return any(words - self._shared for words in found)

    def _shared_words(self) -> frozenset[str]:
        """The question's words that tell the things compared not apart: those of all of them and
        of the caption."""
        found = [self.words.found([e.text]) for e in self.grid.entries if self.heads(e)]
        return self.words.found(self.grid.context).union(
            frozenset.intersection(*found) if found else _NONE
        )

    def _named_groups(self) -> frozenset[str]:
        """The question's words that name column groups, where they name more than one."""
        heads = {e.above[0] for e in self.grid.entries if len(e.above) > 1}
        named = {found for head in heads if (found := self.words.found([head]))}
        return _NONE.union(*named) if len(named) > 1 else _NONE

    def _current(self) -> bool:
        """Whether the caption and the headings of a table say nothing of another year."""
        said = [p for text in self.grid.context[-1:] for p in periods_of(text)]
        return not said or any(_same_year(p, asked) for p in said for asked in self.periods)

    def answerable(self, entry: Entry) -> bool:
        """Whether a cell can be what is asked for, whatever names it."""
        if self.said(entry.text):  # what the question says itself is not its answer
            return False
        kind = self.question.kind
        if self.article:
            return bool(articles(entry.text))
        if self.grid.aside and entry.cell.header and (self._headed or not self.heads(entry)):
            return False
        compared = self.heads(entry) and kind is QuestionKind.METHOD  # "어떤 방식이 …"
        if entry.cell.header and ((kind in _NO_LABEL and not compared) or not any(entry.others)):
            return False
        if self.rank and kind not in TYPED and (entry.numeric or entry.text == self.rank):
            return False
        if entry.group and not (self.words.found(entry.above) or self.focused(entry)):
            return False
        if kind in _NAMES and (entry.text[0].isdigit() or entry.numeric or len(entry.text) < 2):
            return False
        if kind in (QuestionKind.ORGANISATION, QuestionKind.PLACE) and _NO_BODY.search(entry.text):
            return bool(self.words.found(entry.above))
        shown = self.shown(entry)
        if kind not in TYPED or fitting(self.question, shown):
            return True
        # A number whose table names no unit may well be the number of what is asked for.
        return kind is QuestionKind.AMOUNT and (
            shown == entry.level != "" or amount_in_words(shown)
        )

    def score(self, entry: Entry) -> float | None:
        """How well a cell is named; None where nothing names it."""
        words = self.words
        labels = words.found(entry.beside)
        others = self.others(entry) - labels
        above = words.found(entry.above)
        own = words.found([entry.text])
        period = self.period(entry)
        itself = self.itself(entry)
        inside = own if itself > 0 else frozenset()
        implied = self.implied(entry)
        if words.weight(labels | others | above | inside) <= 0 and max(period, implied) <= 0:
            return None
        beside = _BESIDE if entry.beside else 1.0
        again = own if len(entry.text) <= _LONG and not self.grid.aside else frozenset()
        if self.grid.aside:  # a cell may well name what its column is about
            own -= above
            others -= above
            above -= self._shared
        return (
            words.weight(labels)
            + beside * words.weight(others)
            + _COLUMN * words.weight(above - again)
            + _FOCUS * self.focused(entry)
            + _SAID * sum(map(self.said, (entry.label, *entry.above[-1:])))
            - _SAID * (self.said(entry.label) and self._names_longer(entry.label))
            + itself * words.weight(own - labels)
            - _UNSAID * words.unsaid(entry.label)
            + period
            + self.form(entry)
            + implied
        )

    def implied(self, entry: Entry) -> float:
        """What the question says for a cell in other words than its headers'."""
        names = (entry.label, *entry.above)
        score = _MEANT * any(sort_meant(self.question, name) for name in names)
        score += _SPOKEN * any(spoken_of(self.question, name) != "" for name in names)
        if self.question.unit and not entry.numeric and self.question.kind is QuestionKind.AMOUNT:
            counted = fitting(self.question, entry.text)
            score += _COUNTED * any(v.unit.endswith(self.question.unit) for v in counted)
        if self.heads(entry):  # "어떤 자금": what is asked for is one of those compared
            score += _FOCUS * any(form in entry.text for form in self.question.focus)
        if self.rank and entry.beside:
            score += _RANKED * (entry.beside[0].rstrip(" .위") == self.rank)
        if entry.above and is_total(entry.above[-1]):
            group = self.words.found(entry.above[:-1])
            if self.total:
                score += _TOTAL
                if not group and not entry.periods:  # the sum over all the groups named
                    score += _COLUMN * self.words.weight(self._heads)
                    score += _PERIOD * len(self.periods) * (len(self.periods) > 1)
            elif group:
                score += _SUBTOTAL
        elif self.total and is_total(entry.label):
            score += _TOTAL
        return score

    def fit(self, entry: Entry, *, chosen: bool) -> float:
        """How surely an entry is what is asked for; see :class:`rag.cells.Fits`. A caption that
        names the question comes on top."""
        words = self.words
        rows = words.found(entry.beside) | self.others(entry)
        above = words.found(entry.above)
        within = self.itself(entry) > 0 and words.weight(rows) <= 0
        if within:
            rows |= words.found([entry.text])
        met = {asked for asked in self.periods if any(_same_year(p, asked) for p in entry.periods)}
        if self.periods and self.period(entry) <= 0 and (self._dated or not self._current()):
            return 0.0
        kind = self.question.kind
        whole = kind in _WHOLE and not (kind is QuestionKind.LIST and _ITEMS.search(entry.text))
        if not chosen and (whole or (kind in _NAMES and len(entry.text) > _LONG)):
            return 0.0
        column = chosen or words.weight(above) > 0 or met or self.itself_named(entry)
        column = column or (self.total and any(map(is_total, entry.above[-1:])))
        otherwise = [spoken_of(self.question, name) for name in entry.beside]
        if not column or not (chosen or any(otherwise) or words.weight(rows) > 0):
            return 0.0
        named = rows | above | words.found([*self.grid.context, entry.text])
        named |= words.found(otherwise)
        share = words.share(named, _YEAR_WORDS * len(met), _YEAR_WORDS * len(self.periods))
        form = 1.0 if chosen or entry.numeric or kind in TYPED else _PROSE
        form *= _WITHIN if within else 1.0
        fit = form * max(0.0, share - _DOUBT) / (1.0 - _DOUBT)
        if fit <= 0:
            return 0.0
        caption = words.share(words.found(self.grid.context[-1:]))
        return min(1.0, fit + _EXTREME * chosen) + form * _CAPTION * caption

    def itself_named(self, entry: Entry) -> bool:
        """Whether an entry needs no column header: it heads a column of its own, or holds the
        article that is asked for."""
        return (self.article and bool(articles(entry.text))) or self.heads(entry)

    def heads(self, entry: Entry) -> bool:
        """Whether an entry heads the column that says what it is."""
        return entry.cell.header and entry.row < self.grid.depth

    def column(self, entry: Entry) -> float:
        """How well the column alone of a cell is named."""
        above = self.words.weight(self.words.found(entry.above))
        return _COLUMN * above + self.period(entry) + self.form(entry)

    def row(self, entry: Entry) -> float:
        """How well the row alone of a cell is named."""
        return self.words.weight(self.words.found(entry.beside))

    def said(self, name: str) -> bool:
        """Whether the question holds a whole name letter for letter: words cut in another way
        there than in the table meet all the same."""
        flat = _flat(name)
        return len(flat) > 1 and not flat[0].isdigit() and flat in self.flat

    def _names_longer(self, label: str) -> bool:
        """Whether the question says a label only inside a longer one: "R&D" inside "비R&D"."""
        flat = _flat(label)
        rest = self.flat
        for longer in self._labels_said:
            if flat != longer and flat in longer:
                rest = rest.replace(longer, " ")
        return flat not in rest

    def focused(self, entry: Entry) -> bool:
        """Whether a column header says what is wanted: "어느 법안" wants a 법안명."""
        if any(form in name for form in self.question.focus for name in entry.above):
            return True
        which = _WHICH.findall(self.question.searched)
        return any(
            noun.startswith(name.removesuffix("명")) for noun in which for name in entry.above
        )

    def others(self, entry: Entry) -> frozenset[str]:
        """The question's words in the other cells of the row that holds most of them."""
        if entry.half:
            return frozenset()
        return self.words.found(entry.others[self.row_of(entry) - entry.row])

    def row_of(self, entry: Entry) -> int:
        """The row, of those that a cell reaches, whose other cells the question names best."""
        weights = [self.words.weight(self.words.found(row)) for row in entry.others]
        return entry.row + weights.index(max(weights))

    def itself(self, entry: Entry) -> float:
        """What a word counts that the cell holds itself: a short cell that repeats the question
        is no answer, but a long one may hold the words and the value wanted behind them."""
        kind, long = self.question.kind, len(entry.text) > _LONG
        if self.article:
            return 1.0
        if not entry.cell.header and (kind in TYPED or (kind in _NAMES and long)):
            return 1.0
        return _HELD if long and not entry.cell.header else -_ITSELF

    def form(self, entry: Entry) -> float:
        """What the form of a number says: a change, a share, or neither, as was asked."""
        if not entry.numeric:
            listed = self.question.kind is QuestionKind.LIST and _ITEMS.search(entry.text)
            return _FOCUS if listed else 0.0
        score = 0.0
        if self.grid.changes and entry.change:
            score += _CHANGE if self.change else -_CHANGE
        if not entry.level:  # nothing but a number in brackets
            score += _CHANGE if self.share else -_CHANGE
        elif self.share and not entry.share and unit_of(self.grid.table, entry, share=False):
            share = unit_of(self.grid.table, entry, share=False).startswith("%")
            score += _CHANGE / 2 if share else -_CHANGE / 2
        return score

    def period(self, entry: Entry) -> float:
        """What the years and months of the headers say for a cell."""
        if not self.periods:
            return max((_LATEST * (y - 2000 + m / 12) for y, m in entry.periods), default=0.0)
        score = 0.0
        for period in entry.periods:
            if period in self.periods:
                score += _PERIOD
            elif any(_same_year(period, asked) for asked in self.periods):
                score += _NEAR_PERIOD * _PERIOD + _LATEST * period[1]
            elif not entry.ranged:
                score -= _OTHER_PERIOD
        if entry.ranged and len(entry.periods) > 1:
            first, last = min(entry.periods), max(entry.periods)
            score += _PERIOD * any(first[0] < year < last[0] for year, _ in self.periods)
        return score

    def shown(self, entry: Entry) -> str:
        """The fact of a cell: its number with the unit, the one in brackets where a share is
        asked for, or its text."""
        if self.article and articles(entry.text):
            return articles(entry.text)
        if not entry.numeric:
            return entry.text
        number = self.figure(entry)
        share = number != entry.level
        unit = unit_of(self.grid.table, entry, share=share)
        return number if not unit or number.endswith(unit) else f"{number}{unit}"

    def figure(self, entry: Entry) -> str:
        """The number of a cell that is asked for, as written: the one in brackets where it asks
        for a share."""
        return entry.share if entry.share and (self.share or not entry.level) else entry.level


def _flat(name: str) -> str:
    """A name without its number, blanks and capitals."""
    return "".join(_NUMBERING.sub("", name).split()).lower()


def term_weights(index: Index, question: Question) -> dict[str, float]:
    """What each term of a question weighs in tables, in order."""
    return {term.text: term.weight * max(index.body.idf(term.text), 1.0) for term in question.terms}


class Words:
    """Which of the question's terms stand in some texts."""

    def __init__(self, weights: Mapping[str, float], said: Sequence[str]) -> None:
        """``said`` are the asker's own words; of them the nouns are what headers can name."""
        self._weights = weights
        nouns = [t for t in said if t in weights and len(t) > 1 and not t.endswith("다")]
        self._asked = frozenset(nouns)
        self._total = sum(weights[term] for term in nouns) or 1.0
        self._known: dict[str, frozenset[str]] = {}

    def found(self, texts: Iterable[str]) -> frozenset[str]:
        held = [terms for text in texts if (terms := self._of(text))]
        if len(held) < 2:  # most cells hold none of the words
            return held[0] if held else _NONE
        return _NONE.union(*held)

    def asked(self, texts: Iterable[str]) -> frozenset[str]:
        """Of the terms that stand in some texts the asker's own nouns."""
        return self.found(texts) & self._asked

    def weight(self, terms: frozenset[str]) -> float:
        return sum(self._weights[term] for term in terms) if terms else 0.0

    def share(self, terms: frozenset[str], more: float = 0.0, of: float = 0.0) -> float:
        """The weight of some terms as a share of all, at most 1; ``more`` of ``of`` stands for
        what else was found of what else was said."""
        return min(1.0, (self.weight(terms) + more) / (self._total + of))

    def unsaid(self, label: str) -> int:
        """How many words of a short label the question does not say."""
        terms = {t for t in text_terms(label) if not is_period_term(t)}
        return len(terms - self._weights.keys()) if 0 < len(terms) <= _LABEL else 0

    def _of(self, text: str) -> frozenset[str]:
        known = self._known.get(text)
        if known is None:
            here = set(text_terms(text))
            known = self._known[text] = frozenset(
                t for t in self._weights if t in here or (t[-1] in _MEASURES and t[:-1] in here)
            )
        return known


def _same_year(one: Period, other: Period) -> bool:
    return one == other or (one[0] == other[0] and 0 in (one[1], other[1]))
