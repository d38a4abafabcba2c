"""The words of forms: what names a field, what leaves its place empty, what ticks a box.

"접수기간", "담당부서" and "성 명" name fields; "년 월 일" and "(서명 또는 인)" stand where something is to be
written; "☑ 해당" is ticked and "[ ] 기타" is not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LONGEST = 30  # characters of a label
_NUMBERING = re.compile(
    r"^\s*(?:[①-⑳]|\d{1,2}[.)]|[가나다라마바사아자차카타파하][.)]|[IVXⅠ-Ⅻ]+[.)])\s*"
)
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|※.*$")
_FIELD = re.compile(
    r"(?:[가-힣]명|명칭|성함|성명|이름|번호|(?<!서)기관|부서|부처|소속|직위|직급|직책|직종|직무|직군|연락처|전화|휴대폰|팩스|주소|"
    r"소재지|이메일|전자우편|e-?mail|fax|tel|홈페이지|누리집|담당|담당자|담당과장|책임자|대표자?|신청인|보고인|추천인|신청자|"
    r"생년월일|성별|나이|국적|학력|전공|경력|자격|자격증|면허|위치|장소|구분|종류|유형|형태|분류|등급|인원|정원|기간|기한|"
    r"일시|일자|일정|시기|시점|시간|시한|날짜|마감|마감일|접수일|대상|요건|조건|우대사항|내용|개요|목적|사유|이유|방법|방식|"
    r"절차|접수처|제출처|문의|문의처|서류|준비물|양식|금액|예산|한도|규모|비용|사업비|개발비|연구비|지원금|보조금|보조율|"
    r"수수료|보수|급여|연봉|임금|회비|참가비|등록비|교육비|단가|가격|비율|금리|이율|기술료|면적|수량|재고량|용도|규격|"
    r"실적|현황|주기|범위|단위|형식|여부|유무|사항|기준|혜택|특전|근무지|근무처|비고)$",
    re.IGNORECASE,
)
# The same where the place says that it is a label: alone a value may well end so.
_BESIDE = re.compile(
    r"(?:기업|국가|지역|분야|과제|프로젝트|기술|제품|품목|모델|미션|계획|효과|근거|법령|코드|언어|수준|정보|항목|연계|트랙|"
    r"의견|결과|통지|발표|첨부|처|단계|주관|주최|후원|발주|과장|국장|수단|배경|성과|대책|활동|자)$"
)
_SHORT = 14  # letters of a field's name; a longer text that ends like one may be a value
_NO_LABEL = re.compile(
    r"[.?!다요]$|^제\s?\d|^[ㅇo○●•·▪]\s|\([^()]*$|[☐☑□■√✓]|\[\s*\]|\d{2,}|@|www|[:：;]|^[-–—(\[{*※→]|(?<!또)[은는을를]\s|^\d+$|하는|있는|하여|[<>“”]"
)
# "○" opens no box: it is the bullet of official papers.
_BOX_OPEN = r"[☐□◻◯]|\[\s*\]|\(\s+\)"
_BOX_TICKED = r"[☑☒■◼✔✓√◉●]|\[\s*[√✓vVxX○●■]\s*\]|\(\s*[√✓vV○]\s*\)"
BOX = re.compile(rf"(?:{_BOX_OPEN}|{_BOX_TICKED})\s*(?=\S.{{0,40}}$)", re.DOTALL)
"""A short text that begins with a box, ticked or not."""
_TICKED = re.compile(rf"(?:{_BOX_TICKED})\s*")
_OPEN = re.compile(_BOX_OPEN)
_PLACEHOLDER = re.compile(
    r"\((?:서명|인|날인|직인|서명 또는 (?:인|날인)|\s)*\)|(?:서명|날인)|년|월|일|시|분|원|명|개|건|까지|부터|현재|보유|"
    r"백만|천|[~∼～:_.·,/\-–—()\[\]…※*]|\s"
)
# "성 명 :" and "(팩스번호: )": a label inside the place that is to be filled in.
_UNFILLED = re.compile(
    r"\([^():：]{1,12}[:：]\s*\)|[^\s:：()]{1,3}(?: ?[^\s:：()]{1,4}){0,3}\s*[:：](?=\s*(?:\(|$)|\s+\S{1,3}(?: \S{1,4})?\s*[:：])"
)
_DATE_PLACE = re.compile(r"년\s*월\s*일(?!\S)")
_OWN = re.compile(
    r"(?P<label>[가-힣][가-힣 ]{1,8}?)\s*[:：]?\s+(?P<value>없음|무료|면제|즉시|해당\s?없음|"
    r"약?\s?\d[\d,]*\s?(?:[원일년명부매]|시간|개월)"
    r"(?:\s?(?:이내|이상|이하|내외))?)"
)


def is_label(text: str) -> bool:
    """Whether a text can be the label of a field: a few words that state nothing."""
    bare = plain_label(text)
    if len(letters(bare)) < 2 or len(text) > _LONGEST:
        return False
    return _NO_LABEL.search(bare) is None and _DATE_PLACE.match(bare) is None


def is_field(text: str, *, beside: bool = False) -> bool:
    """Whether a text names a field of a form by its own words: "담당 부서", "신청기간". ``beside``
    says that it stands where labels do, so that "분야" or "과제" is one too."""
    if not is_label(text):
        return False
    bare = re.sub(r"[ⅠⅡⅢⅣⅤ0-9]+$", "", "".join(plain_label(text).split()))
    if _FIELD.search(bare):
        return beside or len(bare) <= _SHORT
    return beside and bool(_BESIDE.search(bare))


def plain_label(text: str) -> str:
    """A label without its number, the remark in brackets and a colon behind it."""
    bare = _NUMBERING.sub("", text.strip(), count=1).strip(" :：")
    return _REMARK.sub("", bare).strip() or bare


CONTACT_NAMES = r"전화|번호|전화번호|이?메일|주소|연락처|팩스|팩스번호|홈페이지|누리집"
"""What the ways to reach somebody are called, as alternatives of a pattern."""
NAMES_CONTACT = re.compile(rf"(?:{CONTACT_NAMES})$")


@lru_cache(maxsize=16384)
def letters(text: str) -> str:
    """Letters and figures alone, small: labels meet however they are spaced."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def is_blank(text: str) -> bool:
    """Whether a text only says what is to be written or ticked: "년 월 일", "(서명 또는 인)",
    "[ ] 생산"."""
    if not text or _TICKED.search(text):
        return not text
    if _OPEN.match(text.strip()):
        return len(text) <= 2 * _LONGEST
    if _DATE_PLACE.match(text.strip()):
        return True
    if re.search(r"\d", text):
        return False
    text = _UNFILLED.sub("", text)
    return not _PLACEHOLDER.sub("", text) and not re.fullmatch(r"\s*[-–—]+\s*", text)


def ticked(text: str) -> str:
    """What a ticked box says; "" for one that is not ticked."""
    found = _TICKED.match(text.strip())
    return text.strip()[found.end() :].strip() if found else ""


def own_value(text: str) -> tuple[str, str] | None:
    """(label, value) of a cell that holds both: "수수료 없음", "처리기간 3일"; None for others."""
    found = _OWN.fullmatch(text.strip())
    if found is None or not is_field(found["label"]):
        return None
    return found["label"], found["value"]
