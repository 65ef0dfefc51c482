"""Every table, imported so that the metadata is whole: for migrations and for the tests about the schema."""

from sqlmodel import SQLModel

from models.accounts import tables as accounts
from models.log import tables as log
from models.notices import tables as notices
from models.organisation import tables as organisation
from models.people import tables as people
from models.plans.tables import consent, goals, participants, plan
from models.templates import tables as templates

AREAS = (log, notices, organisation, people, accounts, templates, plan, participants, consent, goals)
metadata = SQLModel.metadata
