"""Of whom the register of appointments tells, and whom it offers: the lists of `permissions.sign_in.appointments`."""

from sqlalchemy import and_
from sqlmodel import col

from models.accounts.proof import Viewer
from models.accounts.tables.account import Appointment
from models.base import pick
from models.people.tables import Person
from permissions.scopes import Clause, administered_people


def appointable_people(viewer: Viewer) -> Clause:
    """Those who have an account, but for the viewer: nobody appoints themselves."""
    others = and_(col(Person.account_id).is_not(None), col(Person.account_id) != viewer.account_id)
    return and_(administered_people(viewer), others)


def administered_appointments(viewer: Viewer) -> Clause:
    """Of all who are appointed there, with a person card or without; none of whom the viewer is kept apart from."""
    unknown = pick(Person.account_id).where(
        *(col(Person.municipality_id) == viewer.municipality_id, col(Person.account_id).is_not(None)),
        ~administered_people(viewer),
    )
    here = col(Appointment.municipality_id) == viewer.municipality_id
    return and_(here, col(Appointment.account_id).not_in(unknown))
