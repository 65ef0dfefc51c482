"""What is sealed opens for its own row, column and key, and for nothing else."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError
from sqlmodel import col, select, update

from models.base import seal, unseal
from models.database import Database
from models.organisation.queries import vault
from models.organisation.tables import DataKey
from models.people.tables import Person
from models.sealing import CannotOpen, KeyRing, Vault, read_or_make
from tests.hamlet import Hamlet

ROW = uuid4()


def new_vault(ring: KeyRing | None = None, key_id: UUID | None = None) -> Vault:
    ring, key_id = ring or KeyRing.fresh(), key_id or uuid4()
    return ring.vault(key_id, *ring.new_key(key_id))


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    vault = new_vault()
    assert vault.open("goal.title", ROW, vault.seal("goal.title", ROW, text)) == text


def test_nothing_is_sealed_as_nothing() -> None:
    vault = new_vault()
    assert vault.seal("goal.title", ROW, None) is None
    assert vault.open("goal.title", ROW, None) is None


def test_the_same_text_is_never_sealed_alike() -> None:
    vault = new_vault()
    assert vault.seal("goal.title", ROW, "Gå tur") != vault.seal("goal.title", ROW, "Gå tur")


def test_the_text_does_not_show_in_what_is_sealed() -> None:
    assert b"hemmelig" not in (new_vault().seal("goal.title", ROW, "hemmelig") or b"")


@pytest.mark.parametrize(("purpose", "row"), [("goal.title", uuid4()), ("goal.description", ROW)])
def test_it_opens_in_no_other_row_or_column(purpose: str, row: UUID) -> None:
    vault = new_vault()
    sealed = vault.seal("goal.title", ROW, "Gå tur")
    with pytest.raises(CannotOpen):
        vault.open(purpose, row, sealed)


def test_it_opens_with_no_other_key() -> None:
    with pytest.raises(CannotOpen):
        new_vault().open("goal.title", ROW, new_vault().seal("goal.title", ROW, "Gå tur"))


@given(st.data())
def test_one_changed_bit_is_seen(data: st.DataObject) -> None:
    vault = new_vault()
    sealed = bytearray(vault.seal("goal.title", ROW, "Gå tur") or b"")
    place = data.draw(st.integers(17, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CannotOpen):
        vault.open("goal.title", ROW, bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(16), b"Bare tekst", b"\x02" + bytes(60)])
def test_what_was_never_sealed_cannot_be_opened(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        new_vault().open("goal.title", ROW, sealed)


def test_a_destroyed_key_opens_nothing() -> None:
    ring = KeyRing.fresh()
    with pytest.raises(CannotOpen):
        ring.vault(uuid4(), "w1", None)


def test_a_wrapped_key_serves_no_other_id() -> None:
    ring = KeyRing.fresh()
    name, wrapped = ring.new_key(uuid4())
    with pytest.raises(CannotOpen):
        ring.vault(uuid4(), name, wrapped)


def test_a_key_of_another_ring_cannot_be_unwrapped() -> None:
    key_id = uuid4()
    wrapped = KeyRing.fresh().new_key(key_id)
    with pytest.raises(CannotOpen):
        KeyRing.fresh().vault(key_id, *wrapped)


def test_a_ring_key_that_is_gone_opens_nothing() -> None:
    ring, key_id = KeyRing.fresh(), uuid4()
    with pytest.raises(CannotOpen):
        ring.vault(key_id, "w0", ring.new_key(key_id)[1])


def test_a_ring_survives_being_written_down() -> None:
    ring = KeyRing.fresh()
    assert KeyRing.parse(ring.dump()) == ring


def test_the_keys_do_not_show_when_a_ring_is_printed() -> None:
    ring = KeyRing.fresh()
    assert "wraps" not in repr(ring)
    assert "_cipher" not in repr(new_vault(ring))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"wraps": {}, "indexes": {}}',
        '{"wraps": {"w1": "c2hvcnQ="}, "indexes": {"i1": "c2hvcnQ="}}',
        '{"wraps": {"w1": 7}, "indexes": {"i1": 7}}',
        '{"wraps": "w1", "indexes": "i1"}',
    ],
)
def test_a_ring_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ring"):
        KeyRing.parse(text)


def test_the_first_key_makes_new_ones_and_older_ones_still_open() -> None:
    old, key_id = KeyRing.fresh(), uuid4()
    wrapped = old.new_key(key_id)
    ring = KeyRing({"w2": bytes(32), **old.wraps}, old.indexes)
    assert ring.new_key(uuid4())[0] == "w2"
    assert ring.vault(key_id, *wrapped).key_id == key_id


def test_a_blind_index_finds_the_same_value_and_tells_nothing_of_it() -> None:
    ring = KeyRing.fresh()
    [index] = ring.blind_indexes("person.national_id", "01810112345")
    assert index == ring.blind_indexes("person.national_id", "01810112345")[0]
    assert "01810112345" not in index


@pytest.mark.parametrize(("purpose", "value"), [("sign_in.name", "a"), ("person.national_id", "b")])
def test_a_blind_index_differs_by_purpose_and_value(purpose: str, value: str) -> None:
    ring = KeyRing.fresh()
    assert ring.blind_indexes("person.national_id", "a") != ring.blind_indexes(purpose, value)


def test_every_index_key_is_searched_newest_first() -> None:
    ring = KeyRing({"w1": bytes(32)}, {"i2": b"2" * 32, "i1": b"1" * 32})
    assert [index.split(":")[0] for index in ring.blind_indexes("p", "v")] == ["i2", "i1"]


def test_a_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert read_or_make(path, "first") == read_or_make(path, "second") == "first"
    assert path.stat().st_mode & 0o777 == 0o600


async def test_the_column_refuses_plain_text(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet = Hamlet(session)
        person = await hamlet.person(await hamlet.municipality(), "Kari")
        person.national_id = b"01810112345"
        with pytest.raises(StatementError, match="must be sealed"):
            await session.flush()
        await session.rollback()


async def test_a_sealed_column_opens_after_a_journey_through_the_database(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        person = await hamlet.person(await hamlet.municipality(), "Kari")
        seal(await vault(session, person.key_id), person, mobile="+4700000000", email=None)
    async with database.reading() as session:
        person = (await session.scalars(select(Person))).one()
        opened = await vault(session, person.key_id)
        assert unseal(opened, person, "mobile") == "+4700000000"
        assert unseal(opened, person, "email") == ""


async def test_destroying_the_key_destroys_what_was_sealed_with_it(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        person = await hamlet.person(await hamlet.municipality(), "Kari")
        await session.execute(update(DataKey).where(col(DataKey.id) == person.key_id).values(wrapped=None))
        with pytest.raises(KeyError):
            await vault(session, person.key_id)
