"""Small things with good names."""

import ast
from pathlib import Path

import pytest

from tests.house.sources import ROOT, functions, kept_files, modules, named, tree

MODULE, FUNCTION = 300, 40
NEVER = {"utils", "util", "helpers", "helper", "services", "service", "manager", "managers", "misc", "common"}
AREA = {"tables", "rules", "queries", "operations", "proof", "__init__"}
AREAS = ("log", "notices", "organisation", "people", "accounts", "templates", "plans")
TOP = {
    *("main.py", "pyproject.toml", "admin", "models", "pages", "permissions", "jobs", "reports", "seed", "tests"),
    *("deploy", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", "Makefile", "package.json"),
    *("package-lock.json", "requirements.txt", "requirements-dev.txt", "requirements-node.txt", "Dockerfile", "docs"),
}
TEXTS = [path for path in kept_files() if path.suffix in (".py", ".html")]


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_no_file_is_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE, f"{lines} lines: split it by what it is about"


@pytest.mark.parametrize("path", modules(tests=True), ids=named)
def test_no_function_is_long(path: Path) -> None:
    if "migrations/versions" in named(path):
        return
    long_ = [f.name for f in functions(tree(path)) if (f.end_lineno or 0) - f.lineno + 1 > FUNCTION]
    assert long_ == []


def test_no_module_is_named_after_nothing() -> None:
    assert [named(path) for path in modules(tests=True) if NEVER & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_an_area_of_the_domain_uses_the_names_of_all_areas() -> None:
    inside = [path.relative_to(ROOT / "models") for path in modules() if "models" in path.relative_to(ROOT).parts]
    names = {(area.parts[0], area.parts[1].removesuffix(".py")) for area in inside if area.parts[0] in AREAS}
    assert {(area, name) for area, name in names if name not in AREA} == set()


def test_the_top_level_holds_what_it_is_given() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in kept_files()}
    assert {top for top in tops if not top.startswith(".")} <= TOP


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path)) or not tree(path).body or "versions" in path.parts
