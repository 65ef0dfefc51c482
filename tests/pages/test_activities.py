"""Activities under a goal: what is to be done, by whom, and when."""

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

GOAL = "Ut på sjøen igjen"
ACTIVITY = {"title": "Nei", "status": "planned", "responsible_id": ""}


def card(page: Page, title: str) -> str:
    return words(page.one(f"//article[h4 = '{title}']"))


async def new_form(visitor: Visitor, plan: str) -> Page:
    return await visitor.get((await goal_of(visitor, plan, GOAL)).link("Ny aktivitet"))


def choice(form: Page, name: str) -> str:
    """The value of the participant with this name in the list of responsible people."""
    return str(form.one(f"//select[@name='responsible_id']/option[contains(., '{name}')]/@value"))


@pytest.mark.feature("F71")
async def test_an_activity_is_added_with_responsible_status_and_deadline(coordinator: Visitor, ip: str) -> None:
    form = await new_form(coordinator, ip)
    saved = await coordinator.send(
        form,
        title="Kjøpe vest",
        description="Rød, størrelse L.",
        extent="én gang",
        responsible_id=choice(form, "Rolf Erik Sundnes"),
        status="under_way",
        starts_on="2026-11-19",
        due_on="2026-11-23",
    )
    shown = card(await coordinator.follow(saved), "Kjøpe vest")
    for part in ("I gang", "Ansvarlig: Rolf Erik Sundnes", "Frist om 3 dager", "Omfang: én gang", "Rød, størrelse L."):
        assert part in shown


@pytest.mark.feature("F71")
async def test_the_three_statuses_are_offered(coordinator: Visitor, ip: str) -> None:
    form = await new_form(coordinator, ip)
    offered = [words(option) for option in form.all("//select[@name='status']/option")]
    assert offered == ["Planlagt", "I gang", "Avsluttet"]


async def test_only_what_is_planned_already_can_be_called_off(coordinator: Visitor, ip: str) -> None:
    form = await new_form(coordinator, ip)
    assert not form.all("//*[@name='cancel_reason']")
    saved = await coordinator.send(form, title="Kjøpe vest", status="cancelled", responsible_id="")
    assert saved.status == 400
    written = await coordinator.follow(await coordinator.send(form, title="Kjøpe vest", status="planned"))
    address = next(each for each in written.all("//article[h4 = 'Kjøpe vest']//a/@href") if each.endswith("/change"))
    change = await coordinator.get(address)
    asked = [str(each.get("name")) for each in change.all("//form[@method='post']//*[@name]")]
    assert asked.index("status") < asked.index("cancel_reason") < asked.index("starts_on")


async def test_those_who_take_part_can_be_responsible(coordinator: Visitor, ip: str) -> None:
    form = await new_form(coordinator, ip)
    offered = {words(option).split(",")[0] for option in form.all("//select[@name='responsible_id']/option")}
    assert {"Ikke bestemt", "Rolf Erik Sundnes", "Leila Torvund"} <= offered
    assert "Sunniva Aasheim" not in offered


async def test_a_deadline_that_is_past_is_marked_with_words(coordinator: Visitor, ip: str) -> None:
    form = await new_form(coordinator, ip)
    page = await coordinator.follow(await coordinator.send(form, title="Kjøpe vest", due_on="2026-11-19"))
    assert "Fristen var i går" in card(page, "Kjøpe vest")


async def test_an_activity_is_changed_deleted_and_brought_back(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    form = await coordinator.get(goal.link("Endre aktiviteten «Håndtak på brygga»"))
    assert form.typed()["extent"] == "én dugnad"
    changed = await coordinator.follow(await coordinator.send(form, status="done"))
    assert "Avsluttet" in card(changed, "Håndtak på brygga")
    asked = await coordinator.get(changed.link("Slett aktiviteten «Håndtak på brygga»"))
    gone = await coordinator.follow(await coordinator.send(asked))
    assert "Håndtak på brygga" not in gone.words
    back = await coordinator.follow(await coordinator.post(gone.one("//div[@role='status']//form").get("action")))
    assert "Avsluttet" in card(back, "Håndtak på brygga")


async def test_a_provider_adds_an_activity_but_a_guardian_does_not(
    sign_in: SignIn, guardian: Visitor, ip: str, relay: str
) -> None:
    provider = await sign_in("tjenesteyter")
    assert (await provider.send(await new_form(provider, ip), title="Øve på knuter")).status == 303
    goal = await goal_of(guardian, relay, "Gode morgener")
    assert (await guardian.post(f"{goal.url}/activities/new", ACTIVITY)).status == 403
    assert (await guardian.get(f"{goal.url}/activities/new")).status == 403


async def test_the_assistant_reads_the_activities_of_the_goal_and_changes_none(sign_in: SignIn, ip: str) -> None:
    page = await goal_of(await sign_in("assistent"), ip, GOAL)
    assert "Assistenten er med på tur til båthuset" in card(page, "Følge til båthuset")
    assert not page.has("//article//a[contains(., 'Endre')]")
    assert not page.has("//textarea")


async def test_two_who_change_an_activity_do_not_overwrite_each_other(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    provider = await sign_in("tjenesteyter")
    goal = await goal_of(provider, ip, GOAL)
    form = await provider.get(goal.link("Endre aktiviteten «Øve på å gå om bord»"))
    await coordinator.send(await coordinator.get(form.url), extent="fem ganger")
    stale = await provider.send(form, extent="seks ganger")
    assert (stale.status, stale.typed()["extent"]) == (409, "seks ganger")
    assert "fem ganger" in words(stale.one("//blockquote"))


async def test_an_activity_is_not_found_under_another_goal(coordinator: Visitor, ip: str) -> None:
    here = await goal_of(coordinator, ip, GOAL)
    there = await goal_of(coordinator, ip, "Gå trygt ute i all slags vær")
    activity = str(here.all("//article[contains(@id, 'activity-')]/@id")[0]).removeprefix("activity-")
    assert (await coordinator.get(f"{here.url}/activities/{activity}/change")).status == 200
    assert (await coordinator.get(f"{there.url}/activities/{activity}/change")).status == 404
