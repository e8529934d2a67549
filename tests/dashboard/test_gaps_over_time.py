"""Gaps between two roles over the waves: told as other figures are, of both roles."""

import json

import pandas as pd
import pytest

from streamlit_app.catalogue import Say
from streamlit_app.charts.waves import over_waves
from tests.dashboard.conftest import chart_headings, unfolded, words
from tests.dashboard.small_release import write_release
from tests.dashboard.test_changes import CHANGE
from tests.dashboard.test_charts import HEADING, in_form, layers, waves

SAY = Say("nb")
KNOWN = "gap_knows_overall_goals"
PAIR = {"nb": "Ledere mot tillitsvalgte og verneombud", "en": "Leaders against representatives"}


@pytest.fixture
def opened(open_page, tables, tmp_path):
    """Goal 3's page of a release whose scorecard and comparisons hold these cells."""

    def made(of_2017=None, comparison=None, broke=None, **address):
        card = tables["mart_scorecard"].copy()
        is_2017 = (card["indicator_id"] == KNOWN) & (card["period"] == "2017")
        for name, cell in (of_2017 or {}).items():
            card.loc[is_2017 & (card["node_id"] == "NAV"), name] = cell
        own = {"goal_id": 3, "indicator_id": KNOWN, "item_id": "knows_overall_goals",
               "role_id": "leader", "n_compared": 41} | (comparison or {})  # fmt: skip
        questions = tables["dim_question"].copy()
        is_known = questions["question_id"].eq("knows_overall_goals")
        for name, cell in (broke or {}).items():
            questions.loc[is_known & questions["period"].eq("2023"), name] = cell
        more = {"mart_scorecard": card, "mart_comparison": pd.DataFrame([CHANGE | own]),
                "dim_question": questions}  # fmt: skip
        write_release(tmp_path, "c0ffee", more=more)
        return unfolded(open_page(tmp_path, "goal-3", **address))

    return made


def known(app) -> tuple[str, str, dict]:
    """Heading, text alternative and chart of the one gap that all waves have."""
    headings = chart_headings(app)
    place = next(i for i, one in enumerate(headings) if "2025, " in one)
    chart = app.get("vega_lite_chart")[place]
    return headings[place], str(chart.proto.alt), json.loads(chart.proto.spec)


def cells(spec: dict) -> list[dict]:
    return [row for layer in spec["layer"] for row in layer["data"].get("values", [])]


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("role", ["all", "staff"])
def test_a_gap_over_time_is_of_its_own_two_roles_and_names_them(opened, lang, role):
    app = opened(lang=lang, role=role)
    assert len(app.get("vega_lite_chart")) == 3  # dumbbells, and two gaps over time
    heading, spoken, spec = known(app)
    assert PAIR[lang] in heading
    assert f"{PAIR[lang]}." in spoken
    assert {"nb": "økt 4 prosentpoeng siden 2023", "en": "up 4 percentage points"}[lang] in spoken
    answered = {row["answered"] for row in cells(spec) if "answered" in row}
    assert all({"nb": " og ", "en": " and "}[lang] in one for one in answered)
    for of in {"nb": ("Ledere", "Tillitsvalgte"), "en": ("Leaders", "Representatives")}[lang]:
        assert f">{Say(lang)('column.n_of', what=of)}" in words(app)


def test_how_many_answered_of_each_role_stands_over_the_chart(opened, tables):
    card = tables["mart_scorecard"]
    own = card[(card["indicator_id"] == KNOWN) & (card["node_id"] == "NAV")]
    both = [f"{own[n].min():.0f}\u00a0til\u00a0{own[n].max():.0f}" for n in ("n", "n_compared")]
    heading, _, _ = known(opened())
    assert f"{both[0]} og {both[1]}" in heading
    assert "prosentpoeng\u00a0· n\u00a0=" in heading  # the unit is not that of the answers


def test_a_withheld_wave_of_a_gap_has_the_word_and_no_number(opened):
    hidden = dict.fromkeys(["value", "lower", "upper", "n", "n_compared"])
    _, spoken, spec = known(opened(hidden | {"status": "withheld"}))
    assert [row["year"] for row in cells(spec) if row.get("word") == "skjermet"] == [2017]
    assert "i 2017" not in spoken


def test_no_line_joins_a_gap_to_one_of_another_wording(opened):
    def lines(spec):
        return [row["year_before"] for row in cells(spec) if "year_before" in row]

    note = "Spørsmålet fikk ny ordlyd i 2023."
    _, spoken, spec = known(opened(broke={"comparability_break": "wording", "break_note_nb": note}))
    assert lines(spec) == [2023]
    assert note in spoken


def test_a_published_gap_is_an_open_mark_with_its_source(opened):
    cells_of = {"status": "published", "source_ref": "Delrapport 1 4.2", "lower": None,
                "upper": None, "n": None, "n_compared": None}  # fmt: skip
    app = opened(cells_of)
    _, spoken, spec = known(app)
    assert any("publisert" in str(row.get("told")) for row in cells(spec))
    assert "Åpen rombe" in spoken
    assert "Delrapport 1 4.2" in words(app)


def test_a_gap_that_was_carried_back_tells_of_how_many_in_the_fewer_of_its_roles(opened):
    carried = {"is_carried": True, "compared_lower": 0.1, "compared_upper": 0.3,
               "compared_value": 0.2}  # fmt: skip
    app = opened(comparison=carried)
    _, spoken, spec = known(app)
    (mark,) = [row for row in cells(spec) if "ført tilbake" in str(row.get("told"))]
    assert mark["answered"] == "minst 41 i hver rolle"
    assert "minst 41 i hver rolle" in spoken
    assert ">41</td>" not in words(app)  # of neither role alone


def gap(**values: float | None) -> pd.DataFrame:
    return waves(**values).assign(
        unit="share_difference", compared_role_id="representative", n_compared=40.0
    )


def domain(rows: pd.DataFrame, alike: pd.DataFrame | None = None) -> list[float]:
    chart = over_waves(rows, HEADING, SAY, alike).to_dict()
    return next(
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in chart["layer"]
        if "scale" in layer["encoding"].get("y", {})
    )


def test_gaps_beside_each_other_have_one_scale_from_zero_unless_one_goes_below():
    rows = gap(w2023=0.2, w2025=0.25)
    assert domain(rows) == [0, 0.4]
    assert domain(rows, gap(w2025=0.48)) == [0, pytest.approx(0.6)]
    assert domain(rows, gap(w2025=-0.05)) == [-0.4, 0.4]
    balance = rows.assign(compared_role_id=None)
    assert domain(balance) == [-0.4, 0.4]


def test_a_published_gap_without_an_interval_is_within_the_scale():
    rows = in_form(gap(w2023=0.5, w2025=0.1), "2023", form="published", lower=None, upper=None)
    rows = rows.astype({"value": float, "lower": float, "upper": float})
    assert domain(rows)[1] >= 0.5
    (drawn,) = [data for mark, data in layers(over_waves(rows, HEADING, SAY).to_dict())
                if mark == "point"]  # fmt: skip
    assert drawn[0]["told"] == "+50\npublisert"
