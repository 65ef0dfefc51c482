"""A consent signed on paper (C10): the paper is what it says, is kept sealed, and leaves only through the door."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image
from sqlmodel import select

from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.tables import Municipality
from models.plans.rules.words import ConsentMethod
from models.plans.tables.consent import ConsentScan
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.pages.consenting import ledger, participation, send

OWNER = "planeier@fjordvik.example"
MB = 1_000_000


def pdf(**root: Any) -> bytes:
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    for name, value in root.items():
        made.Root[f"/{name}"] = value
    made.save(out)
    return out.getvalue()


def locked() -> bytes:
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def with_attachment() -> bytes:
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.attachments["virus.exe"] = b"MZ"
    made.save(out)
    return out.getvalue()


def that_swells() -> bytes:
    """Some kilobytes that unfold to many megabytes, in which something could lie hidden."""
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.Root["/Notes"] = made.make_indirect(pikepdf.String("a" * 30_000_000))
    made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, kind)
    return out.getvalue()


async def on_paper(coordinator: Visitor, plan: str, town: Database, file: Any, **typed: Any) -> Page:
    page = await coordinator.get(f"{plan}/consent/new/paper")
    owner = str(await participation(town, plan, OWNER))
    fields = {key: value for key, value in page.typed().items() if key != "scan"}
    files = {"scan": file} if file else None
    return await coordinator.post(page.url, {**fields, "signers": [owner], **typed}, files=files)


@pytest.mark.feature("F112")
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("samtykke.pdf", pdf(), "application/pdf"),
        ("bilde.jpg", picture("JPEG"), "image/jpeg"),
        ("../../bilde.exe", picture("PNG"), "image/png"),
    ],
)
async def test_the_paper_is_kept_and_comes_back_as_it_was(
    coordinator: Visitor, ip: str, town: Database, name: str, content: bytes, kind: str
) -> None:
    page = await coordinator.follow(await on_paper(coordinator, ip, town, (name, content, "text/html")))
    assert "Samtykket er registrert." in page.words
    (newest, *_rest) = await ledger(town, ip)
    assert newest.method is ConsentMethod.PAPER
    answer = (await coordinator.get(f"{ip}/consent/{newest.id}/scan")).answer
    assert (answer.content, answer.headers["content-type"]) == (content, kind)
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "exe" not in answer.headers["content-disposition"]
    assert "/" not in answer.headers["content-disposition"]


async def test_the_paper_is_sealed_and_its_reading_is_logged(coordinator: Visitor, ip: str, town: Database) -> None:
    content = pdf()
    await on_paper(coordinator, ip, town, ("a.pdf", content, "application/pdf"))
    (newest, *_rest) = await ledger(town, ip)
    await coordinator.get(f"{ip}/consent/{newest.id}/scan")
    async with town.reading() as session:
        scan = (await session.scalars(select(ConsentScan))).one()
        events = list(await session.scalars(select(LogRow).where(LogRow.event == Event.CONSENT_READ)))
    assert b"PDF" not in (scan.content or b"")
    assert [row.plan_id for row in events] == [newest.plan_id]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Legg ved det signerte papiret."),
        (b"ikke noe bilde", "Filen er ikke en PDF eller et bilde vi kan lese."),
        (b"%PDF-1.7 og resten er tull", "Filen er ikke en PDF eller et bilde vi kan lese."),
        (b"<html><script>alert(1)</script>", "Filen er ikke en PDF eller et bilde vi kan lese."),
        (picture("PNG")[:60], "Filen er ikke en PDF eller et bilde vi kan lese."),
        (picture("GIF"), "Filen er ikke en PDF eller et bilde vi kan lese."),
        (locked(), "PDF-en er låst med passord."),
        (with_attachment(), "PDF-en inneholder programmer eller vedlegg."),
        (
            pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")),
            "PDF-en inneholder programmer eller vedlegg.",
        ),
        (that_swells(), "Filen er ikke en PDF eller et bilde vi kan lese."),
        (b"%PDF-" + b"a" * (10 * 1024 * 1024), "Filen er for stor. Den kan være på høyst 10 MB."),
    ],
    ids=[
        "nothing",
        "words",
        "half a pdf",
        "a page",
        "half a picture",
        "gif",
        "locked",
        "attachment",
        "program",
        "swells",
        "big",
    ],
)
async def test_a_file_that_lies_is_not_taken_and_nothing_is_lost(
    coordinator: Visitor, ip: str, town: Database, content: bytes, sentence: str
) -> None:
    before = len(await ledger(town, ip))
    page = await on_paper(coordinator, ip, town, ("a.pdf", content, "application/pdf"), remark="Møte på skolen")
    assert (page.status, sentence in page.error("scan")) == (400, True)
    assert page.one("//*[@name='remark']").text_content().strip() == "Møte på skolen"
    assert len(await ledger(town, ip)) == before


async def test_an_enormous_file_is_turned_away_at_the_gate(coordinator: Visitor, ip: str, town: Database) -> None:
    page = await on_paper(coordinator, ip, town, ("a.pdf", b"%PDF-" + b"a" * (13 * MB), "application/pdf"))
    assert page.status == 413


async def test_without_a_paper_it_is_no_consent_on_paper(coordinator: Visitor, ip: str, town: Database) -> None:
    page = await on_paper(coordinator, ip, town, ("", b"", "application/octet-stream"))
    assert (page.status, page.error("scan")) == (400, "Legg ved det signerte papiret.")


async def test_one_paper_for_two_participants_is_kept_once(coordinator: Visitor, ip: str, town: Database) -> None:
    two = [str(await participation(town, ip, f"{one}@fjordvik.example")) for one in ("tjenesteyter", "assistent")]
    content = picture("JPEG")
    await on_paper(coordinator, ip, town, ("a.jpg", content, "image/jpeg"), scope="some", participants=two)
    first, second, *_rest = await ledger(town, ip)
    assert {str(first.participant_id), str(second.participant_id)} == set(two)
    for row in (first, second):
        assert (await coordinator.get(f"{ip}/consent/{row.id}/scan")).answer.content == content
    async with town.reading() as session:
        assert len(list(await session.scalars(select(ConsentScan.id)))) == 1


async def test_the_paper_is_for_those_who_ask_and_those_who_consent(
    coordinator: Visitor, sign_in: SignIn, ip: str, relay: str, town: Database
) -> None:
    await on_paper(coordinator, ip, town, ("a.pdf", pdf(), "application/pdf"))
    (newest, *_rest) = await ledger(town, ip)
    address = f"{ip}/consent/{newest.id}/scan"
    assert (await (await sign_in("planeier")).get(address)).status == 200
    assert (await (await sign_in("tjenesteyter")).get(address)).status == 403
    assert (await (await sign_in("laerer")).get(address)).status == 404
    assert (await coordinator.get(f"{relay}/consent/{newest.id}/scan")).status == 404
    assert (await (await sign_in("koordinator@dalen.example")).get(address)).status == 404


async def test_where_only_digital_consents_count_no_other_is_recorded(
    coordinator: Visitor, ip: str, town: Database
) -> None:
    async with town.writing() as session:
        for one in await session.scalars(select(Municipality)):
            one.digital_consent = True
    assert "Kommunen krever at samtykke signeres i Medvirk." in (await coordinator.get(f"{ip}/consent/new")).words
    page = await on_paper(coordinator, ip, town, ("a.pdf", pdf(), "application/pdf"))
    assert (page.status, "signeres i Medvirk" in page.summary()) == (400, True)
    oral = await coordinator.get(f"{ip}/consent/new/oral")
    owner = str(await participation(town, ip, OWNER))
    assert (await send(coordinator, oral, {"signers": [owner], "remark": "Ja"})).status == 400
