"""What a document says of itself in its first lines: title, issuer, date; and its licence mark.

What a catalogue says comes first, then what the file's own format says, then this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from rag.outline.markdown import front_matter
from rag.types import Block, BlockKind

_HEAD_LINES = 40
_GOES_ON = (",", " 및", "·", "ㆍ")
_PROSE = 20_000  # characters
_TITLE_LENGTH = 80
_DATE_LINES = 15
_DATE_LENGTH = 60
_KOGL = re.compile(
    r"(?:공공누리|KOGL)[^\n]{0,30}?(?:제\s*|[\s(\[:'\"“‘])([0-4])\s*유형|KOGL\s*Type\s*-?\s*([0-4])",
    re.I,
)
_KOGL_MORE = re.compile(r"제\s*([0-4])\s*유형")
_KOGL_LINK = re.compile(r"license_info/(by|nc|nd|all)\.do")
_KOGL_IMAGE = re.compile(r"img_open(?:code|type)0?([0-4])")
_KOGL_AI = re.compile(r"(?:공공누리|KOGL)[^\n]{0,60}?AI\s*유형|img_open(?:code|type)_?ai\b", re.I)
_GRANTS = re.compile(
    r"(?:본|이|해당)\s?(?:저작물|자료|보고서|간행물|문서|누리집|게시물)|개방|이용할\s?수"
)
_KOGL_WORDS = re.compile(
    r"출처\s?표시(\s*\+\s*상업적\s*이용\s*금지)?(\s*\+\s*변경\s*금지)?(?=[\s.,)”\"']|\Z)"
)
_LINK_TYPES = {"by": "1", "nc": "2", "nd": "3", "all": "4"}
_TERMS = {
    "0": "출처표시 없이 자유이용",
    "1": "출처표시",
    "2": "출처표시+상업적이용금지",
    "3": "출처표시+변경금지",
    "4": "출처표시+상업적이용금지+변경금지",
}
_YEAR = r"((?:19|20)\d{2})"
_DATES = (
    re.compile(rf"{_YEAR}\s*[.\-/년]\s*(0?[1-9]|1[0-2])\s*[.\-/월]\s*(3[01]|[12]\d|0?[1-9])(?!\d)"),
    re.compile(rf"{_YEAR}\s*[.\-/년]\s*(0?[1-9]|1[0-2])(?:\s*[.월]|(?!\d))"),
)
_SHORT_DATE = re.compile(
    r"['‘’](\d{2})\s*\.\s*(0?[1-9]|1[0-2])\s*\.\s*(?:(3[01]|[12]\d|0?[1-9])(?!\d))?"
)
_YEAR_ONLY = re.compile(rf"(?<!\d){_YEAR}년도?(?=\s*(?:\)|\Z))")
_ISSUER_LABEL = re.compile(
    r"(?:발행(?:처|기관|인)?|작성\s?기관|소관\s?(?:부처|기관)?|담당\s?부처|주관\s?기관|제공\s?기관)\s*[:：]\s*(\S.{0,40})"
)
_ISSUER_NAME = re.compile(
    r"(?:[A-Z]{2,6}\s+)?[가-힣·]{2,18}"
    r"(?:부|처|청|위원회|진흥원|연구원|연구소|공단|공사|재단|센터|협회|정보원|기술원|평가원|시|도|군|구)\Z"
)
_LEAD = re.compile(r"^(?:#{1,6}\s+|[-*•□○]\s+|>\s+)|\*\*|</?[a-z][^<>]*>", re.I)
_NUMBER = re.compile(r"^(?:[Ⅰ-Ⅻ]|[IVX]{1,4}|\d{1,2})\s*[.．)]\s*")
_NOT_DATED = re.compile(r"(?:-\s*)?\d{1,2}\)|\\?\*|※|(?:출처|자료)\s*[:：]")
_NOT_TITLE = re.compile(
    r"(?:Vol|No|제\s?\d+\s?[호권집]|\d{4})[\s.\d()년월호-]*\Z|[-\d\s./()|]+\Z|보도\s?(?:자료|참고자료)\Z"
    r"|.{0,30}(?:공고|고시|훈령|예규)\s*제?\s*\d{4}\s*-\s*\d+\s*호\Z|\[[^\]]*\]\Z|배포\s|보도\s?(?:시점|일시)|\((?:온\s*라\s*인|지\s*면)\)|https?://|목\s*차\Z|작성\s*[:：]|(?:출처|자료)\s*[:：]",
    re.I,
)


def licence(text: str) -> str:
    """The 공공누리 mark in a text, as "공공누리 제1유형(출처표시)", with "+AI유형" after it where
    that is there too, or "공공누리 AI유형" alone; "" where there is none. A text that tells of
    several types is a guide to them and has none, unless one line alone grants one."""
    number = _number(text)
    ai = _KOGL_AI.search(text) is not None
    if number:
        return f"공공누리 제{number}유형({_TERMS[number]})" + ("+AI유형" if ai else "")
    return "공공누리 AI유형" if ai else ""


def _number(text: str) -> str:
    """The number of the 공공누리 type of a text, or ""."""
    named: dict[str, set[str]] = {}
    for found in _KOGL.finditer(text):
        end = text.find("\n", found.start())
        start = text.rfind("\n", 0, found.start()) + 1
        line = text[start : end if end >= 0 else len(text)][:300]
        numbers = {found[1] or found[2], *_KOGL_MORE.findall(line)}
        named.setdefault(line, set()).update(numbers)
    told = set().union(*named.values()) if named else set()
    if len(told) > 1:
        granted = [n for line, n in named.items() if _GRANTS.search(line)]
        told = set().union(*granted) if granted else told
        return told.pop() if len(told) == 1 else ""
    if told:
        return told.pop()
    for pattern, kinds in ((_KOGL_IMAGE, None), (_KOGL_LINK, _LINK_TYPES)):
        marks = {kinds[mark] if kinds else mark for mark in pattern.findall(text)}
        if len(marks) == 1:
            return marks.pop()
    if "공공누리" in text:
        words = _KOGL_WORDS.search(text, text.index("공공누리"))
        if words:
            return {(False, False): "1", (True, False): "2", (False, True): "3"}.get(
                (bool(words[1]), bool(words[2])), "4"
            )
    return ""


def prose(text: str, stated: Sequence[Block]) -> str:
    """The beginning of a text without its tables, running headers and notes, in which a title
    is looked for first."""
    kept: list[str] = []
    at = 0
    for block in stated:
        if block.kind in (BlockKind.TABLE, BlockKind.BOILERPLATE, BlockKind.NOTE):
            kept.append(text[at : block.span.start])
            at = block.span.end
        if at > _PROSE:
            break
    return "\n".join([*kept, text[at : max(at, _PROSE)]])


def title(text: str, name: str) -> str:
    """The title: a Markdown heading of the first level in the first lines, else the first line
    that is not a volume, a date, a page mark or a label; ``name`` where there is none."""
    given = _front(text, "title", "제목")
    if given:
        return given[:_TITLE_LENGTH]
    lines = list(_head(text))
    fallback = name  # an organisation's name is a title only where nothing else is
    for line in lines:
        if re.match(r"#\s+\S", line):
            return _clean(line)[:_TITLE_LENGTH]
    for line, below in zip(lines, [*lines[1:], ""], strict=False):
        clean = _clean(line)
        if "\t" in line:
            continue  # a row of a table
        if _ISSUER_NAME.match(clean):
            name = clean if name == fallback else name
            continue
        if len(clean) < 2 or _NOT_TITLE.match(clean) or not re.search(r"[가-힣A-Za-z]{2}", clean):
            continue
        if clean.endswith(_GOES_ON) and len(clean) + len(_clean(below)) < _TITLE_LENGTH:
            clean = f"{clean} {_clean(below)}".rstrip()
        if len(clean) <= _TITLE_LENGTH:
            return _NUMBER.sub("", clean)
        sentence = re.split(r"(?<=[.!?])\s|(?<=다\.)", clean)[0]
        if len(sentence) <= _TITLE_LENGTH:
            return sentence
        return clean[: _TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return name


def published(text: str) -> str:
    """The first date in the first lines as "2021-03-10", "2021-03" or "2021"; "" if none."""
    for line in chain(
        (_front(text, "date", "published", "날짜"),), islice(_head(text), _DATE_LINES)
    ):
        if len(line) > _DATE_LENGTH or _NOT_DATED.match(line):
            continue
        for pattern in _DATES:
            found = pattern.search(line)
            if found:
                return "-".join(part.zfill(2) for part in found.groups())
        short = _SHORT_DATE.search(line)
        if short:
            day = f"-{int(short[3]):02}" if short[3] else ""
            return f"20{short[1]}-{int(short[2]):02}{day}"
        year = _YEAR_ONLY.search(line)
        if year:
            return year[1]
    return ""


def issuer(text: str) -> str:
    """The issuer where the first lines name one plainly: after a label, or an organisation's
    name on a line of its own; else ""."""
    given = _front(text, "issuer", "publisher", "기관", "author")
    if _ISSUER_NAME.match(given):
        return given
    for line in _head(text):
        label = _ISSUER_LABEL.search(line)
        if label:
            return _clean(re.split(r"[|,;]|\s{2,}", label[1])[0])
    for line in _head(text):
        clean = _clean(line)
        if len(clean) <= 24 and _ISSUER_NAME.match(clean):
            return clean
    return ""


def _front(text: str, *names: str) -> str:
    """The first field of a Markdown document's front matter that has one of these names."""
    found = front_matter(text) if text.startswith(("---", "\ufeff---")) else None
    fields = found[1] if found is not None else {}
    return next((fields[name] for name in names if fields.get(name)), "")


def _head(text: str) -> Iterator[str]:
    """The first non-blank lines."""
    seen = 0
    at = 0
    while at < len(text) and seen < _HEAD_LINES:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at : min(end, at + 1000)].strip()
        if line:
            seen += 1
            yield line
        at = end + 1


def _clean(line: str) -> str:
    return " ".join(_LEAD.sub("", line).split())
