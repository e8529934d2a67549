"""A chart's title says what it shows, and never more than intervals and tests allow."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamlit_app.blocks.battery import _places_note, balance_title, strength_title
from streamlit_app.catalogue import Say
from tests.dashboard.conftest import chart_headings, words

SAY = Say("nb")
BALANCES = st.lists(st.floats(-0.9, 0.9, allow_nan=False), min_size=1, max_size=8)


def items(balances: list[float], width: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "item_id": [str(i) for i in range(len(balances))],
            "balance": balances,
            "balance_lower": [b - width for b in balances],
            "balance_upper": [b + width for b in balances],
            "status": "shown",
        }
    )


@given(BALANCES, st.floats(0, 1))
def test_no_item_is_said_to_outweigh_where_its_interval_holds_zero(balances, width):
    sure = [b for b in balances if abs(b) > width]
    said = balance_title(items(balances, width), SAY)
    positive, negative = sum(b > 0 for b in sure), sum(b < 0 for b in sure)
    assert (f"positive svar på\u00a0{positive} av" in said) == (positive > 0)
    assert bool(re.search(f"negative (svar )?på\u00a0{negative}[ ,]", said)) == (negative > 0)


@pytest.mark.parametrize(
    ("balances", "said"),
    [
        ([0.5, -0.5], "positive svar på\u00a01 av\u00a02 ledd og av negative på\u00a01, når"),
        ([0.5, 0.0], "Overvekt av positive svar på\u00a01 av\u00a02 ledd, når"),
        ([0.0, -0.5], "Overvekt av negative svar på\u00a01 av\u00a02 ledd, når"),
        ([0.0, 0.0], "Verken positive eller negative svar er i sikker overvekt på noe ledd, når"),
    ],
    ids=["both", "positive", "negative", "neither"],
)
def test_a_side_that_outweighs_nowhere_is_not_counted(balances, said):
    assert said in balance_title(items(balances, 0.1), SAY)


def ranks(*lowest: float | None) -> pd.DataFrame:
    names = [f"ledd {i}" for i in range(1, len(lowest) + 1)]
    return pd.DataFrame({"item_label_nb": names, "rank_lower": lowest, "status": "shown"})


@pytest.mark.parametrize(
    ("lowest", "said"),
    [
        ((1, 2, 3), "«ledd 1» påvirker mest, enten det er positivt eller negativt"),
        ((1, 1, 3), "2 ledd kan være det som påvirker mest"),
        ((None, None, None), "er ikke regnet ut"),
    ],
    ids=["one", "two-may-be", "not-computed"],
)
def test_one_item_is_said_to_be_strongest_only_where_no_other_may_be(lowest, said):
    assert said in strength_title(ranks(*lowest), SAY)


def test_where_all_is_withheld_the_title_says_so_and_no_number():
    hidden = items([0.5], 0.1).assign(status="withheld")
    assert balance_title(hidden, SAY) == "Alle svar er skjermet i dette utvalget"


def test_where_no_places_are_in_brackets_nothing_says_that_they_are():
    untold = ranks(1, 2).assign(rank_upper=[1, 2])
    assert _places_note(untold, SAY) == []
    assert _places_note(ranks(None, None).assign(rank_upper=None), SAY) == []
    assert _places_note(ranks(1, 1).assign(rank_upper=[2, 2]), SAY) == [SAY("strength.places_note")]


def test_the_answers_and_their_strength_both_name_their_subject_and_tell_of_invented_names(
    open_page, published
):
    page = open_page(published, "goal-1")
    battery = page.subheader[0].value
    named = [title for title in chart_headings(page) if f'"tm-small">{battery}\u00a0· ' in title]
    assert len(named) == 2
    assert words(page).count(SAY("chart.illustrative")) == 2
