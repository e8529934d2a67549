"""Two sides beside each other: what is told of each pair, and never more than was tested."""

import json
import math

import pandas as pd
import pytest

from streamlit_app.catalogue import Say
from streamlit_app.charts.compare import pairs
from streamlit_app.charts.theme import Heading
from streamlit_app.screens.compare import outcomes_title
from streamlit_app.selection import Choice, breaks_between, depends_on_role, why_absent
from tests.dashboard.conftest import chart_headings, unfolded, words
from tests.dashboard.small_release import write_release
from tests.dashboard.test_changes import CHANGE

OLD, NEW = "111111111111", "222222222222"
CHANGES = [
    {"goal_id": 4, "indicator_id": "competition_between_units",
     "item_id": "competition_between_units"},
    {"goal_id": 4, "indicator_id": "hindrance_to_trust", "item_id": "hindrance_to_trust",
     "outcome": "not_tested", "why_not_tested": "wording"},
    {"goal_id": 3, "indicator_id": "gap_knows_overall_goals", "item_id": "knows_overall_goals",
     "role_id": "leader"},
]  # fmt: skip


@pytest.fixture(scope="module")
def tested(tmp_path_factory):
    """A release in which one figure has increased since 2023, and one was worded anew."""
    data = tmp_path_factory.mktemp("tested")
    rows = pd.DataFrame([CHANGE | change for change in CHANGES])
    write_release(data, OLD, more={"mart_comparison": rows}, created_at="2026-11-01T10:00:00+00:00")
    write_release(data, NEW, more={"mart_comparison": rows})
    return data


def test_a_mark_hides_neither_the_ends_of_its_interval_nor_its_shape():
    names = ("2025", "2023")
    one = {"value": 0.4, "lower": 0.38, "upper": 0.42, "n": 3000, "status": "shown"}
    other = {f"{column}_compared": cell for column, cell in one.items()}
    rows = pd.DataFrame([{"name": "a", "unit": "share", **one, **other}])
    heading = Heading("Hva den viser", "Hele NAV", "Det samme med ord")
    layers = pairs(rows, names, heading, Say("nb")).to_dict()["layer"]
    (ends,) = [layer for layer in layers if layer["mark"]["type"] == "tick"]
    (marks,) = [layer for layer in layers if layer["mark"]["type"] == "point"]
    assert sorted(row["end"] for row in ends["data"]["values"]) == [0.38, 0.38, 0.42, 0.42]
    assert ends["mark"]["size"] >= 2 * math.sqrt(marks["mark"]["size"] / math.pi) + 4
    assert marks["encoding"]["shape"]["scale"]["range"] == ["circle", "diamond"]
    assert ends["encoding"]["yOffset"] == marks["encoding"]["yOffset"]


def spoken(app) -> str:
    """The text alternative of the page's one chart."""
    (chart,) = app.get("vega_lite_chart")
    return str(chart.proto.alt)


def test_a_question_that_one_wave_lacks_is_said_not_to_be_asked(open_page, tested):
    address = {"of": "4", "a-wave": "2023", "b-wave": "2017"}
    app = unfolded(open_page(tested, "compare", **address))
    (chart,) = app.get("vega_lite_chart")
    told = words(app)
    assert "2017\u00a0· Hele NAV\u00a0· Alle ikke spurt" in spoken(app)
    assert ">ikke spurt</td>" in told
    assert "ikke spurt" in [row.get("written") for row in drawn(chart)]
    for said in (spoken(app), told):
        assert "nan" not in said.lower().split()


def drawn(chart) -> list[dict]:
    """All rows that a chart draws."""
    return [
        row
        for layer in json.loads(chart.proto.spec)["layer"]
        for row in layer["data"].get("values", [])
    ]


def test_each_release_is_named_where_the_two_differ(open_page, tested):
    (heading,) = chart_headings(open_page(tested, "compare", **{"a-release": OLD}))
    old, new = (f"Hele NAV\u00a0· Alle\u00a0· {release}" for release in (OLD, NEW))
    assert f"2025\u00a0· {old}, mot 2023\u00a0· {new}" in heading
    (heading,) = chart_headings(open_page(tested, "compare"))
    assert NEW not in heading


def test_each_pair_has_its_outcome_and_each_break_its_note_below_the_chart(open_page, tested):
    app = open_page(tested, "compare", of="4")
    (heading,) = chart_headings(app)
    assert "Mål 4: 1 økt, 1 ikke testet" in heading
    assert "2025\u00a0· Hele NAV\u00a0· Alle, mot 2023\u00a0· Hele NAV\u00a0· Alle" in heading
    for said in (
        "Opplever mye konkurranse mellom enheter: økt 4 prosentpoeng siden 2023.",
        "Brudd, Styringen hindrer tillit mye: Spørsmålet fikk ny ordlyd i 2025.",
    ):
        assert said in words(app)
    assert "økt 4 prosentpoeng siden 2023" in spoken(app)


def test_a_test_against_another_wave_is_not_told_of_the_pair(open_page, tested):
    app = open_page(tested, "compare", of="4", **{"b-wave": "2017"})
    assert "siden 2023" not in words(app)
    (heading,) = chart_headings(app)
    assert "ingen av forskjellene er testet" in heading


