"""The sentence on a goal says no more than the tests allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamlit_app.blocks.sentence import goal_sentence
from streamlit_app.catalogue import Say

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
    assert goal_sentence(changes, Say("nb")) == said


outcomes = st.sampled_from(["increased", "decreased", "no_sure_change", "not_tested"])
rows = st.none() | st.builds(
    change,
    outcomes,
    difference=st.floats(-1, 1),
    wave=st.sampled_from(["2017", "2023"]),
    status=st.sampled_from(["shown", "withheld"]),
)


@given(rows=st.lists(rows, max_size=5), lang=st.sampled_from(["nb", "en"]))
def test_no_sentence_says_up_or_down_of_a_figure_unless_its_test_does(rows, lang):
    changes = [(f"Navn{place}", row) for place, row in enumerate(rows)]
    said = goal_sentence(changes, Say(lang))
    for outcome, word in WORDS[lang].items():
        is_so = [
            row for row in rows if row and row["status"] == "shown" and row["outcome"] == outcome
        ]
        assert said.split().count(word) == len(is_so)
    named = {name for name, row in changes if name in said}
    assert named == {
        name
        for name, row in changes
        if row and row["status"] == "shown" and row["outcome"] in WORDS[lang]
    }
    assert bool(said) == bool(rows)
