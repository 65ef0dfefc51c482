"""A place smaller than the town: as few rows as a rule needs, put together by the test itself."""

import csv
from collections.abc import Awaitable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlmodel import select

from models.accounts.rules import TERMS
from models.accounts.tables.account import Account, Appointment, TermsAcceptance
from models.base import HouseSession, Row
from models.clock import local_day
from models.organisation.operations import new_vault
from models.organisation.rules import UnderAge, UnitKind
from models.organisation.tables import AgePolicy, Municipality, Unit
from models.people.tables import Person, UnitMembership
from models.plans.proof import OpenPlan
from models.plans.rules.words import Basis, ConsentAct, ConsentMethod, PlanState, profile_of
from models.plans.tables.consent import Consent, ConsentSignature, ConsentSigner, LegalBasis
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Reason, Refused
from models.rights import Assurance, Duty, Element, Level, PlanKind, Role
from models.templates.tables import RoleTemplate
from permissions.door import open_plan
from tests.signing_in import viewer_for

ROLES = Path(__file__).parents[1] / "seed" / "reference" / "role_templates.csv"


@cache
def role_rows() -> tuple[dict[str, str], ...]:
    with ROLES.open(newline="") as file:
        return tuple(csv.DictReader(file))


def standard_levels(kind: PlanKind, role: Role) -> dict[Element, Level]:
    """What the seeded template of the role gives."""
    row = next(row for row in role_rows() if (row["kind"], row["role"]) == (kind, role))
    return {element: Level(int(row[element.value])) for element in Element}


R = TypeVar("R", bound=Row)


async def refused(doing: Awaitable[Any]) -> Reason:
    """The reason with which the deed is refused; fails when it is not."""
    with pytest.raises(Refused) as refusal:
        await doing
    return refusal.value.reason


