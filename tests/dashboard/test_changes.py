"""What the dashboard says of changes, differences, ranks and response; and what it never says."""

import pandas as pd
import pytest

from dagster_project.release.reader import current_release
from streamlit_app.blocks.change import (
    change_in_full,
    change_words,
    difference_words,
    headline_change_words,
    response_words,
)
from streamlit_app.blocks.passport import passport
from streamlit_app.catalogue import Say
from streamlit_app.charts.likert import ranked
from streamlit_app.evidence import View
from streamlit_app.formats import HARD_SPACE
from streamlit_app.selection import Choice, headline
from tests.dashboard.conftest import words
from tests.dashboard.small_release import write_release

INDICATOR = {"indicator_id": "discretion_experience"}
FIGURE = {"period": "2025", "node_id": "NAV", "role_id": "all"}
CHANGE = {
    "kind": "waves", "goal_id": 1, "indicator_id": "discretion_experience",
    "item_id": "factor_experience", "period": "2025", "node_id": "NAV", "role_id": "all",
    "compared_period": "2023", "is_carried": False, "value": 0.78, "compared_value": 0.74,
    "difference": 0.04, "lower": 0.01, "upper": 0.07, "p_adjusted": 0.012,
    "outcome": "increased", "why_not_tested": None, "status": "shown",
}  # fmt: skip
RESPONSE = {
    "period": "2025", "node_id": "NAV", "role_id": "all", "n_respondents": 4112,
    "headcount": 6740, "response_rate": 4112 / 6740, "status": "shown",
}  # fmt: skip
CHANGED = ["increased", "decreased", "no_sure_change", "not_tested"]
WHY = ["scale", "wording", "asked_of", "wave_not_there", "new_node", "organisation",
       "nobody_answered", "n_not_known", "too_few", "no_spread"]  # fmt: skip


@pytest.fixture
def view(tmp_path):
    """The release's view where mart_comparison and mart_response hold the rows given."""

    def made(comparison=None, response=None, lang="nb"):
        more = {}
        if comparison is not None:
            more["mart_comparison"] = pd.DataFrame([CHANGE | comparison])
        if response is not None:
            more["mart_response"] = pd.DataFrame([RESPONSE | response])
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        write_release(folder, "c0ffee", more=more)
        return View(Say(lang), current_release(folder))

    return made


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "økt 4 prosentpoeng siden 2023"),
        ({"outcome": "decreased", "difference": -0.04}, "redusert 4 prosentpoeng siden 2023"),
        ({"outcome": "no_sure_change"}, "ingen sikker endring siden 2023"),
        ({"outcome": "not_tested", "why_not_tested": "wording"}, "endring ikke testet: ny ordlyd"),
        ({"outcome": "not_tested", "why_not_tested": "first_time"}, ""),
        ({"outcome": None, "status": "withheld"}, "endring siden 2023 er skjermet"),
    ],
)
def test_a_change_is_told_in_words(view, row, said):
    assert change_words(INDICATOR, FIGURE, view(row)) == said


@pytest.mark.parametrize("domain", ["directives", "activities", "pilots"])
def test_a_headline_of_what_is_not_tested_says_so_where_there_is_an_earlier_one(tmp_path, domain):
    def figure(period):
        return {"indicator_id": "x", "period": period, "node_id": "NAV", "role_id": None,
                "status": "shown"}  # fmt: skip

    def said(*periods):
        card = pd.DataFrame([figure(period) for period in periods])
        folder = tmp_path / "-".join(periods)
        write_release(folder, "c0ffee", more={"mart_scorecard": card})
        view = View(Say("nb"), current_release(folder))
        indicator = {"indicator_id": "x", "role_id": None, "domain": domain}
        return headline_change_words(indicator, figure("2025"), view)

    assert said("2024", "2025").replace(HARD_SPACE, " ") == "endring ikke testet"
    assert said("2025") == ""


