"""One plan for each case, with the person who knocks in it; all of it made by the test itself."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from models.accounts.proof import Viewer
from models.accounts.rules import SignInMethod
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, pick
from models.database import Database
from models.labels import LABELS
from models.organisation.rules import UnderAge
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.plans.operations import about, activities, comments, cooperation, goals, journal, life_areas, subject_plans
from models.plans.operations.activities import ActivityContent
from models.plans.operations.cooperation import CooperationContent
from models.plans.operations.subject_plans import SubjectPlanContent
from models.plans.proof import OpenPlan
from models.plans.rules.words import Basis, ConsentAct, CooperationState
from models.plans.tables.consent import LegalBasis
from models.plans.tables.participants import Grant, Participant
from models.plans.tables.plan import Plan, PlanSpan, Revision
from models.rights import Assurance, Element, Level, PlanKind, Profile, Role
from permissions.access_matrix import HIDDEN, ITEM, OFF
from permissions.door import open_plan
from permissions.sign_in import sessions
from tests.hamlet import Hamlet
from tests.pages.pairwise import ITEMS, Case, words_of
from tests.signing_in import viewer_for

UNDER_GOALS = (Element.GOALS, Element.ACTIVITIES, Element.COMMENTS)
WRITING: dict[Element, tuple[str, Callable[[OpenPlan, str, dict[str, Any]], Awaitable[Any]]]] = {
    Element.ACTIVITIES: (
        "activity",
        lambda plan, text, made: activities.add(plan, made["goal"], ActivityContent(title=text)),
    ),
    Element.COMMENTS: ("comment", lambda plan, text, made: comments.add(plan, made["goal"], text)),
    Element.HOUSING: ("area", lambda plan, text, made: life_areas.add(plan, area=Element.HOUSING, text=text)),
    Element.COOPERATION: (
        "service",
        lambda plan, text, made: cooperation.add(plan, CooperationContent(title=text, state=CooperationState.WANTED)),
    ),
    Element.SUBJECT_PLANS: (
        "line",
        lambda plan, text, made: subject_plans.add(plan, SubjectPlanContent(title=text, contact="Ola")),
    ),
    Element.JOURNAL: ("entry", lambda plan, text, made: journal.add(plan, mood=None, text=text)),
    Element.ABOUT: ("about", lambda plan, text, made: about.write(plan, 0, text)),
}
"""What is written in each part, under the name it has in addresses."""


class World:
    """A municipality, somebody who coordinates everything, and Kari, who is all the others in turn."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.token = ""

    async def found(self) -> None:
        async with self.database.writing() as session:
            hamlet = Hamlet(session)
            here, there = await hamlet.municipality("Vik"), await hamlet.municipality("Dal")
            siv = await hamlet.person(here, "Siv")
            kari = await hamlet.person(here, "Kari")
            assert kari.account_id
            self.token = (await sessions.begin(session, kari.account_id, SignInMethod.EMAIL)).token
            self.here, self.there, self.siv, self.kari = here.id, there.id, siv.id, kari.id
            for kind in (PlanKind.IP, PlanKind.SL):
                rule = UnderAge.NO_SIGN_IN if kind is PlanKind.IP else UnderAge.GUARDIAN_APPROVES
                await hamlet.age_policy(here, kind, rule)
            self.coordinator: Viewer = await viewer_for(session, "siv", profile=Profile.WORK, assurance=Assurance.HIGH)

    async def make(self, case: Case) -> tuple[str, dict[str, str]]:
        """The plan's address, and the ids of its things: written while it was open, and then made as the case says."""
        async with self.database.writing() as session:
            hamlet = Hamlet(session)
            here = (await session.scalars(select(Municipality).where(col(Municipality.id) == self.here))).one()
            people = {one.id: one for one in await session.scalars(select(Person))}
            plan = await hamlet.plan(here, kind=self.kind(case))
            await hamlet.participant(plan, people[self.siv], Role.COORDINATOR)
            ids = await self.fill(session, plan, case.element)
            kari = await self.let_in(hamlet, plan, people[self.kari], case, ids)
            await self.rest(hamlet, plan, kari, case)
            await self.sign_in(session, case, people[self.kari], here)
            return f"/plans/{plan.id}", ids

    def kind(self, case: Case) -> PlanKind:
        return PlanKind.SL if case.rest.otherwise.endswith("godtatt det") else PlanKind.IP

    async def fill(self, session: HouseSession, plan: Plan, element: Element) -> dict[str, str]:
        """What the part holds, and the goal it lies under, if it does; the ids by their names in addresses."""
        opened, text = await open_plan(session, self.coordinator, plan.id), words_of(element)
        made: dict[str, Any] = {}
        if element in UNDER_GOALS:
            made["goal"] = await goals.add(opened, title=words_of(Element.GOALS))
        if element in WRITING:
            name, write = WRITING[element]
            made[name] = await write(opened, text, made)
        return {name: str(item.id) for name, item in made.items()}

    async def let_in(self, hamlet: Hamlet, plan: Plan, person: Person, case: Case, ids: dict[str, str]) -> Participant:
        """With nothing but the level in question, and what one must see to come to it."""
        levels = dict.fromkeys(Element, Level.NONE) | {Element.GOALS: Level.READ, case.element: case.level}
        days: dict[str, dict[str, Any]] = {"deltar fra i morgen": {"since": hamlet.today + timedelta(days=1)}}
        days |= {"sluttet i dag": {"until": hamlet.today}}
        made = await hamlet.participant(plan, person, case.role, **days.get(case.rest.otherwise, {}))
        for grant in await hamlet.session.scalars(select(Grant).where(col(Grant.participant_id) == made.id)):
            grant.level = levels[grant.element]
        made.awaits_approval = case.rest.otherwise == "venter på planeieren"
        if case.override.startswith(ITEM):
            level = next(lv for lv in Level if case.override == f"{ITEM}{LABELS[Level][lv]}")
            await hamlet.grant(made, case.element, UUID(ids[ITEMS[case.element]]), level)
        if case.override == HIDDEN:
            await hamlet.grant(made, Element.GOALS, UUID(ids["goal"]), Level.NONE)
        if case.override == OFF:
            plan.elements = [element for element in plan.elements if element != case.element.value]
        await hamlet.session.flush()
        return made

    async def rest(self, hamlet: Hamlet, plan: Plan, kari: Participant, case: Case) -> None:
        session, rest = hamlet.session, case.rest
        await session.execute(delete(LegalBasis).where(col(LegalBasis.plan_id) == plan.id))
        await session.execute(update(PlanSpan).where(col(PlanSpan.plan_id) == plan.id).values(state=rest.state))
        shared, _men, own = rest.basis.partition(", men ")
        if shared != "ingen":
            await hamlet.basis(plan, _basis(shared))
        if own:
            await hamlet.basis(plan, _basis(own.removesuffix(" for deltakeren")), 2, of=kari)
        await self.consent(hamlet, plan, kari, rest.consent)

    async def consent(self, hamlet: Hamlet, plan: Plan, kari: Participant, words: str) -> None:
        today, a_day = hamlet.today, timedelta(days=1)
        more: dict[str, dict[str, Any]] = {
            "siste dag er i dag": {"until": today},
            "gått ut": {"until": today - a_day},
            "begynner i morgen": {"since": today + a_day},
            "mangler signatur": {"signers": ((kari, False),)},
            "gitt bare for deltakeren": {"of": kari},
        }
        if words == "ingen":
            return
        given = await hamlet.consent(plan, **more.get(words, {}))
        given.provisional = words == "foreløpig"
        given.cancelled_at = hamlet.session.clock.now() if words == "avlyst" else None
        if words.startswith("trukket"):
            of = kari if words.endswith("deltakeren") else None
            await hamlet.consent(plan, 2, act=ConsentAct.WITHDRAWN, since=today, of=of)
        await hamlet.session.flush()

    async def sign_in(self, session: HouseSession, case: Case, kari: Person, here: Municipality) -> None:
        """Kari's one session is moved, and she is made as old, as the case wants."""
        otherwise = case.rest.otherwise
        works = case.role in (Role.COORDINATOR, Role.PROVIDER, Role.OTHER)
        if otherwise == "annen profil":
            works = not works
        here.demands = Assurance.HIGH if otherwise.startswith("for lavt") else Assurance.PASSWORD_AND_CODE
        born = session.clock.now().date().replace(year=2014 if otherwise.startswith("under 15") else 1980)
        kari.birth_date = born
        place: dict[str, Any] = {"municipality_id": self.there if otherwise == "annen kommune" else self.here}
        place |= {"profile": Profile.WORK if works else Profile.PERSONAL}
        mine = col(SignInSession.account_id) == kari.account_id
        await session.execute(update(SignInSession).where(mine).values(**place))

    async def written(self) -> int:
        async with self.database.reading() as session:
            return await session.scalar(pick(func.count()).select_from(Revision)) or 0


def _basis(words: str) -> Basis:
    return next(kind for kind in Basis if LABELS[Basis][kind] == words)
