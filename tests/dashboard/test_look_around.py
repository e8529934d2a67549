"""Comparing, searching and what is new: on two releases of the small kind."""

import csv
import io
import re

import pandas as pd
import pytest

from dagster_project.release.reader import open_release
from streamlit_app.catalogue import Say
from streamlit_app.evidence import View
from streamlit_app.export.files import csv_norwegian
from streamlit_app.screens.news import whole
from streamlit_app.screens.search import found_indicators, found_questions
from streamlit_app.selection import Choice, both_sides
from streamlit_app.tables import Stamp, Table
from tests.dashboard import small_tables
from tests.dashboard.conftest import chart_headings, words
from tests.dashboard.small_release import marts, write_release

OLD, NEW = "111111111111", "222222222222"
EARLIER = "2026-11-01T10:00:00+00:00"


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """An earlier release in which one figure was another, one was shown, and one was not there."""
    data = tmp_path_factory.mktemp("two")
    now = marts()["mart_scorecard"].reset_index(drop=True)
    newest = (now["period"] == "2025") & (now["node_id"] == "NAV")
    before = now.copy()
    before.loc[newest & (now["indicator_id"] == "discretion_time"), "value"] += 0.05
    before.loc[newest & (now["measure"] == "gap"), "value"] += 0.05
    before = before[~(newest & (now["indicator_id"] == "discretion_experience"))]
    write_release(data, OLD, more={"mart_scorecard": before}, created_at=EARLIER)
    one = now.index[newest & (now["indicator_id"] == "hindrance_to_trust")][:1]
    now.loc[one, "status"] = "withheld"
    now.loc[one, ["value", "lower", "upper", "n"]] = float("nan")
    write_release(data, NEW, more={"mart_scorecard": now})
    return data


@pytest.fixture(scope="module")
def two_with_the_older_current(tmp_path_factory):
    """Two releases after somebody has gone back to the older one."""
    data = tmp_path_factory.mktemp("gone_back")
    write_release(data, NEW)
    write_release(data, OLD, created_at=EARLIER)
    return data


def test_what_is_new_is_told_figure_by_figure_and_counted(open_page, two):
    said = words(open_page(two, "news"))
    assert OLD in str(open_page(two, "news").selectbox[0].options)
    for part in ("Ny", "Endret", "Nå skjermet"):
        assert part in said
    assert "Egen erfaring" in said


def test_what_a_newly_hidden_figure_was_is_not_repeated(open_page, two):
    app = open_page(two, "news")
    assert "Nå skjermet" in words(app)
    assert "gjengis ikke" in words(app)
    card = marts()["mart_scorecard"]
    was = card[(card["indicator_id"] == "hindrance_to_trust") & (card["node_id"] == "NAV")]
    was = was[was["period"] == "2025"].iloc[0]
    rows = [row for row in words(app).split("<tr>") if "gjengis ikke" in row]
    assert len(rows) == 1
    assert Say("nb").forms.percent(was["value"]) not in rows[0]


def test_a_figure_then_and_now_has_its_interval_and_n(open_page, two):
    card = marts()["mart_scorecard"]
    card = card[(card["period"] == "2025") & (card["node_id"] == "NAV")]
    now = card[(card["indicator_id"] == "discretion_time") & (card["role_id"] == "leader")].iloc[0]
    form = Say("nb").forms
    uncertain = (
        f"({form.percent_interval(now['lower'], now['upper'])}, n\u00a0=\u00a0{now['n']:.0f})"
    )
    row = next(
        row
        for row in words(open_page(two, "news")).split("<tr>")
        if "Tid snevrer inn" in row and "Ledere" in row
    )
    assert row.count(uncertain) == 2
    assert f"{form.percent(now['value'])} {uncertain}" in row
    assert f"{form.percent(now['value'] + 0.05)} {uncertain}" in row


def test_all_figures_that_are_others_are_counted_and_those_of_the_whole_alone_are_listed(tmp_path):
    now = marts()["mart_scorecard"].reset_index(drop=True)
    is_other = now["indicator_id"].eq("discretion_time") & now["value"].notna()
    is_gone = now["indicator_id"].eq("hindrance_to_trust")
    before = now.copy()
    before.loc[is_other, "value"] += 0.01
    write_release(tmp_path, OLD, more={"mart_scorecard": before}, created_at=EARLIER)
    write_release(tmp_path, NEW, more={"mart_scorecard": now[~is_gone]})
    view, old = (View(Say("nb"), open_release(tmp_path / "releases" / one)) for one in (NEW, OLD))
    counts = view.news_counts(old.release).set_index(["goal_id", "kind"])["figures"].to_dict()
    there = now["status"] != "no_evidence"
    assert counts == {(1, "changed"): is_other.sum(), (4, "gone"): (is_gone & there).sum()}
    listed = view.news(old.release)["kind"].value_counts().to_dict()
    at_root = now["node_id"] == "NAV"
    assert listed == {
        "changed": (is_other & at_root).sum(),
        "gone": (is_gone & there & at_root).sum(),
    }
    assert 0 < listed["changed"] < counts[1, "changed"]


def test_the_roles_of_a_figure_stand_in_their_own_order(open_page, two):
    rows = [row for row in words(open_page(two, "news")).split("<tr>") if "Tid snevrer inn" in row]
    names = [name for _, name, *_ in small_tables.ROLES]
    told = [re.findall("<td[^>]*>(.*?)</td>", row)[1] for row in rows]
    assert len(told) > 3
    assert told == [name for name in names if name in told]


