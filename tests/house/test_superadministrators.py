"""Superadministrators are appointed by the operator's command, and nowhere else (F207)."""

from typing import Any

import pytest

import admin.desks  # noqa: F401 - every register is declared
from admin.action import HouseAction
from admin.desk import Desk
from admin.entry import asked
from admin.facts import plain_type
from models.accounts.tables.account import Appointment
from models.rights import Duty
from tests.house.sources import calls, modules, named, tree

pytestmark = pytest.mark.feature("F207")


def callers(name: str) -> set[str]:
    return {named(path) for path in modules() if any(called == name for called, _ in calls(tree(path)))}


def mentioning(name: str) -> set[str]:
    """Who could pass it on without calling it."""
    return {named(path) for path in modules() if name in path.read_text("utf-8")}


def every(kind: type[Any]) -> list[type[Any]]:
    ours = [sub for sub in kind.__subclasses__() if sub.__module__.startswith("admin.desks")]
    return ours + [deeper for sub in kind.__subclasses__() for deeper in every(sub)]


def test_one_module_appoints_and_only_the_command_asks_it_to() -> None:
    assert callers("Appointment") == {"permissions/sign_in/invitations.py"}
    assert callers("invite_superadministrator") == {"main.py"}
    assert mentioning("invite_superadministrator") == {"main.py", "permissions/sign_in/invitations.py"}


def test_no_register_holds_appointments() -> None:
    desks = every(Desk)
    assert len(desks) > 5
    assert [desk.__name__ for desk in desks if desk.model is Appointment] == []


def test_no_form_of_the_registers_asks_for_a_duty() -> None:
    actions = every(HouseAction)
    assert len(actions) > 3
    kinds = {action.__name__: [plain_type(info.annotation) for _, info in asked(action.form)] for action in actions}
    assert [name for name, types in kinds.items() if Duty in types] == []


def test_no_page_writes_appointments() -> None:
    """Pages and desks read who is appointed through the viewer's rights; the table itself is not theirs."""
    rooms = ("pages/", "admin/", "jobs/", "reports/")
    assert {name for name in mentioning("Appointment") if name.startswith(rooms)} == set()
