"""Whom the owner's side wishes to have along (F110), what was answered, and forms that are sent twice."""

import pytest
from sqlalchemy import func
from sqlmodel import col, select, update

from models.accounts.tables.account import Account
from models.base import pick
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.rules import OwnerApproval
from models.organisation.tables import Municipality
from models.plans.tables.participants import Participant, Proposal
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_participants import card_of
from tests.pages.test_participants_adding import TEACHER, add_teacher, newcomer
from tests.plan_rows import end, id_of

BERIT = {"name": "Berit Sundnes", "relation": "søster", "contact": "berit@sundnes.example"}


async def wish_for_berit(owner: Visitor, plan: str) -> Page:
    return await owner.send(await owner.get(f"{plan}/participants/wish"), **BERIT)


async def new_card(coordinator: Visitor, plan: str) -> Page:
    """The form of a new person, filled in with what the owner wished."""
    page = await coordinator.get(f"{plan}/participants")
    found = await coordinator.get(page.link("Legg til: Berit Sundnes"))
    none = await coordinator.post(found.url, found.typed())
    return await coordinator.get(none.link("Neste"))


async def count(town: Database, plan: str) -> tuple[int, int]:
    """Of proposals and participants."""
    async with town.reading() as session:
        found = [
            await session.scalar(pick(func.count()).select_from(table).where(col(table.plan_id) == id_of(plan)))
            for table in (Proposal, Participant)
        ]
    return found[0] or 0, found[1] or 0


async def told(town: Database, plan: str, kind: Notice) -> set[str]:
    async with town.reading() as session:
        names = (
            pick(Account.user_name)
            .join(Delivery, col(Delivery.account_id) == Account.id)
            .join(QueuedNotice, col(QueuedNotice.id) == Delivery.notice_id)
            .where(col(QueuedNotice.plan_id) == id_of(plan), col(QueuedNotice.kind) == kind)
        )
        return {name.partition("@")[0] for name in await session.scalars(names)}


@pytest.mark.feature("F110")
async def test_a_wish_is_told_to_the_coordinator_and_sent_twice_it_is_one(
    sign_in: SignIn, ip: str, town: Database
) -> None:
    owner, before = await sign_in("planeier"), await count(town, ip)
    form = await owner.get(f"{ip}/participants/wish")
    for typed in (form.typed() | BERIT, form.typed() | BERIT, (await owner.get(form.url)).typed() | BERIT):
        page = await owner.follow(await owner.post(form.url, typed))
        assert "Ønsket er sendt" in page.words
    assert await count(town, ip) == (before[0] + 1, before[1])
    assert await told(town, ip, Notice.TASK_MADE) == {"koordinator"}


