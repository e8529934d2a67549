"""The data dictionary: nothing that a person meets is left out of it, and nothing is made up."""

from pathlib import Path

import pytest

from dagster_project.ingest.assets import indicator_ids
from dagster_project.ingest.codebook import read_codebooks
from dagster_project.ingest.contract import Column
from dagster_project.ingest.described import Bilingual, DescriptionFault, read_description
from dagster_project.ingest.domains import Domain, read_domains
from dagster_project.release.dictionary import (
    COLUMNS,
    Bokmal,
    dictionary,
    input_rows,
    read_groups,
    release_rows,
    survey_rows,
    valid_cells,
)
from dagster_project.release.quality import COLUMNS as QUALITY_COLUMNS
from dagster_project.settings import Settings
from dagster_project.transform import dbt_runner

SETTINGS = Settings(Path("not_used"))
MODEL = {
    "resource_type": "model",
    "fqn": ["any", "marts", "mart_small"],
    "name": "mart_small",
    "columns": {
        "period": {"name": "period", "data_type": "string", "description": "Wave or\nyear."},
        "n": {"name": "n", "data_type": "integer", "description": "Respondents."},
    },
}
SUITE = {
    "meta": {"row_is_nb": "én periode", "row_is_en": "one period"},
    "expectations": [
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "period"}},
        {
            "type": "expect_column_values_to_be_in_set",
            "kwargs": {"column": "period", "value_set": ["2017", "2023"]},
        },
        {
            "type": "expect_column_values_to_not_be_null",
            "kwargs": {"column": "n", "row_condition": "status = 'shown'"},
        },
        {
            "type": "expect_column_values_to_be_between",
            "kwargs": {"column": "n", "min_value": 10},
        },
    ],
}
BOKMAL = Bokmal(columns={"period": "Periode.", "n": "Antall."})


@pytest.fixture(scope="module")
def rows():
    return dictionary(SETTINGS)


# What stands in a row


def test_a_released_column_is_told_with_what_its_gate_lets_through():
    period, n = release_rows([MODEL], {"mart_small": SUITE}, BOKMAL)
    assert (period["table_nb"], period["table_en"]) == ("én periode", "one period")
    assert (period["definition_nb"], period["definition_en"]) == ("Periode.", "Wave or year.")
    assert period["valid_values_nb"] == "2017 | 2023"
    assert period["is_required"]
    assert n["valid_values_nb"] == "≥ 10"
    assert not n["is_required"], "it is demanded of some rows only"


def test_a_table_may_have_a_text_of_its_own_for_a_column():
    own = Bokmal(columns=BOKMAL.columns, tables={"mart_small": {"period": "Runde."}})
    period, _ = release_rows([MODEL], {"mart_small": SUITE}, own)
    assert period["definition_nb"] == "Runde."


def test_a_released_column_without_bokmal_is_refused_by_name():
    with pytest.raises(DescriptionFault, match=r"mart_small\.n has no text in nb; write it in"):
        release_rows([MODEL], {"mart_small": SUITE}, Bokmal(columns={"period": "Periode."}))


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ({"type": "code", "codes": {"Ja": True, "DIR": "DIR"}}, "Ja = true | DIR"),
        ({"type": "integer", "minimum": 1990, "maximum": 2100}, "1990–2100"),
        ({"type": "decimal", "minimum": 0.5}, "≥ 0.5"),
        ({"type": "date", "not_before": "start_date"}, "≥ start_date"),
        ({"type": "text"}, ""),
    ],
)
def test_what_a_cell_may_say_is_told_from_the_description(column, told):
    assert valid_cells(Column(name="one", header=["En"], **column)) == told


def test_a_column_of_a_file_is_told_with_headings_missing_codes_and_where_it_is_looked_up():
    column = {
        "name": "unit_code",
        "header": ["Enhet", "Sted"],
        "type": "text",
        "missing": ["ukjent"],
        "nullable": True,
        "references": {"table": "organisation", "column": "unit_code", "where": {"level": "unit"}},
    }
    table = {
        "table": "small",
        "row_is": {"nb": "én ting", "en": "one thing"},
        "files": ["ting_*"],
        "sheet": "Ark",
        "key": ["unit_code"],
        "partition": "unit_code",
        "columns": [column],
    }
    title = {"nb": "Ting", "en": "Things"}
    domain = {"domain": "small", "title": title, "place": "inbox", "tables": [table]}
    (row,) = input_rows([Domain.model_validate(domain)])
    assert row["table_nb"] == "Ting: én ting"
    assert (row["definition_nb"], row["definition_en"]) == ("Enhet", "Unit code")
    assert row["headings"] == "Enhet | Sted"
    assert row["missing_codes_nb"] == "ukjent"
    assert row["references"] == "organisation.unit_code (level = unit)"
    assert row["files"] == "ting_* [Ark]"
    assert not row["is_required"]


