"""A whole column as the ground of an answer: its largest or smallest value, those that pass a
test, and how many they are.

Only where a column of numbers is plainly meant: the question names it, or the table has no other.
Sums and totals among the rows take no part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.grid import Entry, Grid
from rag.quantity import number_of, quantity_of
from rag.types import Question, QuestionKind

_LEAST_ROWS = 3  # fewer numbers make no column to choose from
_SAME = 1e-9
_YEARS = 1900  # a number of years above this is a date
_VALUE = 20  # characters; a longer cell holds no value that several rows share
_CLEAR = 1.0  # weight of words that makes a column or a row the one that is meant

_AMONG = re.compile(r"가장|제일")
_MOST = re.compile(r"최고|최대|최다|최저|최소|꼴찌")
_LOW_WORD = re.compile(r"(?:가장|제일)\s?(?:덜|적게|작게|낮게)|최저|최소|꼴찌")
_LOW = re.compile(r"(?:가장|제일)\s?(?:낮은|낮았|적은|적었|작은|작았|낮|적|작)")
_EARLY = re.compile(r"(?:가장|제일)\s?(?:빠른|빠르|빨리|이른|이르|먼저|일찍|가까운)")
_DOWN = re.compile(
    r"떨어|내[리려렸]|줄[었어이인은]|감소|깎|낮[추췄]|하향|하락|악화|뒷걸음|추락|쪼그라"
)
_TEST = re.compile(
    r"(?P<number>[△\-−]?\d[\d,]*(?:\.\d+)?)\s?(?P<unit>%p?|퍼센트|[백천만억조]*\s?[원불명개건]?|"
    r"[A-Za-z㎡㎞℃²]{1,3}|[백천만]*톤|곳|년|개월|시간|달러)\s?"
    r"(?:(?P<at_least>이상)|(?P<at_most>이하)|(?P<under>미만|(?:보다|에)\s?(?:낮|적|작|못)|도 안)|"
    r"(?P<over>초과|(?:보다|을|를|이|가)?\s?(?:높|많|크|큰|넘))|"
    r"(?P<equal>\)?\s?(?:인|것|짜리)(?=\s|은|는|이)|로 나타난|이라고))"
)
_SIGN = re.compile(
    r"(?P<down>하향|낮[아췄추]|마이너스|역성장|줄어든|감소한|깎인|내려간)|(?P<up>상향|높아진|올라간|플러스|늘어난|증가한|오른)"
)
_MANY = re.compile(r"몇\s?(?:개국|나라|곳|군데|개|가지|종|분야|품목|기업)")
_WHEN = re.compile(
    r"언제|몇 ?(?:년|월)|(?:어느|어떤|무슨)\s?(?:해|연도|년도|시기|때|달)|해[는가]|연도[는가]|년도[는가]|시기[는가]"
)
_TOTAL = re.compile(
    r"(?:총|전체|합계|소계|종계|계|평균|세계|총계|누계)|G\d+|총\s?.{1,6}|전체\s?.{1,6}|.{1,8}\s?(?:전체|합계|종계|소계)"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Entries that were chosen out of a column, first the best; ``text`` is what to say of them,
    ``compared`` all that took part."""

    chosen: tuple[Entry, ...]
    compared: tuple[Entry, ...]
    text: str


def choose(
    question: Question,
    grid: Grid,
    named: Callable[[Entry], float],
    row_named: Callable[[Entry], float],
    figure: Callable[[Entry], str],
    shown: Callable[[Entry], str],
) -> Choice | None:
    """What a question about a whole column finds; None where it asks for none, or where no one
    column of numbers is meant. ``named`` and ``row_named`` say how well the question names the
    column and the row of an entry, ``figure`` gives its number as written, ``shown`` the number with its
    unit."""
    said = question.searched
    test = _test(question)
    if not _superlative(question) and test is None:
        return _of_value(question, grid) if grid.rows is None else None

    def number(entry: Entry) -> float:
        held = quantity_of(entry.text) if not entry.numeric else None
        return held[0] if held is not None else number_of(figure(entry)) or 0.0

    if grid.aside and test is None and not asks_period(question):
        return _across(grid, said, row_named, number, shown)
    if asks_period(question):
        return _along(grid, said, row_named, named, number, shown)
    column = column_meant(grid, named)
    if len(column) < _LEAST_ROWS:
        return None
    if test is None:
        meant = _meant(column, row_named) if column[0].inner else column
        best = _extreme(meant, said, number)
        name, value = _name(best, column), shown(best)
        amount = question.kind is QuestionKind.AMOUNT
        return Choice((best,), column, f"{value}({name})" if amount else f"{name}({value})")
    meant = _meant(_meant(column, row_named) if column[0].inner else column, named)
    passed = tuple(e for e in meant if test(number(e)))
    passed = passed or tuple(e for e in column if test(number(e)))
    if not passed:
        return None
    names = "; ".join(dict.fromkeys(_name(e, column) for e in passed))
    many = _MANY.search(said)
    counter = question.unit or "개"
    return Choice(passed, column, f"{len(passed)}{counter}({names})" if many else names)


