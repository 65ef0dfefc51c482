"""Deleting a plan (F190, C12): a warning, a reason and its name; who coordinates it can fetch it back."""

import pytest

from models.database import Database
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.plan_rows import end

pytestmark = pytest.mark.feature("F190")
ADDRESSES = (
    *("", "/timeline", "/goals", "/life-areas", "/about", "/journal", "/promises", "/cooperation", "/subject-plans"),
    *("/evaluation", "/completeness", "/history", "/bin", "/settings", "/settings/facts", "/settings/delete", "/more"),
    *("/consent", "/participants", "/rights", "/invitations", "/goals/new"),
)


async def delete(coordinator: Visitor, plan: str, name: str = "R.S.") -> Page:
    form = await coordinator.get(f"{plan}/settings/delete")
    return await coordinator.post(form.url, form.typed() | {"reason": "never_used", "typed": name})


@pytest.mark.feature("F171")
async def test_the_page_says_what_happens_to_whom_and_how_it_is_undone(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get((await coordinator.get(f"{ip}/settings")).link("Slett planen"))
    for said in (
        "Skal planen R.S. slettes?",
        "Rolf Erik Sundnes",
        "I 30 dager kan du hente den tilbake",
        "Den slettes for godt søndag 20. desember",
        "Planen er ikke arkivert.",
    ):
        assert said in page.words


async def test_deleted_it_is_gone_for_everybody_at_every_address(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    others = [await sign_in(name) for name in ("planeier", "tjenesteyter", "assistent")]
    after = await coordinator.follow(await delete(coordinator, ip))
    assert "Planen er slettet. Du kan hente den tilbake herfra i 30 dager." in after.words
    for visitor in (coordinator, *others):
        assert "R.S." not in (await visitor.get("/plans?ended=y")).words
        for address in ADDRESSES:
            assert (await visitor.get(ip + address)).status == 404
        assert (await visitor.post(f"{ip}/goals/new", {"title": "Nytt"})).status == 404


async def test_who_coordinates_it_fetches_it_back_as_it_was(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    await end(town, ip)
    await delete(coordinator, ip)
    page = await coordinator.get((await coordinator.get("/plans")).link("Slettede planer"))
    assert "Slettes for godt søndag 20. desember" in page.words
    back = await coordinator.follow(await coordinator.send(page))
    assert "Planen er hentet tilbake, og er som den var." in back.words
    assert "Avsluttet" in back.words
    assert (await (await sign_in("planeier")).get(f"{ip}/goals")).status == 200
    empty = await coordinator.get("/plans/deleted")
    assert "Ingen slettede planer" in empty.words
    assert "/plans/deleted" not in (await coordinator.get("/plans")).links()


@pytest.mark.parametrize("name", ["planeier", "tjenesteyter", "rektor", "koordinator@dalen.example", "superadmin"])
async def test_nobody_else_finds_it_or_fetches_it_back(
    coordinator: Visitor, sign_in: SignIn, ip: str, name: str
) -> None:
    await delete(coordinator, ip)
    visitor = await sign_in(name)
    assert "R.S." not in (await visitor.get("/plans/deleted")).words
    assert "/plans/deleted" not in (await visitor.get("/plans")).links()
    assert (await visitor.post(f"/plans/deleted/{ip.split('/')[2]}/restore")).status == 404
    assert (await coordinator.get("/plans/deleted")).has("//form[contains(@action, '/restore')]")


async def test_a_plan_that_is_not_deleted_cannot_be_fetched_back(coordinator: Visitor, ip: str) -> None:
    for id_ in (ip.split("/")[2], "00000000-0000-0000-0000-000000000000", "tull"):
        assert (await coordinator.post(f"/plans/deleted/{id_}/restore")).status == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": "", "typed": "R.S."}, "reason"),
        ({"reason": "tull", "typed": "R.S."}, "reason"),
        ({"reason": "other", "remark": " ", "typed": "R.S."}, "remark"),
        ({"reason": "never_used", "typed": ""}, "typed"),
        ({"reason": "never_used", "typed": "T.A."}, "typed"),
        ({"reason": "other", "remark": "x" * 501, "typed": "R.S."}, "remark"),
    ],
)
async def test_what_is_missing_is_said_beside_the_field(
    coordinator: Visitor, ip: str, typed: dict[str, str], field: str
) -> None:
    page = await coordinator.post(f"{ip}/settings/delete", typed)
    assert page.status == 400
    assert page.error(field)
    assert page.typed()["typed"] == typed["typed"]
    assert (await coordinator.get(ip)).status == 200


async def test_sent_twice_the_second_finds_nothing(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/settings/delete")
    sent = form.typed() | {"reason": "made_by_mistake", "typed": "r.s."}
    assert [(await coordinator.post(form.url, sent)).status for _ in range(2)] == [303, 404]


async def test_the_owner_may_not_delete(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    assert (await owner.post(f"{ip}/settings/delete", {"reason": "never_used", "typed": "R.S."})).status == 403
    assert (await owner.get(ip)).status == 200
