"""Pilots and measures: their charts as pure functions, and the page as a reader meets it."""

import json
import math
import re
from itertools import pairwise

import pandas as pd
import pytest

from streamlit_app.blocks.measures import in_follow_up_order
from streamlit_app.blocks.pilots import seen_words, status_words, with_parts
from streamlit_app.catalogue import Say
from streamlit_app.charts.measures import by_status
from streamlit_app.charts.pilots import before_and_after, cost_words, costs, timeline
from streamlit_app.charts.theme import FONT_SIZE, Heading
from tests.dashboard import small_registers
from tests.dashboard.conftest import unfolded, words
from tests.dashboard.test_axes import marks as marks_of
from tests.dashboard.test_axes import picture, place_of
from tests.dashboard.test_charts import layers

SAY = Say("nb")
HEADING = Heading("Hva den viser", "2025 · Demonstrasjonsdata", "Det samme med ord")
PILOTS, METRICS = small_registers.pilots(), small_registers.metrics()


def marks(chart, kind):
    """The rows drawn by each layer of one kind of mark."""
    return [rows for mark, rows in layers(chart.to_dict()) if mark == kind]


def test_a_pilot_is_a_bar_from_start_to_end_in_the_registers_order():
    chart = timeline(PILOTS, small_registers.milestones(), HEADING, SAY)
    [bars] = marks(chart, "bar")
    assert [(bar["name_nb"], bar["start"], bar["end"]) for bar in bars] == [
        ("Samlet ansvar", "2024-05-01", "2025-12-31"),
        ("Lokale mål", "2024-05-01", "2025-12-31"),
    ]
    assert chart.to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["Samlet ansvar", "Lokale mål"]


def test_every_milestone_is_a_point_and_its_words_stay_within_the_chart():
    chart = timeline(PILOTS, small_registers.milestones(), HEADING, SAY)
    [points] = marks(chart, "point")
    assert {
        (row["milestone"], row["align"]) for row in points if row["name_nb"] != "Lokale mål"
    } == {
        ("Oppstart", "left"),
        ("Halvveis", "center"),
        ("Slutt", "right"),
    }


def test_a_pilot_without_dates_has_no_bar_and_does_not_stop_the_chart():
    undated = PILOTS.assign(end_date=None)
    none = small_registers.milestones().head(0)
    assert marks(timeline(undated, none, HEADING, SAY), "bar") == [[]]


def test_a_status_is_told_in_words_as_well_as_colour():
    chart = timeline(PILOTS, small_registers.milestones(), HEADING, SAY).to_dict()
    assert "status_nb" in json.dumps(chart["layer"][1]["encoding"])


def test_costs_say_where_an_estimate_is_missing():
    assert [cost_words(row, SAY) for row in PILOTS.to_dict("records")] == [
        "720\u00a0000\u00a0kr av 1\u00a0400\u00a0000\u00a0kr",
        "kostnad ikke oppgitt, estimat mangler",
    ]
    [ticks] = marks(costs(PILOTS, HEADING, SAY), "tick")
    assert [tick["name_nb"] for tick in ticks] == ["Samlet ansvar"]


def test_lines_before_and_after_have_a_rule_at_the_start_and_a_gap_where_withheld():
    start = PILOTS["start_date"].iloc[0]
    chart = before_and_after(METRICS, start, HEADING, SAY)
    assert marks(chart, "rule") == [[{"at": "2024-05-01", "word": "start"}]]
    [line] = marks(chart, "line")
    withheld = [row for row in line if row["value"] is None]
    assert [(row["month"], row["written"], row["cases"]) for row in withheld] == [
        ("2024-06-01", "skjermet", "")
    ]


def test_the_groups_are_told_apart_by_dash_and_shape_as_well_as_colour():
    chart = before_and_after(METRICS, PILOTS["start_date"].iloc[0], HEADING, SAY).to_dict()
    line, points = chart["layer"][2]["encoding"], chart["layer"][3]["encoding"]
    assert line["strokeDash"]["field"] == line["color"]["field"] == points["shape"]["field"]


def test_what_is_seen_is_the_first_and_the_last_month_and_no_claim():
    pilot = METRICS[METRICS["group_id"] == "pilot"]
    assert seen_words(pilot, SAY) == "Forsøksenheter 46,5 i 04.2024 og 44,0 i 06.2024"


@pytest.mark.parametrize(
    ("lang", "month", "on_axis"), [("nb", "04.2024", "%m.%Y"), ("en", "April 2024", "%b %Y")]
)
def test_months_are_written_as_the_language_does_in_tips_on_axes_and_in_words(lang, month, on_axis):
    say = Say(lang)
    chart = before_and_after(METRICS, PILOTS["start_date"].iloc[0], HEADING, say)
    assert month in {row["when"] for [rows] in [marks(chart, "line")] for row in rows}
    assert chart.to_dict()["layer"][2]["encoding"]["x"]["axis"]["format"] == on_axis
    assert month in seen_words(METRICS[METRICS["group_id"] == "pilot"], say)


@pytest.mark.parametrize("width", [300, 460, 860])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_months_on_the_axis_stand_in_even_steps_within_the_picture(lang, width):
    pilots = PILOTS.assign(end_date=pd.Timestamp("2026-05-31"))
    chart = timeline(pilots, small_registers.milestones(), HEADING, Say(lang)).to_dict()
    written = "%m.%Y" if lang == "nb" else "%b %Y"
    found = {
        pd.to_datetime("".join(label.itertext()), format=written): place_of(label)
        for label in marks_of(picture(chart, width), "role-axis-label")
        if re.search(r"20\d\d$", "".join(label.itertext())) and label.get("opacity") == "1"
    }
    months = [12 * month.year + month.month for month in found]
    assert len({later - earlier for earlier, later in pairwise(months)}) == 1
    places = list(found.values())
    assert all(later - earlier > 50 for earlier, later in pairwise(places))
    axis = chart["layer"][0]["encoding"]["x"]["axis"]
    assert axis["labelBound"]