def test_a_figure_that_sets_two_roles_against_each_other_is_of_both(open_page, two):
    said = words(open_page(two, "news"))
    row = next(row for row in said.split("<tr>") if "Involvering i tjenesteutvikling" in row)
    assert "Ledere mot tillitsvalgte og verneombud" in row
    assert re.search("n\u00a0=\u00a0\\d+ og \\d+\\)", row)


def test_the_files_of_what_is_new_have_bounds_and_n_as_numbers_but_not_what_was_before_hiding(two):
    view = View(Say("nb"), open_release(two / "releases" / NEW))
    news = view.news(open_release(two / "releases" / OLD))
    behind = whole(news, Stamp(NEW, {}, True), view).behind
    text = csv_norwegian(Table("t", "t", behind.rows, behind.columns, behind.stamp), view.say)
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))
    changed = [row for row in rows if row["Hva"] == "Endret"]
    numbers = [f"{heading}, {end}" for end in ("Før", "Nå") for heading in
               ("Nedre grense", "Øvre grense", "Antall svar")]  # fmt: skip
    assert changed
    for row in changed:
        assert all(re.fullmatch(r"-?\d+(,\d+)?", row[name]) for name in (*numbers, "Før", "Nå"))
        assert row["Enhet"] in ("prosent", "prosentpoeng")
    [hidden] = [row for row in rows if row["Hva"] == "Nå skjermet"]
    assert {hidden[name] for name in (*numbers, "Før", "Nå")} == {"skjermet"}


def test_the_first_release_has_nothing_to_be_held_against(open_page, published):
    assert "Dette er den første utgaven" in words(open_page(published, "news"))


def test_an_address_with_a_release_shows_that_release_and_says_that_it_is_not_the_current(
    open_page, two
):
    app = open_page(two, "goal-1", release=OLD)
    assert f"Du ser utgave {OLD}, som ikke er den gjeldende." in words(app)
    assert f"Utgave {OLD}" in words(app)
    assert "ikke er den gjeldende" not in words(open_page(two, "goal-1"))


def test_a_release_that_does_not_exist_is_said_and_the_current_shown(open_page, two):
    said = words(open_page(two, "goal-1", release="../../etc"))
    assert "Utgaven «../../etc» i adressen finnes ikke" in said
    assert f"Utgave {NEW}" in said


def test_no_words_call_a_release_the_newest_where_an_older_one_was_made_current(
    open_page, two_with_the_older_current
):
    two = two_with_the_older_current
    for lang, newest in {"nb": "nyeste", "en": "newest"}.items():
        for asked in (NEW, "finnesikke"):
            marks = re.findall(
                'role="note">([^/]*)<', words(open_page(two, release=asked, lang=lang))
            )
            assert marks
            assert newest not in " ".join(marks)


def test_two_releases_stand_side_by_side(open_page, two):
    app = open_page(two, "compare", **{"a-release": OLD, "b-wave": "2025"})
    assert not app.exception
    (heading,) = chart_headings(app)
    assert f"2025\u00a0· Hele NAV\u00a0· Alle\u00a0· {OLD}" in heading


def test_two_sides_that_are_the_same_are_said_to_be(open_page, published):
    same = {"a-wave": "2025", "b-wave": "2025"}
    assert "Begge sider er det samme" in words(open_page(published, "compare", **same))


def test_each_side_offers_only_what_its_wave_has(open_page, published):
    app = open_page(published, "compare", **{"a-wave": "2017", "a-unit": "finnes-ikke"})
    assert "«finnes-ikke» i adressen finnes ikke" in words(app)


def test_both_sides_keep_an_indicator_that_only_one_of_them_has(tables):
    card, indicators = tables["mart_scorecard"], tables["dim_indicator"]
    some = indicators[indicators["indicator_id"] == "discretion_time"]
    rows = both_sides(
        some, card, card.head(0), Choice("2025", "NAV", "all"), Choice("2023", "NAV", "all")
    )
    assert list(rows["status"]) == ["shown"]
    assert pd.isna(rows["value_compared"].iloc[0])


@pytest.mark.parametrize("words_", ["egen erfaring", "ERFARING egen", "definition own"])
def test_a_search_finds_an_indicator_by_all_its_words_in_either_language(tables, words_):
    found = found_indicators(tables["dim_indicator"], words_)
    assert "discretion_experience" in set(found["indicator_id"])


def test_a_search_finds_a_question_by_its_wording_and_tells_each_wave(tables):
    found = found_questions(tables["dim_question"], "hvordan er det med egen erfaring")
    assert len(found) == 1
    assert [wave["period"] for wave in found["waves"].iloc[0]] == ["2025", "2023", "2017"]


def test_a_search_for_what_is_not_there_finds_nothing(open_page, published):
    assert "Ingen indikatorer eller spørsmål har alle ordene." in words(
        open_page(published, "search", q="zzz")
    )


def test_a_result_leads_to_the_page_with_the_figure(open_page, published):
    app = open_page(published, "search", q="egen erfaring")
    assert not app.exception
    links = re.findall(r'href="(./goal-1[^"]*)"[^>]*>[^<]*\(mål\u00a01\)', words(app))
    assert links
    assert "indicator=" in links[0]
    assert all("show=" in link for link in links)


def test_only_an_indicator_of_the_page_is_brought_into_view(open_page, published):
    known, unknown = "discretion_time", "'); alert('"
    assert f'includes("{known}")' in words(open_page(published, "goal-1", show=known))
    assert "includes(" not in words(open_page(published, "goal-1", show=unknown))
    assert "includes(" not in words(open_page(published, "goal-1"))
