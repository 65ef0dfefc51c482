"""An A4 page in our own letters: Norwegian and Sámi ones too."""

from datetime import datetime
from pathlib import Path

from fpdf import FPDF

from models.i18n import current_language
from models.texts import headed

FONTS = Path(__file__).parents[2] / "pages" / "static" / "vendor" / "inter"
INTER, EXTENDED = "Inter", "Inter Extended"
WEIGHTS = {"": 400, "B": 700}
MARGIN, SIZE, HEIGHT = 22, 11, 6
LINE = 9 + 5
"""A line to write on, with room above it and words below."""
BELOW = 2 * LINE
"""What a heading must have under it on the same page."""


class A4(FPDF):
    """Text from top to bottom, in the language being spoken, with page numbers below."""

    def __init__(self, title: str, made_at: datetime) -> None:
        super().__init__(format="A4")
        self.set_title(title)
        self.set_creation_date(made_at)
        self.set_lang(current_language())
        self.set_creator("Medvirk")
        for style, weight in WEIGHTS.items():
            self.add_font(INTER, style, FONTS / f"inter-latin-{weight}-normal.woff2")
            self.add_font(EXTENDED, style, FONTS / f"inter-latin-ext-{weight}-normal.woff2")
        self.set_fallback_fonts([EXTENDED], exact_match=False)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.alias_nb_pages()
        self.add_page()

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(INTER, size=8)
        self.cell(0, 8, f"{self.page_no()} / {{nb}}", align="R")

    def keep_together(self, height: float) -> None:
        """What comes next begins a new page when fewer millimetres than that are left of this one."""
        if self.will_page_break(height):
            self.add_page()

    def heading(self, words: str, size: int = 13) -> None:
        self.keep_together(size + BELOW)
        self.ln(3)
        self.start_section(words, strict=False)
        self.set_font(INTER, "B", size)
        self.multi_cell(0, size / 2 + 1, words, new_x="LMARGIN", new_y="NEXT")
        self.ln(1)

    def paragraphs(self, text: str) -> None:
        """A blank line makes a paragraph."""
        self.set_font(INTER, size=SIZE)
        for one in text.replace("\r\n", "\n").split("\n\n"):
            title, words = headed(one.strip())
            if title:
                self.keep_together(3 * HEIGHT)
                self.set_font(style="B")
                self.multi_cell(0, HEIGHT, title, align="L", new_x="LMARGIN", new_y="NEXT")
                self.set_font(style="")
            self.multi_cell(0, HEIGHT, words, align="L", new_x="LMARGIN", new_y="NEXT")
            self.ln(2)

    def points(self, sentences: list[str]) -> None:
        self.set_font(INTER, size=SIZE)
        for one in sentences:
            self.set_x(MARGIN + 3)
            self.multi_cell(0, HEIGHT, f"•  {one}", align="L", new_x="LMARGIN", new_y="NEXT")
            self.ln(1)

    def room_to_write(self, words: str) -> None:
        """A line, with what is to be written on it told below."""
        self.keep_together(LINE)
        self.ln(9)
        self.set_draw_color(90)
        self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())
        self.set_font(INTER, size=9)
        self.cell(0, 5, words, new_x="LMARGIN", new_y="NEXT")
