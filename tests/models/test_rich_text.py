"""Rich text: whatever is sent becomes harmless, keeps its words, and has one form."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from lxml import html

from models.rich_text import MOST, MOST_HTML, clean, is_rich, plain, shown, too_much
from models.rich_text_shape import TAGS

PASTED = Path(__file__).parent / "pasted"
pytestmark = pytest.mark.feature("F214")

TABLE = "<table><tbody><tr><td>én</td><td>to</td></tr></tbody></table>"
ATTRIBUTES = {"href", "colspan", "rowspan", "scope"}
SHOWN = {"class", "role", "tabindex", "aria-label", "data-border", "rel"}

WORDS = ["båt", "5 < 7", "a & b", "<p>", "Ærlig", "x\N{NO-BREAK SPACE}y"]
BLOCKS = ["p", "h1", "h2", "h3", "h4", "h6", "ul", "ol", "li", "blockquote", "table", "tbody", "tr", "td", "th", "div"]
INLINE = ["strong", "b", "em", "i", "u", "a", "span", "font", "o:p"]
EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<p style='position:fixed' class=ds-button id=main data-keep=/x hx-get=/plans>x</p>",
    "<form action=//evil><input name=seen></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<td colspan=9999 rowspan=-1 onclick=alert(1)>x</td>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script>-->",
    "<a href='data:text/html,x'>y</a><a href='//evil.example'>z</a><base href=//evil>",
]


def pieces(inner: some.SearchStrategy[str]) -> some.SearchStrategy[str]:
    tags = some.sampled_from(BLOCKS + INLINE)
    wrapped = some.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", tags, some.lists(inner, max_size=4))
    return wrapped | some.lists(inner, max_size=4).map("".join)


LEAVES = (
    some.sampled_from(EVIL)
    | some.sampled_from(["<br>", " ", "\n", "<td>", "</p>", "</table>", "<li>", "<b>", "</i>"])
    | some.sampled_from(WORDS).map(lambda word: word.replace("&", "&amp;").replace("<", "&lt;"))
)
TREES = some.recursive(LEAVES, pieces, max_leaves=20)
SENT = some.builds(
    lambda block, inner: f"<{block}>{inner}</{block}>", some.sampled_from(["p", "ul", "table", "h3"]), TREES
)


def elements(text: str) -> list[html.HtmlElement]:
    return list(html.fragment_fromstring(text, create_parent="body").iterdescendants())


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(SENT | some.text(max_size=60))
def test_cleaning_twice_changes_nothing(sent: str) -> None:
    assert clean(clean(sent)) == clean(sent)


@given(SENT)
def test_nothing_but_our_own_tags_and_attributes_is_kept_or_shown(sent: str) -> None:
    kept = clean(sent)
    if is_rich(kept):
        assert {each.tag for each in elements(kept)} <= TAGS
        assert {name for each in elements(kept) for name in each.attrib} <= ATTRIBUTES
    for each in elements(str(shown(kept))):
        assert each.tag in TAGS | {"div"}
        assert set(each.attrib) <= ATTRIBUTES | SHOWN
        assert re.match(r"https?://|mailto:", each.get("href", "https://"))


@given(SENT)
def test_what_was_never_cleaned_is_harmless_when_it_is_shown(sent: str) -> None:
    for each in elements(str(shown(sent))):
        assert each.tag in TAGS | {"div", "b", "i", "h1", "h2", "h5", "h6"}
        assert set(each.attrib) <= ATTRIBUTES | SHOWN


@given(some.lists(some.tuples(some.sampled_from(BLOCKS), some.sampled_from(WORDS)), min_size=1, max_size=6))
def test_every_word_that_can_be_seen_survives_in_its_order(written: list[tuple[str, str]]) -> None:
    parts = [f"<{tag}>{word.replace('&', '&amp;').replace('<', '&lt;')}</{tag}>" for tag, word in written]
    said = letters("".join(word for _tag, word in written))
    assert letters(plain(clean(f"<p>Først</p>{''.join(parts)}<p>Sist</p>"))) == f"Først{said}Sist"


@given(SENT)
def test_what_is_shown_says_the_same_as_the_words_alone(sent: str) -> None:
    kept = clean(sent)
    said = "".join(html.fragment_fromstring(str(shown(kept)), create_parent="body").itertext())
    assert letters(said) == letters(plain(kept))


@given(some.lists(some.sampled_from(["Ord", "5 < 7", "a & b", "<b>nei</b>"]), min_size=1, max_size=4))
def test_plain_paragraphs_are_kept_as_plain_text_that_shows_the_same(parts: list[str]) -> None:
    escaped = [part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for part in parts]
    kept = clean("".join(f"<p>{part}</p>" for part in escaped))
    assert kept == "\n\n".join(parts)
    assert str(shown(kept)) == "".join(f'<p class="lines">{part}</p>' for part in escaped)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  Bare ord.\n\nTo avsnitt. ", "Bare ord.\n\nTo avsnitt."),
        ("<b>ikke</b> kode", "<b>ikke</b> kode"),
        ("<p>uten slutt", "<p>uten slutt"),
        ("5 <p er mindre", "5 <p er mindre"),
        ("<p>En<br>to</p><p><br></p><p>tre</p>", "En\nto\n\ntre"),
        ("<p>&lt;p&gt;sånn&lt;/p&gt;</p>", "<p>&lt;p&gt;sånn&lt;/p&gt;</p>"),
        ("<p><b>Fet</b> og <i>skrå</i></p>", "<p><strong>Fet</strong> og <em>skrå</em></p>"),
        ("<p>x</p><h1>Stor</h1><h5>Liten</h5><p>y</p>", "<p>x</p><h3>Stor</h3><h4>Liten</h4><p>y</p>"),
        ("<ul><li><div>A</div><ul><li>B</li></ul></li></ul>", "<ul><li>A<ul><li>B</li></ul></li></ul>"),
        ("<ul>løst<li>A</li><ul><li>B</li></ul></ul>", "<ul><li>løst</li><li>A<ul><li>B</li></ul></li></ul>"),
        ("<p>a</p>løst<div>b</div><h3>c</h3>", "<p>a</p><p>løst</p><p>b</p><h3>c</h3>"),
        (f"{TABLE}", TABLE),
        (
            "<table><caption>Uka</caption><tr><td>x</td></tr></table>",
            "<p>Uka</p><table><tbody><tr><td>x</td></tr></tbody></table>",
        ),
        (
            "<table><tr><td colspan=2 rowspan=500>x</td></tr></table>",
            '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
        ),
        ("<p><a href='https://a.no/?x=1&amp;y'>A</a></p>", '<p><a href="https://a.no/?x=1&amp;y">A</a></p>'),
        ("<p><a href='/plans/1/remove'>A</a></p>", "A"),
        ("<p>\N{NO-BREAK SPACE}</p><ul><li> </li></ul>", ""),
        ("<table><tr><td> </td></tr></table>", ""),
    ],
)
def test_each_text_has_one_form(sent: str, kept: str) -> None:
    assert clean(sent) == kept


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "word",
            "Hverdagen til Ravn Ravn liker båter, og særlig seil. · Svømme o I bassenget · Ro på vannet 1. Først vest "
            "2. Så båt Uka Kl. 9 Trening Kari Mer hos Helsenorge .",
        ),
        ("docs", "Mål for våren Viktigst : å være med. Skole Friminutt Fritid Dag Hva Mandag"),
        (
            "outlook",
            "Hei Marte, Fra: Helsestasjonen <post@fjordvik.example> Emne: SV: Timen Timen er flyttet til torsdag . "
            "Ta med kortet Kom i god tid Svar her",
        ),
    ],
)
def test_what_is_pasted_keeps_its_words_and_its_tables_and_nothing_else(name: str, said: str) -> None:
    sent = (PASTED / f"{name}.html").read_text("utf-8")
    kept = clean(f"<p></p>{sent}<p></p>")
    assert letters(plain(kept)) == letters(said)
    assert len(re.findall("<table>", kept)) == len(re.findall("<table", sent))
    assert not re.search(r"mso|style=|class|xml|script|img|o:p|<!|<span|font", kept, re.IGNORECASE)


def test_cells_and_lines_are_parted_in_the_words_alone() -> None:
    assert plain(f"<ul><li>a</li><li>b</li></ul>{TABLE}") == "a\nb\n\nén\tto"
    assert plain("Bare < ord") == "Bare < ord"


def test_headings_do_not_break_the_outline_of_the_page() -> None:
    page = str(shown("<h3>Stor</h3><h4>Liten</h4><p>Ord</p>"))
    assert page.count('<p class="rich__title">') == 2
    assert "<h" not in page


def test_a_table_scrolls_in_a_box_that_the_keyboard_reaches() -> None:
    (box,) = [each for each in elements(str(shown(TABLE))) if each.get("role") == "group"]
    assert (box.get("tabindex"), box.get("aria-label"), box[0].tag) == ("0", "Tabell", "table")


def test_a_link_that_is_shown_tells_its_target_nothing() -> None:
    page = str(shown('<p><a href="https://helsenorge.no/">H</a> <strong>x</strong></p>'))
    assert 'rel="noopener noreferrer"' in page


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a" * MOST, None),
        ("a" * (MOST + 1), "Teksten er 20001 tegn. Den kan være på høyst 20000."),
        (f"<ul><li>{'a' * MOST}</li></ul>", None),
        (f"<ul><li>{'a' * (MOST + 1)}</li></ul>", "Teksten er 20001 tegn. Den kan være på høyst 20000."),
        ("<ul>" + "<li>a</li>" * (MOST_HTML // 10) + "</ul>", "Teksten har for mye formatering"),
    ],
)
def test_what_can_be_seen_is_what_is_counted(text: str, problem: str | None) -> None:
    said = too_much(text)
    assert (said or "").startswith(problem or "")
    assert (said is None) == (problem is None)


@pytest.mark.parametrize(
    "maze",
    ["<ul><li>" * 40_000, "<b>" * 90_000, "<blockquote>" * 30_000, "<table><tr><td>" * 20_000, "<p " + ">" * 200_000],
)
def test_a_maze_of_tags_keeps_its_words_and_takes_no_time(maze: str) -> None:
    kept = clean(f"<p>Inn</p>{maze}ord</p>")
    assert "ord" in plain(kept)
    assert "Inn" in plain(kept)
