"""Activities on the page: charts as dictionaries, and the words."""

import pandas as pd
import pytest

from streamlit_app.catalogue import Say
from streamlit_app.charts.activities import count_bars, stacked_stages
from streamlit_app.charts.theme import Heading
from tests.dashboard import small_users
from tests.dashboard.conftest import words
from tests.dashboard.small_release import write_release
from tests.dashboard.test_charts import layers

SAY = Say("nb")
HEADING = Heading("Hva den viser", "2025 · Demonstrasjonsdata", "Det samme med ord")


def counts(**values: float) -> pd.DataFrame:
    return pd.DataFrame({"name": list(values), "value": list(values.values())})


def test_bars_stand_in_the_order_given_with_their_number_and_0_is_there():
    found = count_bars(counts(a=2.0, b=0.0, c=9.0), HEADING, SAY).to_dict()
    (_, rows), *_ = layers(found)
    assert [(row["name"], row["written"]) for row in rows] == [("a", "2"), ("b", "0"), ("c", "9")]
    assert found["layer"][0]["encoding"]["y"]["sort"] == ["a", "b", "c"]


def test_bars_of_a_whole_are_as_long_beside_those_of_another_and_say_what_they_are_of():
    def drawn(value, of):
        found = count_bars(counts(a=value), HEADING, SAY, of=of).to_dict()
        end = found["layer"][0]["encoding"]["x"]["scale"]["domainMax"]["expr"]
        whole, room = end.split(" ", 1)
        row = layers(found)[0][1][0]
        return row["value"] / float(whole), room, row["written"]

    assert drawn(9.0, 10)[0] > drawn(14.0, 31)[0]
    assert drawn(3.0, 6)[:2] == drawn(5.0, 10)[:2]
    assert drawn(2.0, 4)[2] == "2 av 4"


def test_bars_have_one_colour():
    found = count_bars(counts(a=2.0, b=9.0), HEADING, SAY).to_dict()
    assert not any("color" in layer["encoding"] for layer in found["layer"])


def test_stages_lie_end_to_end_in_their_order():
    rows = small_users.of_indicator(small_users.COUNCILS)
    rows = rows[rows["category_kind"] == "category"].iloc[::-1]
    (_, parts), *_ = layers(stacked_stages(rows, HEADING, SAY).to_dict())
    assert [(part["stage"], part["start"], part["end"]) for part in parts] == [
        ("fra start", 0, 0.6),
        ("etterpå", 0.6, 1.0),
    ]


@pytest.fixture(scope="module")
def with_activities(tmp_path_factory):
    data = tmp_path_factory.mktemp("activities")
    write_release(data, "0123456789ab", more=small_users.tables())
    return data


@pytest.mark.parametrize(("goal", "charts"), [(2, 2), (5, 3 + 3 + 3)])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_goal_page_draws_what_its_activities_ask_for(
    open_page, with_activities, goal, charts, lang
):
    app = open_page(with_activities, f"goal-{goal}", lang=lang)
    assert not app.exception
    found = app.get("vega_lite_chart")
    assert len(found) == charts
    assert all(chart.proto.alt for chart in found)


def test_a_count_of_everything_does_not_say_what_it_is_of(open_page, with_activities):
    said = words(open_page(with_activities, "goal-2"))
    assert "av 7" not in said
    assert "Antallet sier hva som er registrert, og ikke hvem som gjør mest." in said


def test_the_order_of_the_counties_is_told_under_their_own_chart(open_page, with_activities):
    said = words(open_page(with_activities, "goal-2"))
    places = [said.index(text) for text in ("etter fylke", "Fylkene står i", "etter tema")]
    assert places == sorted(places)
    assert said.count("Fylkene står i") == said.count("etter fylke</p>")


def test_units_that_sent_challenges_are_told_of_those_that_held_packages(
    open_page, with_activities
):
    assert "av 5\u00a0· 2025" in words(open_page(with_activities, "goal-5"))


def test_of_a_year_that_only_another_register_has_it_is_said(open_page, tmp_path):
    tables = dict(small_users.tables())
    goal = tables["mart_goal_5"]
    earlier = goal[goal["indicator_id"] == small_users.UNITS].assign(period="2024")
    more = tables | {"mart_goal_5": pd.concat([goal, earlier])}
    write_release(tmp_path, "0123456789ab", more=more)
    app = open_page(tmp_path, "goal-5", **{"activity-year": "2024"})
    assert "Temaer: ingenting er registrert for 2024." in words(app)
