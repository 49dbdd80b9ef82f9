"""How is a challenger kept and read back, without ever running what a file says? (挑战模型的存取)

A challenger lies beside its readable document (`models/companion.py`) as `HOME/record/models/<its id>.skops`: skops, never
pickle. Reading builds only the few types named here. What is kept are codes, splits and leaves of our own, nothing of
scikit-learn's inside, so an old file scores the same under a newer scikit-learn. The same model gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from data.errors import BrokenModel
from data.home import Home, write_durably
from models.challenger import ChallengerClassifier
from models.companion import challenger_path

#: The types a file may hold besides numbers, texts, arrays and frames.
TRUSTED = (
    "models.challenger.ChallengerClassifier",
    "models.forest.Column",
    "models.forest.Forest",
    "models.growing.Sigmoid",
)
_SCHEMA = "schema.json"
_TODO = "请恢复这个文件，或重新运行 train"


def dump(model: ChallengerClassifier) -> bytes:
    """The fitted model as a skops document; the same model gives the same bytes."""
    from skops import io as skops

    with ZipFile(io.BytesIO(skops.dumps(model))) as found:
        schema = json.loads(found.read(_SCHEMA))
        parts: dict[str, bytes] = {}
        _renumbered(schema, found, parts)
    parts[_SCHEMA] = json.dumps(schema, ensure_ascii=False, indent=1).encode("utf-8")
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as written:
        for name, content in parts.items():
            info = ZipInfo(name)  # of 1980, as every system writes it
            info.create_system = 3
            written.writestr(info, content, ZIP_DEFLATED)
    return out.getvalue()


def load(content: bytes, where: str = "挑战模型") -> ChallengerClassifier:
    """The model of `dump`.

    Raises
    ------
    BrokenModel
        when the content is damaged, holds a type that has no place in it, or is no challenger.
    """
    from skops import io as skops
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        model = skops.loads(content, trusted=list(TRUSTED))
    except UntrustedTypesFoundException as error:
        raise BrokenModel(f"挑战模型的文件里有不该有的东西：{error}", where, _TODO) from error
    except (AttributeError, BadZipFile, ImportError, KeyError, TypeError, ValueError) as error:
        raise BrokenModel(f"挑战模型的文件读不出来：{error}", where, _TODO) from error
    if not isinstance(model, ChallengerClassifier) or not hasattr(model, "forest_"):
        raise BrokenModel("这个文件不是训练好的挑战模型", where, _TODO)
    return model


def keep_challenger(home: Home, model_id: str, model: ChallengerClassifier) -> str:
    """Write the challenger under its id; the SHA-256 of what was written, for its document."""
    path, content = challenger_path(home, model_id), dump(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, content)
    return hashlib.sha256(content).hexdigest()


def load_challenger(home: Home, model_id: str, digest: str) -> ChallengerClassifier:
    """The challenger of that id, only if its file is byte for byte the one of that SHA-256.

    Raises
    ------
    BrokenModel
        when the file is missing, changed or damaged.
    """
    path = challenger_path(home, model_id)
    if not path.is_file():
        raise BrokenModel(f"没有挑战模型 {model_id} 的文件", str(path), _TODO)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise BrokenModel(f"挑战模型 {model_id} 的文件被改动过", str(path), _TODO)
    return load(content, str(path))


def _renumbered(node: Any, found: ZipFile, parts: dict[str, bytes]) -> None:
    """Replace skops's numbers (places in memory) by the order in which things come, and collect the arrays under them."""
    if isinstance(node, list):
        for each in node:
            _renumbered(each, found, parts)
    if not isinstance(node, dict):
        return
    if node.get("__loader__") == "NdArrayNode" and "file" in node:
        name = f"array-{len(parts):04d}.npy"
        parts[name] = found.read(node["file"])
        node["file"] = name
    for key, each in node.items():
        if key != "__id__":
            _renumbered(each, found, parts)
    node.pop("__id__", None)
