"""One's own picture, and who sees it: those who take part in the same plan, and nobody else."""

from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from models.database import Database
from models.people.tables import Person, Picture
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.me.pictures import NO_PICTURES, bomb, from_a_phone, image, moving
from tests.pages.test_goals import goal_of

CHANGE = "/me/picture/change"


async def send(visitor: Visitor, content: bytes | None, name: str = "meg.jpg", kind: str = "image/jpeg") -> Page:
    file: Any = {} if content is None else {"files": {"picture": (name, content, kind)}}
    if content is None:
        body = b'--x\r\nContent-Disposition: form-data; name="picture"; filename=""\r\n\r\n\r\n--x--\r\n'
        file = {"content": body, "headers": {"content-type": "multipart/form-data; boundary=x"}}
    return await visitor.ask("POST", CHANGE, **file)


async def person_of(town: Database, family_name: str) -> Any:
    async with town.reading() as session:
        return (await session.scalars(select(Person.id).where(col(Person.family_name) == family_name))).one()


def pictures(page: Page) -> list[str]:
    return [str(address) for address in page.all("//main//img/@src")]


@pytest.mark.feature("F40")
async def test_a_picture_is_chosen_seen_changed_and_removed(sign_in: SignIn, town: Database) -> None:
    visitor = await sign_in("tjenesteyter")
    assert pictures(await visitor.get("/me")) == []
    assert (await visitor.get("/me/picture")).status == 404
    form = await visitor.get(CHANGE)
    assert form.form().get("enctype") == "multipart/form-data"
    page = await visitor.follow(await send(visitor, from_a_phone()))
    assert ("Lagret." in page.words, pictures(page)) == (True, ["/me/picture"])
    shown = (await visitor.get("/me/picture")).answer
    assert (shown.headers["content-type"], shown.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert b"Fabrikant" not in shown.content
    assert (await send(visitor, image(kind="PNG"), "annet.png", "image/png")).status == 303
    assert (await visitor.get("/me/picture")).answer.content != shown.content
    question = await visitor.get(page.link("Slett bildet"))
    assert "Bildet slettes for godt" in question.words
    assert pictures(await visitor.follow(await visitor.send(question))) == []
    async with town.reading() as session:
        assert (await session.scalars(select(Picture))).all() == []


@pytest.mark.feature("F40")
async def test_it_stands_left_of_what_one_has_said_and_wherever_one_is_named(sign_in: SignIn, ip: str) -> None:
    provider, coordinator = await sign_in("tjenesteyter"), await sign_in("koordinator")
    await send(provider, image())
    goal = await goal_of(provider, ip, "Ut på sjøen igjen")
    await provider.send(goal, text="Vi prøver fra mandag.")
    page = await coordinator.get(goal.url)
    (comment,) = page.all("//article[.//p[contains(., 'Vi prøver fra mandag.')]]")
    (address,) = comment.xpath("./span[1]/img[@alt='']/@src")
    seen = (await coordinator.get(str(address))).answer
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
    home = await coordinator.get(ip)
    assert words(home.one("//ul[@class='people']/li[.//img]")).startswith("Torleif Vikan")
    assert pictures(home) == [address]


@pytest.mark.feature("F40")
async def test_nobody_outside_the_plan_sees_it_there_or_anywhere(
    sign_in: SignIn, town: Database, ip: str, iop: str, relay: str
) -> None:
    await send(await sign_in("tjenesteyter"), image())
    vikan = await person_of(town, "Vikan")
    outsider, expired = await sign_in("laerer"), await sign_in("utlopt")
    assert (await outsider.get(f"{ip}/people/{vikan}/picture")).status == 404
    assert (await outsider.get(f"{iop}/people/{vikan}/picture")).status == 404
    assert (await expired.get(f"{ip}/people/{vikan}/picture")).status == 403
    coordinator = await sign_in("koordinator")
    assert (await coordinator.get(f"{ip}/people/{vikan}/picture")).status == 200
    for place in (f"{relay}/people/{vikan}", f"{ip}/people/{uuid4()}", f"{ip}/people/tull"):
        assert (await coordinator.get(f"{place}/picture")).status == 404


async def test_a_participant_without_a_picture_has_initials(sign_in: SignIn, town: Database, ip: str) -> None:
    coordinator = await sign_in("koordinator")
    home = await coordinator.get(ip)
    assert pictures(home) == []
    assert home.has("//*[@data-initials='TV']")
    assert (await coordinator.get(f"{ip}/people/{await person_of(town, 'Vikan')}/picture")).status == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Velg et bilde."),
        (b"", "Velg et bilde."),
        (image() + bytes(5_300_000), "Bildet er for stort. Det kan være på høyst 5 MB."),
        (bomb(60_000, 60_000), "Bildet har for mange bildepunkter. Ta et nytt, eller gjør det mindre først."),
        (moving("PNG"), "Bildet beveger seg. Velg et som står stille."),
        (NO_PICTURES["gif"], "Filen er ikke et bilde vi kan lese. Bruk et bilde av typen JPEG, PNG eller WebP."),
        (NO_PICTURES["svg"], "Filen er ikke et bilde vi kan lese. Bruk et bilde av typen JPEG, PNG eller WebP."),
        (NO_PICTURES["truncated"], "Filen er ikke et bilde vi kan lese. Bruk et bilde av typen JPEG, PNG eller WebP."),
    ],
)
async def test_what_cannot_be_a_picture_gets_a_sentence_beside_the_field(
    sign_in: SignIn, content: bytes | None, sentence: str
) -> None:
    visitor = await sign_in("tjenesteyter")
    page = await send(visitor, content)
    assert (page.status, page.error("picture")) == (400, sentence)
    assert page.one("//title").text.strip().startswith("Rett opp: ")
    assert (await visitor.get("/me/picture")).status == 404


