"""Which font do the screens use, and how was it made? Cuts Noto Sans SC into the four files beside this script.

Two weights, each in two files: `common` (GB 2312 level 1, Latin, punctuation and every character the program's own
texts use) and `rare` (GB 2312 level 2). They are two families, the rare one behind the common one, so a browser fetches
it only when a name needs it. Characters outside both fall back to the system's font. Needs Debian's fonts-noto-cjk and
fonttools[woff]; run `python static/make_font.py` from the repository.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
SOURCE = Path("/usr/share/fonts/opentype/noto")
FAMILY = "Noto Sans CJK SC"
WEIGHTS = {"regular": "NotoSansCJK-Regular.ttc", "bold": "NotoSansCJK-Bold.ttc"}
OWN_TEXTS = ("**/*.py", "**/*.toml", "**/*.csv", "**/*.md")
OWN_FOLDERS = ("analytics", "commands", "data", "docs", "pages")


def gb2312(first_row: int, last_row: int) -> set[int]:
    """Code points of the GB 2312 rows, 16–55 being level 1 and 56–87 level 2, 1–9 signs and letters."""
    found = set()
    for row in range(first_row, last_row + 1):
        for cell in range(1, 95):
            try:
                found.add(ord(bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def own_characters() -> set[int]:
    """Every character the program's own texts use."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in OWN_FOLDERS
        for pattern in OWN_TEXTS
        for path in (HERE.parent / folder).glob(pattern)
    ]
    return {ord(letter) for text in texts for letter in text if ord(letter) > 0x1F}


def face(collection: TTCollection) -> TTFont:
    """The simplified Chinese face of a collection."""
    return next(font for font in collection.fonts if str(font["name"].getDebugName(1)).startswith(FAMILY))


def cut(weight: str, part: str, wanted: set[int]) -> None:
    """Write one woff2 file with the wanted code points that the face has."""
    font = face(TTCollection(SOURCE / WEIGHTS[weight], lazy=True))
    options = subset.Options(
        flavor="woff2", hinting=False, desubroutinize=False, layout_features=["kern", "tnum", "locl", "calt"]
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(wanted & set(font.getBestCmap())))
    cutter.subset(font)
    subset.save_font(font, str(HERE / f"notosanssc-{weight}-{part}.woff2"), options)


def main() -> None:
    """Cut both weights in both parts."""
    common = (
        set(range(0x20, 0x7F))
        | set(range(0xA0, 0x100))
        | set(range(0x2000, 0x2070))
        | gb2312(1, 9)
        | gb2312(16, 55)
        | own_characters()
    )
    for weight in WEIGHTS:
        cut(weight, "common", common)
        cut(weight, "rare", gb2312(56, 87) - common)


if __name__ == "__main__":
    main()
