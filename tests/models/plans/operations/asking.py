"""A question to the owner, and those who may answer it."""

from typing import Any

from models.accounts.tables.account import Account
from models.plans.operations import participants
from models.plans.queries.proposals import waiting
from models.plans.tables.participants import Participant, Proposal
from models.rights import Role
from tests.models.plans.conftest import Here


async def add_liv(here: Here, **more: Any) -> Participant:
    liv = await here.hamlet.person(here.municipality, "Liv")
    return await participants.add(await here.opened_by("Kari"), liv, Role.PROVIDER, **more)


async def question(here: Here) -> Proposal:
    [found] = await waiting(await here.opened_by("Kari"))
    return found


async def with_password(here: Here, name: str) -> Account:
    """They can sign in."""
    account = await here.session.get_one(Account, here.people[name].account_id)
    account.password_hash = "not one that opens anything"
    await here.session.flush()
    return account
