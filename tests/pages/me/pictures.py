"""Pictures as people send them: good ones, and those that are something else."""

import zlib
from io import BytesIO
from struct import pack
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

RED, BLUE = (200, 30, 30), (30, 30, 200)
TURNED, GPS = 0x0112, 0x8825


def image(size: tuple[int, int] = (80, 60), kind: str = "JPEG", colour: Any = RED, **options: Any) -> bytes:
    made = BytesIO()
    Image.new("RGBA" if len(colour) == 4 else "RGB", size, colour).save(made, kind, **options)
    return made.getvalue()


def from_a_phone() -> bytes:
    """Lying on its side, blue above and red below when turned upright; it tells where it was taken, and more."""
    lying = Image.new("RGB", (90, 60), RED)
    lying.paste(BLUE, (0, 0, 45, 60))
    told = lying.getexif()
    told[TURNED] = 6
    told[0x010F] = "Fabrikant"
    told.get_ifd(GPS).update({1: "N", 2: tuple(IFDRational(part) for part in (62, 28, 33))})
    made = BytesIO()
    lying.save(made, "JPEG", exif=told, comment=b"hemmelig merknad", icc_profile=b"profil")
    return made.getvalue()


def of_several() -> bytes:
    """As cameras save a photo together with its depth or its light."""
    made = BytesIO()
    other = Image.new("RGB", (80, 60), BLUE)
    Image.new("RGB", (80, 60), RED).save(made, "MPO", save_all=True, append_images=[other])
    return made.getvalue()


def moving(kind: str) -> bytes:
    made = BytesIO()
    frames = [Image.new("RGB", (80, 60), colour) for colour in (RED, BLUE)]
    frames[0].save(made, kind, save_all=True, append_images=frames[1:], duration=100)
    return made.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is enormous, and unfolds to nothing but zeros."""
    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body)
        for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(3_000_000), 9)), (b"IEND", b""))
    )


def talkative() -> bytes:
    """A PNG whose text unfolds to a hundred megabytes."""
    plain = image(kind="PNG")
    text = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))
    return plain[:33] + text + plain[33:]


def _chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NO_PICTURES = {
    "text": b"hei",
    "html": b"<html><script>alert(1)</script>",
    "svg": SVG,
    "gif": image(kind="GIF"),
    "moving gif": moving("GIF"),
    "bmp": image(kind="BMP"),
    "tiff": image(kind="TIFF"),
    "pdf": image(kind="PDF"),
    "head only": b"\xff\xd8\xff\xe0",
    "png head only": image(kind="PNG")[:40],
    "truncated": image((400, 400), colour=BLUE)[:-400],
    "truncated png": image((400, 400), kind="PNG")[:-60],
    "talkative": talkative(),
    "zeros": bytes(1000),
}
