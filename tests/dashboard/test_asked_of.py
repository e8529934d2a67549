"""A chart of what only some were asked says whom, rather than all employees."""

import pytest

from streamlit_app.selection import respondents
from tests.dashboard.conftest import chart_headings
from tests.dashboard.small_release import write_release

EVERYBODY = "staff,leader,union_rep,safety_rep"


@pytest.fixture
def data(tables, tmp_path):
    """A release in which competition was asked of leaders alone."""
    questions = tables["dim_question"].assign(asked_of=EVERYBODY)
    of_leaders = questions["question_id"] == "competition_between_units"
    questions.loc[of_leaders, "asked_of"] = "leader"
    write_release(tmp_path, "e" * 12, more={"dim_question": questions})
    return tmp_path


@pytest.mark.parametrize(("lang", "said"), [("nb", "stilt til ledere"), ("en", "asked of leaders")])
def test_a_question_put_to_leaders_alone_is_not_said_to_be_of_all(open_page, data, lang, said):
    headings = chart_headings(open_page(data, "goal-4", lang=lang))
    of_leaders = [one for one in headings if said in one]
    others = [one for one in headings if said not in one]
    name = {"nb": "konkurranse", "en": "competition"}[lang]
    assert of_leaders
    assert all(name in one.lower() for one in of_leaders)
    assert others
    assert not any(name in one.lower() for one in others)


def test_where_a_role_is_chosen_that_role_is_named(open_page, data):
    headings = chart_headings(open_page(data, "goal-4", role="leader"))
    assert headings
    assert not any("stilt til" in one for one in headings)


def test_whom_a_question_was_put_to_is_read_from_all_its_rows(tables):
    questions = tables["dim_question"].head(2).assign(asked_of=["leader", "union_rep,safety_rep"])
    assert respondents(questions) == {"leader", "union_rep", "safety_rep"}
