"""A golden file -> figures that say how good the answers are.

``golden`` reads the questions with their right answers and tells a right answer from a wrong one
(``matching``); ``answering`` asks them; ``scores`` counts (:data:`FIGURES` says what), ``risk``
judges the confidence; ``tables`` shows all that in a terminal, ``page`` and ``plots`` as a page.
"""

from rag.evaluation.answering import ask_all
from rag.evaluation.golden import (
    Golden,
    Place,
    is_right,
    read_golden,
    read_predictions,
    share_held,
)
from rag.evaluation.matching import holds, letters, resembles
from rag.evaluation.risk import Selective, selective
from rag.evaluation.scores import FIGURES, Judged, Miss, Outcome, Scores, evaluate
from rag.evaluation.tables import report

__all__ = [
    "FIGURES",
    "Golden",
    "Judged",
    "Miss",
    "Outcome",
    "Place",
    "Scores",
    "Selective",
    "ask_all",
    "evaluate",
    "holds",
    "is_right",
    "letters",
    "read_golden",
    "read_predictions",
    "report",
    "resembles",
    "selective",
    "share_held",
]
