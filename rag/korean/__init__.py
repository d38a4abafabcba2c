"""Korean: normal form, morphemes, index terms, sentences, spelling, particles, wrapped lines.

The only package that imports kiwipiepy.
"""

from rag.korean.analysis import Sentence, read_sentences, sentences, terms, terms_many
from rag.korean.expansion import expand
from rag.korean.morphology import Morpheme, MorphemeSpace, morphemes, together
from rag.korean.script import normalise, variants
from rag.korean.sounds import LatinNames, with_particle
from rag.korean.spelling import repair
from rag.korean.wrapping import join_wrapped

__all__ = [
    "LatinNames",
    "Morpheme",
    "MorphemeSpace",
    "Sentence",
    "expand",
    "join_wrapped",
    "morphemes",
    "normalise",
    "read_sentences",
    "repair",
    "sentences",
    "terms",
    "terms_many",
    "together",
    "variants",
    "with_particle",
]
