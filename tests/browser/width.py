"""How much of a page is out of sight to the right."""

from playwright.async_api import Page


async def too_wide(page: Page) -> int:
    """Pixels that stick out; asked of a page that has come in whole, for one just asked for is empty."""
    await page.wait_for_load_state()
    out: int = await page.locator("html").evaluate("html => html.scrollWidth - html.clientWidth")
    return out
