"""The formats that are read: one record each, in one list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """``name`` is what a document carries; ``suffixes`` are taken from a folder; ``media_type`` has no
    character set, since a file is given as it is; ``label`` is shown. ``reader`` names a
    function, "module:function", imported when a file of the format comes; "" for text as it is.
    ``decoded`` says that it takes the text of a file and not its bytes, ``packages`` are those
    that it needs."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    label: str
    reader: str = ""
    decoded: bool = False
    packages: tuple[str, ...] = ()


TEXT = Format("text", (".txt", ".md"), "text/plain", "글")
CSV = Format("csv", (".csv",), "text/csv", "CSV", "rag.loading.csv:read_csv", decoded=True)
HTML = Format("html", (".html", ".htm"), "text/html", "HTML", "rag.loading.html:read_html", True)
HWP = Format(
    "hwp", (".hwp",), "application/x-hwp", "HWP", "rag.loading.hwp5:read_hwp5", False, ("olefile",)
)
HWPX = Format(
    "hwpx",
    (".hwpx",),
    "application/hwp+zip",
    "HWPX",
    "rag.loading.hwpx:read_hwpx",
    False,
    ("lxml",),
)
PDF = Format(
    "pdf", (".pdf",), "application/pdf", "PDF", "rag.loading.pdf:read_pdf", False, ("pypdfium2",)
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = Format(
    "docx",
    (".docx",),
    f"{_OFFICE}.wordprocessingml.document",
    "DOCX",
    "rag.loading.docx:read_docx",
    packages=("lxml",),
)
XLSX = Format(
    "xlsx",
    (".xlsx",),
    f"{_OFFICE}.spreadsheetml.sheet",
    "XLSX",
    "rag.loading.xlsx:read_xlsx",
    packages=("lxml",),
)
FORMATS: tuple[Format, ...] = (TEXT, CSV, HTML, HWP, HWPX, PDF, DOCX, XLSX)
"""Markdown is text: its marks are the outline's business."""
SUFFIXES = frozenset(suffix for one in FORMATS for suffix in one.suffixes)
"""What is taken from a folder. A file that is named itself may have any suffix."""


def format_named(name: str) -> Format | None:
    """The format of a name, None for one that is not read."""
    return next((one for one in FORMATS if one.name == name), None)
