"""The user survey on the page: charts as dictionaries, the choice of rows, and the words."""

import pandas as pd
import pytest

from streamlit_app.blocks.user_survey import parts_of, year_notes, years_title
from streamlit_app.catalogue import Say
from streamlit_app.charts.theme import Heading
from streamlit_app.charts.user_survey import over_years as chart
from streamlit_app.selection import over_years
from tests.dashboard import small_users
from tests.dashboard.conftest import Open, chart_headings, words
from tests.dashboard.small_release import dimensions, write_release
from tests.dashboard.test_charts import layers

SAY = Say("nb")
HEADING = Heading("Hva den viser", "Hele NAV · Demonstrasjonsdata", "Det samme med ord")
HARD = "\u00a0"


def years(indicator: str) -> pd.DataFrame:
    rows = small_users.of_indicator(indicator)
    whole = rows[(rows["node_id"] == "NAV") & (rows["item_id"] == "all")]
    return over_years(whole, small_users.measurements())


def drawn(indicator: str) -> list[tuple[str, list[dict]]]:
    return layers(chart(years(indicator), HEADING, SAY).to_dict())


def marks(indicator: str, mark: str) -> list[list[dict]]:
    return [rows for kind, rows in drawn(indicator) if kind == mark]


def test_a_line_joins_computed_years_on_one_scale_and_no_others():
    rows = years(small_users.GUIDANCE).set_index("period")
    assert list(rows["compared_with"]) == [None, None, "2023", None]
    lines = [rows for rows in marks(small_users.GUIDANCE, "rule") if "year_before" in rows[0]]
    assert [(line["year_before"], line["year"]) for line in lines[0]] == [(2023, 2024)]


def test_a_new_scale_is_a_dashed_line_with_its_word_halfway():
    breaks = [rows for rows in marks(small_users.GUIDANCE, "text") if "word" in rows[0]]
    assert breaks == [[{"place": 2024.5, "word": "nytt svarformat"}]]


def test_a_published_share_has_a_mark_of_its_own_and_no_interval():
    (published,) = marks(small_users.GUIDANCE, "point")
    assert [(row["year"], row["told"]) for row in published] == [
        (2022, f"nesten 90{HARD}%\npublisert")
    ]
    assert published[0]["lower"] is None
    (computed,) = marks(small_users.GUIDANCE, "circle")
    assert [row["year"] for row in computed] == [2023, 2024, 2025]
    assert all(row["lower"] < row["value"] < row["upper"] for row in computed)


def test_a_score_is_a_number_from_0_to_100():
    (computed,) = marks(small_users.SCORE, "circle")
    assert [row["written"] for row in computed] == ["74,2", "76,4"]
    assert computed[0]["interval"] == "73,0 til 75,4"


def test_a_withheld_year_is_a_word_and_never_a_mark():
    rows = years(small_users.GUIDANCE)
    rows.loc[rows["period"] == "2025", ["value", "lower", "upper", "n"]] = None
    rows.loc[rows["period"] == "2025", "status"] = "withheld"
    found = layers(chart(rows, HEADING, SAY).to_dict())
    assert {row["year"] for kind, some in found if kind == "circle" for row in some} == {2023, 2024}
    assert any(row.get("word") == "skjermet" for _, some in found for row in some)


def test_only_published_years_are_drawn_without_a_layer_of_computed_ones():
    assert marks(small_users.CONTEXT, "circle") == []
    assert [row["year"] for row in marks(small_users.CONTEXT, "point")[0]] == [2023, 2025]


def test_the_title_says_each_year_as_the_source_puts_it():
    assert years_title("Tillit", years(small_users.GUIDANCE), SAY) == (
        f"Tillit: nesten 90{HARD}%{HARD}i{HARD}2022, 88{HARD}%{HARD}i{HARD}2023, "
        f"89{HARD}%{HARD}i{HARD}2024, 79{HARD}%{HARD}i{HARD}2025 (nytt svarformat)"
    )


def test_the_notes_say_what_broke_and_where_a_share_was_published():
    assert year_notes(years(small_users.GUIDANCE), SAY) == [
        "Ny skala i 2025.",
        "Publisert andel, gjengitt uten antall svar og uten intervall, og uten linje til andre år: "
        "2022 (Delrapport 1 4.2.5).",
    ]


def test_groups_stand_in_their_own_order_and_counties_in_the_organisations():
    figures = small_users.of_indicator(small_users.GUIDANCE)
    nodes = dimensions()["dim_node"]
    groups = parts_of("user_group", figures, nodes, "2025", "nb")
    assert list(groups["name"]) == ["eldre", "unge"]
    counties = parts_of("county", figures, nodes, "2025", "nb")
    assert list(counties["node_id"]) == ["FYL-AGD", "NKS"]


@pytest.fixture(scope="module")
def with_users(tmp_path_factory):
    data = tmp_path_factory.mktemp("users")
    write_release(data, "0123456789ab", more=small_users.tables())
    return data


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_trust_in_nav_stands_apart_and_is_named_context(open_page: Open, with_users, lang):
    app = open_page(with_users, "goal-5", lang=lang)
    assert not app.exception
    headings = [heading.value for heading in app.header]
    own = {"nb": "Tillit fra NAV i møtet med brukerne", "en": "Trust from NAV in meeting users"}
    apart = {
        "nb": "Til sammenligning: brukernes tillit til NAV",
        "en": "For comparison: users' trust in NAV",
    }
    assert headings.index(own[lang]) < headings.index(apart[lang])
    said = {"nb": "Kontekst, ikke målets tall", "en": "Context, not the goal"}
    assert said[lang] in words(app)


def test_a_chart_of_published_shares_alone_bears_no_demonstration_mark(open_page, with_users):
    app = open_page(with_users, "goal-5")
    of_nav = [heading for heading in chart_headings(app) if "Tillit til NAV" in heading]
    assert len(of_nav) == 1
    assert "Demonstrasjonsdata" not in of_nav[0]


def test_a_withheld_service_is_a_word_with_its_reason(open_page, with_users):
    assert (
        "Skjermet: færre enn 10 svar, eller en så liten gruppe kunne regnes ut av tallet."
        in words(open_page(with_users, "goal-5"))
    )


def test_the_table_says_what_each_year_was_read_from(open_page, with_users):
    app = open_page(with_users, "goal-5")
    app.session_state[f"table-years-{small_users.GUIDANCE}"] = True
    app.run()
    said = words(app)
    assert "publisert andel, oppgitt som nesten" in said
    assert "regnet ut fra svar" in said
