"""Those who consent take some of it back, and see first what happens; before it runs out they are told who loses what
(N3, F121)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select, update

from models.clock import local_day
from models.database import Database
from models.notices.rules import Notice
from models.plans.rules.words import ConsentAct, TaskKind
from models.plans.tables.consent import Consent
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.consenting import ledger, participation, plan_id, say_yes_to_all, send, tasks, told

GUARDIAN, OWNER = "foresatt@fjordvik.example", "planeier@fjordvik.example"
PROVIDER, SPECIALIST = "tjenesteyter@fjordvik.example", "spesialist@helse.example"
COORDINATOR = "koordinator@fjordvik.example"


@pytest.fixture
async def owner(sign_in: SignIn) -> Visitor:
    return await sign_in("planeier")


# ---- some of them ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("N3")
async def test_some_are_taken_out_and_the_others_stay(
    owner: Visitor, sign_in: SignIn, coordinator: Visitor, ip: str, town: Database
) -> None:
    one, other = [await participation(town, ip, who) for who in (PROVIDER, SPECIALIST)]
    form = await owner.get((await owner.get(f"{ip}/consent")).link("Ta ut bare noen av deltakerne"))
    page = await owner.get(f"{ip}/consent/withdraw/some?once=&participants={one}&participants={other}")
    assert form.has(f"//input[@name='participants'][@value='{one}']")
    assert page.words.count("mister tilgangen til") == 2
    assert "Disse beholder tilgangen" in page.words
    before = len(await ledger(town, ip))
    done = await owner.post(f"{ip}/consent/withdraw/some", {"participants": [str(one), str(other)], "remark": "Nok."})
    assert "Samtykket er trukket tilbake." in (await owner.follow(done)).words
    for who in ("tjenesteyter", SPECIALIST):
        assert (await (await sign_in(who)).get(ip)).status == 403
    assert (await coordinator.get(f"{ip}/goals")).status == 200
    assert len(await ledger(town, ip)) == before + 2
    assert len(await tasks(town, TaskKind.CONSENT_WITHDRAWN)) == 1
    assert COORDINATOR in await told(town, Notice.CONSENT_WITHDRAWN)


async def test_of_one_who_is_out_already_it_is_not_said_that_nobody_is_in(
    owner: Visitor, ip: str, town: Database
) -> None:
    one = await participation(town, ip, "utlopt@fjordvik.example")
    page = await owner.get(f"{ip}/consent/withdraw/some?once=&participants={one}")
    assert "Den eller de du har valgt, har ikke tilgang på grunn av samtykket." in page.words
    assert "Disse beholder tilgangen sin" in page.words
    assert "for ingen har tilgang" not in page.words


@pytest.mark.feature("F119")
@pytest.mark.parametrize("days", [0, 1])
async def test_who_was_let_in_alone_after_it_was_taken_back_can_be_taken_out_with_all(
    owner: Visitor, sign_in: SignIn, coordinator: Visitor, ip: str, town: Database, days: int
) -> None:
    assert (await owner.post(f"{ip}/consent/withdraw", {"remark": ""})).status == 303
    async with town.writing() as session:
        back = col(Consent.plan_id) == plan_id(ip), col(Consent.act) == ConsentAct.WITHDRAWN
        earlier = local_day(session.clock.now()) - timedelta(days=days)
        await session.execute(update(Consent).where(*back).values(valid_from=earlier))
    one, giver = [str(await participation(town, ip, who)) for who in (PROVIDER, OWNER)]
    typed = {"scope": "some", "participants": [one], "signers": [giver], "remark": "Sa ja.", "valid_from": "2026-11-20"}
    page = await coordinator.get(f"{ip}/consent/new/oral")
    assert (await send(coordinator, page, typed | {"valid_to": "2027-05-01"})).status == 303
    provider = await sign_in("tjenesteyter")
    assert (await provider.get(ip)).status == 200
    form = await owner.get((await owner.get(f"{ip}/consent")).link("Trekk hele samtykket tilbake"))
    assert (await owner.send(form)).status == 303
    assert (await provider.get(ip)).status == 403


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [("", "Velg minst én deltaker."), ("tull", "Velg noe fra listen."), (str(UUID(int=1)), "Velg noe fra listen.")],
)
async def test_who_cannot_be_taken_out_is_told_beside_the_field(
    owner: Visitor, ip: str, town: Database, chosen: str, sentence: str
) -> None:
    before = len(await ledger(town, ip))
    seen = await owner.get(f"{ip}/consent/withdraw/some?once=&participants={chosen}")
    sent = await owner.post(f"{ip}/consent/withdraw/some", {"participants": [chosen] if chosen else []})
    for page in (seen, sent):
        assert page.status == 400
        assert page.error("participants") in (sentence, "Velg noe fra listen.")
    assert len(await ledger(town, ip)) == before


async def test_nobody_is_taken_out_of_another_plan_nor_the_owner_of_their_own(
    owner: Visitor, ip: str, relay: str, town: Database
) -> None:
    for plan, who in ((relay, GUARDIAN), (ip, OWNER)):
        one = await participation(town, plan, who)
        assert (await owner.post(f"{ip}/consent/withdraw/some", {"participants": str(one)})).status == 400


@pytest.mark.parametrize("who", ["tjenesteyter", "assistent", "koordinator", "utlopt"])
@pytest.mark.parametrize("way", ["withdraw/some", "shorten", "unit"])
async def test_others_change_nothing_of_it(sign_in: SignIn, ip: str, who: str, way: str) -> None:
    visitor = await sign_in(who)
    assert (await visitor.get(f"{ip}/consent/{way}")).status == 403
    assert (await visitor.post(f"{ip}/consent/{way}", {"last": "2026-12-01"})).status == 403


@pytest.mark.parametrize("way", ["withdraw/some", "shorten", "unit", "renew"])
async def test_to_strangers_and_other_municipalities_there_is_nothing(sign_in: SignIn, ip: str, way: str) -> None:
    for who in ("laerer", "koordinator@dalen.example", "planeier@dalen.example"):
        assert (await (await sign_in(who)).post(f"{ip}/consent/{way}", {"last": "2026-12-01"})).status == 404, who


async def test_through_anothers_eyes_nothing_is_taken_back(owner: Visitor, ip: str, town: Database) -> None:
    other = await participation(town, ip, PROVIDER)
    await owner.post(f"{ip}/as/{other}")
    for way in ("withdraw/some", "shorten", "unit", "renew"):
        assert (await owner.post(f"{ip}/consent/{way}", {"last": "2026-12-01"})).status == 403, way


# ---- a service instead ----------------------------------------------------------------------------------------------


@pytest.mark.feature("N3")
@pytest.mark.feature("F110")
async def test_a_service_is_wished_for_instead_of_a_named_person(
    owner: Visitor, coordinator: Visitor, ip: str, town: Database
) -> None:
    one = await participation(town, ip, PROVIDER)
    page = await owner.get((await owner.get(f"{ip}/consent/withdraw")).link("Be om en tjeneste i stedet"))
    done = await owner.follow(await send(owner, page, {"instead_of": str(one), "service": "Hjemmetjenesten"}))
    assert "Ønsket er sendt til den som koordinerer planen." in done.words
    wishes = await coordinator.get(f"{ip}/participants")
    assert "Hjemmetjenesten" in wishes.words
    assert "i stedet for" in wishes.words
    search = await coordinator.get(wishes.link("Legg til: Hjemmetjenesten"))
    add = await coordinator.get(next(one for one in search.links() if "/new/unit?wish=" in one))
    unit = add.all("//select[@name='unit_id']/option[@value!='']")[0].get("value")
    assert (await send(coordinator, add, {"unit_id": unit, "role": "provider"})).status == 303
    assert "har tatt seg av det" in (await coordinator.get(f"{ip}/participants")).words


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"service": "Skolen"}, "instead_of"),
        ({"instead_of": "tull", "service": "Skolen"}, "instead_of"),
        ({"instead_of": "{one}", "service": " "}, "service"),
        ({"instead_of": "{one}", "service": "a" * 101}, "service"),
        ({"instead_of": "{owner}", "service": "Skolen"}, "instead_of"),
    ],
)
async def test_a_wish_that_says_too_little_is_not_sent(
    owner: Visitor, ip: str, town: Database, typed: dict[str, str], field: str
) -> None:
    known = {"one": await participation(town, ip, PROVIDER), "owner": await participation(town, ip, OWNER)}
    page = await owner.get(f"{ip}/consent/unit")
    sent = await send(owner, page, {name: value.format(**known) for name, value in typed.items()})
    assert (sent.status, bool(sent.error(field))) == (400, True)


# ---- before it runs out ---------------------------------------------------------------------------------------------


@pytest.fixture
async def ends_soon(coordinator: Visitor, ip: str, town: Database) -> str:
    await say_yes_to_all(coordinator, ip, town, "2026-12-20")
    return ip


@pytest.mark.feature("F121")
@pytest.mark.feature("N3")
async def test_the_coordinator_sees_who_loses_what_and_renews(coordinator: Visitor, ends_soon: str) -> None:
    page = await coordinator.get(f"{ends_soon}/consent")
    assert "Samtykket går ut søndag 20. desember" in page.words
    assert page.words.count("mister tilgangen til") >= 2
    assert page.link("Forny samtykket") == f"{ends_soon}/consent/new"


@pytest.mark.feature("F121")
@pytest.mark.feature("N3")
async def test_who_consents_sees_it_and_asks_once_for_a_renewal(
    owner: Visitor, coordinator: Visitor, ends_soon: str, town: Database
) -> None:
    page = await owner.get(f"{ends_soon}/consent")
    assert "Samtykket går ut søndag 20. desember" in page.words
    for _ in range(2):
        done = await owner.follow(await owner.post(f"{ends_soon}/consent/renew"))
    assert "Den som koordinerer planen, er bedt om å fornye samtykket." in done.words
    assert len(await tasks(town, TaskKind.CONSENT_RENEWAL)) == 1
    assert "Noen ønsker at samtykket fornyes" in (await coordinator.get(ends_soon)).words


async def test_what_is_renewed_already_is_no_loss(
    coordinator: Visitor, owner: Visitor, ends_soon: str, town: Database
) -> None:
    me = await participation(town, ends_soon, OWNER)
    page = await coordinator.get(f"{ends_soon}/consent/new/oral")
    assert page.typed()["valid_from"] == "2026-12-21"
    assert (await send(coordinator, page, {"signers": [str(me)], "remark": "Ja igjen."})).status == 303
    assert "Samtykket går ut" not in (await coordinator.get(f"{ends_soon}/consent")).words
    await owner.post(f"{ends_soon}/consent/renew")
    assert await tasks(town, TaskKind.CONSENT_RENEWAL) == []


async def test_a_month_before_nothing_is_said_yet(coordinator: Visitor, ip: str, town: Database) -> None:
    async with town.reading() as session:
        ends = await session.scalar(select(Consent.valid_to).where(col(Consent.valid_to) > date(2026, 12, 21)).limit(1))
    assert ends is not None
    assert "Samtykket går ut" not in (await coordinator.get(f"{ip}/consent")).words
