"""The parity list is whole, and every test that says it shows a function names one."""

import ast
import re

from tests.features import features
from tests.house.sources import calls, modules, named, tree


def test_the_list_holds_every_number_once() -> None:
    expected = [f"F{number}" for number in range(1, 219)] + [f"N{number}" for number in range(1, 26)]
    assert list(features()) == expected
    assert [number for number, title in features().items() if not 4 <= len(title) <= 80] == []


def test_every_marker_names_a_function_of_the_list() -> None:
    for path in modules(tests=True):
        marks = (call.args[0] for name, call in calls(tree(path)) if name == "feature" and call.args)
        numbers = {mark.value for mark in marks if isinstance(mark, ast.Constant)}
        assert numbers <= features().keys(), named(path)
        assert all(re.fullmatch(r"[FN]\d+", str(number)) for number in numbers)