def test_what_was_carried_back_is_no_test_of_the_two_figures_shown(open_page, tmp_path):
    rows = pd.DataFrame([CHANGE | CHANGES[0] | {"is_carried": True}])
    write_release(tmp_path, NEW, more={"mart_comparison": rows})
    app = open_page(tmp_path, "compare", of="4")
    assert "ikke testet: enheten var en annen i 2023" in words(app)
    assert "ingen av forskjellene er testet" in chart_headings(app)[0]


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (["increased", "decreased", "no_sure_change", "no_sure_change"],
         "Mål 4: 1 økt, 1 redusert, 2 uten sikker endring"),
        (["no_sure_change", "not_tested"], "Mål 4: 1 uten sikker endring, 1 ikke testet"),
        (["not_tested"], "Mål 4: ett tall på to sider, forskjellen er ikke testet"),
        (["not_tested"] * 3, "Mål 4: 3 tall på to sider, ingen av forskjellene er testet"),
    ],
)  # fmt: skip
def test_the_title_counts_the_outcomes_of_the_tests_and_nothing_else(outcomes, said):
    assert outcomes_title(4, outcomes, Say("nb")) == said


def test_a_break_anywhere_between_two_waves_is_told_and_none_outside_them(tables):
    def broken(question: str, *waves: str) -> list[str]:
        return list(breaks_between(tables["dim_question"], [question], *waves)["period"])

    assert broken("hindrance_to_trust", "2025", "2023") == ["2025"]
    assert broken("factor_performance_management", "2017", "2025") == ["2023"]
    assert broken("factor_performance_management", "2023", "2025") == []


def test_no_figure_is_not_asked_only_where_nobody_or_others_were_asked():
    questions = pd.DataFrame(
        {"question_id": ["a", "b"], "period": "2025", "asked_of": ["leader", "staff,leader"]}
    )
    assert why_absent(questions, ["a"], Choice("2023", "NAV", "leader")) == "not_asked"
    assert why_absent(questions, ["a"], Choice("2025", "NAV", "staff")) == "not_asked"
    assert why_absent(questions, ["a"], Choice("2025", "NAV", "leader")) == "no_figure"
    assert why_absent(questions, ["a"], Choice("2025", "NAV", "all")) == "no_figure"


@pytest.mark.parametrize("path", ["compare", "goal-3"])
def test_no_role_is_offered_where_all_figures_are_gaps_between_two_roles(open_page, tested, path):
    labels = [box.label for box in open_page(tested, path, of="3").selectbox]
    assert "Måling" in labels
    assert "Rolle" not in labels
    assert "Rolle" in [box.label for box in open_page(tested, "goal-4").selectbox]


def test_gaps_beside_each_other_name_their_two_roles(open_page, tested):
    app = open_page(tested, "compare", of="3", **{"a-role": "staff"})
    (heading,) = chart_headings(app)
    assert "2025\u00a0· Hele NAV\u00a0· Ledere mot tillitsvalgte og verneombud, mot 2023" in heading
    assert "Mål 3: 1 økt, 1 ikke testet" in heading


def test_a_gap_depends_on_no_role_and_every_other_figure_does():
    assert not depends_on_role(pd.DataFrame({"measure": ["gap", "gap"]}))
    assert depends_on_role(pd.DataFrame({"measure": ["gap", "battery"]}))


@pytest.fixture
def some_asked(tables, tmp_path):
    """A release in which competition was asked of leaders alone: from 2025 on, or in all waves."""

    def made(*waves):
        questions = tables["dim_question"].assign(asked_of="staff,leader,union_rep,safety_rep")
        of_leaders = questions["question_id"].eq("competition_between_units")
        questions.loc[of_leaders & questions["period"].isin(waves), "asked_of"] = "leader"
        write_release(tmp_path, NEW, more={"dim_question": questions})
        return tmp_path

    return made


@pytest.mark.parametrize(
    ("lang", "waves", "said"),
    [
        ("nb", ("2023", "2025"), "Opplever mye konkurranse mellom enheter (stilt til ledere)"),
        ("en", ("2023", "2025"), "Experiences much competition between units (asked of leaders)"),
        ("nb", ("2025",), "Opplever mye konkurranse mellom enheter (2025: stilt til ledere)"),
    ],
)
def test_a_row_says_whom_it_was_asked_of_where_that_is_not_all(
    open_page, some_asked, lang, waves, said
):
    app = unfolded(open_page(some_asked(*waves), "compare", of="4", lang=lang))
    (chart,) = app.get("vega_lite_chart")
    named = {row["name"] for row in drawn(chart)}
    assert said in named
    assert [name for name in named if "(" in name] == [said]
    assert said in spoken(app)
    assert f">{said}</" in words(app)


def test_where_a_role_is_chosen_no_row_says_whom_else_it_was_asked_of(open_page, some_asked):
    chosen = {"a-role": "leader", "b-role": "leader"}
    app = open_page(some_asked("2023", "2025"), "compare", of="4", **chosen)
    assert "stilt til" not in spoken(app)


def test_one_side_of_a_role_does_not_hide_whom_the_other_was_asked_of(open_page, some_asked):
    app = open_page(some_asked("2023", "2025"), "compare", of="4", **{"b-role": "leader"})
    assert "konkurranse mellom enheter (stilt til ledere)" in spoken(app)


def test_a_gap_beside_figures_of_a_role_names_its_own_two(open_page, tables, tmp_path):
    indicators = tables["dim_indicator"].copy()
    is_gap = indicators["indicator_id"] == "gap_knows_overall_goals"
    indicators.loc[is_gap, "goal_id"] = 4
    write_release(tmp_path, NEW, more={"dim_indicator": indicators})
    told = spoken(open_page(tmp_path, "compare", of="4"))
    assert "Kjenner NAVs overordnede mål (ledere mot tillitsvalgte og verneombud)" in told
