"""What every page is made with: the assistant, the templates and where the FAQ lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rag.showing.render import plain
from web import labels, links

if TYPE_CHECKING:
    from rag.assistant import Assistant

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Site:
    """The assistant that answers, the file of the FAQ (it need not exist yet), questions to show
    as examples, the template environment, and what gives the day of asking."""

    assistant: Assistant
    faq_path: Path | None
    examples: tuple[str, ...]
    environment: Environment
    today: Callable[[], date]

    def html(self, template: str, page: object, status: int = 200) -> HTMLResponse:
        """A template filled with its page context, which it sees as ``page`` and nothing else."""
        text = self.environment.get_template(template).render(page=page)
        return HTMLResponse(text, status_code=status)


def environment() -> Environment:
    """Templates with escaping always on; a name that a context lacks is an error, not a blank."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["links"] = links
    found.globals["labels"] = labels
    found.filters["plain"] = plain
    return found
