"""The Chromium that the tests drive."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--disable-gpu", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def chromium_path() -> str | None:
    """The browser that MEDVIRK_CHROMIUM names, else the machine's own; None is Playwright's."""
    return os.environ.get("MEDVIRK_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
