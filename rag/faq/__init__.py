"""Documents -> questions that readers may ask, each with the answer of the assistant itself.

blocks ──headings, prose, contacts, cells──▶ Draft ──asked──▶ kept when the answer cites the
                                                               place the question came from
"""

from rag.faq.drafts import Draft
from rag.faq.selection import generate

__all__ = ["Draft", "generate"]