@pytest.mark.parametrize(
    ("kind", "said"),
    [("none", "endring ikke testet"), ("scale", "endring ikke testet: nytt svarformat")],
)
def test_a_headline_of_users_answers_says_what_broke_the_year_before_it(tmp_path, kind, said):
    figures = [{"indicator_id": "x", "period": period, "node_id": "NAV", "role_id": None,
                "status": "shown"} for period in ("2024", "2025")]  # fmt: skip
    years = [{"indicator_id": "x", "period": "2024", "comparability_break": "none"},
             {"indicator_id": "x", "period": "2025", "comparability_break": kind}]  # fmt: skip
    tables = {
        "mart_scorecard": pd.DataFrame(figures),
        "dim_user_measurement": pd.DataFrame(years),
    }
    write_release(tmp_path, "c0ffee", more=tables)
    view = View(Say("nb"), current_release(tmp_path))
    indicator = {"indicator_id": "x", "role_id": None, "domain": "user_survey"}
    words = headline_change_words(indicator, figures[1], view)
    assert words.replace(HARD_SPACE, " ") == said


def test_a_headline_of_employees_answers_says_what_its_test_says(view):
    survey = INDICATOR | {"domain": "survey"}
    assert headline_change_words(survey, FIGURE, view({})) == "økt 4 prosentpoeng siden 2023"
    first = {"outcome": "not_tested", "why_not_tested": "first_time"}
    assert headline_change_words(survey, FIGURE, view(first)) == ""


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("outcome", CHANGED)
@pytest.mark.parametrize("difference", [0.2, -0.2, 0.0])
def test_nothing_is_said_to_have_gone_up_or_down_unless_the_test_says_so(
    view, lang, outcome, difference
):
    why = "too_few" if outcome == "not_tested" else None
    row = {"outcome": outcome, "difference": difference, "why_not_tested": why}
    said = change_in_full(INDICATOR, FIGURE, view(row, lang=lang)).split()
    up, down = {"nb": ("økt", "redusert"), "en": ("up", "down")}[lang]
    assert (up in said, down in said) == (outcome == "increased", outcome == "decreased")


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("why", WHY)
def test_every_reason_for_not_testing_has_its_words(view, lang, why):
    row = view({"outcome": "not_tested", "why_not_tested": why}, lang=lang)
    assert len(change_words(INDICATOR, FIGURE, row)) > len("endring ikke testet: ")


def test_in_full_a_change_has_its_interval_its_p_value_and_what_was_carried(view):
    row = view({"is_carried": True, "p_adjusted": 0.0004})
    assert change_in_full(INDICATOR, FIGURE, row) == (
        "økt 4 prosentpoeng siden 2023 Forskjell +4,0 (+1,0\u00a0til\u00a0+7,0), p < 0,001, "
        "justert for alle testene på målsiden. Enheten var en annen i 2023; tallet derfra er satt "
        "sammen av enhetene som ble til den."
    )


def test_a_change_is_computed_before_it_is_rounded(view):
    # 58.495 to 52.952 show 58 and 53, and a change of 6
    row = {"outcome": "decreased", "value": 0.52952, "compared_value": 0.58495,
           "difference": 0.52952 - 0.58495}  # fmt: skip
    shown = view(row)
    forms = shown.say.forms
    assert [forms.percent(v) for v in (0.58495, 0.52952)] == [
        f"58{HARD_SPACE}%", f"53{HARD_SPACE}%",
    ]  # fmt: skip
    assert change_words(INDICATOR, FIGURE, shown) == "redusert 6 prosentpoeng siden 2023"


