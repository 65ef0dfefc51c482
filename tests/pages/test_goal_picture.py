"""The image that stands for a goal (F70): sent, made anew, seen by who sees the goal, and taken away."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from models.clock import SteppingClock
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.me.pictures import NO_PICTURES, from_a_phone, image
from tests.pages.test_goals import goal_of

pytestmark = pytest.mark.feature("F70")
GOAL = "Ut på sjøen igjen"


async def send(visitor: Visitor, goal: str, content: bytes, **more: Any) -> Page:
    files = {"picture": ("bilde.jpg", content, "image/jpeg")}
    return await visitor.ask("POST", f"{goal}/picture/change", files=files, **more)


async def goal_with_picture(coordinator: Visitor, plan: str, title: str = GOAL) -> Page:
    goal = await goal_of(coordinator, plan, title)
    return await coordinator.follow(await send(coordinator, goal.url, from_a_phone()))


async def test_it_is_chosen_seen_beside_the_goal_and_removed(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get((await goal_of(coordinator, ip, GOAL)).link("Legg til bilde"))
    assert form.form().get("enctype") == "multipart/form-data"
    page = await goal_with_picture(coordinator, ip)
    assert "Lagret." in page.words
    address = str(page.one("//section[@aria-labelledby='goal']//img[@alt='']/@src"))
    shown = (await coordinator.get(address)).answer
    assert (shown.headers["content-type"], shown.headers["cache-control"]) == ("image/jpeg", "no-store")
    assert Image.open(BytesIO(shown.content)).size[0] == Image.open(BytesIO(shown.content)).size[1]
    assert b"Fabrikant" not in shown.content
    assert (await coordinator.get(f"{ip}/goals")).has(f"//article//img[@src='{address}']")
    question = await coordinator.get(page.link("Fjern bildet"))
    assert "Bildet slettes for godt" in question.words
    gone = await coordinator.follow(await coordinator.send(question))
    assert not gone.has("//section[@aria-labelledby='goal']//img")
    assert (await coordinator.get(address)).status == 404


async def test_another_takes_its_place(coordinator: Visitor, ip: str) -> None:
    page = await goal_with_picture(coordinator, ip)
    before = (await coordinator.get(f"{page.url.split('?')[0]}/picture")).answer.content
    assert (await send(coordinator, page.url.split("?")[0], image(colour=(0, 200, 0)))).status == 303
    assert (await coordinator.get(f"{page.url.split('?')[0]}/picture")).answer.content != before


@pytest.mark.parametrize("content", NO_PICTURES.values(), ids=NO_PICTURES.keys())
async def test_what_is_no_picture_is_refused_in_words(coordinator: Visitor, ip: str, content: bytes) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    page = await send(coordinator, goal.url, content)
    assert (page.status, bool(page.error("picture"))) == (400, True)
    assert not (await coordinator.get(goal.url)).has("//section[@aria-labelledby='goal']//img")


async def test_a_photo_of_five_megabytes_comes_in_and_a_bigger_one_is_told_so(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    padded = image() + bytes(5 * 1024 * 1024 - len(image()))
    assert (await send(coordinator, goal.url, padded)).status == 303
    page = await send(coordinator, goal.url, padded + b"\0")
    assert (page.status, page.error("picture")) == (400, "Bildet er for stort. Det kan være på høyst 5 MB.")
    assert (await send(coordinator, goal.url, bytes(6_000_001))).status == 413


async def test_nowhere_else_does_anything_big_come_in(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    for address in ("/comments", "/picture/remove", "/change", "/picture/change/"):
        page = await coordinator.ask("POST", goal.url + address, content=bytes(1_000_001))
        assert page.status == 413, address


@pytest.mark.feature("F77")
async def test_it_is_seen_by_who_sees_the_goal_and_by_nobody_else(
    coordinator: Visitor, sign_in: SignIn, ip: str, relay: str
) -> None:
    seen = (await goal_with_picture(coordinator, ip)).url.split("?")[0]
    hidden = (await goal_with_picture(coordinator, ip, "Klare meg selv hjemme")).url.split("?")[0]
    assistant = await sign_in("assistent")
    assert (await assistant.get(f"{seen}/picture")).status == 200
    assert (await assistant.get(f"{hidden}/picture")).status == 404
    assert not (await assistant.get(f"{ip}/goals")).has(f"//img[contains(@src, '{hidden.rsplit('/', 1)[1]}')]")
    for name, status in (("laerer", 404), ("utlopt", 403), ("superadmin", 404), ("koordinator@dalen.example", 404)):
        assert (await (await sign_in(name)).get(f"{seen}/picture")).status == status, name
    assert (await coordinator.get(f"{seen.replace(ip, relay)}/picture")).status == 404


@pytest.mark.parametrize("name", ["planeier", "assistent"])
async def test_who_may_not_change_the_goal_changes_no_picture(
    coordinator: Visitor, sign_in: SignIn, ip: str, name: str
) -> None:
    goal = (await goal_with_picture(coordinator, ip)).url.split("?")[0]
    visitor = await sign_in(name)
    assert "bilde" not in words((await visitor.get(goal)).one("//main")).lower()
    assert (await visitor.get(f"{goal}/picture/change")).status == 403
    assert (await send(visitor, goal, image())).status == 403
    assert (await visitor.post(f"{goal}/picture/remove")).status == 403


async def test_a_form_without_a_file_is_asked_for_one(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    body = b'--x\r\nContent-Disposition: form-data; name="picture"; filename=""\r\n\r\n\r\n--x--\r\n'
    kind = {"content-type": "multipart/form-data; boundary=x"}
    page = await coordinator.ask("POST", f"{goal.url}/picture/change", content=body, headers=kind)
    assert (page.status, page.error("picture")) == (400, "Velg et bilde.")
    assert (await coordinator.post(f"{goal.url}/picture/change", {"picture": "tekst"})).status == 400


async def test_an_image_that_took_the_place_of_the_one_asked_about_is_asked_about_anew(
    coordinator: Visitor, sign_in: SignIn, ip: str, clock: SteppingClock
) -> None:
    page = await goal_with_picture(coordinator, ip)
    question = await coordinator.get(page.link("Fjern bildet"))
    clock.move(timedelta(seconds=1))
    await send(await sign_in("tjenesteyter"), page.url.split("?")[0], image(colour=(0, 200, 0)))
    again = await coordinator.send(question)
    assert (again.status, "Noen andre la inn et nytt bilde" in again.words) == (409, True)
    assert (await coordinator.post(question.url, {"seen": "tull"})).status == 409
    assert (await coordinator.send(again)).status == 303
    assert (await coordinator.get(question.url)).status == 303
