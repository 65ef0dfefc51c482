"""The Norwegian order of letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import String, literal, select, union_all

from models.alphabet import alphabetical, in_alphabet, letters_of
from models.database import Database

LISTS = [
    ["Anne", "Zara", "Ærlig", "Ørn", "Åse"],
    ["anne", "Berit", "cecilie"],
    ["Eva", "Éva", "Eve"],
    ["Zara", "Aase", "Åse"],
    ["Ole", "Ärlig", "Ærling", "Öst", "Østen"],
    ["A.B.", "B.A.", "Å.B."],
    ["Eanan", "Eaŋŋa", "Eara"],
    ["", "A"],
]


@pytest.mark.parametrize("names", LISTS)
def test_names_lie_as_in_a_norwegian_list(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=alphabetical) == names


@pytest.mark.parametrize(("one", "other"), [("Å", "A\u030a"), ("ÅSE", "åse"), ("André", "andre")])
def test_the_same_letters_written_otherwise_lie_together(one: str, other: str) -> None:
    assert alphabetical(one)[0] == alphabetical(other)[0]


@given(st.text(), st.text())
def test_only_the_same_text_has_the_same_place(one: str, other: str) -> None:
    assert (alphabetical(one) == alphabetical(other)) is (one == other)


@pytest.mark.parametrize("names", LISTS)
async def test_both_databases_sort_them_alike(database: Database, names: list[str]) -> None:
    said = union_all(*(select(literal(name).label("name")) for name in names[::-1])).subquery()
    async with database.reading() as session:
        found = list(await session.scalars(select(said.c.name).order_by(in_alphabet(said.c.name))))
        backwards = list(await session.scalars(select(said.c.name).order_by(in_alphabet(said.c.name).desc())))
    assert [letters_of(name) for name in found] == [letters_of(name) for name in names]
    assert [letters_of(name) for name in backwards] == [letters_of(name) for name in names[::-1]]
    assert sorted(found) == sorted(names)


@pytest.mark.parametrize(
    "text", ["", "Åse-Marie Ødegård", "A\u030ase", "D'Angelo", "ß", "Čáhppe", "Þór", "{|}", "100 %"]
)
async def test_the_databases_read_letters_as_we_do(database: Database, text: str) -> None:
    async with database.reading() as session:
        assert await session.scalar(select(in_alphabet(literal(text)))) == letters_of(text)


async def test_no_text_stays_no_text(database: Database) -> None:
    async with database.reading() as session:
        assert await session.scalar(select(in_alphabet(literal(None, String)))) is None
