"""Letters: the index-only normal form of a text, hanja read by their sound, and words one letter apart.

What a reader sees is never normalised. The analyser tags any run of hanja as foreign, so without a
reading 對美 수출 never meets 대미 수출. A few characters stand for words (美 for 미국, 上 for 상반기);
the others are read by their sound.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.resources import files

_COUNTRIES = {
    "美": ("미", "미국"),
    "中": ("중", "중국"),
    "日": ("일", "일본"),
    "韓": ("한", "한국"),
    "韩": ("한", "한국"),
    "獨": ("독", "독일"),
    "独": ("독", "독일"),
    "佛": ("불", "프랑스"),
    "英": ("영", "영국"),
    "露": ("러", "러시아"),
    "北": ("북", "북한"),
    "印": ("인", "인도"),
    "加": ("가", "캐나다"),
    "濠": ("호", "호주"),
    "伊": ("이", "이탈리아"),
    "越": ("월", "베트남"),
    "泰": ("태", "태국"),
    "台": ("대", "대만"),
    "臺": ("대", "대만"),
}
# Words that a character stands for when no other hanja is beside it.
_ALONE = {
    "上": "상반기",
    "下": "하반기",
    "車": "자동차",
    "研": "연구원",
    "硏": "연구원",
    "年": "연",
    "女": "여성",
    "軍": "군",
    "株": "주식",
    "銀": "은행",
    "檢": "검찰",
    "與": "여당",
    "野": "야당",
}


def _read_sounds() -> dict[str, str]:
    sounds: dict[str, str] = {}
    for line in files(__package__).joinpath("hanja.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            sound, characters = line.split("\t")
            for character in characters:
                sounds.setdefault(character, sound)
    return sounds


SOUNDS = _read_sounds()

# North Korean and Southern spellings part at the head of a word (한글 맞춤법 10 to 12: 두음법칙).
_HEAD = {
    "녀": "여", "년": "연", "념": "염", "뇨": "요", "뉴": "유",
    "락": "낙", "란": "난", "랑": "낭", "래": "내", "랭": "냉", "략": "약", "량": "양",
    "력": "역", "련": "연", "령": "영", "례": "예", "로": "노", "록": "녹", "론": "논",
    "료": "요", "류": "유", "륙": "육", "률": "율", "리": "이", "립": "입",
}  # fmt: skip

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_TOWARDS = "對对対"
# 中 before these makes a Korean word (중소, 중견); elsewhere it is China.
_INSIDE = "소견장기심간세앙학고형점국"
_ALSO_SOUNDS = "北加印台伊"  # countries only where they stand alone
_WORD_LIKE = "現先後前總"  # written apart in Hangul: 現 이화여대 교수 → 현 이화여대 교수
_WORDS = {"北美": "북미", "北韓": "북한", "南北": "남북", "中美": "중미"}


def read_hanja(text: str) -> str:
    """The text with each run of hanja replaced by Hangul; characters not known stay."""
    return _RUN.sub(_reading, text) if _RUN.search(text) else text


def _reading(match: re.Match[str]) -> str:
    run = match[0]
    text = match.string
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    if run in _WORDS:
        return _WORDS[run]
    if run[0] in _TOWARDS:
        return _towards(run[1:], after)
    if len(run) == 1:
        return _single(run, before, after)
    if all(character in _COUNTRIES for character in run):
        # 韓美 is read 한미, and stands for both countries.
        short = "".join(_COUNTRIES[c][0] for c in run)
        return f"{short} " + " ".join(_COUNTRIES[c][1] for c in run) + (" " if after else "")
    return _sounds(run, head=not _is_hangul(before))


def _towards(rest: str, after: str) -> str:
    if not rest:
        return "대 "
    if rest[0] in _COUNTRIES:
        short, name = _COUNTRIES[rest[0]]
        tail = _sounds(rest[1:], head=False) if len(rest) > 1 else ""
        return f"대{short} {name} {tail}"
    return "대" + _sounds(rest, head=False)


def _single(character: str, before: str, after: str) -> str:
    in_word = _is_hangul(before)
    if before.isdigit():
        return "년" if character == "年" else SOUNDS.get(character, character)
    if character in _COUNTRIES:
        short, name = _COUNTRIES[character]
        touching = in_word or (character in _ALSO_SOUNDS and _is_hangul(after))
        inside = character == "中" and (in_word or (after and after in _INSIDE))
        return short if inside or (touching and character in _ALSO_SOUNDS) else name
    if character in _ALONE and not (in_word and character not in "研硏"):
        if character in "上下" and _is_hangul(after):
            return SOUNDS[character]
        return _ALONE[character]
    sound = _sounds(character, head=not in_word)
    if character in _WORD_LIKE and _is_hangul(after) and not in_word:
        return f"{sound} "
    return sound


def _sounds(run: str, head: bool) -> str:
    sounds = [SOUNDS.get(character, character) for character in run]
    if head and sounds:
        sounds[0] = _HEAD.get(sounds[0], sounds[0])
    return "".join(sounds)


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


# Circled numbers and letters keep their ring: "①정지궤도" under NFKC would be "1정지궤도". Single
# jamo stay too, for NFKC would weld them into syllables.
_FOLDABLE = re.compile(r"[^①-⓿❶-➓㉠-㉿㊀-㊰㋐-㋾ㄱ-ㆎ]+")
# The middle dots of Korean typing; ㆍ is the vowel arae-a, used as a dot.
_DOTS = str.maketrans({"ㆍ": "·", "・": "·", "･": "·", "‧": "·", "∙": "·", "⋅": "·", "•": "·"})
# Marks that NFKC turns into letters or digits of the word before them.
_GLUED = re.compile(r"[™℠®]|(?<=[가-힣])[¹²³⁰-⁹]+")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]"
)
_LATEX_DELTA = re.compile(r"\$?\s*\\(?:Delta|triangle|bigtriangleup)\s*([\d.,]+)\s*(\\?%p?)?\s*\$?")
_ANY_HANJA = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATEX_ESCAPE = re.compile(r"\\([$%&_#{}])")
# △ and ▽ mean a minus in Korean tables; ▲ may mean either way and stays.
_MINUS = re.compile(
    r"[△▽▼∆Δ]\s?(?=\d)|−(?=\d)|(?<![^\s(\[~,|:])[-–](?=\d[\d,]*(?:\.\d+)?\s?%|0\.\d)"
)


def normalise(text: str) -> str:
    """NFC; NFKC but for ringed numbers; hanja read; a minus put in words; control and invisible
    characters dropped. Length and offsets are not kept. Idempotent."""
    text = unicodedata.normalize("NFC", text)
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = _GLUED.sub(" ", text.translate(_DOTS))
        text = _FOLDABLE.sub(_fold, text)
        text = _INVISIBLE.sub("", text)
    if "\\" in text:
        text = _LATEX_DELTA.sub(lambda m: f"△{m[1]}{(m[2] or '').lstrip(chr(92))}", text)
        text = _LATEX_ESCAPE.sub(r"\1", text)
    text = _MINUS.sub("감소 ", text)
    return read_hanja(text) if _ANY_HANJA.search(text) else text


def _fold(match: re.Match[str]) -> str:
    run = match[0]
    return run if unicodedata.is_normalized("NFKC", run) else unicodedata.normalize("NFKC", run)


_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
# Letters that sound alike or lie together, so that one is often typed for the other.
_ALIKE_ONSETS = ("ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅅㅆ", "ㅈㅉㅊ")
_ALIKE_VOWELS = ("ㅐㅔㅒㅖ", "ㅙㅚㅞ", "ㅢㅣㅡ", "ㅓㅕ", "ㅗㅛ", "ㅜㅠ", "ㅏㅑ")
_ALIKE_CODAS = (
    ("ㄱ", "ㄲ", "ㅋ"),
    ("ㄷ", "ㅅ", "ㅆ", "ㅈ", "ㅊ", "ㅌ"),
    ("ㅂ", "ㅍ", "ㅄ"),
    ("ㄴ", "ㄵ", "ㄶ"),
)


def _alike(letters: Sequence[str], groups: Sequence[Sequence[str]]) -> list[frozenset[int]]:
    alike = []
    for letter in letters:
        near = {
            letters.index(other)
            for group in groups
            if letter and letter in group
            for other in group
        }
        alike.append(frozenset(near - {letters.index(letter)}))
    return alike


_NEAR_ONSETS = _alike(_ONSETS, _ALIKE_ONSETS)
_NEAR_VOWELS = _alike(_VOWELS, _ALIKE_VOWELS)
_NEAR_CODAS = _alike(_CODAS, _ALIKE_CODAS)


def variants(word: str) -> list[tuple[str, bool]]:
    """Words that differ from ``word`` in one letter of one syllable, and whether the two letters
    are ones often mistaken. The likely ones come first, else in the order of the syllables.

    A letter is put for another of its place in the syllable; a final consonant may also come or
    go. A word of n syllables has 65 n such neighbours.
    """
    close: list[tuple[str, bool]] = []
    rest: list[tuple[str, bool]] = []
    for at, character in enumerate(word):
        if not "가" <= character <= "힣":
            continue
        for syllable, likely in _near_syllables(character):
            neighbour = word[:at] + syllable + word[at + 1 :]
            (close if likely else rest).append((neighbour, likely))
    return close + rest


def _near_syllables(character: str) -> Iterator[tuple[str, bool]]:
    onset, rest = divmod(ord(character) - 0xAC00, 588)
    vowel, coda = divmod(rest, 28)
    for other in range(19):
        if other != onset:
            yield _compose(other, vowel, coda), other in _NEAR_ONSETS[onset]
    for other in range(21):
        if other != vowel:
            yield _compose(onset, other, coda), other in _NEAR_VOWELS[vowel]
    for other in range(28):
        if other != coda:
            yield _compose(onset, vowel, other), other in _NEAR_CODAS[coda]


def _compose(onset: int, vowel: int, coda: int) -> str:
    return chr(0xAC00 + onset * 588 + vowel * 28 + coda)
