"""What the gates found, in the language of the reader."""

import pytest

from streamlit_app.blocks.checks import gate_words, observed_words
from streamlit_app.catalogue import Say

CHECK = {"status": "failed", "says_nb": "hver rad har en rolle", "says_en": "every row has a role",
         "suite": "raw_survey", "column": "role", "observed": "41 of 3660 rows"}  # fmt: skip
GATE = {"status": "failed", "message": "raw_survey: every row has a role", "details": [CHECK]}


@pytest.mark.parametrize(
    ("observed", "said"),
    [
        ("41 of 3660 rows", "41 av 3660 rader"),
        ("fewer than 10 rows", "færre enn 10 rader"),
        ("all but fewer than 10 of 3660 rows", "alle unntatt færre enn 10 av 3660 rader"),
        ("some of fewer than 10 rows", "noen av færre enn 10 rader"),
        ("2 of 8 rows (T1, a row of all)", "2 av 8 rader (T1, a row of all)"),
        ("0 of 10977 hidden groups", "0 av 10977 skjermede grupper"),
        ("rows = 0", "rader = 0"),
        ("value_set = all | staff", "value_set = all | staff"),
        ("['all', 'rows']", "['all', 'rows']"),
    ],
)
def test_a_count_that_was_found_is_read_in_bokmal_and_nothing_else_is_touched(observed, said):
    assert observed_words(observed, Say("nb")) == said
    assert observed_words(observed, Say("en")) == observed


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nb", "hver rad har en rolle (role): funnet 41 av 3660 rader"),
        ("en", "every row has a role (role): found 41 of 3660 rows"),
    ],
)
def test_a_gate_tells_its_failed_checks_in_the_language_of_the_reader(lang, said):
    assert gate_words(GATE, Say(lang)) == said


def test_a_gate_that_passed_tells_what_it_warned_of():
    warned = GATE | {"status": "passed", "details": [CHECK | {"status": "warned"}]}
    assert gate_words(warned, Say("nb")).startswith("hver rad har en rolle")


def test_why_a_file_was_refused_stands_before_the_check_that_counts_such_files():
    refused = CHECK | {"suite": "raw_input_file", "says_nb": "ingen fil er avvist",
                       "column": "fault", "observed": "1 of 3 rows (a.csv)"}  # fmt: skip
    why = "a.csv: row 17, the last, has 11 of 15 fields: the file is cut off; deliver it again"
    message = f"{why}; raw_input_file: no file was refused (column fault), 1 row(s) break it"
    told = gate_words(GATE | {"message": message, "details": [refused]}, Say("nb"))
    assert told == f"{why}; ingen fil er avvist (fault): funnet 1 av 3 rader (a.csv)"


@pytest.mark.parametrize("details", [[], None, [CHECK | {"status": "warned"}]])
def test_a_fault_that_stopped_a_gate_before_any_check_is_told_as_it_is(details):
    assert gate_words(GATE | {"details": details}, Say("nb")) == GATE["message"]
