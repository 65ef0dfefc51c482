"""The code as the house tests read it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("admin", "jobs", "models", "pages", "permissions", "reports", "seed")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def kept_files() -> tuple[Path, ...]:
    """What git keeps, or would: nothing that it is told to ignore."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(sorted({ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()}))


def modules(*, tests: bool = False) -> list[Path]:
    rooms = {*PACKAGES, "main.py", *(["tests"] if tests else [])}
    return [path for path in kept_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in rooms]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(the last part of what is called, the call) for every call inside."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            match inner.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name, inner


def functions(node: ast.AST) -> Iterator[Function]:
    return (inner for inner in ast.walk(node) if isinstance(inner, Function))


def listed(name: str) -> dict[str, str]:
    """A list of exceptions beside the tests: `thing: reason` on each line."""
    lines = (Path(__file__).parents[1] / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(": ", 1) for line in lines if line.strip() and not line.startswith("#"))
    return {thing.strip(): reason.strip() for thing, reason in pairs}