def asks_column(question: Question) -> bool:
    """Whether a question asks for an extreme or a test over a column."""
    return _superlative(question) or _test(question) is not None


def asks_period(question: Question) -> bool:
    """Whether a question asks when something was largest or smallest, along a row."""
    return _WHEN.search(question.searched) is not None and _test(question) is None


def _superlative(question: Question) -> bool:
    """ "최대 얼마" asks for a limit that the documents state; "가장 큰" for one among many."""
    said = question.searched
    limit = question.kind in (QuestionKind.AMOUNT, QuestionKind.DATE)
    return bool(_AMONG.search(said) or (not limit and _MOST.search(said)))


def _test(question: Question) -> Callable[[float], bool] | None:
    """The test that a question puts to each value: "5% 이상인 나라", "하향 조정된 나라는 모두"."""
    said = question.searched
    several = question.kind is QuestionKind.LIST or _MANY.search(said) is not None
    match = _TEST.search(said)
    if match and (several or question.kind not in (QuestionKind.AMOUNT, QuestionKind.DATE)):
        bound = number_of(match.group("number"))
        if bound is None:
            return None
        tests: dict[str, Callable[[float], bool]] = {
            "at_least": lambda value: value >= bound - _SAME,
            "at_most": lambda value: value <= bound + _SAME,
            "under": lambda value: value < bound - _SAME,
            "over": lambda value: value > bound + _SAME,
            "equal": lambda value: abs(value - bound) <= _SAME,
        }
        return next(test for name, test in tests.items() if match.group(name))
    sign = _SIGN.search(said)
    if sign and several:
        return (lambda value: value < 0) if sign.group("down") else (lambda value: value > 0)
    return None


def column_meant(grid: Grid, named: Callable[[Entry], float]) -> tuple[Entry, ...]:
    """The numbers of the column that is meant, one to a row, without totals; empty where no one
    column is. ``named`` says how well the question names the column of an entry."""
    numbers = [e for e in grid.entries if _measures(e) and e.label and not e.cell.header]
    columns: dict[tuple[int, bool], list[Entry]] = {}
    for entry in numbers:
        bracketed = not entry.level
        key = (-1, False) if entry.inner else (entry.column, bracketed)
        columns.setdefault(key, []).append(entry)
    if not columns:
        return ()
    scores = {key: max(map(named, column)) for key, column in columns.items()}
    key = max(columns, key=lambda key: scores[key])
    if len(columns) > 1 and scores[key] < _CLEAR:
        return ()
    column = columns[key]
    return tuple(_parts_only([e for e in column if not _TOTAL.fullmatch(_plain(e.label))]))


def _measures(entry: Entry) -> bool:
    """Whether a cell holds a number, or one quantity with its unit."""
    return entry.numeric or quantity_of(entry.text) is not None


def _of_value(question: Question, grid: Grid) -> Choice | None:
    """The rows that share a value that the question says, "2단계인 기술은 모두", or how many they
    are; None where it asks for no several rows, or where fewer than two hold the value."""
    many = _MANY.search(question.searched)
    if question.kind is not QuestionKind.LIST and many is None:
        return None
    said = "".join(question.searched.split()).lower()
    values: dict[tuple[int, str], list[Entry]] = {}
    for entry in grid.entries:
        if not entry.cell.header and entry.label and entry.above and not entry.numeric:
            values.setdefault((entry.column, _flat(entry.text)), []).append(entry)
    rows = {e.row for e in grid.entries}
    held = [
        (len(text), -column, found)
        for (column, text), found in values.items()
        if 1 < len(text) <= _VALUE
        and 1 < len(found) < len(rows)
        and re.search(rf"(?<![\d.,a-z]){re.escape(text)}", said)
        and not any(_flat(entry.label) in said for entry in found)
    ]
    if not held:
        return None
    found = tuple(max(held, key=lambda item: item[:2])[2])
    names = "; ".join(dict.fromkeys(_name(entry) for entry in found))
    counter = question.unit or "개"
    return Choice(found, found, f"{len(found)}{counter}({names})" if many else names)


