"""Which rights each duty carries, and how far."""

import pytest

from models.rights import Duty, PlanKind, Right
from permissions.roles import ALL_KINDS, DUTIES, rights_of


def test_every_duty_carries_something_and_every_right_is_somebodys() -> None:
    assert DUTIES.keys() == set(Duty)
    assert set().union(*DUTIES.values()) == set(Right)


@pytest.mark.feature("F207")
def test_only_the_superadministrator_appoints() -> None:
    assert [duty for duty, rights in DUTIES.items() if Right.ADMINISTRATORS_APPOINT in rights] == [
        Duty.SUPERADMINISTRATOR
    ]


@pytest.mark.feature("F198")
def test_an_administrator_reaches_the_kinds_of_plan_he_answers_for() -> None:
    rights = rights_of([(Duty.ADMINISTRATOR, PlanKind.IP), (Duty.ADMINISTRATOR, PlanKind.SL)])
    assert rights[Right.ROLES_ADMINISTER] == {PlanKind.IP, PlanKind.SL}
    assert Right.PLANS_CREATE not in rights


@pytest.mark.feature("F197")
def test_a_duty_for_no_kind_in_particular_reaches_all() -> None:
    rights = rights_of([(Duty.ADMINISTRATOR, PlanKind.IP), (Duty.SUPERADMINISTRATOR, None)])
    assert rights[Right.TEXTS_ADMINISTER] == ALL_KINDS


def test_no_duty_no_right() -> None:
    assert rights_of([]) == {}
