"""The index-only normal form of a text. What a reader sees is never normalised."""

from __future__ import annotations

import re
import unicodedata

from rag.korean.hanja import read_hanja

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
_HANJA = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
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
    return read_hanja(text) if _HANJA.search(text) else text


def _fold(match: re.Match[str]) -> str:
    run = match[0]
    return run if unicodedata.is_normalized("NFKC", run) else unicodedata.normalize("NFKC", run)