def _flat(text: str) -> str:
    return "".join(text.split()).lower()


def _across(
    grid: Grid,
    said: str,
    row_named: Callable[[Entry], float],
    number: Callable[[Entry], float],
    shown: Callable[[Entry], str],
) -> Choice | None:
    """Which of the things that a table compares side by side has the largest or smallest value in
    the row that is named."""
    rows: dict[int, list[Entry]] = {}
    for entry in grid.entries:
        if _measures(entry) and entry.above and not entry.cell.header:
            rows.setdefault(entry.row, []).append(entry)
    named = [row for row in rows.values() if len(row) > 1 and row_named(row[0]) >= _CLEAR]
    if not named:
        return None
    row = max(named, key=lambda entries: row_named(entries[0]))
    best = _extreme(row, said, number)
    return Choice((best,), tuple(row), f"{best.above[-1]}({shown(best)})")


def _meant(column: Sequence[Entry], named: Callable[[Entry], float]) -> list[Entry]:
    """Those entries of a column that the question names better than others; all of them where
    it names all alike."""
    best = max(map(named, column))
    return [entry for entry in column if named(entry) > best - _CLEAR]


def _parts_only(column: list[Entry]) -> list[Entry]:
    """Labels in brackets are parts of the row above them: either they are compared with one
    another, where there are enough of them, or they stay out."""
    parts = [e for e in column if e.label.startswith("(")]
    if 2 * len(parts) > len(column) and len(parts) >= _LEAST_ROWS:
        return parts
    return [e for e in column if not e.label.startswith("(")]


def _along(
    grid: Grid,
    said: str,
    row_named: Callable[[Entry], float],
    named: Callable[[Entry], float],
    number: Callable[[Entry], float],
    shown: Callable[[Entry], str],
) -> Choice | None:
    """The period in which a named row is largest or smallest."""
    rows: dict[int, list[Entry]] = {}
    for entry in grid.entries:
        if entry.numeric and entry.periods and entry.above and not entry.cell.header:
            rows.setdefault(entry.row, []).append(entry)
    rows = {row: entries for row, entries in rows.items() if len(entries) >= _LEAST_ROWS}
    if not rows:
        return None
    row = max(rows.values(), key=lambda entries: row_named(entries[0]) + max(map(named, entries)))
    if len(rows) > 1 and row_named(row[0]) < _CLEAR:
        return None
    best = _extreme(row, said, number)
    return Choice((best,), tuple(row), f"{' '.join(best.above)}({shown(best)})")


def _extreme(column: Sequence[Entry], said: str, number: Callable[[Entry], float]) -> Entry:
    """The entry that the question's superlative picks; ties go to the upper, then the left."""
    low = bool(_LOW.search(said) or _LOW_WORD.search(said))
    signed = any(number(e) < 0 for e in column)
    down = bool(_DOWN.search(said)) and (signed or all(e.change for e in column))
    least = low != down
    if all((held := quantity_of(e.text)) and held[1] == "년" and held[0] > _YEARS for e in column):
        least = bool(low or _EARLY.search(said))
    return (min if least else max)(column, key=number)


def _name(entry: Entry, column: Sequence[Entry] = ()) -> str:
    """What an entry's row is called: its label without brackets or number around it; for a
    column named inside a group, that name and the group's. Where rows of the column share the
    innermost label but not the outermost, the outermost."""
    if entry.inner:
        return f"{entry.inner}({entry.beside[0]})"
    inner = {e.label for e in column}
    outer = {e.beside[0] for e in column if e.beside}
    if len(inner) < len(outer) == len(column) and number_of(entry.beside[0]) is None:
        return _plain(entry.beside[0])
    return _plain(entry.label)


def _plain(label: str) -> str:
    bare = re.sub(r"^\d+[.)]\s*", "", label).strip()
    return bare[1:-1].strip() if bare.startswith("(") and bare.endswith(")") else bare
