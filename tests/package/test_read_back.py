"""Every format of a package read back by somebody else's reader, and compared with the release."""

import csv
import json
import re
from collections.abc import Sequence
from datetime import date, datetime

import frictionless
import pandas as pd
import pytest
from docx import Document
from python_calamine import load_workbook

from streamlit_app.catalogue import Say
from tests.package.conftest import FORMULA

NB = Say("nb")
NO_BREAK = "\N{NO-BREAK SPACE}"


def number(text: str) -> float | None:
    """What a reader of the document takes a cell for; None for a word or nothing."""
    bare = re.sub(r"[\s%+]", "", text.replace("\u2212", "-")).replace(",", ".")
    try:
        return float(bare)
    except ValueError:
        return None


def rfc4180(unpacked, item) -> pd.DataFrame:
    return pd.read_csv(unpacked / "csv" / f"{item.file_name}.csv", keep_default_na=False, dtype=str)


def norwegian(unpacked, item) -> list[dict[str, str]]:
    path = unpacked / "csv_norwegian" / f"{item.file_name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def pages(unpacked):
    return load_workbook(unpacked / "tabeller.xlsx")


def of_sheet(book, item) -> list[list[object]]:
    return book.get_sheet_by_name(f"Tabell {item.number}").to_python()[1:]


def as_number(cell: object, heading: str) -> float | None:
    """A cell of the workbook, a share in per cent."""
    if isinstance(cell, date | datetime | str):
        return None
    return float(cell) * (100 if heading.endswith("(prosent)") else 1)  # type: ignore[arg-type]


def test_every_number_is_the_same_in_csv_of_both_kinds_workbook_and_parquet(whole, unpacked):
    book, compared = pages(unpacked), 0
    for item in whole.items:
        plain = rfc4180(unpacked, item)
        ours, sheet = norwegian(unpacked, item), of_sheet(book, item)
        parquet = pd.read_parquet(unpacked / "parquet" / f"{item.file_name}.parquet")
        assert len(plain) == len(ours) == len(sheet) == len(parquet) == len(item.table.rows)
        for place, heading in enumerate(plain.columns):
            if item.table.columns[place:place + 1] and item.table.columns[place].kind in (
                "text", "date", "by_unit"
            ):  # fmt: skip
                continue
            for row, text in enumerate(plain[heading]):
                expected = float(text) if text and place < len(item.table.columns) else None
                if expected is None:
                    continue
                stored = float(parquet.iloc[row, place])
                share = heading.endswith("(prosent)") or heading.endswith("(prosentpoeng)")
                assert number(ours[row][heading]) == pytest.approx(expected, abs=1e-9)
                assert as_number(sheet[row][place], heading) == pytest.approx(expected, abs=1e-9)
                assert stored * (100 if share else 1) == pytest.approx(expected, abs=1e-9)
                compared += 1
    assert compared > 400


def document_tables(unpacked) -> dict[int, list[list[str]]]:
    """The document's tables by the number in the caption above each."""
    doc = Document(str(unpacked / "kunnskapsgrunnlag.docx"))
    found, caption = {}, None
    for block in doc.iter_inner_content():
        if hasattr(block, "rows"):
            if caption is not None:
                found[caption] = [[cell.text for cell in row.cells] for row in block.rows]
            caption = None
        elif match := re.match(r"Tabell (\d+)\. ", block.text):
            caption = int(match[1])
    return found


def test_every_number_in_the_document_is_the_workbooks_as_precise_as_on_screen(whole, unpacked):
    """The ends of an interval stand in one cell of the document, in the workbook in two."""
    tables, book, compared = document_tables(unpacked), pages(unpacked), 0
    items = [item for item in whole.items if item.table.name != "passports"]
    assert list(tables) == [item.number for item in items]
    for item in items:
        sheet = of_sheet(book, item)
        kinds = [column.kind for column in item.table.columns]
        assert len(tables[item.number]) == len(sheet) + 1
        for cells, values in zip(tables[item.number][1:], sheet, strict=True):
            read = numbers_read(cells)
            expected = [
                round(float(value) * (100 if kind == "percent" else 1), 1)  # type: ignore[arg-type]
                for value, kind in zip(values, kinds, strict=False)
                if kind in ("percent", "points") and not isinstance(value, str)
            ]
            for value in expected:
                is_there = any(value == pytest.approx(one, abs=0.051) for one in read)
                assert is_there, (item.file_name, cells)
                compared += 1
    assert compared > 400


def numbers_read(cells: Sequence[str]) -> list[float]:
    """The numbers in a row of the document, of intervals both."""
    parts = (part for cell in cells for part in re.split(" til |–", cell))
    return [value for part in parts if (value := number(part)) is not None]


