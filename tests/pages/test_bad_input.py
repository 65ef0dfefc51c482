"""What cannot be used: a sentence beside the field, what was typed is kept, and nothing is saved.

That nothing is saved is checked of every no by the visitor itself.
"""

from collections.abc import AsyncIterator

import pytest

from models.database import Database
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

GOAL = {"title": "Et mål", "life_area": "", "description": "Tekst"}
ACTIVITY = {"title": "Noe", "description": "", "extent": "", "responsible_id": "", "status": "planned"}
LONG = "x" * 200_000
FILE = b'--x\r\nContent-Disposition: form-data; name="title"; filename="a.exe"\r\n\r\nMZ\r\n--x--\r\n'
FORM = "application/x-www-form-urlencoded"
MARKUP = ("<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "&lt;b&gt; &amp;", "</textarea>")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Skriv en tittel."),
        ({"title": " \t "}, "title", "Skriv en tittel."),
        ({"title": "\x00"}, "title", "Skriv en tittel."),
        ({"title": "x" * 201}, "title", "Teksten er 201 tegn. Den kan være på høyst 200."),
        ({"description": LONG}, "description", "Teksten er 200000 tegn. Den kan være på høyst 20000."),
        ({"life_area": "tull"}, "life_area", "Velg noe fra listen."),
        ({"life_area": "goals"}, "life_area", "Velg noe fra listen."),
    ],
)
async def test_a_new_goal_that_cannot_be(
    coordinator: Visitor, ip: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    page = await coordinator.post(f"{ip}/goals/new", GOAL | typed)
    assert (page.status, page.error(field)) == (400, sentence)
    assert sentence in page.summary()
    assert page.one(f"//*[@name='{field}']").get("aria-invalid") == "true"
    assert page.one("//title").text.startswith("Rett opp: ")
    kept = page.typed()
    assert all(kept[name] == value for name, value in (GOAL | typed).items() if name not in (field, "life_area"))


@pytest.mark.parametrize(
    ("progress", "sentence"),
    [
        *((number, "Framdriften må være et tall fra 0 til 100.") for number in ("101", "-1", "1000000000")),
        *((text, "Skriv et helt tall.") for text in ("halvveis", "50,5", "NaN", "1" * 10 + "e" * 5000)),
        ("", "Skriv et tall fra 0 til 100."),
    ],
)
async def test_progress_is_a_number_from_0_to_100(coordinator: Visitor, ip: str, progress: str, sentence: str) -> None:
    form = await coordinator.get(f"{(await goal_of(coordinator, ip, 'Ut på sjøen igjen')).url}/change")
    page = await coordinator.send(form, title="Et nytt navn", progress=progress)
    assert (page.status, page.error("progress")) == (400, sentence)
    assert page.typed()["title"] == "Et nytt navn"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Skriv hva som skal gjøres."),
        ({"starts_on": "2026-12-02", "due_on": "2026-12-01"}, "due_on", "Fristen kan ikke være før startdatoen."),
        ({"due_on": "i morgen"}, "due_on", "Skriv en dato, for eksempel 31.12.2027."),
        ({"due_on": "2026-02-30"}, "due_on", "Skriv en dato, for eksempel 31.12.2027."),
        ({"status": "ferdig"}, "status", "Velg noe fra listen."),
        ({"responsible_id": "tull"}, "responsible_id", "Velg noe fra listen."),
        ({"extent": "x" * 201}, "extent", "Teksten er 201 tegn. Den kan være på høyst 200."),
    ],
)
async def test_a_new_activity_that_cannot_be(
    coordinator: Visitor, ip: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    page = await coordinator.post(f"{goal.url}/activities/new", ACTIVITY | {"title": "Kjøpe vest"} | typed)
    assert (page.status, page.error(field)) == (400, sentence)
    assert page.typed()["title"] == typed.get("title", "Kjøpe vest")


async def test_the_responsible_is_somebody_in_this_plan(coordinator: Visitor, ip: str, relay: str) -> None:
    there = await goal_of(coordinator, relay, "Gode morgener")
    form = await coordinator.get(there.link("Ny aktivitet"))
    stranger = str(form.one("//option[contains(., 'Sunniva Aasheim')]/@value"))
    here = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    page = await coordinator.post(f"{here.url}/activities/new", ACTIVITY | {"responsible_id": stranger})
    assert (page.status, page.error("responsible_id")) == (400, "Velg noe fra listen.")
    assert "Sunniva Aasheim" not in page.words


@pytest.mark.parametrize("text", ["", " \n ", LONG])
async def test_a_comment_that_cannot_be(coordinator: Visitor, ip: str, text: str) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    page = await coordinator.post(f"{goal.url}/comments", {"text": text})
    assert (page.status, bool(page.error("text"))) == (400, True)
    assert len(page.typed("text")["text"].strip()) == len(text.strip())


@pytest.mark.parametrize("text", MARKUP)
async def test_markup_is_shown_as_it_was_written(coordinator: Visitor, sign_in: SignIn, ip: str, text: str) -> None:
    await coordinator.post(f"{ip}/goals/new", GOAL | {"title": text, "description": text})
    goal = await coordinator.get(str((await coordinator.get(f"{ip}/goals")).all("//article//h3/a/@href")[-1]))
    await coordinator.post(f"{goal.url}/activities/new", ACTIVITY | {"title": text, "description": text})
    await coordinator.post(f"{goal.url}/comments", {"text": text})
    reader = await sign_in("tjenesteyter")
    for address in (goal.url, f"{ip}/goals", f"{ip}/timeline", f"{ip}", f"{goal.url}/change"):
        page = await reader.browser.get(address)
        shown = Page(page)
        assert not shown.has("//script[not(@src)] | //img[@src='x']")
        assert text in words(shown.one("//main")) or text in str(shown.all("//main//@value")), address


async def test_signs_that_no_keyboard_writes_are_left_out(coordinator: Visitor, ip: str) -> None:
    await coordinator.post(f"{ip}/goals/new", GOAL | {"title": "Gå\x00 på\x1b tur\x7f", "description": "a\r\n\r\nb\tc"})
    goal = await goal_of(coordinator, ip, "Gå på tur")
    assert [words(part) for part in goal.all("//section[@aria-labelledby='goal']//p[@class='lines']")] == ["a", "b c"]


@pytest.mark.parametrize("typed", [b"username=%00%ED%A0%80&password=b", b"username=a&password=%00%ED%A0%80"])
async def test_signing_in_takes_any_sign(visitor: Visitor, typed: bytes) -> None:
    page = await visitor.post("/login", content=typed, headers={"content-type": FORM})
    assert page.status == 401


@pytest.mark.parametrize("charset", ["raw_unicode_escape", "utf-16", "undefined", "punycode", "tull"])
async def test_a_form_in_a_strange_writing_is_no_way_in(coordinator: Visitor, ip: str, charset: str) -> None:
    """Half letters (lone surrogates) come in only this way."""
    part = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nHei \\ud83d \xff\r\n--x--\r\n'
    kind = {"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
    page = await coordinator.post(f"{ip}/goals/new", content=part, headers=kind)
    assert page.status in (303, 400)
    assert (await coordinator.get(f"{ip}/goals")).status == 200


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"title": "Hei"}'),
        (FORM, b"&".join(b"title=%d" % n for n in range(1000))),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", FILE),
        ("", b"\x00\xff"),
    ],
)
async def test_a_body_that_is_not_our_form(coordinator: Visitor, ip: str, kind: str, body: bytes) -> None:
    page = await coordinator.post(f"{ip}/goals/new", content=body, headers={"content-type": kind})
    assert page.status == 400
    assert "Traceback" not in page.text


