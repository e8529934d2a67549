"""The dashboard in a real browser: drawn, quiet, asking no other host, showing new releases.

Skipped where Chromium is missing; `.ci/run` installs it.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pandas as pd
import pytest
import vl_convert
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from python_calamine import CalamineWorkbook

from streamlit_app.charts.parts import down, drawn
from streamlit_app.charts.theme import Heading, finish
from streamlit_app.selection import indicators_of, with_evidence
from tests.dashboard import small_registers, small_users
from tests.dashboard.browser import CHROMIUM, DRAWN, FLAGS, MARKS, SCREEN, served
from tests.dashboard.small_release import write_release, write_run

CHARTS = {"": 0, "goal-1": 6, "goal-2": 0, "goal-3": 3, "goal-4": 7, "goal-5": 0,
          "compare": 1, "search?q=tillit": 0, "news": 0,
          "data-quality": 1, "lineage": 0, "data-dictionary": 0, "export": 0, "about": 0,
          "accessibility": 0}  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    write_release(folder, "111111111111")
    write_run(folder, "2026-11-20T200000", "published", "111111111111")
    return folder


@pytest.fixture(scope="module")
def address(data) -> Iterator[str]:
    with served(data) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """A page that remembers its errors and whom it asked."""
    opened = browser.new_page(viewport=SCREEN)
    opened.set_default_timeout(60_000)
    opened.errors = []  # type: ignore[attr-defined]
    opened.hosts = set()  # type: ignore[attr-defined]
    opened.on("console", lambda message: note_error(opened, message))
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.on("request", lambda request: opened.hosts.add(urlsplit(request.url).hostname))
    yield opened
    opened.close()


def note_error(page: Page, message) -> None:
    """Keep a console error. Streamlit tries out where it is served from, which is none."""
    if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
        page.errors.append(message.text)  # type: ignore[attr-defined]


def settled(page: Page) -> None:
    """Wait until the page and its charts are drawn."""
    page.wait_for_selector(".tm-brand", state="attached")
    page.wait_for_function(DRAWN)


def test_a_link_that_leads_deep_works_for_the_first_visitor_after_a_start(page, address):
    page.goto(f"{address}/about?lang=en")
    settled(page)
    assert page.inner_text("h1") == "About and method"
    assert page.locator("[role=dialog]").count() == 0


def barriers(page: Page) -> list[str]:
    """What axe finds that keeps somebody out, by the rules of WCAG 2.1 AA and good practice."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def test_axe_finds_a_picture_without_words_and_text_that_is_too_faint(page):
    page.set_content(
        "<html lang='nb'><title>x</title><main><h1>x</h1><img src='data:,'>"
        "<p style='color: #bbb; background: #fff'>for blek</p></main></html>"
    )
    assert {found.partition(":")[0] for found in barriers(page)} == {"image-alt", "color-contrast"}


# language, theme, width and height: each page is opened in each of these
AS_READERS_DO = {
    "laptop": ("nb", "light", 1366, 768),
    "phone": ("en", "dark", 360, 740),
    "zoomed-200": ("en", "light", 683, 384),  # of a laptop's screen
}


@pytest.mark.parametrize(
    ("lang", "theme", "width", "height"), AS_READERS_DO.values(), ids=AS_READERS_DO
)
def test_every_page_is_drawn_without_errors_or_barriers_and_asks_no_other_host(
    page, address, lang, theme, width, height
):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": height})
    for path, charts in CHARTS.items():
        page.goto(f"{address}/{path}{'&' if '?' in path else '?'}lang={lang}")
        settled(page)
        assert page.evaluate("document.documentElement.lang") == lang
        marks = page.locator("[data-testid=stVegaLiteChart] svg").evaluate_all(
            "(all, marks) => all.map(svg => svg.querySelectorAll(marks).length)", MARKS
        )
        assert len(marks) == charts, path
        assert all(count > 0 for count in marks), path
        assert barriers(page) == [], path
        assert wider_than_the_page(page) == 0, path
        assert cut(page) == [], path
        # what is taken away tells its release and mark, so only our own files may be
        assert page.locator("[data-testid=stElementToolbarButton]:visible").count() == 0, path
    assert page.errors == []
    assert page.hosts == {"localhost"}