def test_no_point_of_a_line_stands_at_the_edge_where_it_would_be_cut():
    chart = before_and_after(METRICS, PILOTS["start_date"].iloc[0], HEADING, SAY).to_dict()
    encoding = chart["layer"][3]["encoding"]
    radius = math.sqrt(chart["layer"][3]["mark"]["size"] / math.pi)
    assert all(encoding[axis]["scale"]["padding"] > radius for axis in "xy")


def test_diamonds_are_explained_where_their_words_have_no_room(open_page, registers):
    assert "Rombene er milepæler." in words(open_page(registers, "goal-2"))


def test_the_estimates_tick_ends_below_the_words():
    layers = costs(PILOTS, HEADING, SAY).to_dict()["layer"]
    by_mark = {layer["mark"]["type"]: layer["mark"] for layer in layers}
    assert by_mark["tick"]["size"] / 2 < -by_mark["text"]["dy"] - FONT_SIZE / 2


def test_what_is_missing_of_the_mandate_is_said_part_by_part():
    rows = with_parts(PILOTS, SAY)
    assert list(rows["purpose_words"]) == ["Mer rom for skjønn"] * 2
    assert list(rows["plan_words"]) == ["✓ på plass", "✕ mangler kostnadsestimat"]
    assert list(rows["evaluation_words"]) == ["Før og etter", "✕ mangler"]
    neither = with_parts(PILOTS.tail(1).assign(has_timeline=False, has_purpose=False), SAY)
    assert list(neither["plan_words"]) == ["✕ mangler tidsplan og kostnadsestimat"]
    assert list(neither["purpose_words"]) == ["✕ mangler"]


def test_statuses_are_counted_in_the_order_in_which_they_come():
    assert status_words(PILOTS, SAY) == "1 planlagt, 1 pågår"


def test_what_stands_still_comes_first_and_then_what_is_due_first():
    ordered = in_follow_up_order(small_registers.measures())
    assert list(ordered["measure_id"]) == ["T2", "T3", "T1", "T4"]


def test_measures_are_bars_in_the_order_of_the_statuses():
    figures = small_registers.goal_2()
    rows = figures[figures["category_kind"] == "category"].iloc[::-1]
    chart = by_status(rows, HEADING, SAY).to_dict()
    assert chart["layer"][0]["encoding"]["y"]["sort"] == ["Foreslått", "Besluttet", "Gjort"]
    assert not any("color" in layer["encoding"] for layer in chart["layer"])


@pytest.fixture(scope="module")
def registers(tmp_path_factory):
    data = tmp_path_factory.mktemp("registers")
    small_registers.write_release(data)
    return data


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        (
            "nb",
            ["Ingen effekt er anslått ennå", "✕ mangler kostnadsestimat", "Uavklart",
             "Lokale mål: Det er ingen måltall å vise.", "har stått stille i 365 dager",
             "fristen er ute", "Evaluering: 50\u00a0%", "Registeret per 01.06.2025"],
        ),
        (
            "en",
            ["No effect is estimated yet", "✕ lacks cost estimate", "Not settled",
             "Local goals: There are no metrics to show.", "has stood still for 365 days",
             "its due date has passed", "Evaluation: 50%", "The register as of 1 June 2025"],
        ),
    ],
)  # fmt: skip
def test_the_page_of_goal_2_shows_the_registers(open_page, registers, lang, parts):
    app = open_page(registers, "goal-2", lang=lang)
    assert not app.exception
    said = words(app)
    for part in parts:
        assert part in said, part
    charts = app.get("vega_lite_chart")
    assert len(charts) == 4
    assert all(chart.proto.alt for chart in charts)


def test_what_is_registered_in_norwegian_alone_is_marked_so_on_the_english_page(
    open_page, registers
):
    said = words(unfolded(open_page(registers, "goal-2", lang="en")))
    for text in ("Mer rom for skjønn", "Før og etter", "Oppstart", "Enhet 01", "NAV Agder",
                 "Tillitsreformen, Delrapport 1"):  # fmt: skip
        cells = re.findall(f"<t[dh]([^>]*)>{text}</t[dh]>", said)
        assert cells, text
        assert all('lang="nb"' in attributes for attributes in cells), text
    for text in ("✕ missing", "Whole cases", "Within", "Measure T1", "A finding"):
        assert f"{text}</t" in said, text
        assert not re.search(f'lang="nb">{text}<', said), text
    assert not re.search('<t[dh][^>]* lang="nb"', words(unfolded(open_page(registers, "goal-2"))))


def test_a_chart_of_a_metric_says_in_its_text_alternative_that_no_effect_is_claimed(
    open_page, registers
):
    charts = open_page(registers, "goal-2").get("vega_lite_chart")
    assert "Ingen effekt er anslått ennå" in charts[2].proto.alt


def test_the_table_behind_the_metric_reads_a_withheld_month_as_the_word(open_page, registers):
    app = open_page(registers, "goal-2")
    app.session_state["table-pilots-metric-P1"] = True
    app.run()
    assert "skjermet" in words(app)
    assert "Linjen er brutt der en måned har færre enn 10 saker." in words(app)
