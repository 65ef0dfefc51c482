"""A consent is taken back by those who gave it (F119), who see first what that does (N3)."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Notice
from models.plans.rules.words import ConsentAct
from models.plans.tables.baton import Task
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.consenting import ask, ledger, participation, sign, told

GUARDIAN, OWNER = "foresatt@fjordvik.example", "planeier@fjordvik.example"


@pytest.mark.feature("N3")
@pytest.mark.feature("F119")
async def test_before_it_is_taken_back_one_sees_who_loses_what_and_what_could_do(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    page = await owner.get((await owner.get(f"{ip}/consent")).link("Trekk hele samtykket tilbake"))
    assert "mister tilgangen til" in page.words
    assert "Kanskje dette er nok?" in page.words
    assert {f"{ip}/consent/{way}" for way in ("withdraw/some", "shorten", "unit")} <= set(page.links())


@pytest.mark.feature("F119")
async def test_it_is_taken_back_for_everybody_and_the_coordinator_is_told(
    sign_in: SignIn, coordinator: Visitor, ip: str, town: Database
) -> None:
    owner = await sign_in("planeier")
    done = await owner.send(await owner.get(f"{ip}/consent/withdraw"), remark="Jeg trenger en pause.")
    assert "Samtykket er trukket tilbake." in (await owner.follow(done)).words
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 403
    assert (await owner.get(ip)).status == 200
    assert await told(town, Notice.CONSENT_WITHDRAWN) == {"koordinator@fjordvik.example"}
    async with town.reading() as session:
        found = select(Task).where(col(Task.once_key).like("consent-withdrawn:%"))
        assert len(list(await session.scalars(found))) == 1
    page = await coordinator.get(f"{ip}/consent")
    assert "Jeg trenger en pause." in page.words


@pytest.mark.feature("N3")
async def test_it_is_taken_back_for_one_alone(sign_in: SignIn, ip: str, town: Database) -> None:
    owner, one = await sign_in("planeier"), await participation(town, ip, "tjenesteyter@fjordvik.example")
    page = await owner.get(f"{ip}/consent/withdraw/{one}")
    await owner.send(page)
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 403
    assert (await (await sign_in("spesialist@helse.example")).get(ip)).status == 200
    (newest, *_rest) = await ledger(town, ip)
    assert (newest.act, newest.participant_id) == (ConsentAct.WITHDRAWN, one)


@pytest.mark.feature("F119")
async def test_it_can_be_taken_back_by_a_guardian(guardian: Visitor, relay: str, sign_in: SignIn) -> None:
    await guardian.send(await guardian.get(f"{relay}/consent/withdraw"))
    assert (await (await sign_in("helsesykepleier")).get(relay)).status == 403
    assert (await guardian.get(relay)).status == 403
    assert (await guardian.get(f"{relay}/consent")).status == 200


@pytest.mark.parametrize("way", ["", "/some", "/{one}"])
async def test_an_impatient_finger_takes_it_back_once(sign_in: SignIn, ip: str, town: Database, way: str) -> None:
    owner, one = await sign_in("planeier"), await participation(town, ip, "tjenesteyter@fjordvik.example")
    before = len(await ledger(town, ip))
    for _ in range(2):
        answer = await owner.post(f"{ip}/consent/withdraw{way.format(one=one)}", {"participants": str(one)})
        assert "Samtykket er trukket tilbake." in (await owner.follow(answer)).words
    assert len(await ledger(town, ip)) == before + 1


async def test_what_ran_out_is_not_taken_back(sign_in: SignIn, ip: str, clock: SteppingClock) -> None:
    clock.at += timedelta(days=2000)
    owner = await sign_in("planeier")
    page = await owner.post(f"{ip}/consent/withdraw", {"remark": ""})
    assert (page.status, "Det er ikke gitt noe samtykke" in page.words) == (400, True)


@pytest.mark.parametrize("who", ["tjenesteyter", "assistent", "koordinator"])
async def test_others_take_nothing_back(sign_in: SignIn, ip: str, who: str) -> None:
    visitor = await sign_in(who)
    assert (await visitor.get(f"{ip}/consent/withdraw")).status == 403
    assert (await visitor.post(f"{ip}/consent/withdraw")).status == 403


async def test_another_plans_participant_is_nobody_here(sign_in: SignIn, ip: str, relay: str, town: Database) -> None:
    owner, other = await sign_in("planeier"), await participation(town, relay, GUARDIAN)
    assert (await owner.get(f"{ip}/consent/withdraw/{other}")).status == 404
    assert (await owner.post(f"{ip}/consent/withdraw/{other}")).status == 404


async def test_a_new_consent_counts_after_one_was_taken_back(
    sign_in: SignIn, coordinator: Visitor, ip: str, town: Database
) -> None:
    owner, me = await sign_in("planeier"), await participation(town, ip, OWNER)
    await ask(coordinator, ip, me)
    await owner.send(await owner.get(f"{ip}/consent/withdraw"))
    assert (await ask(coordinator, ip, me, remark="På nytt")).status == 303
    await sign(owner, ip)
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 200


async def test_no_door_is_left_open_through_anothers_eyes(sign_in: SignIn, ip: str, town: Database) -> None:
    owner, other = await sign_in("planeier"), await participation(town, ip, "tjenesteyter@fjordvik.example")
    await owner.post(f"{ip}/as/{other}")
    assert (await owner.post(f"{ip}/consent/withdraw", {"remark": ""})).status == 403
