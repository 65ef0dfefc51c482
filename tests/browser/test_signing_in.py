"""Each way in with a password, in a real browser against a real server: SMS, app, recovery code, and a new password."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pyotp
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from sqlmodel import col, select

from models.accounts.rules import CodeChannel
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, seal
from models.clock import SystemClock
from models.database import Database, make_engine
from models.organisation.queries import vault
from models.sealing import KeyRing
from permissions.door import open_profile
from permissions.sign_in import apps
from permissions.sign_in.apps import right_step, shown_code
from seed.cast import PASSWORD
from tests.browser.conftest import PHONE, Server
from tests.browser.width import too_wide
from tests.signing_in import viewer_for

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenBrowser = Callable[..., Awaitable[Page]]
BY_SMS, BY_APP, FORGETFUL = (f"{name}@fjordvik.example" for name in ("tjenesteyter", "laerer", "assistent"))
NEW = "Et-godt-passord-7"


@pytest_asyncio.fixture(loop_scope="session")
async def database(server: Server, keys: KeyRing) -> AsyncIterator[Database]:
    database = Database(make_engine(server.environment["MEDVIRK_DATABASE_URL"]), SystemClock(), keys)
    yield database
    await database.close()


async def account_of(session: HouseSession, name: str) -> Account:
    return (await session.scalars(select(Account).where(Account.user_name == name))).one()


async def give_mobile(database: Database, name: str, mobile: str) -> None:
    async with database.writing() as session:
        account = await account_of(session, name)
        seal(await vault(session, account.key_id), account, mobile=mobile)
        account.code_channel = CodeChannel.SMS


async def give_app(database: Database, name: str) -> tuple[str, list[str]]:
    """(the app's secret, recovery codes). The code that confirms it is of the step before, so that now's is unused."""
    async with database.writing() as session:
        profile = await open_profile(session, await viewer_for(session, name))
        secret = (await apps.begin_app(profile)).secret.replace(" ", "")
        before = session.clock.now() - timedelta(seconds=apps.STEP)
        codes = await apps.confirm_app(profile, shown_code(secret, before, None))
    assert right_step(secret, codes[0], before) is None
    return secret, codes


def messages(server: Server, number: str) -> dict[str, str]:
    found = {file.name: file.read_text() for file in (server.data / "sms").glob("*.txt")}
    return {name: text for name, text in found.items() if text.startswith(f"To: {number}\n")}


async def next_code(server: Server, number: str, seen: set[str]) -> str:
    for _time in range(400):
        if new := [text for name, text in messages(server, number).items() if name not in seen]:
            return re.findall(r"#(\d{6})$", new[0].strip())[0]
        await asyncio.sleep(0.05)
    raise AssertionError("no text message came")


async def first_step(page: Page, name: str, password: str = PASSWORD) -> None:
    await page.goto("/login")
    await page.get_by_label("Brukernavn").fill(name)
    await page.get_by_label("Passord").fill(password)
    await page.get_by_role("button", name="Logg på").click()
    await page.wait_for_url("**/login/code")
    assert await too_wide(page) <= 0


async def second_step(page: Page, label: str, code: str) -> None:
    await page.get_by_label(label).fill(code)
    await page.get_by_role("button", name="Logg på").click()
    await page.wait_for_url(re.compile("/(plans|terms|me/switch)"))


@pytest.mark.feature("F12")
@pytest.mark.parametrize("java_script_enabled", [True, False])
async def test_a_code_by_sms(
    open_browser: OpenBrowser, server: Server, database: Database, java_script_enabled: bool
) -> None:
    await give_mobile(database, BY_SMS, "00000001")
    page = await open_browser(viewport=PHONE, java_script_enabled=java_script_enabled)
    seen = set(messages(server, "+4700000001"))
    await first_step(page, BY_SMS)
    await expect(page.get_by_role("main")).to_contain_text("på SMS til ••• 01")
    another = page.get_by_role("button", name="Send ny kode")
    if java_script_enabled:
        await expect(another).to_be_disabled()
    else:
        await another.click()
        await expect(page.locator(".ds-error-summary")).to_contain_text("Vi har nettopp sendt en kode.")
    await second_step(page, "Engangskode", await next_code(server, "+4700000001", seen))


@pytest.mark.feature("F12")
async def test_another_code_can_be_asked_for_when_the_minute_has_passed(
    open_browser: OpenBrowser, server: Server, database: Database
) -> None:
    await give_mobile(database, BY_SMS, "00000001")
    page = await open_browser(viewport=PHONE)
    await page.clock.install()
    await first_step(page, BY_SMS)
    await expect(page.get_by_role("button", name="Send ny kode")).to_be_disabled()
    await page.clock.run_for(61_000)
    await expect(page.get_by_role("button", name="Send ny kode")).to_be_enabled()
    await expect(page.locator(".resend__wait")).to_be_empty()


@pytest.mark.feature("F12")
async def test_the_app_and_then_a_recovery_code(open_browser: OpenBrowser, server: Server, database: Database) -> None:
    secret, codes = await give_app(database, BY_APP)
    for typed in (pyotp.TOTP(secret).now(), codes[0]):
        page = await open_browser(viewport=PHONE)
        await first_step(page, BY_APP)
        await expect(page.get_by_role("main")).to_contain_text("Åpne appen på telefonen")
        await second_step(page, "Kode fra appen", typed)
    async with database.reading() as session:
        mine = select(SignInSession.method).where(
            SignInSession.account_id == (await account_of(session, BY_APP)).id, col(SignInSession.browser).is_not(None)
        )
        assert set(await session.scalars(mine)) == {"app", "recovery_code"}


@pytest.mark.feature("F15")
async def test_a_forgotten_password(open_browser: OpenBrowser, server: Server, database: Database) -> None:
    await give_mobile(database, FORGETFUL, "00000002")
    page, seen = await open_browser(viewport=PHONE), set(server.mails(FORGETFUL))
    await page.goto("/login")
    await page.get_by_role("link", name="Glemt passordet?").click()
    await page.get_by_label("Brukernavn").fill(FORGETFUL)
    await page.get_by_role("button", name="Send lenke").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Se i e-posten din")
    link = r"http\S+/forgot-password/\S+"
    (address,) = re.findall(link, await server.next_mail(FORGETFUL, seen, link))
    await page.goto(address)
    await page.get_by_label("Brukernavn").fill(FORGETFUL)
    await page.get_by_label("Nytt passord").press_sequentially("Passord123456")
    await expect(page.get_by_role("status").filter(has_text="Passordet er")).to_contain_text(
        "ligner på noe mange bruker"
    )
    await page.get_by_label("Nytt passord").fill("")
    await page.get_by_label("Nytt passord").press_sequentially(NEW)
    await expect(page.get_by_role("status").filter(has_text="Passordet er")).to_contain_text("svært sterkt")
    await page.get_by_label("Passordet en gang til").fill(NEW)
    await page.get_by_role("button", name="Lagre passordet").click()
    await expect(page.get_by_role("status").first).to_contain_text("Passordet er lagret.")
    came = set(messages(server, "+4700000002"))
    await first_step(page, FORGETFUL, NEW)
    await second_step(page, "Engangskode", await next_code(server, "+4700000002", came))
