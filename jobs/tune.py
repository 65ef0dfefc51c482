"""Keeps searches quick as the tables grow."""

from jobs.kit import Kit
from models.database import tune
from permissions.house import open_as_house
from permissions.proofs import HouseRight


async def tune_database(kit: Kit) -> str:
    async with kit.database.writing() as session:
        open_as_house(session, "tune-database").demand(HouseRight.DATABASE_TUNE)
        await tune(session)
    return "tuned"
