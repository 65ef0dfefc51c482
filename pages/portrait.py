"""Makes a picture that somebody sends fit to be kept (F40, F70): decoded and made anew, and nothing else comes with it.

No metadata, no colour profile, no hidden bytes: only the dots of one upright square.
"""

from io import BytesIO
from typing import Any

from anyio import CapacityLimiter, to_thread
from PIL import Image, ImageOps
from wtforms import FileField
from wtforms.validators import InputRequired

from models.i18n import N_, _
from models.refusals import Invalid
from pages.forms import HouseForm

BYTES = 5 * 1024 * 1024
DOTS = 50_000_000
"""More are a trap: a small file can unfold to anything."""

SIDE = 512
TAKEN = ("JPEG", "PNG", "WEBP")
"""What the bytes must be, whatever the file is called."""

SCAN, SCANS = b"\xff\xda", 100
"""Each scan of a progressive JPEG is another walk over all its dots: a camera makes about ten."""

_one_at_a_time = CapacityLimiter(1)


class PictureForm(HouseForm):
    picture = FileField(
        N_("Bilde"),
        [InputRequired(N_("Velg et bilde."))],
        description=N_("JPEG, PNG eller WebP, på høyst 5 MB."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )

    async def made(self) -> bytes | None:
        """The picture, made anew; None when what was sent cannot be used: the form says why."""
        if not self.validate():
            return None
        try:
            return await portrait(await self._sent())
        except Invalid as invalid:
            self.refuse(invalid)
            return None

    async def _sent(self) -> bytes:
        """The bytes of the file; empty when none was chosen."""
        file: Any = self.picture.data
        return await file.read() if hasattr(file, "read") else b""


async def portrait(sent: bytes) -> bytes:
    """A JPEG of at most 512 × 512 dots, cut from the middle. Raises Invalid with a sentence for the field `picture`."""
    if not sent:
        raise Invalid(picture=_("Velg et bilde."))
    if len(sent) > BYTES:
        raise Invalid(picture=_("Bildet er for stort. Det kan være på høyst 5 MB."))
    return await to_thread.run_sync(_made_anew, sent, limiter=_one_at_a_time)


def _made_anew(sent: bytes) -> bytes:
    try:
        with Image.open(BytesIO(sent), formats=TAKEN) as image:
            _demand_still_and_small(image, sent)
            return _square(image)
    except Image.DecompressionBombError:
        raise _too_many_dots() from None
    except Invalid:
        raise
    except Exception:
        raise Invalid(
            picture=_("Filen er ikke et bilde vi kan lese. Bruk et bilde av typen JPEG, PNG eller WebP.")
        ) from None  # decoders stumble in a hundred ways over what is no picture


def _demand_still_and_small(image: Image.Image, sent: bytes) -> None:
    """Known before anything is unfolded. A camera's JPEG may hold several pictures: the first is the photo."""
    if image.format == "JPEG" and sent.count(SCAN) > SCANS:
        raise _too_many_dots()
    if image.width * image.height > DOTS:
        raise _too_many_dots()
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise Invalid(picture=_("Bildet beveger seg. Velg et som står stille."))


def _too_many_dots() -> Invalid:
    return Invalid(picture=_("Bildet har for mange bildepunkter. Ta et nytt, eller gjør det mindre først."))


def _square(image: Image.Image) -> bytes:
    image.draft("RGB", (2 * SIDE, 2 * SIDE))
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    side = min(SIDE, *upright.size)
    cut = ImageOps.fit(upright, (side, side))
    clean = Image.new("RGB", cut.size, "white")
    clean.paste(cut, mask=cut.getchannel("A"))
    made = BytesIO()
    clean.save(made, "JPEG", quality=85, optimize=True)
    return made.getvalue()
