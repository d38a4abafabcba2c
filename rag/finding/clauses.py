"""Clauses that answer: the reason in front of "때문에", what is said of a topic, what a word
stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag import korean
from rag.finding.reader import Mark
from rag.reading.sentences import sentence_starts
from rag.types import Question, QuestionKind

Range = tuple[int, int]

_MOST = 150  # characters
_SHORTEST = 4  # characters of a reason
# What is conceded before a reason is no part of it: "해외에서는 쓰이지만, 국내에서는 …로 인해".
_CONCEDED = re.compile(r"(?:지만|으나|[하되이]나|[는은]데|[은인한된]\s?반면|[었았]으며),?\s")
# Cues that end a sentence's reason stand before those that may stand inside it.
_BECAUSE: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"에 기인|(?<=기 때문)(?=이|에|으로)|(?<!기)\s때문|탓(?:에|으로|이)|덕분에|이유로|(?:의 )?여파로|의 영향으로"
    ),
    re.compile(r"(?:으로|로) (?:인(?:해|하여|한)|말미암아)|(?<=등)으로\s|(?<=등)에 의해"),
    re.compile(r"에 따라|에 따른"),
    re.compile(
        r"(?<=므로)\s|(?<=[어아해워]서)\s|(?<=니까)\s|(?<![조초동위계분단장말적정]기에)(?<=기에)\s"
    ),
)
_BECAUSE_OF = re.compile(r"(?:이유|원인|까닭|배경)(?:는|은|로는|으로는)\s")
_TOPIC_NOUN = re.compile(r"(?:의 경우(?:에는|엔|에)?|에 대해(?:서는)?|측면에서는?)\s")
_DEFINED = re.compile(
    r"(?:으로|로|라고|이라고)\s(?:정의|규정|설명|부르|부른|불리|불린|일컫|표현|묘사)"
    r"|(?:을|를)\s(?:말한|말하|의미한|의미하|뜻한|뜻하|가리킨|가리키|일컫|지칭)"
)
_TAIL = re.compile(
    r"(?:하|되|시키|할|될|해|한|된|돼)[가-힣]{0,6}(?:\s[가-힣]{1,6}){0,4}다\.?$|(?:이다|입니다)\.?$"
)
_LEADING = re.compile(
    r"^(?:그러나|그리고|또한|다만|특히|한편|이에|따라서|하지만|즉|먼저|우선|마지막으로|이는|[-*•※]+|\d\)),?\s+"
)
_BRACKET = re.compile(r"(?P<out>[^\s()（）,·]+(?:\s[^\s()（）,·]+){0,3})\s?\((?P<in>[^()]{2,60})\)")
_IN_KOREAN = re.compile(r"우리말|한국어|한글|약자|줄임말|무엇의|풀[이어]|영어로|정식|원어")


def find_clause(question: Question, text: str, marks: Sequence[Mark]) -> Range | None:
    """The clause of a text that answers a question for a reason, a method or a definition; None
    where no clause of the text says so. At most 150 characters, within one sentence."""
    if question.kind is QuestionKind.DEFINITION:
        return _gloss(question, text) or _said_of_topic(text, *_sentence(text, marks))
    if question.kind is QuestionKind.REASON:
        return _reason(text, marks)
    return _said_of_topic(text, *_sentence(text, marks), whole=True)


def _sentence(text: str, marks: Sequence[Mark]) -> Range:
    """The sentence with most of the question's words; ties go to the first."""
    best: tuple[float, Range] = (-1.0, (0, len(text)))
    for start, end in pairwise(sentence_starts(text)):
        held = {term: weight for a, _b, weight, term in marks if start <= a < end}
        if sum(held.values()) > best[0]:
            best = (sum(held.values()), (start, end))
    return best[1]


def _gloss(question: Question, text: str) -> Range | None:
    """What a word stands for: the other side of the bracket beside it."""
    asked = question.searched.lower()
    for match in _BRACKET.finditer(text):
        inside, words = match["in"].strip(), match["out"].split()
        if inside.lower() in asked or inside.split(",")[0].lower() in asked:
            # As many words before the bracket as the question does not say.
            at = match.start("out")
            while words and words[0].lower() in asked:
                at += len(words[0]) + 1
                words.pop(0)
            for morpheme in korean.morphemes(text[at : match.end("out")])[::-1]:
                if (
                    morpheme.tag[0] in "JE"
                    and text[at + morpheme.end : at + morpheme.end + 1] == " "
                ):
                    at += morpheme.end + 1
                    break
            if words:
                return at, match.end("out")
        for n in range(len(words)):
            name = " ".join(words[n:])
            if len(name) > 1 and name.lower() in asked and re.search(r"[^\W\d]", inside):
                if _IN_KOREAN.search(asked):
                    return match.span("in")
                break
    return None


def _reason(text: str, marks: Sequence[Mark]) -> Range | None:
    """The clause before the cue of a reason, of the sentence nearest to the question."""
    best: tuple[float, Range] | None = None
    for start, end in pairwise(sentence_starts(text)):
        held = sum({t: w for a, _b, w, t in marks if start <= a < end}.values())
        after = _BECAUSE_OF.search(text, start, end)
        found: Range | None = None
        if after is not None:
            found = _without_tail(text, after.end(), end)
        else:
            cue = next(filter(None, (p.search(text, start, end) for p in _BECAUSE)), None)
            if cue is not None:
                found = _back(text, start, cue.start())
        if found is not None and found[1] - found[0] >= 2 and (best is None or held > best[0]):
            best = (held, found)
    return best[1] if best else None


def _back(text: str, start: int, stop: int) -> Range:
    """From the topic of a sentence, or the end of the clause before, up to ``stop``."""
    lead = _LEADING.match(text[start:stop])
    begin = start + (lead.end() if lead else 0)
    for clause in _CONCEDED.finditer(text, begin, stop):
        if stop - clause.end() > _SHORTEST:
            begin = clause.end()
    noun = None
    for noun in _TOPIC_NOUN.finditer(text, begin, stop):
        begin = noun.end()
    for morpheme in korean.morphemes(text[begin:stop]):
        at = begin + morpheme.end
        topic = morpheme.tag == "JX" and morpheme.form in ("은", "는", "ᆫ")
        if topic and text[at : at + 1] == " " and stop - at > 4:
            begin = at + 1
            break
    while begin < stop and text[begin] in " ,*-":
        begin += 1
    return max(begin, stop - _MOST), stop


def _said_of_topic(text: str, start: int, end: int, whole: bool = False) -> Range | None:
    """What a sentence says of its topic, without the ending of its verb; None where no topic is
    marked."""
    topic = -1
    for noun in _TOPIC_NOUN.finditer(text, start, end):
        topic = noun.end()
    for morpheme in korean.morphemes(text[start:end]):
        at = start + morpheme.end
        if (
            morpheme.tag == "JX"
            and morpheme.form in ("은", "는", "ᆫ", "란", "이란")
            and text[at : at + 1] in (" ", ",")
        ):
            topic = at + 1
            break
    if topic < 0 and not whole:
        return None
    return _without_tail(text, max(topic, start), end)


def _without_tail(text: str, start: int, end: int) -> Range | None:
    stop = start + len(text[start:end].rstrip(" ."))
    defined = list(_DEFINED.finditer(text, start, stop))
    tail = defined[-1] if defined else _TAIL.search(text, start, stop)
    if tail is not None and tail.start() > start:
        stop = tail.start()
    while start < stop and text[start] in " ,":
        start += 1
    return (start, stop) if 2 <= stop - start <= _MOST else None
