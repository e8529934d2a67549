"""A picture of each page, at three widths, in light and dark: `make screenshots`.

The pictures go to build/screenshots, to be looked at one by one. Bokmål in light, English in dark.
"""

import sys

from playwright.sync_api import Page, sync_playwright

from dagster_project.settings import PROJECT, data_folder
from tests.dashboard.browser import CHROMIUM, DRAWN, FLAGS, served

FOLDER = PROJECT / "build" / "screenshots"
PAGES = ["", *(f"goal-{goal}" for goal in range(1, 6)), "compare", "search?q=tillit", "news",
         "data-quality", "lineage", "data-dictionary", "export", "about",
         "accessibility"]  # fmt: skip
WIDTHS = {1366: 768, 768: 1024, 360: 740}
THEMES = {"light": "nb", "dark": "en"}


def main() -> None:
    """Serve the dashboard, and write one picture for each page, width and theme."""
    if CHROMIUM is None:
        sys.exit("Chromium is not on this machine: apt-get install chromium")
    if not (data_folder() / "releases").exists():
        sys.exit(f"There is no release in {data_folder()}: make up, or tillit demo and tillit run")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(data_folder()) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for theme, language in THEMES.items():
            for width, height in WIDTHS.items():
                size = {"width": width, "height": height}
                page = browser.new_page(viewport=size, color_scheme=theme)
                for name in PAGES:
                    sign = "&" if "?" in name else "?"
                    page.goto(f"{address}/{name}{sign}lang={language}")
                    plain = name.partition("?")[0] or "overview"
                    take(page, size, f"{plain}_{width}_{theme}.png")
                page.close()
        browser.close()


def take(page: Page, size: dict[str, int], name: str) -> None:
    """The page from top to bottom, once it has come to rest."""
    page.wait_for_function(DRAWN)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size(size | {"height": max(size["height"], height)})
    page.wait_for_timeout(700)
    page.screenshot(path=FOLDER / name)
    page.set_viewport_size(size)
    print(f"written {name}", flush=True)


if __name__ == "__main__":
    main()
