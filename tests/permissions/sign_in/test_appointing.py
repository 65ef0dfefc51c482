"""A local superadministrator is appointed by the operator's command, and by nothing else (F207)."""

import ast

import pytest

from admin.desk import Desk
from admin.desks import build_site
from models.accounts.tables.account import Appointment
from tests.house.sources import modules, named, tree

pytestmark = pytest.mark.feature("F207")


def makes_appointments(module: ast.Module) -> bool:
    calls = [node.func for node in ast.walk(module) if isinstance(node, ast.Call)]
    return any(isinstance(call, ast.Name) and call.id == "Appointment" for call in calls)


def test_only_the_operators_command_and_the_demo_town_make_appointments() -> None:
    makers = {named(path) for path in modules() if makes_appointments(tree(path))}
    assert {maker for maker in makers if not maker.startswith("seed/")} == {"permissions/sign_in/invitations.py"}


def test_no_page_asks_for_the_operators_function() -> None:
    askers = {named(path) for path in modules() if "invite_superadministrator" in path.read_text(encoding="utf-8")}
    assert askers == {"main.py", "permissions/sign_in/invitations.py"}


def test_no_register_is_of_appointments() -> None:
    assert build_site(synthetic_people=True)
    desks = [desk for desk in Desk.__subclasses__() if getattr(desk, "model", None) is Appointment]
    assert desks == []
