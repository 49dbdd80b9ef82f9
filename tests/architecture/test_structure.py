"""Does the code keep its shape: sizes, borders of the entry points, no utils, no place of this machine, portable SQL?"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlglot

ROOT = Path(__file__).resolve().parents[2]
FUNCTION_LINES, MODULE_LINES, PAGE_LINES = 40, 300, 80
#: (file, function or "") → why it may be longer than the house habit
LONGER: dict[tuple[str, str], str] = {}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


def tracked(*patterns: str) -> list[Path]:
    """Files of the project (tracked or new, not ignored) that match."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).exists()]


def product_code() -> list[Path]:
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] not in {"tests", "bench"}]


def too_long(path: Path) -> list[str]:
    """The parts of one file beyond the house habit and not excused."""
    name = str(path.relative_to(ROOT))
    source = path.read_text(encoding="utf-8")
    is_page = name.startswith("pages/") and "/parts/" not in name
    limit = PAGE_LINES if is_page else MODULE_LINES
    found = []
    if source.count("\n") > limit and (name, "") not in LONGER:
        found.append(f"{name}: {source.count(chr(10))} lines, habit {limit}")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES and (name, node.name) not in LONGER:
                found.append(f"{name}:{node.lineno} {node.name}: {length} lines, habit {FUNCTION_LINES}")
    return found


def test_functions_modules_and_pages_stay_within_the_house_habit() -> None:
    assert [line for path in product_code() for line in too_long(path)] == []


def test_every_excused_length_still_exists() -> None:
    for name, function in LONGER:
        assert (ROOT / name).exists()
        assert not function or f"def {function}(" in (ROOT / name).read_text(encoding="utf-8")


def test_no_module_is_a_drawer_or_hides_the_standard_library() -> None:
    bad = [
        str(path.relative_to(ROOT))
        for path in product_code()
        if path.stem in BANNED_NAMES or (path.stem in sys.stdlib_module_names and path.parent == ROOT)
    ]
    assert bad == []


def test_every_module_says_which_question_it_answers() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in product_code()
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def imports_of(path: Path) -> set[str]:
    """First parts of all names a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize(
    ("entry", "forbidden"),
    [
        ("app.py", {"data", "models", "commands", "duckdb", "sqlalchemy", "sklearn"}),
        ("cli.py", {"pages", "models", "analytics", "streamlit", "duckdb", "sqlalchemy"}),
    ],
)
def test_the_entry_points_import_no_deeper_than_they_may(entry: str, forbidden: set[str]) -> None:
    assert imports_of(ROOT / entry) & forbidden == set()


def test_the_import_contracts_hold() -> None:
    ran = subprocess.run([str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout


def test_no_clock_is_read_below_the_entry_points() -> None:
    clock = re.compile(r"\b(datetime\.now|date\.today|datetime\.utcnow|datetime\.today|time\.time)\(")
    readers = {
        str(path.relative_to(ROOT))
        for path in product_code()
        if path.relative_to(ROOT).parts[0] in {"data", "models", "analytics"} and clock.search(path.read_text(encoding="utf-8"))
    }
    assert readers == set()


def test_no_place_of_the_machine_it_was_written_on_is_named() -> None:
    place = re.compile("|".join(re.escape(f"{folder}/") for folder in (ROOT, Path.home())))
    named = [
        str(path.relative_to(ROOT))
        for path in tracked(
            "*.py", "*.md", "*.toml", "*.sql", "*.txt", "*.in", "Makefile", ".ci/run", "*.css", "*.html", "*.js"
        )
        if path != Path(__file__).resolve() and place.search(path.read_text(encoding="utf-8"))
    ]
    assert named == []


# --- SQL -------------------------------------------------------------------------------------------------------------


BLANKS = ("data/sql/templates", "data/sql/every", "data/sql/known")


def sql_files() -> list[Path]:
    """Files that are statements as they stand; those with blanks are looked at filled in, below."""
    found = tracked("data/sql/**/*.sql", "data/sql/*.sql")
    return [path for path in found if not str(path.relative_to(ROOT)).startswith(BLANKS)]


def composed_names() -> list[str]:
    """Every statement as it is run: files with their first steps, and the templates filled in for each kind."""
    from data.completeness import MATTERS
    from data.templates import DECLARED, FACTS

    written = [f"{path.parent.name}/{path.stem}" for path in sql_files()]
    made = [f"known/{table}_known" for table in FACTS]
    made += [f"{name}{table}" for table in DECLARED.values() for name in ("tables/", "build/stage_", "build/")]
    made += [f"build/judged_{kind}" for kind in MATTERS]
    return sorted({*written, *made})


NOT_PORTABLE = {
    "macro": re.compile(r"\bcreate\s+(or\s+replace\s+)?(temp\s+)?macro\b", re.IGNORECASE),
    "asof": re.compile(r"\basof\b", re.IGNORECASE),
    "pivot": re.compile(r"\b(un)?pivot\b", re.IGNORECASE),
}


@pytest.mark.parametrize("path", sql_files(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_sql_file_states_its_grain_and_is_portable_to_spark(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- grain: "), "the first line says the grain"
    travels(text)


@pytest.mark.parametrize("path", tracked(*BLANKS), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_template_states_its_grain_and_is_of_use(path: Path) -> None:
    from data.templates import EVERY, TEMPLATES

    assert path.read_text(encoding="utf-8").startswith("-- grain: ")
    branches = {*EVERY, *(f"{branch}_{table}" for branch, tables in EVERY.items() for table in tables)}
    assert path.stem in branches if path.parent.name == "every" else f"{path.parent.name}/{path.stem}" in TEMPLATES


@pytest.mark.parametrize("name", composed_names())
def test_every_statement_as_it_is_run_is_portable_to_spark(name: str) -> None:
    from data.store import compose

    travels(compose(name))


def travels(text: str) -> None:
    code = re.sub(r"--[^\n]*", "", text)
    for name, pattern in NOT_PORTABLE.items():
        assert not pattern.search(code), f"{name} does not travel to Spark"
    statements = sqlglot.transpile(text, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    assert statements
    for statement in statements:
        sqlglot.parse_one(statement, read="spark")


def test_object_names_are_unique_within_their_folder() -> None:
    names = [f"{path.parent.name}/{path.stem}" for path in sql_files()]
    assert len(names) == len(set(names))


def test_no_folder_of_tests_is_left_out_of_the_run(pytestconfig: pytest.Config) -> None:
    left_out = pytestconfig.getini("norecursedirs")
    folders = {part for path in tracked("tests/**/test_*.py") for part in path.relative_to(ROOT).parts[:-1]}
    assert [folder for folder in sorted(folders) if any(Path(folder).match(pattern) for pattern in left_out)] == []


def test_no_test_is_timed() -> None:
    from hypothesis import settings

    assert settings().deadline is None
