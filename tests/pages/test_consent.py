"""What the plan rests on: seen, chosen and renewed by the coordinator; and what others are told of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Notice
from models.plans.rules.words import ConsentAct, ConsentMethod, PlanState
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.consenting import is_let_in, ledger, make_ready, participation, send, state, told

OWNER, PROVIDER = "planeier@fjordvik.example", "tjenesteyter@fjordvik.example"
ORAL = {"given_on": "2026-11-19", "remark": "Sa ja i møtet 19. november. Per og Kari var der."}


async def oral(coordinator: Visitor, plan: str, **typed: Any) -> Any:
    page = await coordinator.get(f"{plan}/consent/new/oral")
    return await send(coordinator, page, {**ORAL, **typed})


@pytest.mark.feature("N1")
@pytest.mark.feature("F7")
async def test_the_coordinator_reads_what_the_plan_rests_on_and_who_is_let_in(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/consent")
    assert "Planen bygger på samtykke" in page.words
    assert "Samtykket har gått ut" in page.words
    assert "Har tilgang til" in page.words


@pytest.mark.feature("F7")
async def test_who_consents_is_told_of_one_period_only(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("planeier")).get(f"{ip}/consent")
    assert "Planen bygger på samtykke. " in page.words


@pytest.mark.feature("N1")
async def test_a_plan_on_a_decision_needs_no_consent(sign_in: SignIn, iop: str) -> None:
    page = await (await sign_in("rektor")).get(f"{iop}/consent")
    assert "Planen bygger på et vedtak" in page.words
    assert "Da trengs det ikke samtykke" in page.words


@pytest.mark.feature("F112")
async def test_a_consent_by_word_of_mouth_is_recorded_for_everybody(
    coordinator: Visitor, ip: str, town: Database
) -> None:
    owner = await participation(town, ip, OWNER)
    answer = await oral(coordinator, ip, signers=[str(owner)], valid_from="2026-11-20", valid_to="2027-11-19")
    page = await coordinator.follow(answer)
    assert "Samtykket er registrert." in page.words
    assert "Samtykket for hele planen gjelder til fredag 19. november 2027." in page.words
    assert "Sa ja i møtet" in page.words
    (newest, *_rest) = await ledger(town, ip)
    assert (newest.method, newest.participant_id, newest.act) == (ConsentMethod.ORAL, None, ConsentAct.GIVEN)


@pytest.mark.feature("F112")
async def test_a_consent_can_be_for_chosen_participants_alone(
    coordinator: Visitor, ip: str, town: Database, sign_in: SignIn
) -> None:
    owner, expired = [await participation(town, ip, one) for one in (OWNER, "utlopt@fjordvik.example")]
    visitor = await sign_in("utlopt")
    assert not await is_let_in(visitor)
    answer = await oral(coordinator, ip, scope="some", participants=[str(expired)], signers=[str(owner)])
    assert answer.status == 303
    assert [row.participant_id for row in (await ledger(town, ip))[:1]] == [expired]
    assert await is_let_in(visitor)


async def test_a_form_that_is_sent_twice_records_one_consent(coordinator: Visitor, ip: str, town: Database) -> None:
    before, owner = len(await ledger(town, ip)), await participation(town, ip, OWNER)
    page = await coordinator.get(f"{ip}/consent/new/oral")
    for _ in range(2):
        assert (await send(coordinator, page, {**ORAL, "signers": [str(owner)]})).status == 303
    assert len(await ledger(town, ip)) == before + 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"valid_from": "2027-05-01", "valid_to": "2027-04-01"}, "valid_to", "Siste dag kan ikke være før første dag."),
        ({"valid_from": "2025-01-01", "valid_to": "2025-02-01"}, "valid_to", "Siste dag har allerede vært."),
        ({"valid_from": "0001-01-01"}, "valid_from", "Sjekk årstallet."),
        ({"valid_to": "9999-12-31"}, "valid_to", "Sjekk årstallet."),
        ({"valid_to": "snart"}, "valid_to", "Skriv en dato, for eksempel 31.12.2027."),
        ({"remark": " "}, "remark", "Skriv hva som ble sagt, og hvem som var til stede."),
        ({"remark": "a" * 2001}, "remark", "Teksten er 2001 tegn."),
        ({"given_on": "2026-11-21"}, "given_on", "Dagen kan ikke være i framtiden."),
        ({"signers": []}, "signers", "Velg hvem som ga samtykket."),
        ({"signers": ["tull"]}, "signers", "Velg noe fra listen."),
        ({"signers": ["00000000-0000-0000-0000-000000000000"]}, "signers", "Velg noe fra listen."),
        ({"scope": "some", "participants": []}, "participants", "Velg minst én deltaker."),
    ],
)
async def test_what_cannot_be_is_told_beside_the_field_and_nothing_is_lost(
    coordinator: Visitor, ip: str, town: Database, typed: dict[str, Any], field: str, sentence: str
) -> None:
    owner = await participation(town, ip, OWNER)
    page = await oral(coordinator, ip, **{"signers": [str(owner)], **typed})
    assert page.status == 400
    assert sentence in page.error(field)
    assert page.one("//*[@name='remark']").text_content().strip() == str(typed.get("remark", ORAL["remark"])).strip()


async def test_another_plans_participants_can_neither_give_nor_get_a_consent(
    coordinator: Visitor, ip: str, relay: str, town: Database
) -> None:
    guardian, owner = (
        await participation(town, relay, "foresatt@fjordvik.example"),
        await participation(town, ip, OWNER),
    )
    assert (await oral(coordinator, ip, signers=[str(guardian)])).status == 400
    whose = {"scope": "some", "participants": [str(guardian)], "signers": [str(owner)]}
    assert (await oral(coordinator, ip, **whose)).status == 400


async def test_scripts_in_a_remark_are_words(coordinator: Visitor, ip: str, town: Database) -> None:
    owner = await participation(town, ip, OWNER)
    remark = "<script>alert(1)</script>"
    page = await coordinator.follow(await oral(coordinator, ip, signers=[str(owner)], remark=remark))
    assert remark in page.words


@pytest.mark.feature("F111")
@pytest.mark.feature("F120")
@pytest.mark.feature("F46")
async def test_the_last_thirty_days_are_red_and_then_it_is_over(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database, clock: SteppingClock
) -> None:
    owner = await participation(town, ip, OWNER)
    await oral(coordinator, ip, signers=[str(owner)], valid_from="2026-11-20", valid_to="2026-12-20")
    page = await coordinator.get(f"{ip}/consent")
    assert page.has("//*[@data-color='danger'][contains(., '30 dager igjen')]")
    clock.at += timedelta(days=31)
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 403


@pytest.mark.feature("F113")
@pytest.mark.feature("N3")
async def test_resetting_tells_first_what_is_lost_and_then_closes_for_that_one(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    provider = await sign_in("tjenesteyter")
    assert (await provider.get(ip)).status == 200
    one = await participation(town, ip, PROVIDER)
    asked = await coordinator.get(f"{ip}/consent/reset/{one}")
    assert "mister tilgangen til" in asked.words
    assert "Samtykket er nullstilt." in (await coordinator.follow(await coordinator.send(asked))).words
    assert "trukket tilbake" in (await provider.get(ip)).words
    assert (await (await sign_in("spesialist@helse.example")).get(ip)).status == 200


@pytest.mark.feature("F113")
async def test_resetting_the_whole_plan_closes_it_for_all_but_the_owner_and_the_coordinators_tools(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    owner = await sign_in("planeier")
    await coordinator.send(await coordinator.get(f"{ip}/consent/reset"))
    assert (await owner.get(ip)).status == 200
    assert (await coordinator.get(f"{ip}/goals")).status == 403
    assert (await coordinator.get(f"{ip}/consent")).status == 200


async def test_what_was_reset_can_be_given_again(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    owner = await participation(town, ip, OWNER)
    days = {"valid_from": "2027-01-01", "valid_to": "2027-12-31"}
    await oral(coordinator, ip, signers=[str(owner)], **days)
    await coordinator.send(await coordinator.get(f"{ip}/consent/reset"))
    again = {"valid_from": "2026-11-20", "valid_to": "2027-11-19"}
    assert (await oral(coordinator, ip, signers=[str(owner)], **again)).status == 303
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 200


async def test_what_has_not_begun_is_not_overtaken_unseen(coordinator: Visitor, ip: str, town: Database) -> None:
    owner = await participation(town, ip, OWNER)
    await oral(coordinator, ip, signers=[str(owner)], valid_from="2027-01-01", valid_to="2027-12-31")
    page = await oral(coordinator, ip, signers=[str(owner)], valid_from="2026-11-20", valid_to="2027-06-30")
    assert "Noe annet gjelder fra fredag 1. januar 2027." in page.error("valid_to")


@pytest.mark.feature("N1")
async def test_the_basis_of_a_plan_is_changed_and_opens_it(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    form = await coordinator.get(f"{ip}/consent/basis")
    page = await coordinator.follow(await coordinator.send(form, basis="decision", remark="Vedtak 12/26"))
    assert "Planen bygger på et vedtak" in page.words
    assert "Vedtak 12/26" in page.words
    assert await is_let_in(await sign_in("utlopt"))


@pytest.mark.feature("N1")
async def test_one_participant_can_rest_on_something_else(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    one = await participation(town, ip, "utlopt@fjordvik.example")
    form = await coordinator.get(f"{ip}/consent/basis")
    page = await coordinator.follow(await coordinator.send(form, basis="statutory_task", participant=str(one)))
    assert "lovpålagt oppgave" in page.words
    assert await is_let_in(await sign_in("utlopt"))


@pytest.mark.feature("F116")
@pytest.mark.parametrize("who", ["tjenesteyter", "planeier", "assistent"])
@pytest.mark.parametrize(
    "under", ["basis", "new", "new/oral", "new/digital", "new/paper", "reset", "activate", "form.pdf"]
)
async def test_nobody_but_the_coordinator_sees_to_the_consent(sign_in: SignIn, ip: str, who: str, under: str) -> None:
    assert (await (await sign_in(who)).get(f"{ip}/consent/{under}")).status == 403


async def test_a_stranger_and_another_municipality_find_nothing(sign_in: SignIn, ip: str) -> None:
    for who in ("laerer", "koordinator@dalen.example"):
        visitor = await sign_in(who)
        for under in ("", "/new", "/withdraw", "/form.pdf"):
            assert (await visitor.get(f"{ip}/consent{under}")).status == 404, (who, under)


async def test_who_takes_part_is_told_what_concerns_them_and_no_more(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("tjenesteyter")).get(f"{ip}/consent")
    assert "Samtykket til at du deltar, gjelder til" in page.words
    assert "Alt som er registrert" not in page.words
    assert (await (await sign_in("assistent")).get(f"{ip}/consent")).status == 403


@pytest.mark.feature("F121")
@pytest.mark.feature("F115")
async def test_a_draft_is_not_taken_in_use_before_somebody_has_consented(
    coordinator: Visitor, relay: str, town: Database
) -> None:
    await make_ready(town, relay)
    page = await coordinator.get(f"{relay}/consent/activate")
    assert "Velg først hva planen bygger på." in page.words
    assert (await coordinator.post(f"{relay}/consent/activate")).status == 400
    assert await state(town, relay) is PlanState.DRAFT


@pytest.mark.feature("F115")
async def test_a_draft_that_rests_on_consent_waits_for_one(coordinator: Visitor, relay: str, town: Database) -> None:
    await make_ready(town, relay, basis=True)
    page = await coordinator.post(f"{relay}/consent/activate")
    assert (page.status, "Samtykket mangler." in page.words) == (400, True)


@pytest.mark.feature("F115")
@pytest.mark.feature("N1")
async def test_a_draft_on_a_decision_is_taken_in_use_and_everybody_is_told(
    coordinator: Visitor, relay: str, town: Database
) -> None:
    await make_ready(town, relay)
    form = await coordinator.get(f"{relay}/consent/basis")
    assert "Planen kan tas i bruk" in (await coordinator.follow(await coordinator.send(form, basis="decision"))).words
    asked = await coordinator.get(f"{relay}/consent/activate")
    assert "Vil du ta planen i bruk?" in asked.words
    assert "Planen er tatt i bruk." in (await coordinator.follow(await coordinator.send(asked))).words
    assert await state(town, relay) is PlanState.ACTIVE
    assert "foresatt@fjordvik.example" in await told(town, Notice.PLAN_ACTIVATED)
    assert (await coordinator.post(f"{relay}/consent/activate")).status == 400


@pytest.mark.feature("F104")
async def test_the_home_of_a_draft_tells_what_to_do_next(coordinator: Visitor, relay: str, town: Database) -> None:
    await make_ready(town, relay)
    page = await coordinator.get(relay)
    steps = [" ".join(one.text_content().split()) for one in page.all("//ol[@class='next-steps']/li")]
    assert [step.removesuffix(" Gjort") for step in steps] == [
        "Inviter foresatte",
        "Velg hva planen bygger på",
        "Få samtykke",
        "Ta planen i bruk",
        "Inviter de andre deltakerne",
    ]


@pytest.mark.feature("F117")
async def test_the_form_is_printed_with_who_sees_what(coordinator: Visitor, ip: str) -> None:
    answer = await coordinator.get(f"{ip}/consent/form.pdf")
    assert answer.answer.headers["content-type"] == "application/pdf"
    assert answer.answer.headers["content-disposition"].startswith("attachment;")
    assert answer.answer.content.startswith(b"%PDF-")


@pytest.mark.feature("F117")
async def test_the_form_can_be_printed_before_anything_is_decided(
    coordinator: Visitor, relay: str, town: Database
) -> None:
    await make_ready(town, relay)
    assert (await coordinator.get(f"{relay}/consent/form.pdf")).status == 200


async def test_the_usual_days_are_a_year_from_today(coordinator: Visitor, ip: str) -> None:
    typed = (await coordinator.get(f"{ip}/consent/new/digital")).typed()
    first = date(2026, 11, 20)
    assert (typed["valid_from"], typed["valid_to"]) == (str(first), "2027-11-19")
