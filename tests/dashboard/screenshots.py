"""A picture of each page, in both languages, of the current release: `make screenshots`.

The pictures go to build/screenshots, to be looked at one by one.
"""

import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

from dagster_project.cli import answers, free_port
from dagster_project.settings import PROJECT, data_folder
from tests.dashboard.test_browser import CHROMIUM, FLAGS

FOLDER = PROJECT / "build" / "screenshots"
PAGES = ["", *(f"goal-{goal}" for goal in range(1, 6)), "data-quality", "lineage"]
PAGES += ["data-dictionary", "export", "about"]
SCREEN = {"width": 1366, "height": 768}


def main() -> None:
    """Serve the dashboard, and write one picture for each page and language."""
    if CHROMIUM is None:
        sys.exit("Chromium is not on this machine: apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    port = free_port(8601)
    serve = [sys.executable, "-m", "dagster_project.cli", "dashboard"]
    serve += ["--data", str(data_folder()), "--port", str(port), "--no-browser"]
    server = subprocess.Popen(serve)
    try:
        while not answers(port):
            pass
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
            browser = playwright.chromium.launch_persistent_context(
                profile, executable_path=CHROMIUM, args=FLAGS, viewport=SCREEN
            )
            page = browser.new_page()
            for name in PAGES:
                for language in ("nb", "en"):
                    page.goto(f"http://localhost:{port}/{name}?lang={language}")
                    page.wait_for_selector("h1")
                    page.wait_for_timeout(3000)
                    height = page.evaluate(
                        "document.querySelector('[data-testid=stMain]').scrollHeight"
                    )
                    page.set_viewport_size(SCREEN | {"height": max(SCREEN["height"], height)})
                    page.wait_for_timeout(1000)
                    path = FOLDER / f"{name or 'overview'}_{language}.png"
                    page.screenshot(path=path)
                    page.set_viewport_size(SCREEN)
                    print(f"written {path.relative_to(PROJECT)}", flush=True)
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
