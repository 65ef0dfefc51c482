"""Pictures are decoded and made anew: upright, square, small, and with nothing else in them."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.refusals import Invalid
from pages import portrait
from tests.pages.me.pictures import BLUE, NO_PICTURES, RED, bomb, from_a_phone, image, moving, of_several

UNREADABLE = "Filen er ikke et bilde vi kan lese. Bruk et bilde av typen JPEG, PNG eller WebP."
TOO_MANY = "Bildet har for mange bildepunkter. Ta et nytt, eller gjør det mindre først."


def shown(made: bytes) -> Image.Image:
    opened = Image.open(BytesIO(made))
    opened.load()
    return opened


def near(dot: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(dot, tuple)
    return all(abs(one - other) < 40 for one, other in zip(dot, colour, strict=True))


async def sentence(sent: bytes) -> str:
    with pytest.raises(Invalid) as no:
        await portrait.portrait(sent)
    return no.value.fields["picture"]


@pytest.mark.feature("F40")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("size", "side"), [((80, 60), 60), ((2000, 900), 512), ((900, 2000), 512), ((512, 512), 512), ((1, 1), 1)]
)
async def test_every_kind_becomes_a_square_jpeg(kind: str, size: tuple[int, int], side: int) -> None:
    made = shown(await portrait.portrait(image(size, kind)))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (side, side))
    assert near(made.getpixel((0, 0)), RED)


@pytest.mark.feature("F40")
async def test_a_photo_is_turned_upright_and_tells_nothing_more(tmp_path: object) -> None:
    sent = from_a_phone()
    assert b"hemmelig merknad" in sent
    assert b"Fabrikant" in sent
    made = await portrait.portrait(sent)
    upright = shown(made)
    assert near(upright.getpixel((30, 5)), BLUE)
    assert near(upright.getpixel((30, 55)), RED)
    assert dict(upright.getexif()) == {}
    assert upright.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(secret in made for secret in (b"hemmelig", b"Fabrikant", b"profil", b"Exif"))


async def test_what_hides_behind_the_picture_does_not_come_along() -> None:
    made = await portrait.portrait(image() + b"PK\x03\x04<script>alert(1)</script>")
    assert b"script" not in made
    assert b"PK\x03\x04" not in made


async def test_what_is_see_through_becomes_white() -> None:
    made = shown(await portrait.portrait(image(kind="PNG", colour=(0, 0, 0, 0))))
    assert near(made.getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
async def test_grey_pictures_are_pictures(kind: str) -> None:
    made = BytesIO()
    Image.new("L", (50, 50), 100).save(made, kind)
    assert near(shown(await portrait.portrait(made.getvalue())).getpixel((5, 5)), (100, 100, 100))


async def test_of_a_cameras_several_pictures_the_first_is_the_photo() -> None:
    assert near(shown(await portrait.portrait(of_several())).getpixel((5, 5)), RED)


@pytest.mark.parametrize("what", NO_PICTURES)
async def test_what_is_no_picture_is_refused(what: str) -> None:
    assert await sentence(NO_PICTURES[what]) == UNREADABLE


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
async def test_what_moves_is_refused(kind: str) -> None:
    assert await sentence(moving(kind)) == "Bildet beveger seg. Velg et som står stille."


@pytest.mark.parametrize("size", [(60_000, 60_000), (7_100, 7_100), (2**31 - 1, 2**31 - 1)])
async def test_what_would_unfold_to_something_enormous_is_refused_unopened(size: tuple[int, int]) -> None:
    assert await sentence(bomb(*size)) == TOO_MANY


async def test_no_file_and_too_large_a_file_are_refused() -> None:
    assert await sentence(b"") == "Velg et bilde."
    assert await sentence(image() + bytes(5 * 1024 * 1024)) == "Bildet er for stort. Det kan være på høyst 5 MB."


@given(st.binary(max_size=300), st.integers(0, 600), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_no_bytes_make_it_stumble(noise: bytes, place: int, kind: str) -> None:
    good = image(kind=kind)
    sent = good[:place] + noise + good[place + len(noise) :]
    try:
        made = portrait._made_anew(sent)
    except Invalid:
        return
    assert shown(made).format == "JPEG"
