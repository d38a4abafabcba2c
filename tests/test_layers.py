"""Imports point downwards, and what must stay in one place stays there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From the ground up. A module may import what stands on a line below its own, or beside it in
# its own package; modules of one line do not know each other.
LAYERS = (
    ("rag", "rag.types", "rag.errors"),
    ("rag.settings",),
    ("rag.korean",),
    ("rag.reading",),
    ("rag.outline",),
    ("rag.loading", "rag.passages", "rag.facts"),
    ("rag.index", "rag.programme"),
    ("rag.question",),
    ("rag.retrieval",),
    ("rag.finding",),
    ("rag.judging",),
    ("rag.answering",),
    ("rag.assistant",),
    ("rag.showing",),
    ("rag.faq", "rag.evaluation"),
    ("web",),
    ("rag.cli",),
    ("rag.__main__",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
# The function that opens an encoder by name knows both of them, and loads the second when asked.
BY_NAME = {("rag.index.encoder", "rag.index.transformer")}
# What a package is imported by: modules or packages of ours, one where nothing else is said.
OWNED = {
    "kiwipiepy": "rag.korean",
    "faiss": "rag.index.vectors",
    "sentence_transformers": "rag.index.transformer rag.retrieval.reranker",
    "torch": "rag.index.transformer rag.retrieval.reranker",
    "openpyxl": "rag.showing.export",
    "lxml": "rag.loading",
    "olefile": "rag.loading",
    "uvicorn": "rag.cli",
    "argparse": "rag.cli",
    "tqdm": "rag.cli",
    "pypdfium2": "rag.loading",
}
LAZY = {
    "sentence_transformers",
    "torch",
    "openpyxl",
    "tqdm",
    "lxml",
    "olefile",
    "pypdfium2",
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager", "core"}
LONGEST = 450  # lines


def modules() -> dict[str, Path]:
    found = {}
    for package in ("rag", "web"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def layer(module: str) -> str:
    """The listed module or package that a module belongs to."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if name in RANK and (length == len(parts) or name != "rag"):
            return name
    return ""


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Names of imported modules, and whether the import is run when the file is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    later = {
        id(node)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef) or _typing_only(outer)
        for node in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) not in later
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else str(node.module), id(node) not in later


def _typing_only(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_downwards(module: str) -> None:
    own = layer(module)
    assert own, f"{module} stands in no layer: give it a place in LAYERS"
    for name, now in imports(MODULES[module]):
        if name.split(".")[0] not in ("rag", "web"):
            continue
        # The public face looks up what it gives when it is asked for it.
        if not now and (module == "rag" or (module, name) in BY_NAME):
            continue
        other = layer(name)
        assert other, f"{module} imports {name}, which stands in no layer"
        if other != own:
            assert RANK[other] < RANK[own], f"{module} imports {name} from above or beside it"


def test_no_package_imports_itself_in_a_circle() -> None:
    graph = {
        module: {name for name, now in imports(path) if now and name in MODULES and name != module}
        for module, path in MODULES.items()
    }
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module not in done:
            for name in sorted(graph[module]):
                # A module of a package may be loaded while the package's face still is.
                if not module.startswith(f"{name}."):
                    visit(name, (*trail, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("module", MODULES)
def test_each_foreign_package_has_one_owner(module: str) -> None:
    for name, now in imports(MODULES[module]):
        package = name.split(".")[0]
        if package in OWNED:
            owners = OWNED[package].split()
            inside = [own for own in owners if f"{module}.".startswith(f"{own}.")]
            assert inside, f"{module} imports {package}"
        assert not (package in LAZY and now), f"{module} imports {package} before it is needed"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_named_for_what_it_is_and_fits_on_a_few_pages(module: str) -> None:
    assert not FORBIDDEN_NAMES & set(module.split("."))
    lines = MODULES[module].read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{module} has {lines} lines"


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_unpickled_evaluated_asserted_or_printed(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for name, _ in imports(MODULES[module]):
        assert name.split(".")[0] not in ("pickle", "marshal", "shelve", "dill", "joblib")
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Assert), f"{module}:{node.lineno} asserts"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("eval", "exec", "print"), f"{module}:{node.lineno}"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is(module: str) -> None:
    path = MODULES[module]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), f"{module} has no docstring"