@pytest.mark.parametrize(("shares", "marks"), [([], 0), ([0.5], 1)])
def test_a_chart_without_marks_does_not_count_as_drawn(page, shares, marks):
    rows = pd.DataFrame({"name": ["a"] * len(shares), "share": shares})
    bars = drawn(rows, "name", "share").mark_bar().encode(y=down("name", ["a"]), x="share:Q")
    chart = finish([bars], 40, Heading("Tittel", "", "Beskrivelse"), "nb").to_dict()
    page.set_content(vl_convert.vegalite_to_svg(chart | {"width": 300}))
    assert page.locator("svg text").count() > 0  # the title and the axis
    assert page.locator(f"svg {MARKS}").count() == marks


@pytest.mark.parametrize("goal", [1, 4])
def test_a_chart_is_heard_as_its_description_and_nothing_else(page, address, goal):
    page.goto(f"{address}/goal-{goal}")
    settled(page)
    charts = heard(page, "[data-testid=stVegaLiteChart]")
    assert len(charts) == CHARTS[f"goal-{goal}"]
    for names in charts:
        assert len(names) == 1
        assert len(names[0]) > 20
        assert not re.search(r"_nb|value|scale|\d,\d{4}", names[0])


ROLES = "[...document.querySelectorAll('[aria-roledescription]')].map(e => e.ariaRoleDescription)"


def test_a_chart_is_called_that_in_the_language_of_the_page_also_when_it_is_drawn_anew(
    page, address
):
    page.goto(f"{address}/goal-1")
    settled(page)
    assert page.evaluate(ROLES) == ["figur"] * CHARTS["goal-1"]
    page.emulate_media(color_scheme="dark")  # in which the charts are drawn anew
    page.locator("[data-testid=stSidebar]").get_by_text("English").click()
    page.wait_for_selector("h1:has-text('Professional discretion')")
    settled(page)
    assert page.evaluate(ROLES) == ["chart"] * CHARTS["goal-1"]
    assert page.locator("[data-testid=stVegaLiteChart] [role=graphics-object]").count() == 0
    assert page.errors == []


def heard(page: Page, selector: str) -> list[list[str]]:
    """For each element found, what a screen reader has to read in it, from the outermost on."""
    session = page.context.new_cdp_session(page)
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in tree}
    of_element = {node.get("backendDOMNodeId"): node for node in tree}

    def names(node) -> list[str]:
        own = "" if node["ignored"] else node.get("name", {}).get("value", "")
        below = [by_id[child] for child in node.get("childIds", ()) if child in by_id]
        return [*([own] if own else []), *(name for child in below for name in names(child))]

    described = [session.send("DOM.describeNode", {"nodeId": one})["node"] for one in found]
    return [names(of_element[one["backendNodeId"]]) for one in described]


def wider_than_the_page(page: Page) -> int:
    """By how many pixels the page has to be scrolled sideways to be read."""
    return page.evaluate(
        "(main => main.scrollWidth - main.clientWidth)"
        "(document.querySelector('[data-testid=stMain]'))"
    )


# Words of a chart that reach out of it, and text that does not fit where it stands and is cut.
CUT = """() => {
  const outside = (e, box) => {
    const r = e.getBoundingClientRect();
    return r.width > 0 && (r.left < box.left - 1 || r.right > box.right + 1);
  };
  const drawn = [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg')].flatMap(
    svg => [...svg.querySelectorAll("text:not([opacity='0'])")]  // on axes: those left out
      .filter(t => t.textContent.endsWith('…') || outside(t, svg.getBoundingClientRect())));
  const written = [...document.querySelectorAll(
      '[data-testid=stMain] :is(p, li, h1, h2, h3, td, a *)')]
    .filter(e => getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1);
  return [...drawn, ...written].map(e => e.textContent);
}"""


def cut(page: Page) -> list[str]:
    """The texts that cannot be read to their end."""
    return page.evaluate(CUT)


OTHER_EVIDENCE = {
    2: small_registers.write_release,
    5: lambda data: write_release(data, "1" * 12, more=small_users.tables()),
}


@pytest.mark.parametrize(("goal", "write"), OTHER_EVIDENCE.items())
def test_pilots_projects_and_users_can_be_read_on_a_phone(page, tmp_path, goal, write):
    write(tmp_path)
    page.set_viewport_size({"width": 360, "height": 740})
    with served(tmp_path) as address:
        page.goto(f"{address}/goal-{goal}")
        settled(page)
        assert page.locator("[data-testid=stVegaLiteChart]").count() > 3
        assert cut(page) == []
        assert barriers(page) == []


