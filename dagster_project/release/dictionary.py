"""The data dictionary: every table and column that a person meets, in the release and in the files.

Belongs here: making its rows from the descriptions that the pipeline itself runs on.
Does not belong here: any column by name, and any description; those stand in dbt/models/marts,
seeds/domains, seeds/codebooks and expectations, and what dbt's English is in bokmål in
seeds/dictionary.yml.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dagster_project.ingest.assets import indicator_ids
from dagster_project.ingest.codebook import Answer, Codebook, Question, read_codebooks
from dagster_project.ingest.contract import Column
from dagster_project.ingest.described import (
    Bilingual,
    Described,
    DescriptionFault,
    read_description,
)
from dagster_project.ingest.domains import Domain, Table, read_domains
from dagster_project.release.quality import QUALITY
from dagster_project.settings import Settings
from dagster_project.transform import dbt_runner

Row = dict[str, Any]
Suites = Mapping[str, Mapping[str, Any]]  # the expectation suites, by the table that they judge

BETWEEN = " | "  # stands between several values in one cell
COLUMNS = [
    "part",
    "table",
    "table_nb",
    "table_en",
    "column",
    "type",
    "is_required",
    "definition_nb",
    "definition_en",
    "asked_nb",
    "asked_en",
    "wording_nb",
    "wording_en",
    "valid_values_nb",
    "valid_values_en",
    "missing_codes_nb",
    "missing_codes_en",
    "files",
    "headings",
    "references",
]


class Bokmal(Described):
    """What dbt's descriptions of released columns are in bokmål.

    columns: by column, where the same name says the same in every table. tables: by table and
    column, where it says something else there.
    """

    columns: dict[str, str]
    tables: dict[str, dict[str, str]] = {}

    def text(self, table: str, column: str) -> str | None:
        return self.tables.get(table, {}).get(column) or self.columns.get(column)


class InWords(Described):
    """A table of a release that no model of dbt describes: what one row is, its columns, and the
    values that some may have."""

    row_is: Bilingual
    columns: dict[str, Bilingual]
    values: dict[str, list[str]]


def dictionary(settings: Settings) -> list[Row]:
    """One row for each column: of released tables, of files, and of each survey wave's file.

    Raises DescriptionFault when a description is wrong, or a released column has no bokmål.
    """
    seeds = settings.seeds
    domains = read_domains(seeds)
    books = list(read_codebooks(seeds / "codebooks", indicator_ids(settings)).values())
    nodes = dbt_runner.manifest(settings)["nodes"].values()
    bokmal = read_description(seeds / "dictionary.yml", Bokmal)
    return [
        *release_rows(nodes, read_suites(settings.expectations), bokmal),
        *quality_rows(read_description(seeds / "mart_quality.yml", InWords)),
        *input_rows(domains),
        *survey_rows(domains, books, read_groups(seeds / "reference" / "roles.csv")),
    ]


def read_suites(folder: Path) -> Suites:
    """The suites of released tables, which are named as the tables are."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def read_groups(path: Path) -> dict[str, Bilingual]:
    """What the groups that a question is put to are called."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["role_id"]: Bilingual(nb=row["name_nb"], en=row["name_en"]) for row in rows}


def _row(part: str, table: str, table_is: Bilingual, column: str, **rest: Any) -> Row:
    """A row with every column of the dictionary; what is not given is empty."""
    row = {"part": part, "table": table, "table_nb": table_is.nb, "table_en": table_is.en}
    return dict.fromkeys(COLUMNS, "") | row | {"column": column} | rest


# The release


def release_rows(nodes: Iterable[Mapping[str, Any]], suites: Suites, bokmal: Bokmal) -> list[Row]:
    """The columns of released tables. nodes: of dbt's manifest; the marts among them are released.

    Raises DescriptionFault that names each column without a text in bokmål or English.
    """
    models = sorted(
        (n for n in nodes if n["resource_type"] == "model" and n["fqn"][1] == "marts"),
        key=lambda node: str(node["name"]),
    )
    rows = [
        _released(model["name"], column, suites[model["name"]], bokmal)
        for model in models
        for column in model["columns"].values()
    ]
    lacking = [
        f"{row['table']}.{row['column']} has no text in {language}; write it in {place}"
        for row in rows
        for language, place in (("nb", "seeds/dictionary.yml"), ("en", "dbt/models/marts"))
        if not row[f"definition_{language}"]
    ]
    if lacking:
        raise DescriptionFault("\n".join(lacking))
    return rows


def _released(
    table: str, column: Mapping[str, Any], suite: Mapping[str, Any], bokmal: Bokmal
) -> Row:
    """One column of a released table, with what its gate lets through."""
    name = column["name"]
    demanded = {
        expectation["type"]: expectation["kwargs"]
        for expectation in suite["expectations"]
        if expectation["kwargs"].get("column") == name
        and "row_condition" not in expectation["kwargs"]
    }
    among = demanded.get("expect_column_values_to_be_in_set", {}).get("value_set", [])
    between = demanded.get("expect_column_values_to_be_between", {})
    valid = BETWEEN.join(_plain(value) for value in among) or limits(
        between.get("min_value"), between.get("max_value")
    )
    return _row(
        "release",
        table,
        Bilingual(nb=suite["meta"]["row_is_nb"], en=suite["meta"]["row_is_en"]),
        name,
        type=column["data_type"],
        is_required="expect_column_values_to_not_be_null" in demanded,
        definition_nb=bokmal.text(table, name) or "",
        definition_en=" ".join(column["description"].split()),
        valid_values_nb=valid,
        valid_values_en=valid,
    )


def quality_rows(described: InWords) -> list[Row]:
    """The columns of mart_quality."""
    rows = []
    for column, means in described.columns.items():
        valid = BETWEEN.join(described.values.get(column, []))
        rows.append(
            _row(
                "release",
                "mart_quality",
                described.row_is,
                column,
                type="integer" if column == "rows_affected" else "string",
                is_required=column != "rows_affected",
                definition_nb=means.nb,
                definition_en=means.en,
                valid_values_nb=valid,
                valid_values_en=valid,
                files=QUALITY,
            )
        )
    return rows


# The files of each domain


def input_rows(domains: Sequence[Domain]) -> list[Row]:
    """The columns of the files that each domain describes."""
    return [
        _read(domain, table, column)
        for domain in domains
        for table in domain.tables
        for column in table.columns
    ]


def _read(domain: Domain, table: Table, column: Column) -> Row:
    sheet = f" [{table.sheet}]" if table.sheet else ""
    valid = valid_cells(column)
    missing = BETWEEN.join(column.missing)
    return _row(
        "input",
        table.table,
        _titled(domain.title, table.row_is),
        column.name,
        **_of_column(column),
        valid_values_nb=valid,
        valid_values_en=valid,
        missing_codes_nb=missing,
        missing_codes_en=missing,
        files=BETWEEN.join(f"{pattern}{sheet}" for pattern in table.files),
    )


def _of_column(column: Column) -> Row:
    """What is said in the same way of any column of a file."""
    heading, name = column.headings[0], column.name.replace("_", " ")
    means = column.means or Bilingual(nb=heading, en=name[:1].upper() + name[1:])
    return {
        "type": column.type,
        "is_required": not (column.nullable or column.optional),
        "definition_nb": means.nb,
        "definition_en": means.en,
        "headings": BETWEEN.join(column.headings),
        "references": reference(column),
    }


def valid_cells(column: Column) -> str:
    """What a cell may say: its codes with what each is kept as, or its limits."""
    codes = [
        cell if cell == _plain(kept) else f"{cell} = {_plain(kept)}"
        for cell, kept in column.codes.items()
    ]
    told = [BETWEEN.join(codes) or limits(column.minimum, column.maximum)]
    if column.limits:
        told.append(f"{column.limits.seed}.{column.limits.minimum}–{column.limits.maximum}")
    if column.not_before:
        told.append(f"≥ {column.not_before}")
    return BETWEEN.join(part for part in told if part)


def limits(lowest: float | None, highest: float | None) -> str:
    """Lowest and highest value in figures alone, the same in every language."""
    if lowest is not None and highest is not None:
        return f"{_plain(lowest)}–{_plain(highest)}"
    if lowest is not None:
        return f"≥ {_plain(lowest)}"
    return "" if highest is None else f"≤ {_plain(highest)}"


def reference(column: Column) -> str:
    """Where each value must stand: the table or seed, its column, and what is fixed there."""
    to = column.references
    if to is None:
        return ""
    fixed = ", ".join(f"{name} = {value}" for name, value in to.where.items())
    return f"{to.table or to.seed}.{to.column}" + (f" ({fixed})" if fixed else "")


# The survey, wave by wave


def survey_rows(
    domains: Sequence[Domain], books: Sequence[Codebook], groups: Mapping[str, Bilingual]
) -> list[Row]:
    """The columns of each wave's file; a question has one row for each wording that it was put in.

    groups: what the roles that a question is put to are called.
    """
    tables = [table for domain in domains for table in domain.tables if table.codebooks]
    return [
        row
        for table in tables
        for book in books
        for name, wave in book.answered.items()
        for row in _wave(book, name, _titled(wave.title, table.row_is), groups)
    ]


def _wave(
    book: Codebook, wave: str, wave_is: Bilingual, groups: Mapping[str, Bilingual]
) -> list[Row]:
    place = ("survey", f"{book.instrument}_{wave}", wave_is)
    files = BETWEEN.join(book.files)
    columns = book.contract().columns
    rows = []
    for column in columns:
        if not column.asked:
            valid = valid_cells(column)
            rest = _of_column(column) | {"valid_values_nb": valid, "valid_values_en": valid}
            rows.append(_row(*place, column.name, files=files, **rest))
    asked_columns = [column for column in columns if column.asked]
    for question, column in zip(book.questions, asked_columns, strict=True):
        rows += [
            _row(*place, column.name, files=files, **asked)
            for asked in _question(question, column, book.scales[question.scale], groups)
        ]
    return rows


def _question(
    question: Question, column: Column, scale: Sequence[Answer], groups: Mapping[str, Bilingual]
) -> list[Row]:
    """One row for each column that the question has in the file."""
    answers = [a for a in scale if a.answer_class != "missing"]
    missing = [a for a in scale if a.answer_class == "missing"]
    told: Row = {"type": column.type, "is_required": not column.nullable}
    for lang in ("nb", "en"):
        told[f"definition_{lang}"] = getattr(question.label, lang)
        told[f"valid_values_{lang}"] = _labelled(answers, lang)
        told[f"missing_codes_{lang}"] = _labelled(missing, lang)
    return [
        told
        | {"headings": asked.column}
        | {f"wording_{lang}": getattr(asked.wording, lang) for lang in ("nb", "en")}
        | {
            f"asked_{lang}": ", ".join(
                getattr(groups[role], lang) for role in column.asked[asked.column]
            )
            for lang in ("nb", "en")
        }
        for asked in question.asked
    ]


def _labelled(answers: Sequence[Answer], lang: str) -> str:
    return BETWEEN.join(f"{a.cell or a.code} = {getattr(a, lang)}" for a in answers)


def _titled(title: Bilingual, row_is: Bilingual) -> Bilingual:
    """What a file holds, and what one row of it is."""
    return Bilingual(nb=f"{title.nb}: {row_is.nb}", en=f"{title.en}: {row_is.en}")


def _plain(value: Any) -> str:
    """A value as a file would say it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
