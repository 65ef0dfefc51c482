"""Finds out whether a signed paper that somebody uploads is what it says: a PDF or a picture, and nothing that acts."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from anyio import CapacityLimiter, to_thread
from PIL import Image

from models.i18n import _
from models.plans.operations.consents import Paper
from models.refusals import Invalid
from models.texts import sayable

BYTES = 10 * 1024 * 1024
DOTS = 100_000_000
PDF, PICTURES = "application/pdf", {"JPEG": "image/jpeg", "PNG": "image/png"}
ENDINGS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
NAME = 100
MOST = 100_000
"""Parts of one object: more are a trap."""

ACTS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")

PACKED = 4 * 1024 * 1024
"""Bytes that one stream may unfold to while a PDF is opened; only what tells of its parts is unfolded, never its
pictures. More is a file that swells."""
UNREAD = "stream data"
"""What the library complains of when it could not unfold a part, whatever lies in it."""

pikepdf.settings.set_qpdf_limits(
    flate_max_memory=PACKED, png_max_memory=PACKED, run_length_max_memory=PACKED, tiff_max_memory=PACKED
)
_one_at_a_time = CapacityLimiter(1)


async def paper(file: Any) -> Paper:
    """Raises Invalid with a sentence for the field `scan`."""
    sent = await file.read() if hasattr(file, "read") else b""
    if not sent:
        raise Invalid(scan=_("Legg ved det signerte papiret."))
    if len(sent) > BYTES:
        raise Invalid(scan=_("Filen er for stor. Den kan være på høyst 10 MB."))
    media_type = await to_thread.run_sync(kind_of, sent, limiter=_one_at_a_time)
    return Paper(_named(file.filename or "", media_type), media_type, sent)


def kind_of(sent: bytes) -> str:
    """What the bytes are, whatever the file is called. Raises Invalid for anything but a PDF or a picture."""
    if sent.startswith(b"%PDF-"):
        _demand_pages_alone(sent)
        return PDF
    try:
        with Image.open(BytesIO(sent), formats=tuple(PICTURES)) as image:
            if image.width * image.height > DOTS:
                raise _unreadable()
            image.verify()
            return PICTURES[str(image.format)]
    except Invalid:
        raise
    except Exception:
        raise _unreadable() from None  # decoders stumble in a hundred ways over what is no picture


def _demand_pages_alone(sent: bytes) -> None:
    """It opens without a password, has pages, and holds neither programs nor other files."""
    try:
        with pikepdf.open(BytesIO(sent)) as pdf:
            has_pages = len(pdf.pages) > 0
            acts = bool(pdf.attachments) or any(_acts(part) for one in pdf.objects for part in _parts(one))
            hides = any(UNREAD in str(said) for said in pdf.get_warnings())
    except pikepdf.PasswordError:
        raise Invalid(scan=_("PDF-en er låst med passord. Lagre den uten passord, og prøv igjen.")) from None
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        raise _unreadable() from None
    if not has_pages or hides:
        raise _unreadable()
    if acts:
        raise Invalid(scan=_("PDF-en inneholder programmer eller vedlegg. Skann papiret på nytt, eller ta et bilde."))


def _parts(whole: Any) -> Iterator[Any]:
    """The dictionaries that are written inside it, itself too; what stands by itself is asked by itself."""
    waiting, seen = [whole], 0
    while waiting:
        one, seen = waiting.pop(), seen + 1
        if seen > MOST:
            raise _unreadable()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            inside = [value for _key, value in one.items()]
        else:
            inside = list(one) if isinstance(one, pikepdf.Array) else []
        waiting += [part for part in inside if isinstance(part, pikepdf.Object) and not part.is_indirect]


def _acts(one: Any) -> bool:
    return str(one.get("/S", "")) in ACTS or "/JS" in one or "/EmbeddedFiles" in one


def _unreadable() -> Invalid:
    return Invalid(scan=_("Filen er ikke en PDF eller et bilde vi kan lese. Bruk PDF, JPEG eller PNG."))


def _named(name: str, media_type: str) -> str:
    """The name it came with, without folders, with the ending of what it is."""
    stem = sayable(name.replace("\\", "/").rsplit("/", 1)[-1]).rsplit(".", 1)[0].strip(" .") or _("samtykke")
    return stem[:NAME] + ENDINGS[media_type]
