"""Every table, imported so that the metadata is whole: for migrations and for the tests about the schema."""

from sqlmodel import SQLModel

from models.accounts.tables import account, changes, identity, sign_in
from models.log import tables as log
from models.notices import tables as notices
from models.organisation import tables as organisation
from models.people import tables as people
from models.plans.tables import baton, begun, consent, drafts, goals, life, participants, plan, together
from models.templates import tables as templates

AREAS = (
    *(log, notices, organisation, people, account, sign_in, identity, changes, templates),
    *(plan, participants, consent, goals, life, together, drafts, baton, begun),
)
metadata = SQLModel.metadata
