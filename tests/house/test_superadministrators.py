"""Superadministrators are appointed by the operator's command, and nowhere else (F207); others by one operation."""

import ast
from typing import Any

import pytest

import admin.desks  # noqa: F401 - every register is declared
from admin.action import HouseAction
from admin.desk import Desk
from admin.desks.appointments import Appoint, AppointHolder, AppointmentDesk, EndAppointment
from admin.entry import asked
from admin.facts import plain_type
from models.accounts.tables.account import Appointment
from models.rights import Duty, Right
from permissions.roles import DUTIES
from tests.house.sources import calls, functions, modules, named, tree

pytestmark = pytest.mark.feature("F207")
APPOINTING = "permissions/sign_in/appointments.py"


def callers(name: str) -> set[str]:
    return {named(path) for path in modules() if any(called == name for called, _ in calls(tree(path)))}


def mentioning(name: str) -> set[str]:
    """Who could pass it on without calling it."""
    return {named(path) for path in modules() if name in path.read_text("utf-8")}


def every(kind: type[Any]) -> list[type[Any]]:
    ours = [sub for sub in kind.__subclasses__() if sub.__module__.startswith("admin.desks")]
    return ours + [deeper for sub in kind.__subclasses__() for deeper in every(sub)]


def asking_for_a_duty() -> list[type[HouseAction]]:
    actions = every(HouseAction)
    assert len(actions) > 3
    return [action for action in actions if Duty in [plain_type(info.annotation) for _, info in asked(action.form)]]


def test_one_module_appoints() -> None:
    assert callers("Appointment") == {APPOINTING}


def test_only_the_command_makes_a_superadministrator() -> None:
    assert callers("invite_superadministrator") == {"main.py"}
    assert mentioning("invite_superadministrator") == {"main.py", "permissions/sign_in/invitations.py"}
    assert callers("appoint_superadministrator") == {"permissions/sign_in/invitations.py"}
    assert mentioning("appoint_superadministrator") == {"permissions/sign_in/invitations.py", APPOINTING}


def test_the_duty_is_named_by_who_makes_it_and_by_who_refuses_it() -> None:
    """Where an appointment is made, only the operator's own deed begins one as superadministrator."""
    path = next(path for path in modules() if named(path) == APPOINTING)
    naming = {function.name for function in functions(tree(path)) if "SUPERADMINISTRATOR" in ast.unparse(function)}
    assert naming == {"appoint_superadministrator", "end"}
    assert {
        name for name in mentioning("SUPERADMINISTRATOR") if name.startswith(("pages/", "jobs/", "reports/"))
    } == set()


def test_one_register_holds_appointments_and_none_of_its_fields_are_typed() -> None:
    desks = every(Desk)
    assert len(desks) > 5
    assert [desk.__name__ for desk in desks if desk.model is Appointment] == ["AppointmentDesk"]
    assert (AppointmentDesk.create_fields, AppointmentDesk.update_fields) == ([], [])
    assert AppointmentDesk.actions == [Appoint, EndAppointment]


def test_the_forms_that_ask_for_a_duty_do_not_offer_that_one() -> None:
    assert asking_for_a_duty() == [Appoint, AppointHolder]
    for form in asking_for_a_duty():
        assert set(form.offered(None, "duty", Duty)) == set(Duty) - {Duty.SUPERADMINISTRATOR}
    offering = [desk for desk in every(Desk) if {Appoint, AppointHolder} & {*desk.actions}]
    assert {desk.__name__ for desk in offering} == {"AccountDesk", "AppointmentDesk"}


def test_appointing_is_the_superadministrators_alone() -> None:
    rights = {AppointmentDesk.right, *(action.right for action in (*AppointmentDesk.actions, AppointHolder))}
    assert rights == {Right.ADMINISTRATORS_APPOINT}
    assert [duty for duty, given in DUTIES.items() if rights & given] == [Duty.SUPERADMINISTRATOR]


def test_no_page_writes_appointments() -> None:
    """They read who is appointed through the viewer's rights; the table itself is the register's, to be shown."""
    rooms = ("pages/", "admin/", "jobs/", "reports/")
    assert {name for name in mentioning("Appointment") if name.startswith(rooms)} == {
        *("admin/desks/__init__.py", "admin/desks/appointments.py")
    }
