"""The reports as an analyst meets them, and as nobody else does."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import nullcontext
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient, Response
from sqlmodel import col, select

from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.plans.tables.plan import Plan
from models.rights import PlanKind
from models.settings import Settings
from pages.house import build
from permissions.sign_in import sessions
from permissions.sign_in.passwords import Passwords

pytestmark = [pytest.mark.feature("F205"), pytest.mark.feature("F206")]
PAGE = "/reports/plans-per-coordinator"
SignIn = Callable[[str], Awaitable[AsyncClient]]


async def _nothing(*asked: Any) -> None:
    """In the place of the generated screens, which no report needs."""


@pytest.fixture
async def sign_in(town: Database, passwords: Passwords) -> AsyncIterator[SignIn]:
    """`await sign_in("analytiker")` gives a browser in which they are signed in; an empty name, nobody."""
    app = build(Settings(), town, passwords, lifespan=lambda app: nullcontext(), admin=_nothing, id_porten=None)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://medvirk.example") as browser:

        async def enter(name: str) -> AsyncClient:
            async with town.writing() as session:
                found = select(Account.id).where(Account.user_name == f"{name}@fjordvik.example")
                account_id = (await session.scalars(found)).one()
                begun = await sessions.begin(session, account_id, SignInMethod.EMAIL)
            browser.cookies.set("medvirk", begun.token)
            return browser

        async def maybe(name: str) -> AsyncClient:
            return await enter(name) if name else browser

        yield maybe


@pytest.fixture
async def analyst(sign_in: SignIn) -> AsyncClient:
    return await sign_in("analytiker")


async def readings(town: Database) -> list[dict[str, Any] | None]:
    async with town.reading() as session:
        return list(await session.scalars(select(LogRow.details).where(LogRow.event == Event.REPORT_READ)))


def csv_rows(answer: Response) -> list[list[str]]:
    return [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]


ADDRESSES = ["/reports", "/reports/dictionary", PAGE, f"{PAGE}.csv"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_an_analyst_may_read_reports(analyst: AsyncClient, address: str) -> None:
    assert (await analyst.get(address)).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("name", ["laerer", "koordinator", "planeier"])
async def test_others_are_refused(sign_in: SignIn, name: str, address: str) -> None:
    assert (await (await sign_in(name)).get(address)).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
async def test_somebody_who_has_not_signed_in_is_asked_to(sign_in: SignIn, address: str) -> None:
    answer = await (await sign_in("")).get(address)
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")


async def test_the_list_leads_to_the_report_and_its_dictionary(analyst: AsyncClient) -> None:
    page = (await analyst.get("/reports")).text
    assert f'href="{PAGE}"' in page
    assert 'href="/reports/dictionary"' in page


async def test_the_dictionary_explains_every_column_of_the_file(analyst: AsyncClient) -> None:
    titles = csv_rows(await analyst.get(f"{PAGE}.csv?group_by=year"))[0]
    page = (await analyst.get("/reports/dictionary")).text
    assert [title for title in titles if f"<b>{title}</b>" not in page] == []


async def test_page_and_file_show_the_same_numbers(analyst: AsyncClient) -> None:
    page, file = (await analyst.get(PAGE)).text, csv_rows(await analyst.get(f"{PAGE}.csv"))
    total = file[0].index("Totalt")
    assert sum(int(row[total]) for row in file[1:]) > 0
    assert f'data-label="Totalt" class="number">{sum(int(row[total]) for row in file[1:])}<' in page


async def test_the_page_leads_to_a_file_of_the_same_selection(analyst: AsyncClient) -> None:
    page = (await analyst.get(f"{PAGE}?from=2026-01-01&to=2026-06-30&plan_type=IP&plan_type=SL")).text
    assert f'href="{PAGE}.csv?from=2026-01-01&amp;to=2026-06-30&amp;plan_type=IP,SL"' in page


async def test_the_file_is_csv_to_keep(analyst: AsyncClient) -> None:
    answer = await analyst.get(f"{PAGE}.csv?from=2026-01-01&to=2026-06-30")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "plans-per-coordinator-2026-01-01-2026-06-30.csv" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbfArbeidssted;Koordinator;Aktive;Passive;Totalt;")


async def test_plan_types_narrow_the_numbers(analyst: AsyncClient) -> None:
    counts = []
    for kinds in (*PlanKind, ",".join(PlanKind)):
        file = csv_rows(await analyst.get(f"{PAGE}.csv?plan_type={kinds}"))
        counts.append(sum(int(row[4]) for row in file[1:]))
    assert counts[-1] == sum(counts[:-1])
    assert all(0 < count < counts[-1] for count in counts[:-1])


BAD = "from=tull&to=2026-13-01&group_by=time&plan_type=XX"


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}.csv"])
async def test_what_cannot_be_used_is_said_beside_each_field_and_kept(analyst: AsyncClient, address: str) -> None:
    answer = await analyst.get(f"{address}?{BAD}")
    assert answer.status_code == 400
    for field in ("from", "to", "group_by", "plan_type"):
        assert f'id="{field}-error"' in answer.text or f'aria-describedby="{field}-error"' in answer.text
    assert 'value="tull"' in answer.text


async def test_a_kind_beyond_the_right_is_refused_and_not_offered(sign_in: SignIn) -> None:
    browser = await sign_in("admin.skole")
    answer = await browser.get(f"{PAGE}?plan_type=IP")
    assert (answer.status_code, 'value="IP"' in answer.text, 'value="IOP"' in answer.text) == (400, False, True)


async def test_an_unknown_report_is_not_found(analyst: AsyncClient) -> None:
    assert [(await analyst.get(address)).status_code for address in ("/reports/ages2", "/reports/x.csv")] == [404, 404]


async def test_what_was_typed_is_never_markup(analyst: AsyncClient) -> None:
    assert "<script>alert" not in (await analyst.get(f"{PAGE}?from=<script>alert(1)</script>")).text


async def test_reading_and_downloading_are_logged(analyst: AsyncClient, town: Database) -> None:
    before = len(await readings(town))
    await analyst.get(PAGE)
    await analyst.get(f"{PAGE}.csv")
    logged = [{"report": "plans-per-coordinator", "format": form} for form in ("page", "csv")]
    assert sorted((await readings(town))[before:], key=str) == sorted(logged, key=str)


async def test_what_was_not_shown_is_not_logged(sign_in: SignIn, town: Database) -> None:
    before = len(await readings(town))
    await (await sign_in("analytiker")).get(f"{PAGE}?{BAD}")
    await (await sign_in("laerer")).get(PAGE)
    assert len(await readings(town)) == before


async def test_no_report_names_a_plan(analyst: AsyncClient, town: Database) -> None:
    shown = "".join([(await analyst.get(address)).text for address in ADDRESSES])
    async with town.reading() as session:
        names = await session.scalars(select(Plan.short_name).where(col(Plan.short_name) != ""))
        assert [name for name in names if f">{name}<" in shown or f";{name};" in shown] == []
