"""What stands in brackets behind a name: its unit ("금액(백만원)") or its class ("금리(청년)")."""

from __future__ import annotations

import re

from rag.reading.aspects import closed

_BEHIND = re.compile(r"\S\s*[(（\[]\s*(?P<inside>[^()（）\[\]]+?)\s*[)）\]]\s*[:：]?\s*$")
_PARTS = re.compile(r"\s*[,·/]\s*")
_UNIT = re.compile(
    r"(?:단위\s*[:：]\s*)?[십백천만억조]*\s?(?:[십백천만억조]|%p?|퍼센트|원|달러|불|\$|위안|엔|유로|명|인|개|개사|개소|개국|개월|건|대|"
    r"톤|㎡|㎢|㎥|km|m|cm|ha|kg|g|년|월|일|회|점|배|ℓ|L|t|시간|분|호|곳|권|편|종|가구|세대|TEU|kWh?|MWh?|GWh?)"
)
_CLASS = re.compile(r"[^+=]*[가-힣][^+=]*")
_LONGEST = 12  # characters of a class; a longer text is a remark


def unit_in(name: str) -> str:
    """The unit in the brackets behind a name as written there, "" for none: "억원, %"."""
    found = _BEHIND.search(name)
    if found is None:
        return ""
    units = [part for part in _PARTS.split(found["inside"]) if _UNIT.fullmatch(part)]
    return ", ".join(units)


def class_in(name: str) -> str:
    """The class in the brackets that :func:`closed` takes off a name, "" for none; the formula of
    a sum is none, nor is the title of an article."""
    found = _BEHIND.search(name)
    if found is None or unit_in(name) or found["inside"] in closed(name):
        return ""
    inside = found["inside"]
    return inside if len(inside) <= _LONGEST and _CLASS.fullmatch(inside) else ""
