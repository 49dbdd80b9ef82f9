"""Under which licence is each thing we ship with? Writes and checks docs/licences.md from the installed packages.

Run as `python -m tests.licences --write` or `--check`. Only run-time requirements count; the tests' tools are not shipped.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs" / "licences.md"
#: a licence whose terms would bind the whole product; LGPL is fine for an unmodified library
REFUSED = re.compile(r"(?<!L)\b(AGPL|GPL)|affero|commons clause|sspl", re.IGNORECASE)
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^ ;\\]+)(?: *; *(?P<marker>[^\\]+))?", re.MULTILINE)


def pinned() -> dict[str, str]:
    """Name → version of the run-time requirements that this platform installs."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return {match["name"]: match["version"] for match in _PIN.finditer(text) if _installed(match["name"])}


def _installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def licence_of(name: str) -> str:
    """The licence a package states: its expression, else its classifier, else the first line of its field or text."""
    about = metadata.metadata(name)
    expression = about.get("License-Expression")
    if expression:
        return expression
    classifiers = [line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    classifiers = [each for each in classifiers if each != "OSI Approved"]  # says that there is a licence, not which
    if classifiers:
        return " / ".join(classifiers)
    text = (about.get("License") or "").strip() or _licence_text(name)
    return text.splitlines()[0][:60] if text else "未写明"


def _licence_text(name: str) -> str:
    """The text of the licence that a package brings along, "" if it brings none."""
    named = metadata.metadata(name).get_all("License-File", [])
    found = [file for file in metadata.files(name) or [] if file.name in {Path(one).name for one in named}]
    return found[0].read_text(encoding="utf-8").strip() if found else ""


def page() -> str:
    """The whole licence list as Markdown."""
    rows = [f"| {name} | {licence_of(name)} |" for name in sorted(pinned(), key=str.lower)]
    return "\n".join(
        [
            "# 随产品使用的组件及其许可",
            "",
            "由 `make licences` 生成，`make lint` 核对；版本见 `requirements.txt`。字体的许可见 `static/`。",
            "",
            "| 组件 | 许可 |",
            "|---|---|",
            *rows,
            "",
        ]
    )


def problems() -> list[str]:
    """What is wrong with the list: stale, or a licence we do not accept."""
    found = [f"{name}：{licence_of(name)} 不可用于本产品" for name in pinned() if REFUSED.search(licence_of(name))]
    if not LIST.exists() or LIST.read_text(encoding="utf-8") != page():
        found.append("docs/licences.md 与已安装的组件不一致，请运行 make licences")
    return found


def main(arguments: list[str]) -> int:
    """`--write` renders the list, `--check` compares it."""
    if "--write" in arguments:
        LIST.write_text(page(), encoding="utf-8")
        return 0
    found = problems()
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
