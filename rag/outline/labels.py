"""Words that name the fields of a form and the attributes of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ATTRIBUTE = re.compile(
    r"(?:특징|특성|장점|단점|개념|정의|목적|목표|방향|기준|대상|규모|기간|내용|효과|여건|한도|금리|조건|자격|"
    r"방식|방법|분야|예산|성과|전망|현황|주체|기관|일정|시간|속도|국가|범위|커버리지|용도|요건|절차|프로그램|"
    r"비율|비용|금액|면적|산업|혜택|서류|문의|사례|역할|기능)$"
)
_FIELDS = re.compile(
    r"(?:[명처비일자]|번호|기관|기업|연락처|전화|주소|이메일|담당|책임자|위치|장소|구분|종류|인원|유형)$"
)
_FIELD = 12  # characters; a longer text is no name of a field


def labels_fields(labels: Sequence[str]) -> bool:
    """Whether most of some texts are names of form fields: "주관기관", "총사업비", "접수처"."""
    named = sum(
        len(label) <= _FIELD and bool(_ATTRIBUTE.search(label) or _FIELDS.search(label))
        for label in map(str.strip, labels)
    )
    return bool(labels) and 2 * named >= len(labels) and max(map(len, labels)) <= _FIELD
