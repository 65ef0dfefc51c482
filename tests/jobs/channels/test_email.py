"""Mail as it travels: honest headers, sealed on the way where it can be, whole files or none."""

import os
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID

import aiosmtplib
import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from jobs.channels.email import BadAddress, FolderPost, Letter, SmtpPost, compose, make_post, one_line
from tests.jobs.post_office import PostOffice, text_of

SENDER = "Medvirk <ikke-svar@medvirk.example>"
LETTER = Letter(
    id=UUID("6a0f7f4e-6d0c-4f0f-9f0e-2d7b5f0c1a11"),
    written_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    to="per@vik.example",
    language="nb",
    subject="Nytt mål i planen AB",
    text="Det er lagt til et nytt mål.\n",
    html="<p>Det er lagt til et nytt mål.</p>",
)


def test_the_headers_say_who_when_and_that_no_answer_is_expected() -> None:
    mail = message_from_bytes(compose(LETTER, SENDER, "medvirk.example").as_bytes(), policy=default)
    assert dict(mail.items()) | {"Content-Type": ""} == {
        "From": SENDER,
        "To": "per@vik.example",
        "Subject": "Nytt mål i planen AB",
        "Date": "Fri, 20 Nov 2026 09:00:00 +0000",
        "Message-ID": "<6a0f7f4e-6d0c-4f0f-9f0e-2d7b5f0c1a11@medvirk.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "nb",
        "MIME-Version": "1.0",
        "Content-Type": "",
    }
    assert text_of(mail).splitlines() == LETTER.text.splitlines()
    assert LETTER.html in text_of(mail, "html")


@pytest.mark.parametrize("trick", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85", "\x00"])
def test_a_line_break_in_the_subject_makes_no_header(trick: str) -> None:
    mail = compose(replace(LETTER, subject=f"AB{trick}Bcc: alle@vik.example"), SENDER, "medvirk.example")
    sent = message_from_bytes(mail.as_bytes(), policy=default)
    assert "Bcc" not in sent
    assert sent["Subject"] == "AB Bcc: alle@vik.example"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "per",
        "per@",
        "@vik.example",
        "per@vik.example\nBcc: a@b.example",
        "a@b.example, c@d.example",
        "på@vik.example",
    ],
)
def test_only_one_whole_address_is_a_recipient(address: str) -> None:
    with pytest.raises(BadAddress):
        compose(replace(LETTER, to=address), SENDER, "medvirk.example")


def test_norwegian_letters_in_a_domain_are_spelt_as_dns_does() -> None:
    assert compose(replace(LETTER, to="per@blåbær.example"), SENDER, "x.example")["To"] == "per@xn--blbr-roah.example"


def test_one_line_is_one_line() -> None:
    assert one_line(" a\t b\r\n\n c\u2029d ") == "a b c d"


async def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = FolderPost(tmp_path / "mail", SENDER, "medvirk.example")

    def power_cut(descriptor: int) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as cut:
        cut.setattr(os, "fsync", power_cut)
        with pytest.raises(OSError, match="full"):
            await post.send(LETTER)
    assert list(post.folder.glob("*.eml")) == []
    await post.send(LETTER)
    await post.send(LETTER)
    (file,) = post.folder.iterdir()
    assert file.name == f"{LETTER.id}.eml"
    assert message_from_bytes(file.read_bytes(), policy=default)["To"] == "per@vik.example"
    assert file.stat().st_mode & 0o777 == 0o600
    assert post.folder.stat().st_mode & 0o777 == 0o700


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of a mail server that nobody vouches for but the test."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("certificate") / "localhost.pem"
    path.write_bytes(private + made.public_bytes(pem))
    return path


@pytest.fixture
async def sealed_office(certificate: Path) -> AsyncIterator[PostOffice]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def check(server: object, session: object, envelope: object, mechanism: str, given: object) -> AuthResult:
        right = (b"medvirk@vik.example", b"p@ss/word")
        return AuthResult(success=(getattr(given, "login", None), getattr(given, "password", None)) == right)

    office = PostOffice(tls_context=context, authenticator=check)
    await office.open()
    yield office
    await office.close()


async def test_encrypts_when_the_server_offers_it_and_signs_in(
    sealed_office: PostOffice, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    url = f"smtp://medvirk%40vik.example:p%40ss%2Fword@localhost:{sealed_office.port}"
    await SmtpPost(url, SENDER, "medvirk.example").send(LETTER)
    assert sealed_office.encrypted == [True]


async def test_a_server_that_cannot_prove_its_name_gets_nothing(sealed_office: PostOffice) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        await SmtpPost(f"smtp://localhost:{sealed_office.port}", SENDER, "medvirk.example").send(LETTER)
    assert sealed_office.mails == []


async def test_a_password_never_leaves_the_machine_in_the_clear() -> None:
    seen: list[object] = []

    def check(*asked: object) -> AuthResult:
        seen.append(asked)
        return AuthResult(success=True)

    office = PostOffice(authenticator=check, auth_require_tls=False)
    await office.open()
    with pytest.raises(aiosmtplib.SMTPException):
        await SmtpPost(f"smtp://per:pass@0.0.0.0:{office.port}", SENDER, "medvirk.example").send(LETTER)
    assert (seen, office.mails) == ([], [])
    await SmtpPost(f"smtp://per:pass@127.0.0.1:{office.port}", SENDER, "medvirk.example").send(LETTER)
    assert len(office.mails) == len(seen) == 1
    await office.close()


@pytest.mark.parametrize("url", ["http://post.example", "smtp://", "post.example:25"])
def test_only_a_mail_server_is_an_address_for_mail(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="smtp://host:port"):
        make_post(url, tmp_path, SENDER, "https://medvirk.example")


def test_without_a_mail_server_mail_goes_to_the_data_folder(tmp_path: Path) -> None:
    post = make_post(None, tmp_path, SENDER, "https://medvirk.example:8443")
    assert post == FolderPost(tmp_path / "mail", SENDER, "medvirk.example")
