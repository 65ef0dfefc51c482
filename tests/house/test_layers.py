"""Imports go downwards only."""

import ast
import os
import subprocess
import sys

from tests.house.sources import PACKAGES, ROOT, modules, named, tree


def test_the_layers_hold() -> None:
    tool = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    ran = subprocess.run(
        [*tool, "--no-cache"], cwd=ROOT, env=os.environ | {"PYTHONPATH": "."}, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_nothing_imports_the_entry_or_the_tests() -> None:
    for path in modules():
        for node in ast.walk(tree(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] in ("main", "tests")], named(path)


def test_each_room_explains_itself() -> None:
    silent = [room for room in PACKAGES if not ast.get_docstring(tree(ROOT / room / "__init__.py"))]
    assert silent == [], "the docstring of a package's __init__.py is its architecture page"
