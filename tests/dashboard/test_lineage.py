"""The page that leads from a figure back to its files, and forward to where it is shown."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit_app.catalogue import Say
from streamlit_app.screens.lineage import beside_words, node_words
from tests.dashboard.conftest import words
from tests.dashboard.small_release import write_release

SURVEY, UNITS = "survey/medarbeiderundersokelsen_2025.xlsx", "organisation/organisasjon_2025.csv"


def test_the_figures_lead_back_to_their_files_and_forward_to_their_pages(open_page, published):
    said = words(open_page(published, "lineage"))
    for part in (SURVEY, UNITS, "Mål 1", ">Oversikt<"):
        assert part in said, part


def test_a_file_leads_forward_and_is_made_from_nothing(open_page, published):
    said = words(open_page(published, "lineage", lang="en", node=f"file/{UNITS}"))
    assert "is made from nothing else here" in said
    assert "int_survey__estimates" in said
    assert SURVEY not in said


def test_one_file_is_not_counted_as_several(open_page, published):
    said = words(open_page(published, "lineage", lang="en", node="raw/organisation"))
    assert f"Made from one file: {UNITS}." in said
    both = words(open_page(published, "lineage", lang="en", node="marts/mart_scorecard"))
    assert "Made from 2 files: " in both


def test_what_the_address_asks_for_and_is_not_there_is_said(open_page, published):
    said = words(open_page(published, "lineage", node="file/none.csv"))
    assert "«file/none.csv» i adressen finnes ikke" in said


def test_a_release_from_before_lineage_was_told_says_so(open_page, tmp_path: Path):
    folder = write_release(tmp_path, "111111111111")
    change_manifest(folder, lambda said: said["files"].pop("lineage.csv"))
    assert "laget før dette ble en del av den" in words(open_page(tmp_path, "lineage"))
    assert "Alle filer bak" not in words(open_page(tmp_path))


def change_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_page_is_called_by_its_title() -> None:
    assert node_words(("page", "page_goal_3"), Say("nb")) == "Mål 3"
    assert node_words(("page", "page_data_quality"), Say("en")) == "Data quality"
    assert node_words(("raw", "survey"), Say("en")) == "survey"


def test_a_table_of_the_release_is_told_from_the_one_that_it_is_made_of():
    made, released = ("marts", "mart_scorecard"), ("protected", "mart_scorecard")
    assert beside_words(made, Say("nb")) == "mart_scorecard"
    assert beside_words(released, Say("nb")) == "mart_scorecard (skjermet)"


def test_the_passport_names_all_files_behind_a_figure_and_those_erased(open_page, tmp_path: Path):
    folder = write_release(tmp_path, "111111111111")
    assert f"{UNITS}, {SURVEY}" in words(open_page(tmp_path))
    domain, file = UNITS.split("/")
    units = {"domain": domain, "file": file, "sha256": "a" * 64}
    change_manifest(folder, lambda said: said["inputs"].append(units))
    mark = {"sha256": "a" * 64, "at": "2026-11-21T10:00:00+00:00", "because": "an error"}
    (tmp_path / "releases" / "erased.jsonl").write_text(json.dumps(mark) + "\n")
    assert f"{UNITS} (slettet siden), {SURVEY}" in words(open_page(tmp_path))
