"""The people of the town as rows: persons, accounts, where they work, and what they are appointed to."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from uuid import UUID

from models.accounts.rules import TERMS
from models.accounts.tables.account import Account, Appointment, TermsAcceptance
from models.base import seal
from models.log.rules import Event
from models.organisation.rules import UnitKind
from models.organisation.tables import Unit
from models.people.rules import WEIGHTS_1, WEIGHTS_2, Gender
from models.people.tables import Person, UnitMembership
from models.rights import Duty, PlanKind
from seed.cast import GENDERS, TEXTS
from seed.lines import read_csv
from seed.rows import Rows
from seed.told import Human

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", " ": ".", "-": "."})
ARRIVED = -740
"""The day the first persons and accounts were made."""


@dataclass
class Place:
    """A municipality while it is being peopled: `staff` works in its units; `open_units` hold nobody of the cast."""

    municipality_id: UUID
    name: str
    units: dict[str, Unit]
    staff: list[Human] = field(default_factory=list)
    open_units: list[Unit] = field(default_factory=list)

    def working_in(self, kinds: Sequence[UnitKind]) -> list[Human]:
        units = {unit.id for unit in self.units.values() if unit.kind in kinds}
        return [human for human in self.staff if human.unit_id in units]


@dataclass(frozen=True)
class Card:
    """What is known of a person before the rows are made; `user_name` is empty for those who never sign in."""

    given_name: str
    family_name: str
    born: date
    gender: Gender
    user_name: str = ""
    unit: Unit | None = None
    position: str | None = None


def synthetic_national_id(born: date, chance: Random) -> str:
    """A fødselsnummer that nobody can have: the month is raised by 80, as the tax authority's test persons have it."""
    while True:
        front = f"{born:%d}{born.month + 80}{born:%y}{chance.randrange(500) + 500 * (born.year > 1999):03d}"
        first = _check_digit(front, WEIGHTS_1)
        second = _check_digit(f"{front}{first}", WEIGHTS_2)
        if first < 10 and second < 10:
            return f"{front}{first}{second}"


def _check_digit(digits: str, weights: tuple[int, ...]) -> int:
    return -sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11


class Folk:
    """Writes people. All share one password; the same human in two municipalities has one account and one number."""

    def __init__(self, rows: Rows, password_hash: str) -> None:
        self.rows, self.password_hash = rows, password_hash
        self._accounts: dict[str, UUID] = {}
        self._numbers: dict[str, str] = {}
        self._taken: set[str] = set()
        self._names: Counter[str] = Counter()

    def welcome(self, place: Place, card: Card) -> Human:
        """The card's person, account and membership of a unit."""
        rows, added_at = self.rows, self.rows.at(ARRIVED)
        vault = rows.vault(place.municipality_id, added_at)
        account_id = self._account(card.user_name, place) if card.user_name else None
        number = self._number(card)
        person = rows.make(
            Person,
            municipality_id=place.municipality_id,
            key_id=vault.key_id,
            account_id=account_id,
            given_name=card.given_name,
            family_name=card.family_name,
            birth_date=card.born,
            gender=card.gender,
            national_id_index=rows.keys.blind_indexes("person.national_id", number)[0],
            added_at=added_at,
        )
        seal(vault, person, national_id=number, email=card.user_name or None)
        rows.log(added_at, Event.PERSON_ADDED, place={"municipality_id": place.municipality_id}, person=str(person.id))
        self._membership(person, card)
        unit_id = card.unit.id if card.unit else None
        return Human(person.id, account_id, card.given_name, card.family_name, unit_id, card.position)

    def appoint(self, place: Place, account_id: UUID, duty: Duty, kind: PlanKind | None) -> None:
        rows, owned = self.rows, {"municipality_id": place.municipality_id}
        rows.put(Appointment, **owned, account_id=account_id, duty=duty, plan_kind=kind, valid_from=rows.day(ARRIVED))
        told = {"account": str(account_id), "duty": duty, "kind": kind, "valid_from": str(rows.day(ARRIVED))}
        rows.log(rows.at(ARRIVED), Event.APPOINTED, None, place=owned, **told, valid_to=None)

    def with_user_name(self, card: Card, place: Place) -> Card:
        """The card with an address that nobody in the town has yet."""
        letters = f"{card.given_name}.{card.family_name}".lower().translate(LETTERS)
        plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
        self._names[plain] += 1
        number = self._names[plain] if self._names[plain] > 1 else ""
        return replace(card, user_name=f"{plain}{number}@{place.name.lower()}.example")

    def _account(self, user_name: str, place: Place) -> UUID:
        if user_name not in self._accounts:
            made_at = self.rows.at(ARRIVED)
            vault = self.rows.vault(None, made_at)
            account = self.rows.make(
                Account,
                key_id=vault.key_id,
                user_name=user_name,
                password_hash=self.password_hash,
                last_municipality_id=place.municipality_id,
                made_at=made_at,
            )
            seal(vault, account, email=user_name)
            self.rows.put(TermsAcceptance, account_id=account.id, version=TERMS, language="nb", accepted_at=made_at)
            self._accounts[user_name] = account.id
        return self._accounts[user_name]

    def _number(self, card: Card) -> str:
        if (known := self._numbers.get(card.user_name)) and card.user_name:
            return known
        self._numbers[card.user_name] = number = self.free_number(card.born)
        return number

    def free_number(self, born: date) -> str:
        """A fødselsnummer that nobody in the town has."""
        number = synthetic_national_id(born, self.rows.chance)
        while number in self._taken:
            number = synthetic_national_id(born, self.rows.chance)
        self._taken.add(number)
        return number

    def _membership(self, person: Person, card: Card) -> None:
        if card.unit:
            self.rows.put(
                UnitMembership,
                municipality_id=person.municipality_id,
                person_id=person.id,
                unit_id=card.unit.id,
                is_staff=bool(card.user_name),
                position=card.position,
                valid_from=self.rows.day(ARRIVED),
            )


class Names:
    """Names to draw from."""

    def __init__(self, chance: Random) -> None:
        lines = read_csv(TEXTS / "names.csv")
        self.chance = chance
        self.families = [line["name"] for line in lines if line["part"] == "family"]
        self.given = {
            gender: [line["name"] for line in lines if line["part"] == "given" and line["gender"] == letter]
            for letter, gender in GENDERS.items()
        }

    def card(self, born: date, *, family: str = "", gender: Gender | None = None) -> Card:
        """A new human with a chance name."""
        gender = gender or self.chance.choice((Gender.FEMALE, Gender.MALE))
        family = family or self.chance.choice(self.families)
        return Card(self.chance.choice(self.given[gender]), family, born, gender)