def test_a_description_may_say_what_a_heading_does_not():
    means = Bilingual(nb="Antall som svarte", en="How many answered")
    column = Column(name="respondents", header=["N"], type="integer", means=means)
    domain = read_domains(SETTINGS.seeds)[0]
    table = domain.tables[0].model_copy(update={"columns": [column]})
    (row,) = input_rows([domain.model_copy(update={"tables": [table]})])
    assert (row["definition_nb"], row["definition_en"]) == (means.nb, means.en)


# Nothing is left out


def test_every_released_table_and_column_is_there_in_both_languages(rows):
    marts = {
        (node["name"], column)
        for node in dbt_runner.manifest(SETTINGS)["nodes"].values()
        if node["resource_type"] == "model" and node["fqn"][1] == "marts"
        for column in node["columns"]
    }
    told = [row for row in rows if row["part"] == "release"]
    quality = {("mart_quality", column) for column in QUALITY_COLUMNS}
    assert {(row["table"], row["column"]) for row in told} == marts | quality
    for row in told:
        for text in ("table_nb", "table_en", "definition_nb", "definition_en"):
            assert row[text].strip(), (row["table"], row["column"], text)


def test_no_bokmal_is_kept_for_a_column_that_is_not_released(rows):
    released = {(row["table"], row["column"]) for row in rows if row["part"] == "release"}
    bokmal = read_description(SETTINGS.seeds / "dictionary.yml", Bokmal)
    assert set(bokmal.columns) <= {column for _, column in released}
    own = {(table, column) for table, columns in bokmal.tables.items() for column in columns}
    assert own <= released


def test_every_column_of_every_domain_is_there(rows):
    described = {
        (table.table, column.name)
        for domain in read_domains(SETTINGS.seeds)
        for table in domain.tables
        for column in table.columns
    }
    assert {(r["table"], r["column"]) for r in rows if r["part"] == "input"} == described


def test_every_question_of_every_codebook_is_there_in_the_words_of_each_group():
    books = read_codebooks(SETTINGS.seeds / "codebooks", indicator_ids(SETTINGS)).values()
    groups = read_groups(SETTINGS.seeds / "reference" / "roles.csv")
    told = survey_rows(read_domains(SETTINGS.seeds), list(books), groups)
    assert len(books) >= 3
    for book, wave in [(each, wave) for each in books for wave in each.waves]:
        of_wave = [row for row in told if row["table"] == f"{book.instrument}_{wave}"]
        for question in book.questions:
            scale = book.scales[question.scale]
            for asked in question.asked:
                (row,) = [row for row in of_wave if row["headings"] == asked.column]
                assert row["column"] == f"q_{question.id}"
                assert (row["wording_nb"], row["wording_en"]) == (
                    asked.wording.nb,
                    asked.wording.en,
                )
                assert row["asked_nb"].count(",") == len(book.asked_of(asked)) - 1
                for answer in scale:
                    kind = "missing_codes" if answer.answer_class == "missing" else "valid_values"
                    assert f"{answer.code} = {answer.nb}" in row[f"{kind}_nb"]
                    assert f"{answer.code} = {answer.en}" in row[f"{kind}_en"]


def test_every_row_has_the_same_columns_and_every_file_a_pattern(rows):
    assert all(list(row) == COLUMNS for row in rows)
    assert all(row["files"] and row["headings"] for row in rows if row["part"] != "release")


# In the release


def test_a_release_carries_the_dictionary_and_vouches_for_it(house, rows):
    release = house.release()
    assert "dictionary.csv" in release.manifest["files"]
    read = release.dictionary()
    assert list(read.columns) == COLUMNS
    assert list(read["column"]) == [row["column"] for row in rows]
