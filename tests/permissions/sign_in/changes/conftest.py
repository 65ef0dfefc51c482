"""Per has an account, and colleagues who may ask for changes of it."""

from pathlib import Path

import pytest

from jobs.channels.email import FolderPost
from jobs.channels.sms import FolderSms
from jobs.kit import Kit
from models.accounts.tables.identity import Identity
from models.base import seal
from models.database import Database
from models.organisation.queries import vault
from models.rights import Duty
from tests.hamlet import Hamlet
from tests.permissions.sign_in.changes.asking import OLD, OLD_MOBILE, account_of


@pytest.fixture(autouse=True)
async def vik(database: Database) -> None:
    """Per has an account; Eva and Edel edit persons in Vik, Liv in Li, where nobody knows Per."""
    async with database.writing() as session:
        hamlet = Hamlet(session)
        vik, li = await hamlet.municipality(), await hamlet.municipality("Li")
        for name in ("Per", "Eva", "Edel"):
            await hamlet.person(vik, name)
        await hamlet.person(li, "Liv")
        for name, where in (("eva", vik), ("edel", vik), ("liv", li)):
            await hamlet.appoint(await account_of(session, name), where, Duty.PERSON_EDITOR)
        per = await account_of(session, "per")
        seal(await vault(session, per.key_id), per, email=OLD, mobile=OLD_MOBILE)
        session.add(Identity(account_id=per.id, pid_index="i1:0", linked_at=session.clock.now()))


@pytest.fixture
def kit(database: Database, tmp_path: Path) -> Kit:
    post = FolderPost(tmp_path / "mail", "m@vik.example", "vik.example")
    return Kit(database, post, FolderSms(tmp_path / "sms"), "https://medvirk.example")
