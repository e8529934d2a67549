"""Descriptions of domains, and which contract reads which file."""

import shutil
from pathlib import Path

import duckdb
import pytest

from dagster_project.ingest.contract import FileFault
from dagster_project.ingest.described import DescriptionFault
from dagster_project.ingest.domains import read_domains
from dagster_project.ingest.load import load_domain
from dagster_project.settings import Settings
from tests.ingest.small import CODEBOOK, DOMAINS, SEEDS, codebook

PEOPLE = """\
domain: people
title: {nb: Folk, en: People}
place: inbox
tables:
  - table: person
    row_is: {nb: én person, en: one person}
    files: ["folk_*"]
    key: [person_id]
    partition: year
    columns:
      - {name: person_id, header: [Id], type: text}
      - {name: year, header: [År], type: integer}
"""


def described(folder: Path, *texts: str) -> Path:
    """A seeds folder with these domains."""
    (folder / "domains").mkdir()
    for number, text in enumerate(texts):
        (folder / "domains" / f"{number}.yml").write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path, *texts: str) -> str:
    with pytest.raises(DescriptionFault) as caught:
        read_domains(described(folder, *texts))
    return str(caught.value)


def test_the_domains_of_the_project_hold_each_behind_what_it_needs() -> None:
    names = [domain.domain for domain in read_domains(SEEDS)]
    assert set(names) >= {"organisation", "published", "survey"}
    assert names.index("organisation") < names.index("survey")


def test_a_domain_comes_behind_what_it_needs_whatever_its_file_is_called(tmp_path: Path) -> None:
    first = PEOPLE.replace("place: inbox", "place: inbox\nneeds: [codebook, later]")
    second = PEOPLE.replace("domain: people", "domain: later")
    read = read_domains(described(tmp_path, first, second))
    assert [domain.domain for domain in read] == ["later", "people"]


def test_a_domain_that_needs_one_that_is_not_described_is_refused(tmp_path: Path) -> None:
    needy = PEOPLE.replace("place: inbox", "place: inbox\nneeds: [organisation]")
    assert refusal(tmp_path, needy) == (
        "seeds/domains: people need a domain that is not described, or each other"
    )


def test_domains_that_need_each_other_are_refused(tmp_path: Path) -> None:
    one = PEOPLE.replace("place: inbox", "place: inbox\nneeds: [other]")
    other = one.replace("domain: people", "domain: other").replace("[other]", "[people]")
    assert "each other" in refusal(tmp_path, one, other)


SPOILED = {
    "a key that is no column": (
        "key: [person_id]",
        "key: [person_id, wave]",
        "0.yml, line 8: tables.1.key: there is no column wave",
    ),
    "a partition that is no column": (
        "partition: year",
        "partition: period",
        "0.yml, line 9: tables.1.partition: there is no column period",
    ),
    "a table without files": (
        'files: ["folk_*"]',
        "files: []",
        "0.yml, line 7: tables.1.files: is missing; write a file pattern",
    ),
    "codes without the type that has them": (
        "header: [Id], type: text",
        "header: [Id], type: text, codes: {a: b}",
        "0.yml, line 11: tables.1.columns.1.type: codes belong to a column of type code",
    ),
    "a code column without codes": (
        "header: [Id], type: text",
        "header: [Id], type: code",
        "0.yml, line 11: tables.1.columns.1.type: codes belong to a column of type code",
    ),
    "a column without headings": (
        "header: [Id], ",
        "",
        "0.yml, line 11: tables.1.columns.1.header: is missing",
    ),
    "an encoding that does not exist": (
        'files: ["folk_*"]',
        'files: ["folk_*"]\n    encoding: norsk',
        "0.yml, line 8: tables.1.encoding: norsk is not the name of an encoding",
    ),
    "a column name that no table can have": (
        "name: person_id",
        "name: Person-id",
        "0.yml, line 11: tables.1.columns.1.name: use lower-case letters, digits and _ only",
    ),
}


@pytest.mark.parametrize(("old", "new", "says"), SPOILED.values(), ids=SPOILED)
def test_is_refused_with_file_and_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert says in refusal(tmp_path, PEOPLE.replace(old, new))


# --- which contract reads which file ---------------------------------------------------------


def test_a_table_takes_the_files_of_its_pattern_and_no_others() -> None:
    (table,) = DOMAINS["organisation"].tables
    taken = table.contract_for(Path("organisasjon_2023.csv"), [])
    assert taken is not None
    assert taken.table == "organisation"
    assert table.contract_for(Path("ansatte_2023.csv"), []) is None


def test_each_published_file_goes_to_its_own_table() -> None:
    read = {
        file.name: contract.table
        for file in DOMAINS["published"].delivered(Settings(Path()))
        for table in DOMAINS["published"].tables
        if (contract := table.contract_for(file, []))
    }
    assert read == {
        "published_figures.csv": "published_figure",
        "published_findings.csv": "published_finding",
    }


def test_two_codebooks_that_read_one_file_are_refused_by_wave() -> None:
    books = [codebook(), codebook(CODEBOOK.replace('"2031": {', '"2032": {'))]
    table, _ = DOMAINS["survey"].tables
    with pytest.raises(FileFault, match="waves 2031, 2032 all read this file; narrow `files`"):
        table.contract_for(Path("puls_2031.csv"), books)


def test_hidden_files_and_lock_files_are_not_deliveries(tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "organisation"
    folder.mkdir(parents=True)
    for name in (".DS_Store", "~$organisasjon_2031.xlsx", "organisasjon_2031.csv"):
        (folder / name).touch()
    (folder / "eldre").mkdir()
    delivered = DOMAINS["organisation"].delivered(Settings(tmp_path))
    assert [file.name for file in delivered] == ["organisasjon_2031.csv"]


def test_a_domain_without_a_folder_has_no_deliveries(tmp_path: Path) -> None:
    assert DOMAINS["organisation"].delivered(Settings(tmp_path)) == []


def test_the_descriptions_lie_where_the_settings_say(tmp_path: Path) -> None:
    shutil.copytree(SEEDS / "domains", tmp_path / "domains")
    assert len(read_domains(tmp_path)) == len(read_domains(SEEDS))


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("{column: code}", "write either a raw table or a seed to look the value up in"),
        ("{table: a, seed: b, column: c}", "write either a raw table or a seed"),
        ("{seed: b, column: c, in_force: year}", "a seed has no periods"),
        ("{seed: b, column: c, same_file: true}", "a seed stands in no workbook"),
    ],
)
def test_a_value_is_looked_up_in_one_place(tmp_path: Path, reference: str, message: str) -> None:
    wrong = PEOPLE.replace("type: text}", f"type: text, references: {reference}}}")
    assert message in refusal(tmp_path, wrong)


def test_a_limit_hangs_on_a_column_that_is_there(tmp_path: Path) -> None:
    limits = "{seed: s, key: k, of: scale, minimum: low, maximum: high}"
    wrong = PEOPLE.replace("type: integer}", f"type: integer, limits: {limits}}}")
    assert "there is no column scale" in refusal(tmp_path, wrong)


def test_a_seed_that_is_not_there_is_asked_for(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    text = PEOPLE.replace("type: text}", "type: text, references: {seed: names, column: id}}")
    (domain,) = read_domains(described(tmp_path, text))
    with pytest.raises(DescriptionFault, match=r"there is no seeds/reference/names.csv; write it"):
        load_domain(con, domain, [], [], seeds=tmp_path)
