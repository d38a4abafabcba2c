"""What the value of a field says to a question of one kind: a name without its telephone number, the
amount of a longer line, the boxes that are ticked; "" where it is of another kind.
"""

from __future__ import annotations

import re

from rag.fact import find_fact
from rag.form import Field, Piece, shown
from rag.form_words import CONTACT_NAMES, NAMES_CONTACT, letters
from rag.reading.people import people
from rag.reading.values import ValueKind, values
from rag.types import Question, QuestionKind
from rag.wanted import fitting

_LONG = 110  # characters; a longer value is no short answer
_CLAIMS = 40  # characters of a date or amount that is taken with what stands beside it
_BESIDE = 14  # characters that may stand around the one value of a field: "약 70명 내외"
_ANY = re.compile(r"없음|무료|면제|제한\s?없|무관|전액|미정|협의")
_OPEN_DATE = re.compile(
    r"상시|수시|즉시|연중|소진|까지|추후|당일|분기|매[년월주]|\d\s?월|별도|예정"
)
_FAX = re.compile(r"팩스|fax", re.IGNORECASE)
_PLAIN = re.compile(r"어떻게\s?(?:되|돼)")  # "자격이 어떻게 되나요" asks for no method
_TOTAL_ASKED = re.compile(r"(?:^|\s)총(?:\s|\S*[비액금])|합계|통틀어|모두 합|전체")
_TOTAL = re.compile(r"(?:총|합계|전체)[^(),;]{0,40}?\d[^();]{0,30}")
_CLOCK = re.compile(r"\d{1,2}\s?[:시]")
_ROUND = re.compile(r"^(?:약|최대|최소|총|연|월|매월|1인당|인당|기업당|과제당)?\s?$")
_NUMBERED = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[가나다라마바사아자차카타파하][.)])\s+|[①-⑳]\s*")
_BULLET = re.compile(r"^(?:[ㅇo○●•·▪◦□■◇◆※*-]\s+)+")
_PHONE = re.compile(r"\s*[(（]?\s*(?:☎|전화|tel)?\s*:?\s*\d{2,4}-\d{3,4}(?:-\d{4})?\s*[)）]?", re.I)
_REACHED = re.compile(rf"(?:{CONTACT_NAMES})(?:[은는이가을를]|예요|인가요)?$")
_LISTED = re.compile(r"[,;，]\s?[^\d\s]")
_WAY = re.compile(r"방법|절차|방식")


class Values:
    """The values of fields as one question wants them."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._flat = letters(question.searched)

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
        return len(letters(text)) > 1 and letters(text) in self._flat

    def _value(self, field: Field, run: tuple[Piece, ...]) -> str:
        question, text = self._question, shown(run)
        chosen = field.keyed and self.chosen(field.names[-1])
        if not text or (letters(text) in self._flat and not chosen):
            return ""
        kind = question.kind
        if kind is QuestionKind.PERSON:
            bare = _PHONE.sub("", text).strip()
            return bare if people(bare) or _name(bare) else ""
        if kind is QuestionKind.CONTACT and not _numbers(field):
            return self._contact(field, text)
        if kind is QuestionKind.LIST and _LISTED.search(text) and not _NUMBERED.match(text):
            return ""  # a row of names is parted elsewhere
        if (
            kind is QuestionKind.LIST
            and not field.line
            and not chosen
            and not _NUMBERED.match(text)
        ):
            return ""  # the row or column may list more
        plain = _PLAIN.search(question.searched) is not None
        if kind is QuestionKind.METHOD and not plain and not _WAY.search(field.names[-1]):
            return ""
        if kind is QuestionKind.AMOUNT:
            return self._amount(field, text)
        if kind is QuestionKind.DATE:
            return self._date(field, text)
        items = [part.strip() for part in _NUMBERED.split(text) if part.strip()]
        if len(items) > 1 and _NUMBERED.match(text) and len(text) <= 3 * _LONG:
            return "; ".join(items)
        return _BULLET.sub("", text) if len(text) <= _LONG else ""

    def _reaches(self) -> bool:
        """Whether the question ends in what one is reached by: "담당부서 팩스번호는"."""
        said = re.findall(r"[가-힣A-Za-z-]+", self._question.searched)
        return any(_REACHED.match(word) for word in said[-2:])

    def _contact(self, field: Field, text: str) -> str:
        fit = fitting(self._question, text)
        named = NAMES_CONTACT.search(field.names[-1]) or field.names[-1].startswith("문의")
        if not fit and not named and not self._reaches():
            return text if len(text) <= _LONG else ""
        if _FAX.search(self._question.searched) and not _FAX.search(field.names[-1] + text):
            return ""
        return "; ".join(dict.fromkeys(v.text for v in fit))

    def _amount(self, field: Field, text: str) -> str:
        if _ANY.search(text) and len(text) <= _CLAIMS:
            return text if len(text) > 3 else f"{field.names[-1]} {text}"
        if self._question.searched.count("몇") > 1 and len(text) <= _CLAIMS:
            return text  # "몇 단계에서 몇 단계까지"
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

    def chosen(self, header: str) -> bool:
        """Whether the question puts all the choices that a header lists: "구분(필수/선택)"."""
        listed = re.search(r"\(([^()]+/[^()]+)\)", header)
        return listed is not None and all(
            letters(one) in self._flat for one in listed[1].split("/")
        )


def _numbers(field: Field) -> bool:
    """Whether a label asks for a number that is no telephone's: "품목번호"."""
    name = letters(field.names[-1])
    return name.endswith(("번호", "주소")) and not re.search(r"전화|팩스|fax|연락|휴대|메일", name)


def _name(text: str) -> bool:
    return re.search(r"(?:^|\s)[가-힣]{2,4}(?:$|\s)", text) is not None and len(text) <= _CLAIMS
