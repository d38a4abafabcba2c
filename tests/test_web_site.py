"""Templates and their contexts fit each other: nothing missing, nothing left over."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

import pytest
from jinja2 import UndefinedError

from web.api_page import ApiPage, Endpoint, Parameter
from web.ask import AnswerView, AskPage, CitationView, Nearest
from web.documents import DocumentFacts, DocumentPage, DocumentsPage
from web.failure import ErrorPage
from web.faq import FaqGroup, FaqItem, FaqPage
from web.rendition import Entry, Node, TableView
from web.search import Chip, FacetGroup, FacetValue, HitView, PageLink, Results, SearchPage
from web.site import HERE, environment

CONTEXTS: dict[str, tuple[type, ...]] = {
    "ask.html": (AskPage, AnswerView, CitationView, Nearest),
    "search.html": (
        SearchPage,
        Results,
        HitView,
        FacetGroup,
        FacetValue,
        Chip,
        PageLink,
    ),
    "documents.html": (DocumentsPage,),
    "document.html": (DocumentPage, DocumentFacts, Node, TableView, Entry),
    "faq.html": (FaqPage, FaqGroup, FaqItem),
    "api.html": (ApiPage, Endpoint, Parameter),
    "error.html": (ErrorPage,),
}


@pytest.mark.parametrize("template", CONTEXTS)
def test_a_page_uses_every_field_of_its_context(template: str) -> None:
    folder = HERE / "templates"
    text = (folder / template).read_text(encoding="utf-8") + (folder / "base.html").read_text(
        encoding="utf-8"
    )
    if template == "document.html":
        text += (folder / "documents.html").read_text(encoding="utf-8")  # lists the same facts
    text += "".join(
        (folder / part).read_text(encoding="utf-8")
        for part in re.findall(r'from "(_\w+\.html)"', text)
    )
    used = set(re.findall(r"\.(\w+)", text))
    unused = {f"{one.__name__}.{f.name}" for one in CONTEXTS[template] for f in fields(one)} - {
        f"{one.__name__}.{name}" for one in CONTEXTS[template] for name in used
    }
    assert unused == set()


def test_every_template_has_its_context_listed() -> None:
    pages = {path.name for path in (HERE / "templates").iterdir() if path.name[0] != "_"}
    assert pages == {*CONTEXTS, "base.html"}


@dataclass(frozen=True)
class Lacking:
    title: str = "제목"


def test_a_context_that_lacks_a_name_fails_loudly() -> None:
    with pytest.raises(UndefinedError):
        environment().get_template("error.html").render(page=Lacking())


def test_text_is_escaped_in_every_template() -> None:
    template = environment().from_string("{{ page.title }}")
    assert template.render(page=Lacking('<b> & "')) == "&lt;b&gt; &amp; &#34;"
    for path in (HERE / "templates").iterdir():
        assert not re.search(r"\|\s*safe|autoescape", path.read_text(encoding="utf-8")), path.name