async def test_ten_megabytes_are_not_even_read(sign_in: SignIn) -> None:
    page = await send(await sign_in("tjenesteyter"), bytes(10_000_000))
    assert (page.status, "Det kan være på høyst 6 MB." in page.words) == (413, True)


async def test_nowhere_else_may_so_much_be_sent(sign_in: SignIn, ip: str) -> None:
    visitor = await sign_in("koordinator")
    for address in ("/me", "/me/picture", f"{ip}/goals/new", "/me/picture/change/"):
        assert (await visitor.post(address, {"title": "x" * 1_100_000})).status == 413


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"picture": "tekst"}},
        {"content": b"--x", "headers": {"content-type": "multipart/form-data"}},
        {"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"files": [("picture", ("a.jpg", image())), ("picture", ("b.jpg", image()))]},
        {"files": {"annet": ("a.jpg", image())}},
        {"files": {"picture": (None, "tekst")}},
        {"json": {"picture": "x"}},
    ],
)
async def test_what_is_not_our_form_changes_nothing(sign_in: SignIn, sent: dict[str, Any]) -> None:
    page = await (await sign_in("tjenesteyter")).ask("POST", CHANGE, **sent)
    assert page.status == 400
    assert "Traceback" not in page.text


async def test_nobody_sets_us_to_work_without_being_signed_in(visitor: Visitor) -> None:
    assert (await send(visitor, image())).goes_to.startswith("/login")


async def test_removing_what_is_not_there_is_harmless(sign_in: SignIn) -> None:
    visitor = await sign_in("tjenesteyter")
    assert (await visitor.get("/me/picture/remove")).goes_to == "/me"
    assert (await visitor.post("/me/picture/remove")).status == 404


async def test_a_photo_that_is_to_be_walked_over_ten_thousand_times_is_refused_unseen(sign_in: SignIn) -> None:
    visitor = await sign_in("tjenesteyter")
    page = await send(visitor, from_a_phone() + b"\xff\xda" * 10_000)
    assert (page.status, "for mange bildepunkter" in page.error("picture")) == (400, True)
