"""The language of the pages: chosen by the person, else asked for by the browser."""

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from tests.client import Visitor
from tests.pages.conftest import SignIn


@pytest.mark.feature("F30")
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
async def test_a_choice_on_the_login_page_is_remembered_by_the_browser(visitor: Visitor, language: str) -> None:
    login = await visitor.get("/login?next=/reports")
    back = login.one("//form[@action='/language']/input[@name='back']").get("value")
    page = await visitor.follow(await visitor.post("/language", {"language": language, "back": back}))
    assert (page.one("/html/@lang"), page.url.endswith("/login?next=/reports")) == (language, True)


@pytest.mark.feature("F30")
async def test_a_choice_inside_is_remembered_on_the_account(sign_in: SignIn, town: Database) -> None:
    visitor = await sign_in("planeier")
    page = await visitor.follow(await visitor.post("/language", {"language": "nn", "back": "/plans?ended=y"}))
    assert page.one("/html/@lang") == "nn"
    async with town.reading() as session:
        found = select(Account.language).where(Account.user_name == "planeier@fjordvik.example")
        assert await session.scalar(found) == "nn"
        chosen = select(LogRow.details).where(col(LogRow.event) == Event.LANGUAGE_CHOSEN)
        assert list(await session.scalars(chosen)) == [{"language": "nn"}]
    assert (await (await sign_in("planeier")).get("/plans")).one("/html/@lang") == "nn"


@pytest.mark.parametrize("back", ["https://ond.example", "//ond.example", "/\\ond.example", "", "/\n/ond.example"])
async def test_choosing_a_language_never_leads_out_of_the_house(visitor: Visitor, back: str) -> None:
    assert (await visitor.post("/language", {"language": "nn", "back": back})).goes_to == "/"


@pytest.mark.parametrize("language", ["zz", "", "<script>", "nb; path=/"])
async def test_a_language_we_do_not_have_is_not_kept(visitor: Visitor, language: str) -> None:
    page = await visitor.post("/language", {"language": language, "back": "/login"})
    assert "set-cookie" not in page.answer.headers


@pytest.mark.parametrize(
    ("asked", "got"), [("nn-NO,nb;q=0.8", "nn"), ("no", "nb"), ("de, en;q=0.5", "en"), ("zh", "nb")]
)
async def test_a_browser_that_has_chosen_nothing_gets_its_own_language(visitor: Visitor, asked: str, got: str) -> None:
    assert (await visitor.get("/login", headers={"accept-language": asked})).one("/html/@lang") == got


async def language_of(town: Database) -> str | None:
    async with town.reading() as session:
        return await session.scalar(select(Account.language).where(Account.user_name == "planeier@fjordvik.example"))


@pytest.mark.feature("F30")
async def test_a_choice_just_before_signing_in_is_kept_and_becomes_the_accounts(
    visitor: Visitor, town: Database
) -> None:
    await visitor.post("/language", {"language": "en", "back": "/login"})
    plans = await visitor.follow(await visitor.sign_in("planeier@fjordvik.example"))
    assert (plans.one("/html/@lang"), await language_of(town)) == ("en", "en")
    assert "language_chosen" not in visitor.browser.cookies


@pytest.mark.feature("F30")
async def test_a_language_the_browser_remembers_from_others_gives_way_to_the_accounts(
    visitor: Visitor, town: Database
) -> None:
    visitor.browser.cookies.set("language", "en", domain="medvirk.example")
    plans = await visitor.follow(await visitor.sign_in("planeier@fjordvik.example"))
    assert (plans.one("/html/@lang"), await language_of(town)) == ("nb", "nb")


@pytest.mark.parametrize("planted", ["zz", "", "nb; path=/"])
async def test_a_planted_choice_changes_nothing(visitor: Visitor, town: Database, planted: str) -> None:
    visitor.browser.cookies.set("language_chosen", planted, domain="medvirk.example")
    await visitor.sign_in("planeier@fjordvik.example")
    assert await language_of(town) == "nb"
