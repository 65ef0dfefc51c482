"""Forms about people, consent and responsibility, when the world has changed since they were shown, or too much is
sent."""

from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.database import Database
from models.plans.rules.words import PlanState
from models.plans.tables.consent import ConsentSignature, ConsentSigner
from models.plans.tables.plan import PlanSpan
from tests.client import Page, Visitor
from tests.pages.consenting import ask, ledger, make_ready, participation, state
from tests.pages.test_baton import PROVIDER, part_of

GUARDIAN = "foresatt@fjordvik.example"
FORMS = (
    "/participants/new",
    "/participants/new/unit",
    "/baton/offer",
    "/baton/substitute",
    "/consent/new/digital",
    "/consent/new/paper",
    "/consent/new/oral",
    "/consent/basis",
    "/consent/reset",
    "/apart/new",
    "/settings",
    "/participants/{provider}/change",
    "/participants/{provider}/remove",
    "/participants/{provider}/role",
)
STILL_OPEN = (
    "/consent/new/digital",
    "/consent/new/oral",
    "/consent/basis",
    "/consent/reset",
    "/participants/{provider}/remove",
)
"""Who sees an ended plan is still decided: access can be renewed, and taken back."""
LEFT_OUT = ("/apart/new", "/settings", "/consent/new/paper")
SIZE = 200_000


async def form_at(visitor: Visitor, town: Database, plan: str, under: str) -> Page:
    page = await visitor.get(plan + under.format(provider=await part_of(town, plan, PROVIDER)))
    assert page.status == 200, page.words
    return page


def written_in(page: Page) -> list[str]:
    """The fields of the page's forms in which anything can be written."""
    fields = "//div[@id='main']//form[@method='post']//*[self::textarea or self::input[not(@type) or @type='text']]"
    return [name for one in page.all(fields) if (name := one.get("name"))]


def sent_by(page: Page) -> tuple[str, dict[str, str]]:
    """Where the longest of the page's forms goes, and what it sends as it stands."""
    form = max(page.all("//div[@id='main']//form[@method='post']"), key=lambda one: len(list(one.fields)))
    return form.get("action") or page.url, {str(name): str(value) for name, value in form.form_values()}


async def end(town: Database, plan: str) -> None:
    async with town.writing() as session:
        here = col(PlanSpan.plan_id) == UUID(plan[-36:]), col(PlanSpan.valid_to).is_(None)
        await session.execute(update(PlanSpan).where(*here).values(state=PlanState.INACTIVE))


@pytest.mark.parametrize("under", FORMS)
async def test_no_form_takes_two_hundred_thousand_letters(
    coordinator: Visitor, town: Database, ip: str, under: str
) -> None:
    """Whatever the field, nothing breaks and nothing of it is kept: the visitor looks that a no changes nothing."""
    page = await form_at(coordinator, town, ip, under)
    address, typed = sent_by(page)
    for field in [name for name in written_in(page) if name in typed] or [next(iter(typed), "x")]:
        answer = await coordinator.post(address, typed | {field: "x" * SIZE})
        assert answer.status < 500
        assert "x" * SIZE not in (await coordinator.get(ip)).text


@pytest.mark.feature("F189")
@pytest.mark.parametrize("under", [under for under in FORMS if under not in STILL_OPEN + LEFT_OUT])
async def test_a_plan_that_is_ended_while_somebody_fills_in_a_form_takes_nothing_more(
    coordinator: Visitor, town: Database, ip: str, under: str
) -> None:
    page = await form_at(coordinator, town, ip, under)
    address, typed = sent_by(page)
    typed |= {name: "Vi ble enige på torsdag" for name in written_in(page) if name in ("note", "remark", "reason")}
    await end(town, ip)
    answer = await coordinator.post(address, typed)
    assert answer.status in (400, 403, 404, 409), answer.goes_to
    if "Vi ble enige på torsdag" in typed.values():
        assert "Vi ble enige på torsdag" in answer.text, "what was written is not lost"


@pytest.mark.feature("F189")
@pytest.mark.parametrize("under", STILL_OPEN)
async def test_a_plan_that_is_ended_is_never_taken_in_use_again_by_what_is_said_of_access(
    coordinator: Visitor, town: Database, ip: str, under: str
) -> None:
    address, typed = sent_by(await form_at(coordinator, town, ip, under))
    await end(town, ip)
    assert (await coordinator.post(address, typed)).status < 500
    assert await state(town, ip) is PlanState.INACTIVE


@pytest.mark.feature("F118")
async def test_an_account_that_is_closed_while_its_owner_reads_signs_nothing(
    coordinator: Visitor, guardian: Visitor, town: Database, relay: str
) -> None:
    await make_ready(town, relay)
    assert (await ask(coordinator, relay, await participation(town, relay, GUARDIAN))).status == 303
    page = await guardian.get(f"{relay}/consent")
    async with town.writing() as session:
        mine = update(Account).where(col(Account.user_name) == GUARDIAN)
        await session.execute(mine.values(disabled_at=session.clock.now()))
    answer = await guardian.send(page, agreed="y")
    assert answer.status == 401 or answer.goes_to.startswith("/login")
    (newest, *_rest) = await ledger(town, relay)
    async with town.reading() as session:
        signed = select(ConsentSignature).join(ConsentSigner).where(col(ConsentSigner.consent_id) == newest.id)
        assert list(await session.scalars(signed)) == []


@pytest.mark.feature("F118")
async def test_a_signing_form_kept_from_before_signs_no_later_consent(
    coordinator: Visitor, guardian: Visitor, town: Database, relay: str
) -> None:
    """Who asked took it back, and asks anew: what the signer read then, is not what they would sign now."""
    await make_ready(town, relay)
    signer = await participation(town, relay, GUARDIAN)
    assert (await ask(coordinator, relay, signer)).status == 303
    old = await guardian.get(f"{relay}/consent")
    room = await coordinator.get(f"{relay}/consent")
    taken_back = await coordinator.get(room.link("Trekk forespørselen tilbake"))
    assert (await coordinator.send(taken_back)).status == 303
    assert (await ask(coordinator, relay, signer)).status == 303
    assert (await guardian.send(old, agreed="y")).status in (400, 403, 404, 409)
    (newest, *_rest) = await ledger(town, relay)
    async with town.reading() as session:
        signed = select(ConsentSignature).join(ConsentSigner).where(col(ConsentSigner.consent_id) == newest.id)
        assert list(await session.scalars(signed)) == []