@pytest.mark.parametrize(
    ("kind", "outcome", "said"),
    [
        ("nodes", "higher", "høyere enn i resten av NAV"),
        ("roles", "no_sure_difference", "ingen sikker forskjell fra de andre"),
        ("roles", "not_tested", "ikke testet: færre enn 30 svar"),
    ],
)
def test_a_difference_is_told_in_words(view, kind, outcome, said):
    why = "too_few" if outcome == "not_tested" else None
    row = view({"kind": kind, "outcome": outcome, "why_not_tested": why})
    assert difference_words(kind, INDICATOR, FIGURE, row) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "Svarprosent 61 % (4 112 av 6 740)."),
        ({"headcount": None, "response_rate": None},
         "4 112 har svart; antallet ansatte er ikke kjent."),
        ({"headcount": 4000, "response_rate": 1.028},
         "Svarprosent 103 % (4 112 av 4 000). Flere har svart enn organisasjonen har ansatte: "
         "antallet ansatte må rettes."),
        ({"status": "withheld", "n_respondents": None}, "Svarprosenten er skjermet."),
    ],
)  # fmt: skip
def test_the_response_rate_stands_beside_the_figures(view, row, said):
    found = response_words(Choice("2025", "NAV", "all"), view(response=row))
    assert found.replace(HARD_SPACE, " ") == said


def test_a_release_from_before_the_tests_says_nothing_of_change_or_response(view):
    older = view()
    assert change_words(INDICATOR, FIGURE, older) == ""
    assert difference_words("nodes", INDICATOR, FIGURE, older) == ""
    assert response_words(Choice("2025", "NAV", "all"), older) == ""


def test_an_item_is_led_by_its_rank_and_the_places_it_may_have():
    items = pd.DataFrame(
        {
            "item_label_nb": ["Tid", "Regler", "Ledere", "Budsjett"],
            "rank": [3.0, 1.0, 4.0, None],
            "rank_lower": [2.0, 1.0, None, None],
            "rank_upper": [4.0, 1.0, None, None],
        }
    )
    assert ranked(items, Say("nb")) == ["3. Tid (2–4)", "1. Regler", "4. Ledere", "Budsjett"]


def test_overview_goal_page_and_passport_say_what_changed(open_page, tmp_path):
    comparisons = pd.DataFrame([CHANGE | {"standard_error": 0.01}])
    more = {"mart_comparison": comparisons, "mart_response": pd.DataFrame([RESPONSE])}
    write_release(tmp_path, "c0ffee", more=more)
    assert "økt 4 prosentpoeng siden 2023" in words(open_page(tmp_path))
    page = words(open_page(tmp_path, "goal-1"))
    assert "Svarprosent 61" in page
    assert "Forskjell +4,0 (+1,0\u00a0til\u00a0+7,0), p = 0,012" in page


def passport_of(view, **cells):
    """The facts of one figure's passport, with other cells in it."""
    indicators = view.table("dim_indicator")
    (_, indicator) = next(
        indicators[indicators["indicator_id"] == "discretion_experience"].iterrows()
    )
    figure = headline(view.table("mart_scorecard"), indicator)
    return dict(passport(indicator, {**figure, **cells}, view))


@pytest.mark.parametrize(
    ("weighted_by", "is_weighted", "said"),
    [
        ("cells", False, "siden vektene kunne røpe hva noen få i en liten rolle har svart"),
        ("cells", True, "etter resultatområde og rolle."),
        ("margins", True, "hver for seg (raking)"),
        ("not_converged", False, "ikke går opp mot hverandre"),
        ("nothing", False, "mangler antallet ansatte"),
    ],
)
def test_the_passport_says_what_the_weights_meet(view, weighted_by, is_weighted, said):
    told = passport_of(view(response={"weighted_by": weighted_by}), is_weighted=is_weighted)
    assert said in told["Vekter"]


def test_the_passport_of_a_published_share_says_so_and_where_it_stands(view):
    told = passport_of(
        view(),
        **{"status": "published", "source_ref": "Delrapport 1 4.2", "is_weighted": None},
        **dict.fromkeys(["lower", "upper", "n", "value_unweighted"]),
    )
    assert told["Status"] == "publisert andel"
    assert told["Publisert i"] == "Delrapport 1 4.2"
    assert told["95\u00a0%-intervall"] == "uten intervall"
    assert told["Antall svar"] == "antall svar er ikke oppgitt"
    assert told["Metode"].startswith("Andelen slik den er publisert")
    assert told["Vekter"].startswith("Uvektet publisert andel")
