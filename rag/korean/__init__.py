"""Korean: normal form, morphemes, index terms, sentences, spelling, particles, wrapped lines.

The only package that imports kiwipiepy.
"""

from rag.korean.analysis import Analysis, analyse, analyse_many, morpheme_count, terms, terms_many
from rag.korean.expansion import expand
from rag.korean.jamo import variants
from rag.korean.morphology import Morpheme, morphemes, together
from rag.korean.normal_form import normalise
from rag.korean.particles import with_particle
from rag.korean.segmentation import Sentence, read_sentences, sentences
from rag.korean.space import MorphemeSpace, content_morphemes
from rag.korean.spelling import repair
from rag.korean.transliteration import LatinNames
from rag.korean.wrapping import join_wrapped

__all__ = [
    "Analysis",
    "LatinNames",
    "Morpheme",
    "MorphemeSpace",
    "Sentence",
    "analyse",
    "analyse_many",
    "content_morphemes",
    "expand",
    "join_wrapped",
    "morpheme_count",
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