def test_the_figures_are_the_releases_scorecard(whole, unpacked, release):
    card, indicators = release.table("mart_scorecard"), release.table("dim_indicator")
    names = dict(zip(indicators["name_nb"], indicators["indicator_id"], strict=True))
    compared = 0
    for item in (item for item in whole.items if item.table.name.startswith("figures-")):
        stored = pd.read_parquet(unpacked / "parquet" / f"{item.file_name}.parquet")
        for row in stored.to_dict("records"):
            there = card[
                (card["indicator_id"] == names[row["Indikator"]])
                & (card["period"] == row["Periode"]) & (card["node_id"] == "NAV")
            ]  # fmt: skip
            times = {"prosent": 100, "prosentpoeng": 100}.get(row["Enhet"], 1)
            values = [round(value * times, 10) for value in there["value"]]
            assert row["Tall"] in values, row
            compared += 1
    assert compared >= 8


def test_answers_are_the_releases_goal_mart(whole, unpacked, release):
    mart = release.table("mart_goal_1")
    is_asked = (mart["measure"] == "share") & (mart["category_kind"] == "answer")
    is_here = (mart["node_id"] == "NAV") & (mart["period"] == "2025") & (mart["role_id"] == "all")
    mart = mart[is_asked & is_here]
    expected = {
        (row["item_label_nb"], row["category_label_nb"]): (row["value"], row["lower"], row["n"])
        for row in mart[mart["indicator_id"] == "discretion_factors"].to_dict("records")
    }
    item = next(i for i in whole.items if i.table.name == "goal-1-likert-discretion_factors")
    stored = pd.read_parquet(unpacked / "parquet" / f"{item.file_name}.parquet")
    found = {
        (row["Spørsmål"].removesuffix(f"{NO_BREAK}*"), row["Svar"]): (
            row["Andel"], row["Nedre grense (95 %)"], row["Antall svar"]
        )
        for row in stored.to_dict("records")
    }  # fmt: skip
    assert found.keys() == expected.keys()
    for answer, numbers in expected.items():
        assert found[answer] == pytest.approx(numbers)


def test_measures_and_findings_stand_as_they_are_in_the_release(whole, unpacked, release):
    read = {
        heading: {
            text
            for item in whole.items
            if item.table.name.startswith(kind)
            for text in rfc4180(unpacked, item)[heading]
        }
        for kind, heading in (("measures-", "Tiltak"), ("findings-", "Funn"))
    }
    titles = set(release.table("mart_measure")["title_nb"])
    assert read["Tiltak"] == titles - {FORMULA} | {f"'{FORMULA}"}
    assert read["Funn"] == set(release.table("mart_published_finding")["finding_nb"])


def test_a_withheld_number_is_the_word_and_never_a_zero(whole, unpacked):
    withheld = [
        (item, place)
        for item in whole.items
        for place, status in enumerate(item.table.rows.get("status", []))
        if status == "withheld"
    ]
    assert withheld
    book = pages(unpacked)
    for item, row in withheld:
        assert "skjermet" in of_sheet(book, item)[row]
        assert rfc4180(unpacked, item)["Merknad"].iloc[row].startswith("skjermet: ")


def test_frictionless_finds_the_data_package_valid(unpacked):
    report = frictionless.validate(str(unpacked / "datapackage.json"))
    faults = [error.message for task in report.tasks for error in task.errors]
    assert report.valid, faults[:5]
    assert sum(task.type == "table" for task in report.tasks) > 20


def test_frictionless_finds_a_changed_number_by_the_files_hash(unpacked, tmp_path):
    described = json.loads((unpacked / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(r for r in described["resources"] if r["path"].startswith("csv/02"))
    (tmp_path / "csv").mkdir()
    text = (unpacked / resource["path"]).read_text(encoding="utf-8")
    (tmp_path / resource["path"]).write_text(text.replace("1", "2"), encoding="utf-8")
    (tmp_path / "one.json").write_text(
        json.dumps({**described, "resources": [resource]}), encoding="utf-8"
    )
    assert not frictionless.validate(str(tmp_path / "one.json")).valid


def test_each_headline_figure_has_its_table_by_area_or_a_word_why_it_has_none(whole, release):
    indicators = release.table("dim_indicator").set_index("indicator_id")
    names = indicators.loc[indicators["is_headline"], "name_nb"]
    told = {one for item in whole.items for one in item.table.rows.get("indicator_id", [])}
    shown = {
        item.table.name.rpartition("-")[2] for item in whole.items if "-areas-" in item.table.name
    }
    notes = [note for item in whole.items for note in item.table.notes]
    figures = [item.table.rows for item in whole.items if item.table.name.startswith("figures-")]
    there = {name for rows in figures for name in rows["name"]}
    assert {"discretion_experience", "discretion_time", "hindrance_to_trust"} <= shown
    for indicator, name in names.items():
        why = [note for note in notes if note.startswith(f"«{name}» står ikke")]
        by_county = indicator in told and indicators.loc[indicator, "domain"] != "survey"
        assert name not in there or (indicator in shown) is not bool(why) or by_county, name


def test_a_battery_that_is_taken_names_its_subject(whole):
    found = [
        (match[1], item.table.title)
        for item in whole.items
        if (match := re.fullmatch(r"goal-\d-(?:likert|strength)-(\w+)", item.table.name))
    ]
    assert found
    for indicator_id, title in found:
        assert title.startswith(f"{whole.view.indicator(indicator_id)['name_nb']}: ")
