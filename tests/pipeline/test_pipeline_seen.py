"""The demonstration's release in a browser: its texts are longer than those of the small releases
that the dashboard's own tests are made with."""

import pytest
from playwright.sync_api import sync_playwright

from tests.dashboard.browser import CHROMIUM, DRAWN, FLAGS, SCREEN, served

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
# How far down the last goal reaches; and the words in charts that reach out of their picture.
LAST_GOAL = "document.querySelector('.st-key-row-5').getBoundingClientRect().bottom"
CUT_OFF = """[...document.querySelectorAll('.vega-embed svg')].flatMap(chart => {
  const whole = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    const isShown = box.width && text.getAttribute('opacity') !== '0';
    return isShown && (box.left < whole.left - 1 || box.right > whole.right + 1);
  }).map(text => text.textContent);
})"""


@pytest.fixture(scope="module")
def address(whole_data):
    with served(whole_data) as found:
        yield found


@pytest.fixture
def page():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium.new_page(viewport=SCREEN)
        chromium.close()


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_overview_of_the_demonstration_fits_on_a_laptops_screen(page, address, lang):
    page.goto(f"{address}/?lang={lang}")
    page.wait_for_function(DRAWN)
    assert page.evaluate(LAST_GOAL) <= SCREEN["height"]


@pytest.mark.parametrize("width", [768, 360])
@pytest.mark.parametrize("path", ["compare?goal=4", "goal-2", "goal-3", "goal-4", "goal-5"])
def test_no_word_in_a_chart_of_the_demonstration_is_cut_off(page, address, path, width):
    page.set_viewport_size({"width": width, "height": SCREEN["height"]})
    page.goto(f"{address}/{path}")
    page.wait_for_function(DRAWN)
    assert page.locator(".vega-embed svg").count()
    assert page.evaluate(CUT_OFF) == []
