"""What a person does with the form of a new goal and its editor."""

from pathlib import Path

from playwright.async_api import Locator, Page, expect

PASTED = Path(__file__).parents[1] / "models" / "pasted"
PASTE = """([root, kind, text]) => {
  const data = new DataTransfer();
  data.setData(kind, text);
  if (kind === "text/html") data.setData("text/plain", "uten utforming");
  root.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def editor(page: Page, label: str) -> Locator:
    """The editor of a rich text: not its text field, which is there first and hidden when the editor is made."""
    return page.get_by_role("textbox", name=label).and_(page.locator("[contenteditable=true]"))


def text(page: Page) -> Locator:
    return editor(page, "Beskrivelse")


def tool(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


async def paste(page: Page, content: str, kind: str = "text/html") -> None:
    await text(page).click()
    await page.evaluate(PASTE, [await text(page).element_handle(), kind, content])


async def save(page: Page) -> Locator:
    """Saves the goal; its text on its own page."""
    await tool(page, "Lagre").click()
    await expect(page.get_by_role("status").first).to_contain_text("Lagt til.")
    await page.locator("article").get_by_role("link", name="Båttur").click()
    await expect(page.get_by_role("heading", name="Båttur")).to_be_visible()
    return page.locator("section[aria-labelledby=goal]")
