"""The data dictionary's page: what is found, chosen and taken along."""

import pytest

from streamlit_app.catalogue import Say
from streamlit_app.export.files import csv_norwegian
from streamlit_app.screens.dictionary import every_column, found
from streamlit_app.tables import Stamp, Table
from tests.dashboard.conftest import RELEASE, words
from tests.dashboard.small_release import dictionary

PAGE = "data-dictionary"


def test_every_column_stands_on_the_page_with_definition_and_valid_values(open_page, published):
    said = words(open_page(published, PAGE))
    for part in ("4 kolonner.", "goal_id", "Mål, 1 til 5.", "1 | 2", "unit_code", "q_room"):
        assert part in said, part


def test_a_question_stands_with_the_wording_that_each_group_got(open_page, published):
    said = words(open_page(published, PAGE, part="survey"))
    assert "Ledere: «Jeg gir handlingsrom»" in said
    assert "Medarbeidere: «Jeg har handlingsrom»" in said
    assert "9 = Vet ikke" in said
    assert "goal_id" not in said


def test_the_page_speaks_english_when_asked(open_page, published):
    said = words(open_page(published, PAGE, lang="en"))
    assert "Leaders: “I give room”" in said
    assert "Goal, 1 to 5." in said


def test_a_search_stands_in_the_address(open_page, published):
    app = open_page(published, PAGE, search="ENHETSNR")
    assert app.text_input[0].value == "ENHETSNR"
    said = words(app)
    assert "unit_code" in said
    assert "q_room" not in said


def test_a_search_is_written_into_the_address(open_page, published):
    app = open_page(published, PAGE)
    app.text_input[0].set_value("goal").run()
    assert app.query_params["search"] == "goal"
    assert "goal_id" in words(app)


def test_a_search_without_hits_says_so(open_page, published):
    assert "Ingen kolonner passer til søket." in words(
        open_page(published, PAGE, search="finnes ikke")
    )


def test_another_part_makes_the_table_chosen_void(open_page, published):
    app = open_page(published, PAGE, part="release", table="dim_goal")
    app.selectbox[0].set_value("survey").run()
    assert "table" not in app.query_params
    assert "q_room" in words(app)


@pytest.mark.parametrize(
    ("searched", "columns"),
    [
        ("", ["goal_id", "unit_code", "q_room", "q_room"]),
        ("LEDERE room", ["q_room"]),
        ("enhetsnr", ["unit_code"]),
        (".*", []),
    ],
)
def test_every_word_searched_for_must_stand_in_the_row(searched, columns):
    assert list(found(dictionary(), searched)["column"]) == columns


def test_the_csv_file_holds_every_column_of_the_dictionary_in_the_language_chosen():
    told = {column.name for column in every_column(Say("nb"))}
    meant = {name for name in dictionary().columns if not name.endswith("_en")}
    assert told == meant - {"part"}
    stamp = Stamp(RELEASE, {}, is_demonstration=False)
    table = Table("katalog", "Datakatalog", dictionary(), every_column(Say("nb")), stamp)
    assert "Jeg gir handlingsrom" in csv_norwegian(table, Say("nb")).decode("utf-8-sig")


def test_a_release_from_before_the_dictionary_says_so(open_page, published, monkeypatch):
    monkeypatch.setattr("dagster_project.release.reader.DICTIONARY", "later.csv")
    assert "før datakatalogen kom" in words(open_page(published, PAGE))
