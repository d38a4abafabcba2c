"""An ordinal, a stage or an edition that stands where another was asked for."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?<![A-Za-z\d.])제?\s?\d+(?:\.\d+)?\s?"
    r"(?:차|회(?![의사계원장복담])|호|조(?!\s?(?:원|달러|불|엔|위안|유로))|기(?!가)|위|단계|세대|주년|년차)(?![가-힣]*월)"
    r"|\d+\.0(?!\s?%)"
)
_SAME = {"차": "차|회", "회": "차|회"}
_UNSAID = 0.7  # no number of that sort stands there
_RANK = 0.5  # ranks are told by place as well


def other_number(asked: str, text: str) -> float:
    """Whether an ordinal, a stage or a version of the question ("제5차", "3단계", "2.0") is missing from
    a text: 1 where it has another one of that sort instead, less where it has none, 0 where
    nothing is missing."""
    told = "".join(text.split()).lower()
    worst = 0.0
    for match in _NUMBER.finditer(asked):
        number = match.group().replace(" ", "").removeprefix("제")
        digits = re.match(r"[\d.]+", number)
        figure = digits.group() if digits else ""
        unit = number[len(figure) :]
        units = _SAME.get(unit, re.escape(unit))
        if re.search(rf"(?<![\d.]){re.escape(figure)}(?:{units})", told):
            continue
        if unit == "위":
            worst = max(worst, 0.0 if "순위" in told else _RANK)
            continue
        if unit == "단계" and re.search(rf"(?<!\d){figure}[~·,∼-]\d단계", told):
            continue
        others = rf"(?<![\d.])\d+(?:\.\d+)?(?:{units})" if unit else r"\d\.0"
        worst = max(worst, 1.0 if re.search(others, told) else _UNSAID)
    return worst