@pytest.mark.feature("F110")
async def test_who_carries_a_wish_out_twice_lands_on_the_same_page_and_adds_one(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    await wish_for_berit(await sign_in("planeier"), ip)
    form, before = await new_card(coordinator, ip), await count(town, ip)
    for _ in range(3):
        assert "Lagt til." in (await coordinator.follow(await coordinator.send(form))).words
    assert await count(town, ip) == (before[0], before[1] + 1)
    assert await told(town, ip, Notice.PROPOSAL_ANSWERED) == {"planeier"}


@pytest.mark.feature("F8")
async def test_what_was_wished_by_who_answers_for_nobody_now_is_asked_about(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    await wish_for_berit(await sign_in("planeier"), ip)
    async with town.writing() as session:
        other = pick(Account.id).where(col(Account.user_name) == "tjenesteyter@fjordvik.example").scalar_subquery()
        await session.execute(update(Proposal).where(col(Proposal.plan_id) == id_of(ip)).values(proposed_by=other))
    before = await told(town, ip, Notice.PROPOSAL_MADE)
    await coordinator.follow(await coordinator.send(await new_card(coordinator, ip)))
    assert await told(town, ip, Notice.PROPOSAL_MADE) - before == {"planeier"}
    async with town.reading() as session:
        newest = select(Participant).where(col(Participant.plan_id) == id_of(ip), col(Participant.awaits_approval))
        assert len(list(await session.scalars(newest))) == 1


async def test_a_wish_that_somebody_has_seen_to_meanwhile_keeps_what_was_written(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    owner = await sign_in("planeier")
    await wish_for_berit(owner, ip)
    form, before = await new_card(coordinator, ip), await count(town, ip)
    await owner.post((await owner.get(f"{ip}/participants")).one("//form[contains(@action, '/withdraw')]/@action"))
    page = await coordinator.send(form, position="Tante")
    assert page.status == 409
    assert "Noen har allerede tatt seg av dette ønsket." in page.summary()
    assert page.typed()["position"] == "Tante"
    assert await count(town, ip) == before
    assert (await coordinator.get(form.url)).status == 409


@pytest.mark.feature("F110")
async def test_a_wish_that_cannot_be_is_answered_with_a_reason_that_the_owner_reads(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    owner = await sign_in("planeier")
    await wish_for_berit(owner, ip)
    form = await coordinator.get((await coordinator.get(f"{ip}/participants")).link("Dette går ikke"))
    wrong = await coordinator.send(form, reason="x" * 200_000)
    assert (wrong.status, wrong.error("reason")) == (400, "Bruk høyst 500 tegn.")
    for _ in range(2):
        said = await coordinator.follow(await coordinator.send(form, reason="Har ikke tid <script>x</script>"))
        assert "Svaret er sendt til dem som ønsket det." in said.words
    page = await owner.get(f"{ip}/participants")
    assert "Ønske om en ny deltaker: Berit Sundnes Det går ikke nå" in page.words
    assert "«Har ikke tid <script>x</script>»" in page.words
    assert "Berit" not in (await (await sign_in("tjenesteyter")).get(f"{ip}/participants")).words


@pytest.mark.parametrize("name", ["tjenesteyter", "assistent", "foresatt", "rektor", "koordinator@dalen.example"])
async def test_a_wish_is_nobody_elses_business(sign_in: SignIn, ip: str, name: str, coordinator: Visitor) -> None:
    await wish_for_berit(await sign_in("planeier"), ip)
    address = (await coordinator.get(f"{ip}/participants")).link("Dette går ikke")
    visitor = await sign_in(name)
    assert (await visitor.get(address)).status == 404
    for deed in ("refuse", "withdraw"):
        assert (await visitor.post(address.replace("refuse", deed), {"reason": "Nei"})).status == 404
    assert (await visitor.get(f"{ip}/participants/new?wish={address.split('/')[-2]}")).status in (403, 404)


async def test_a_wish_of_one_plan_is_not_found_in_another(
    coordinator: Visitor, sign_in: SignIn, ip: str, relay: str
) -> None:
    await wish_for_berit(await sign_in("planeier"), ip)
    address = (await coordinator.get(f"{ip}/participants")).link("Dette går ikke")
    wish = address.split("/")[-2]
    for foreign in (address.replace(ip, relay), f"{relay}/participants/new?wish={wish}"):
        assert (await coordinator.get(foreign)).status == 404
    typed = {"given_name": "Berit", "family_name": "Sundnes", "role": "other", "begins": "2026-11-20"}
    assert (await coordinator.post(f"{relay}/participants/new/person?wish={wish}", typed)).status == 404
    assert (await coordinator.post(address.replace(ip, relay), {"reason": ""})).status == 404
    assert (await coordinator.get(f"{ip}/participants/proposals/{wish}")).status == 404


async def test_nobody_wishes_or_answers_in_an_ended_plan(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    owner = await sign_in("planeier")
    await wish_for_berit(owner, ip)
    page = await owner.get(f"{ip}/participants")
    withdraw = page.one("//form[contains(@action, '/withdraw')]/@action")
    await end(town, ip)
    assert (await owner.get(f"{ip}/participants/wish")).status == 403
    assert (await owner.post(f"{ip}/participants/wish", BERIT | {"role": "other"})).status == 403
    assert (await owner.post(withdraw)).status == 403
    assert (await coordinator.post(withdraw.replace("withdraw", "refuse"), {"reason": ""})).status == 403


@pytest.mark.feature("F8")
@pytest.mark.parametrize(
    ("deed", "said"), [("approve", "Svaret er lagret: ja."), ("decline", "Svaret er lagret: nei.")]
)
async def test_who_answers_twice_gets_the_same_page_and_who_changes_their_mind_is_told(
    coordinator: Visitor, sign_in: SignIn, ip: str, deed: str, said: str
) -> None:
    await add_teacher(coordinator, ip)
    owner = await sign_in("planeier")
    owner.hidden = ()
    asked = await owner.get((await owner.get(f"{ip}/participants")).link("Les mer og svar"))
    seen = {"seen": asked.one("//input[@name='seen']/@value")}
    for _ in range(2):
        assert said in (await owner.follow(await owner.post(f"{asked.url}/{deed}", seen))).words
    other = {"approve": "decline", "decline": "approve"}[deed]
    assert (await owner.post(f"{asked.url}/{other}", seen)).status == 409
    assert (await coordinator.post(f"{asked.url}/withdraw")).status == 409
    page = await coordinator.get(f"{ip}/participants")
    assert f"Kan {TEACHER} bli med i planen?" in page.words
    answer = "ja" if deed == "approve" else "nei"
    assert f"Svaret var {answer} Rolf Erik Sundnes," in (await coordinator.get(asked.url)).words


@pytest.mark.feature("F8")
async def test_where_nobody_can_sign_in_to_answer_the_coordinator_writes_it_down_though_the_rule_is_in_medvirk(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    async with town.writing() as session:
        await session.execute(update(Municipality).values(owner_approval=OwnerApproval.IN_APP))
    await add_teacher(coordinator, ip)
    asked = await coordinator.get((await coordinator.get(f"{ip}/participants")).link("Se spørsmålet"))
    said = {"answer": "yes", "method": "paper", "remark": "Rolf skrev under 12. november. Marte var til stede."}
    assert "Svaret kommer fra planeieren, i Medvirk." in asked.words
    assert (await coordinator.post(f"{asked.url}/record", said)).status == 400
    async with town.writing() as session:
        owner = col(Account.user_name) == "planeier@fjordvik.example"
        await session.execute(update(Account).where(owner).values(disabled_at=session.clock.now()))
    home = await coordinator.get(ip)
    page = await coordinator.get(home.link(f"Kan {TEACHER} bli med i planen?"))
    assert "Ingen av dem som bestemmer i denne planen, kan logge på og svare i Medvirk nå." in page.words
    assert "Derfor kan du denne gangen skrive ned svaret her" in page.words
    assert (await coordinator.post(f"{asked.url}/record", said | {"remark": " "})).status == 400
    assert (await coordinator.post(f"{asked.url}/record", said)).status == 303
    told = (await coordinator.get(asked.url)).words
    assert "Svaret var ja" in told
    assert "skrevet ned av Marte Sørdal" in told
    assert "«Rolf skrev under 12. november. Marte var til stede.»" in told
    assert (await (await newcomer(sign_in, "laerer")).get(ip)).status == 200


async def test_who_left_is_added_anew_and_not_put_back(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    provider = await sign_in("tjenesteyter")
    mine = await card_of(provider, ip, "Torleif Vikan")
    await provider.send(await provider.get(f"{mine.url}/remove"))
    home = await coordinator.get(ip)
    assert "En deltaker har forlatt planen" in home.words
    card = await card_of(coordinator, ip, "Torleif Vikan")
    assert not card.has("//form[contains(@action, '/restore')]")
    assert (await coordinator.post(f"{card.url}/restore")).status == 400
    again = await coordinator.get(card.link("Legg til Torleif Vikan på nytt"))
    added = await coordinator.follow(await coordinator.send(again, role="provider"))
    assert "Venter på svar" in added.words
    closed = await provider.get(ip)
    assert closed.status == 403
    assert "Du får tilgang når den planen gjelder, eller en foresatt, sier ja til at du deltar." in closed.words


async def test_the_same_person_is_added_once_however_many_add_them(
    coordinator: Visitor, ip: str, town: Database
) -> None:
    await add_teacher(coordinator, ip)
    before = await count(town, ip)
    async with town.reading() as session:
        newest = select(Participant).where(col(Participant.plan_id) == id_of(ip), col(Participant.awaits_approval))
        person = (await session.scalars(newest)).one().person_id
    form = await coordinator.get(f"{ip}/participants/new/{person}")
    page = await coordinator.send(form, role="other")
    assert page.status == 400
    assert f"{TEACHER} er med i planen fra før." in page.summary()
    assert await count(town, ip) == before
