"""The sentence on a goal says no more than the tests allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamlit_app.blocks.sentence import Named, goal_sentence
from streamlit_app.catalogue import Say
from tests.dashboard.conftest import words
from tests.dashboard.small_release import write_release

WORDS = {"nb": {"increased": "økt", "decreased": "redusert"},
         "en": {"increased": "up", "decreased": "down"}}  # fmt: skip


def change(outcome, difference=0.04, wave="2023", status="shown"):
    return {"outcome": outcome, "difference": difference, "compared_period": wave, "status": status}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [("Tid", change("decreased", -0.036)), ("Mål", change("increased", 0.08))],
            "Siden 2023 er «Tid» redusert 4 prosentpoeng og «Mål» økt 8 prosentpoeng.",
        ),
        (
            [("Tid", change("no_sure_change")), ("Mål", change("no_sure_change"))],
            "For 2 hovedtall er det ingen sikker endring siden 2023.",
        ),
        (
            [("Tid", change("increased")), ("Mål", change("not_tested")), ("Brev", None)],
            "Siden 2023 er «Tid» økt 4 prosentpoeng. For 2 hovedtall er endring ikke testet.",
        ),
        (
            [("Tid", change("increased", wave="2017")), ("Mål", change("no_sure_change"))],
            "Siden 2017 er «Tid» økt 4 prosentpoeng. "
            "For ett hovedtall er det ingen sikker endring siden 2023.",
        ),
        ([("Tid", change("increased", 0.003))], "Siden 2023 er «Tid» økt 0,3 prosentpoeng."),
        (
            [("Tid", change("increased", status="withheld"))],
            "For ett hovedtall er endring ikke testet.",
        ),
        ([], ""),
    ],
)
def test_what_is_said_of_a_goal(changes, said):
    assert goal_sentence([Named(*one) for one in changes], Say("nb")) == said


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nb", "For ett hovedtall er endring ikke testet. "
               "2 hovedtall har ikke noe tidligere tall å sammenlignes med."),
        ("en", "For one headline figure change is not tested. "
               "2 headline figures have no earlier figure to be compared with."),
    ],
)  # fmt: skip
def test_what_has_nothing_earlier_is_not_said_to_be_untested(lang, said):
    changes = [
        Named("Tid", None, has_earlier=True),
        Named("Mål", change("not_tested"), has_earlier=False),
        Named("Brev", None, has_earlier=False),
    ]
    assert goal_sentence(changes, Say(lang)) == said


def test_the_overview_tells_a_first_figure_from_one_that_is_not_tested(open_page, tables, tmp_path):
    def said(card, name):
        write_release(tmp_path / name, "c0ffee", more={"mart_scorecard": card})
        return words(open_page(tmp_path / name))

    card = tables["mart_scorecard"]
    assert "noe tidligere tall" not in said(card[card["goal_id"] == 1], "more")
    newest = card[(card["goal_id"] == 1) & (card["period"] == "2025")]
    first = said(newest, "first")
    assert "2 hovedtall har ikke noe tidligere tall å sammenlignes med." in first
    assert "ikke testet" not in first


outcomes = st.sampled_from(["increased", "decreased", "no_sure_change", "not_tested"])
rows = st.none() | st.builds(
    change,
    outcomes,
    difference=st.floats(-1, 1),
    wave=st.sampled_from(["2017", "2023"]),
    status=st.sampled_from(["shown", "withheld"]),
)


@given(
    found=st.lists(st.tuples(rows, st.booleans()), max_size=5), lang=st.sampled_from(["nb", "en"])
)
def test_no_sentence_says_up_or_down_of_a_figure_unless_its_test_does(found, lang):
    changes = [Named(f"Navn{place}", *one) for place, one in enumerate(found)]
    rows = [row for row, _ in found]
    said = goal_sentence(changes, Say(lang))
    for outcome, word in WORDS[lang].items():
        is_so = [
            row for row in rows if row and row["status"] == "shown" and row["outcome"] == outcome
        ]
        assert said.split().count(word) == len(is_so)
    named = {name for name, *_ in changes if name in said}
    assert named == {
        name
        for name, row, _ in changes
        if row and row["status"] == "shown" and row["outcome"] in WORDS[lang]
    }
    assert bool(said) == bool(rows)
