from datetime import date

import pytest

from streamlit_app.catalogue import Say

NB, EN = Say("nb").forms, Say("en").forms


@pytest.mark.parametrize(
    ("value", "decimals", "norwegian", "english"),
    [
        (3660, 0, "3\u00a0660", "3,660"),
        (75.93, 2, "75,93", "75.93"),
        (-1234.5, 1, "\u22121\u00a0234,5", "\u22121,234.5"),
        (-0.2, 0, "0", "0"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers_have_decimal_comma_and_hard_space_in_norwegian(
    value, decimals, norwegian, english
):
    assert NB.number(value, decimals) == norwegian
    assert EN.number(value, decimals) == english


def test_percent_stands_after_a_hard_space_in_norwegian():
    assert NB.percent(0.7593) == "76\u00a0%"
    assert EN.percent(0.7593) == "76%"
    assert NB.percent(0.7593, 1) == "75,9\u00a0%"


def test_differences_carry_their_sign():
    assert NB.points(0.123) == "+12"
    assert NB.points(-0.031) == "\u22123"
    assert NB.points(0.001) == "0"


def test_intervals_are_rounded_last_and_say_their_unit_once():
    assert NB.percent_interval(0.744, 0.773) == "74\u201377\u00a0%"
    assert EN.percent_interval(0.744, 0.773) == "74\u201377%"


def test_intervals_of_differences_have_a_word_between_their_ends():
    assert NB.points_interval(-0.03, 0.05) == "\u22123\u00a0til\u00a0+5"
    assert EN.points_interval(-0.03, 0.05) == "\u22123\u00a0to\u00a0+5"


def test_dates_are_written_as_each_language_does():
    assert NB.day(date(2014, 6, 5)) == "05.06.2014"
    assert EN.day(date(2014, 6, 5)) == "5 June 2014"


def test_months_are_written_as_each_language_does():
    assert NB.month(date(2014, 6, 5)) == "06.2014"
    assert EN.month(date(2014, 6, 5)) == "June 2014"


def test_moments_are_shown_in_oslo_time():
    assert NB.moment("2026-11-20T20:15:00+00:00") == "20.11.2026\u00a021:15"
    assert NB.moment("2026-06-20T20:15:30+00:00", seconds=True) == "20.06.2026\u00a022:15:30"
    assert NB.moment(None) == ""


def test_a_run_without_an_end_took_no_time_that_is_known():
    start = "2026-11-20T20:00:00+00:00"
    assert NB.seconds_between(start, "2026-11-20T20:00:20+00:00") == "20\u00a0s"
    assert NB.seconds_between(start, None) == ""