def test_on_a_phone_the_menu_does_not_stay_over_the_page_that_was_chosen(page, address):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    settled(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.locator(".tm-pages a[href*='goal-3']").click()
    page.wait_for_function("document.querySelector('h1')?.innerText.startsWith('3')")
    page.wait_for_function(
        "document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().right <= 0"
    )


def test_text_that_is_cut_is_found(page):
    page.set_content(
        "<main data-testid='stMain'><p style='width: 40px; overflow: hidden; white-space: nowrap'>"
        "for langt til dette</p><p>kort</p><div data-testid='stVegaLiteChart'>"
        "<svg width='50' height='20'><text x='40' y='10'>utenfor</text><text y='10'>i</text></svg>"
        "</div></main>"
    )
    assert set(cut(page)) == {"for langt til dette", "utenfor"}


def test_the_first_tab_leads_past_the_navigation(page, address):
    page.goto(address)
    settled(page)
    page.keyboard.press("Tab")
    skip = page.get_by_test_id("stSkipToContent")
    assert skip.evaluate("e => e === document.activeElement")
    assert skip.inner_text() == "Hopp til innholdet"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.querySelector('[data-testid=stMain]').contains(document.activeElement)"
    )
    page.goto(f"{address}/about?lang=en")
    settled(page)
    assert skip.text_content() == "Skip to content"


def test_on_paper_there_is_no_menu_and_the_release_is_told(page, address, data):
    page.goto(f"{address}/goal-1")
    settled(page)
    page.emulate_media(media="print")
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    assert not page.get_by_text("Tabell, pass og nedlasting").first.is_visible()
    release = (data / "releases" / "current").resolve().name
    assert release in page.locator(".tm-print").inner_text()
    assert page.locator("[data-testid=stVegaLiteChart] svg").first.is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_the_font_comes_from_here(page, address):
    page.goto(address)
    settled(page)
    page.wait_for_function("document.fonts.status == 'loaded'")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    )
    assert any("Source Sans 3" in family for family in loaded)


def test_the_overview_fits_on_a_laptops_screen(page, address):
    page.goto(address)
    settled(page)
    fifth = page.get_by_role("heading", level=2).nth(4)
    assert fifth.inner_text().startswith("5")
    page.wait_for_function(
        "most => document.querySelector('.st-key-row-5').getBoundingClientRect().bottom <= most",
        arg=SCREEN["height"],
        timeout=10_000,
    )


PLACES = """() => [...document.querySelectorAll('[class*="st-key-at-"]')].flatMap(
  place => [...place.classList].filter(name => name.startsWith('st-key-at-'))
    .flatMap(name => name.slice(10).split('-at-')))"""


def test_a_link_to_an_indicator_leads_to_its_place_and_each_with_evidence_has_one(
    page, address, tables
):
    page.goto(f"{address}/goal-4?show=competition_between_units")
    settled(page)
    there = with_evidence(indicators_of(tables["dim_indicator"], 4), tables["mart_scorecard"])
    own = set(there.loc[there["domain"] == "survey", "indicator_id"])
    assert own <= set(page.evaluate(PLACES))
    page.wait_for_function(
        """() => {
          const place = document.querySelector('.st-key-at-competition_between_units');
          const { top, bottom } = place.getBoundingClientRect();
          return top > 0 && bottom < innerHeight
            && document.querySelector('[data-testid=stMain]').scrollTop > 0;
        }"""
    )
    # and so does one found after it, on a page that is not loaded anew
    page.goto(f"{address}/search?q=erfaring")
    settled(page)
    hits = page.locator("[data-testid=stMain] a[href*='show=']")
    for nth in (0, 1):
        shown = parse_qs(urlsplit(hits.nth(nth).get_attribute("href")).query)["show"][0]
        hits.nth(nth).click()
        page.wait_for_selector(f"[class*='at-{shown}']")
        page.go_back()
        hits.nth(1).wait_for()
    assert page.errors == []