class Hamlet:
    """Rows for one session. Days default to a plan made a hundred days ago."""

    def __init__(self, session: HouseSession) -> None:
        self.session = session
        self.today = local_day(session.clock.now())
        self.before = self.today - timedelta(days=100)

    async def put(self, row: R) -> R:
        self.session.add(row)
        await self.session.flush()
        return row

    async def municipality(self, name: str = "Vik", demands: Assurance = Assurance.PASSWORD_AND_CODE) -> Municipality:
        made = await self.put(Municipality(name=name, demands=demands, added_at=self.session.clock.now()))
        for row in role_rows():
            kind, role = PlanKind(row["kind"]), Role(row["role"])
            levels = {element.value: level for element, level in standard_levels(kind, role).items()}
            self.session.add(RoleTemplate(municipality_id=made.id, kind=kind, role=role, label=row["label"], **levels))
        await self.session.flush()
        return made

    async def account(self, user_name: str, password_hash: str | None = None) -> Account:
        key = new_vault(self.session, None).key_id
        await self.session.flush()
        now = self.session.clock.now()
        made = await self.put(Account(key_id=key, user_name=user_name, password_hash=password_hash, made_at=now))
        await self.put(TermsAcceptance(account_id=made.id, version=TERMS, language="nb", accepted_at=now))
        return made

    async def person(
        self, municipality: Municipality, given_name: str, account: Account | None = None, *, employed: bool = True
    ) -> Person:
        """A person card; with an account of the same name when none is given, and a job in no plan's unit."""
        account = account or await self.account(given_name.lower())
        key = new_vault(self.session, municipality.id).key_id
        await self.session.flush()
        made = await self.put(
            Person(
                municipality_id=municipality.id,
                key_id=key,
                account_id=account.id,
                given_name=given_name,
                family_name="Hansen",
                added_at=self.session.clock.now(),
            )
        )
        if employed:
            await self.member(made, await self.unit(municipality, f"{given_name}s arbeidsplass"))
        return made

    async def child(self, municipality: Municipality, given_name: str, *, of_age: date | None = None) -> Person:
        """Somebody whose 15th birthday is on `of_age`: tomorrow unless told."""
        person = await self.person(municipality, given_name, employed=False)
        birthday = of_age or self.today + timedelta(days=1)
        person.birth_date = birthday.replace(year=birthday.year - 15)
        await self.session.flush()
        return person

    async def municipality_of(self, row: Any) -> Municipality:
        return (await self.session.scalars(select(Municipality).where(Municipality.id == row.municipality_id))).one()

    async def age_policy(self, municipality: Municipality, kind: PlanKind, rule: UnderAge) -> AgePolicy:
        return await self.put(AgePolicy(municipality_id=municipality.id, kind=kind, under_15=rule))

    async def appoint(self, account: Account, municipality: Municipality, duty: Duty) -> Appointment:
        return await self.put(
            Appointment(municipality_id=municipality.id, account_id=account.id, duty=duty, valid_from=self.before)
        )

    async def unit(self, municipality: Municipality, name: str = "Vik skole") -> Unit:
        return await self.put(Unit(municipality_id=municipality.id, name=name, kind=UnitKind.SCHOOL))

    async def member(
        self,
        person: Person,
        unit: Unit,
        since: date | None = None,
        until: date | None = None,
        *,
        is_staff: bool = True,
    ) -> None:
        span: dict[str, Any] = {"valid_from": since or self.before, "valid_to": until}
        await self.put(
            UnitMembership(
                municipality_id=unit.municipality_id, person_id=person.id, unit_id=unit.id, is_staff=is_staff, **span
            )
        )

    async def plan(
        self,
        municipality: Municipality,
        *,
        kind: PlanKind = PlanKind.IP,
        state: PlanState = PlanState.ACTIVE,
        basis: Basis | None = Basis.DECISION,
        elements: frozenset[Element] = frozenset(Element),
    ) -> Plan:
        key = new_vault(self.session, municipality.id).key_id
        await self.session.flush()
        made = await self.put(
            Plan(
                municipality_id=municipality.id,
                key_id=key,
                short_name="AB",
                elements=sorted(element.value for element in elements),
                made_at=self.session.clock.now(),
            )
        )
        owned: dict[str, Any] = {"municipality_id": municipality.id, "plan_id": made.id, "valid_from": self.before}
        await self.put(PlanSpan(**owned, kind=kind, state=state))
        if basis:
            await self.basis(made, basis)
        return made

    async def basis(
        self,
        plan: Plan,
        basis: Basis,
        number: int = 1,
        *,
        since: date | None = None,
        until: date | None = None,
        of: Participant | None = None,
    ) -> None:
        await self.put(
            LegalBasis(
                municipality_id=plan.municipality_id,
                plan_id=plan.id,
                participant_id=of.id if of else None,
                number=number,
                basis=basis,
                valid_from=since or self.before,
                valid_to=until,
                recorded_at=self.session.clock.now(),
            )
        )

    async def consent(
        self,
        plan: Plan,
        number: int = 1,
        *,
        act: ConsentAct = ConsentAct.GIVEN,
        since: date | None = None,
        until: date | None = None,
        of: Participant | None = None,
        signers: tuple[tuple[Participant, bool], ...] = (),
    ) -> Consent:
        """`signers` are (participant, has signed)."""
        now, owned = self.session.clock.now(), {"municipality_id": plan.municipality_id}
        made = await self.put(
            Consent(
                **owned,
                plan_id=plan.id,
                participant_id=of.id if of else None,
                number=number,
                act=act,
                method=ConsentMethod.DIGITAL,
                valid_from=since or self.before,
                valid_to=until,
                recorded_at=now,
            )
        )
        for participant, has_signed in signers:
            signer = await self.put(ConsentSigner(**owned, consent_id=made.id, participant_id=participant.id))
            if has_signed:
                await self.put(ConsentSignature(**owned, signer_id=signer.id, signed_at=now, account_id=made.id))
        return made

    async def participant(
        self,
        plan: Plan,
        who: Person | Unit,
        role: Role,
        *,
        kind: PlanKind = PlanKind.IP,
        since: date | None = None,
        until: date | None = None,
        **levels: Level,
    ) -> Participant:
        """With the standard rights of the role in the kind of plan, but for those given by an element's value."""
        owned: dict[str, Any] = {"municipality_id": plan.municipality_id}
        is_person = isinstance(who, Person)
        made = await self.put(
            Participant(
                **owned,
                plan_id=plan.id,
                person_id=who.id if is_person else None,
                unit_id=None if is_person else who.id,
                profile=profile_of(role),
                valid_from=since or self.before,
                valid_to=until,
            )
        )
        await self.put(RoleSpan(**owned, participant_id=made.id, role=role, valid_from=made.valid_from))
        rights = standard_levels(kind, role) | {Element(name): level for name, level in levels.items()}
        for element, level in rights.items():
            self.session.add(Grant(**owned, participant_id=made.id, element=element, level=level))
        await self.session.flush()
        return made

    async def grant(self, participant: Participant, element: Element, item_id: Any, level: Level) -> None:
        await self.put(
            Grant(
                municipality_id=participant.municipality_id,
                participant_id=participant.id,
                element=element,
                item_id=item_id,
                level=level,
            )
        )

    async def opened(self, plan: Plan, user_name: str, **asked: Any) -> OpenPlan:
        """The plan as it opens to somebody who signs in now."""
        return await open_plan(self.session, await viewer_for(self.session, user_name, **asked), plan.id)