async def test_a_body_of_ten_megabytes_is_too_large(visitor: Visitor) -> None:
    page = await visitor.post("/login", {"username": "x" * 10_000_000, "password": "x"})
    assert (page.status, "for stort" in page.words) == (413, True)


async def test_a_body_that_does_not_say_its_size_is_stopped_as_well(coordinator: Visitor, ip: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b"title=" + b"x" * 10_000

    page = await coordinator.post(f"{ip}/goals/new", content=endless(), headers={"content-type": FORM})
    assert page.status == 413


@pytest.mark.parametrize("seen", ["", "0", "-1", "999", "tull", "9" * 9])
async def test_a_form_that_has_lost_what_it_showed_does_not_overwrite(coordinator: Visitor, ip: str, seen: str) -> None:
    form = await coordinator.get(f"{(await goal_of(coordinator, ip, 'Ut på sjøen igjen')).url}/change")
    page = await coordinator.post(form.url, form.typed() | {"seen": seen, "title": "Over"})
    assert (page.status, page.typed()["title"]) == (409, "Over")


ELSEWHERE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "", "origin": "https://ond.example"},
    {"sec-fetch-site": "", "origin": "null"},
    {"sec-fetch-site": ""},
    {"sec-fetch-site": "", "origin": "http://medvirk.example.ond.example"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_a_form_from_another_site_is_not_taken(coordinator: Visitor, ip: str, headers: dict[str, str]) -> None:
    for address in (f"{ip}/goals/new", "/logout", "/login", "/language", "/me/switch"):
        page = await coordinator.post(address, GOAL, headers=headers)
        assert (page.status, "et annet nettsted" in page.words) == (403, True)
    assert (await coordinator.get("/plans")).status == 200


async def test_an_old_browser_that_names_only_its_origin_is_let_in(coordinator: Visitor, ip: str) -> None:
    headers = {"sec-fetch-site": "", "origin": "http://medvirk.example"}
    assert (await coordinator.post(f"{ip}/goals/new", GOAL, headers=headers)).status == 303


async def test_a_strange_cookie_is_nobody(visitor: Visitor, town: Database) -> None:
    for value in ("tull", "x" * 4000, "\xe6\xff", '"\\355\\240\\200"'):
        page = await visitor.get("/plans", headers={b"cookie": b"medvirk=" + value.encode("latin-1")})
        assert page.goes_to == "/login"


@pytest.mark.parametrize("text", ["\x00", "%00", "\ud83d", "'; DROP TABLE plan; --", "x" * 5000, "æøå"])
async def test_search_takes_any_text(coordinator: Visitor, text: str) -> None:
    asked = text.encode("utf-8", "surrogatepass")
    page = await coordinator.get("/plans?q=" + "".join(f"%{byte:02x}" for byte in asked))
    assert page.status == 200