def choose(page: Page, nth: int, option: str) -> None:
    """Choose in the select box that is the nth on the page, from 0; a page that moves shuts it."""
    box = page.get_by_role("combobox").nth(nth)
    box.scroll_into_view_if_needed()
    box.click()
    page.get_by_role("option", name=option).click()


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    """The name and the content of the file behind a button."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_an_unknown_address_gets_a_friendly_page(page, address):
    page.goto(f"{address}/goal-9")
    settled(page)
    assert page.inner_text("h1") == "Siden finnes ikke"
    assert page.locator("[role=dialog]").count() == 0
    page.get_by_text("Til oversikten").click()
    page.wait_for_selector("h1:has-text('Oversikt')")
    assert urlsplit(page.evaluate("location.href")).path == "/"


# What each language calls what a person presses and reads on the way through.
WALK = {
    "nb": ["Tabell, pass og nedlasting", "Tabell som CSV", "Tabell som XLSX", "Figur som SVG",
           "Figur som PNG", "2023\u00a0· Hele NAV", "Utgave"],
    "en": ["Table, passport and downloads", "Table as CSV", "Table as XLSX", "Chart as SVG",
           "Chart as PNG", "2023\u00a0· The whole of NAV", "Release"],
}  # fmt: skip


@pytest.mark.parametrize(("lang", "second"), [("nb", "3" * 12), ("en", "5" * 12)])
def test_a_person_walks_through(page, browser, address, data, lang, second):
    first = (data / "releases" / "current").resolve().name
    fold, *buttons, subtitle, release = WALK[lang]
    page.goto(f"{address}/?lang={lang}")
    settled(page)
    # a passport, by keyboard alone, with a frame round what has focus
    passport = page.locator("[class*=st-key-passport-] button").first
    passport.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert passport.evaluate("e => getComputedStyle(e).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    page.wait_for_selector("dl.tm-passport")
    assert "SHA-256" in page.locator("dl.tm-passport").first.inner_text()
    page.keyboard.press("Escape")
    # to a goal, without loading all anew, and back; the link followed keeps the focus
    page.evaluate("window.isLoadedOnce = true")
    to_goal = page.locator(".tm-pages a[href*='goal-3']")
    to_goal.press("Enter")
    page.wait_for_selector("h1:has-text('3 ')")
    page.wait_for_function("document.activeElement.matches('[href*=goal-3][aria-current=page]')")
    page.go_back()
    page.wait_for_selector("[class*=st-key-row-5]")
    page.go_forward()
    page.wait_for_selector("h1:has-text('3 ')")
    assert page.evaluate("window.isLoadedOnce")
    # a filter changed, which the links carry along, and the address sent to somebody else
    choose(page, 0, "2023")
    page.wait_for_function("location.search.includes('wave=2023')")
    page.get_by_text(subtitle).first.wait_for()
    page.wait_for_selector(".tm-pages a[href*='goal-1'][href*='wave=2023']")
    link = page.evaluate("location.href")
    assert f"lang={lang}" in link
    other = browser.new_page(viewport=SCREEN)
    other.goto(link)
    other.get_by_text(subtitle).first.wait_for()
    other.close()
    # the chart and its table taken away and read back
    page.get_by_text(fold).first.click()
    page.wait_for_selector(".tm-table")
    assert "SHA-256" in page.locator("dl.tm-passport").first.inner_text()
    files = [downloaded(page, button) for button in buttons]
    assert all(f"2023_NAV_{first}" in name for name, _ in files)
    table, book, drawing, picture = (content for _, content in files)
    assert "2023" in table.decode("utf-8-sig")
    front = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert any(first in row for row in front)
    drawn = " ".join(ElementTree.fromstring(drawing).itertext())
    assert all(part in drawn for part in (subtitle, f"{release}: {first}", "undersokelsen_2023"))
    assert picture.startswith(b"\x89PNG")
    # a new release meanwhile: seen at the next click, while a link that keeps the old one does so
    kept = page.locator("[data-testid=stSidebar] a[href*='release=']").get_attribute("href")
    write_release(data, second, created_at=f"2026-11-2{second[0]}T20:00:00+00:00")
    if lang == "nb":
        to_goal.click()
    else:
        choose(page, 0, "2025")
    page.wait_for_selector(f"[data-testid=stSidebar] :text('{second}')")
    page.goto(f"{address}/goal-3{kept[kept.index('?') :]}")
    page.wait_for_selector(f"[role=note]:has-text('{first}')")
    assert page.errors == []
