"""Three short texts to index, and what tests ask of the folder of an index."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rag.index import open_index
from rag.index.manifest import Manifest

TEXTS = {
    "a.txt": "융자 지원 사업\n\n1. 융자 한도\n- 업체당 최대 3,000만원을 융자한다.\n- 금리는 연 2.0%로 한다.\n",
    "b.txt": "2021년 수출 지원\n\n수출 바우처는 1,064억원 규모로 편성되었다.\n",
    "c.txt": "보증 안내\n",
}
HANGUL = re.compile("[가-힣]")


def write(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    """Writes the texts into the folder, which it makes, and gives it back."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return folder


def generations(index_dir: Path) -> list[str]:
    """All that lies in the folder but the lock, which stays."""
    return sorted(path.name for path in index_dir.iterdir() if path.name != ".lock")


def placeless(manifest: Manifest) -> Manifest:
    """A manifest without where its documents lay: the copies lie elsewhere."""
    return replace(manifest, origins={})


def serves_as_before(index_dir: Path, manifest: Manifest) -> bool:
    """Whether the generation that serves is the old one, whole, and nothing else is left."""
    name = (index_dir / "CURRENT").read_text().strip()
    return (
        generations(index_dir) == ["CURRENT", name]
        and placeless(open_index(index_dir).manifest) == placeless(manifest)
        and not check_files(index_dir / name, manifest)
    )


def check_files(folder: Path, manifest: Manifest) -> list[str]:
    """The files of a generation that are not, byte for byte, those of the manifest."""
    return [
        name
        for name, (size, digest) in manifest.files.items()
        if len(data := (folder / name).read_bytes()) != size
        or hashlib.sha256(data).hexdigest() != digest
    ]


def edit_manifest(index_dir: Path, edit: Callable[[dict[str, object]], object]) -> None:
    """Changes the manifest of the generation that serves."""
    file = index_dir / (index_dir / "CURRENT").read_text().strip() / "manifest.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    edit(raw)
    file.write_text(json.dumps(raw), encoding="utf-8")
