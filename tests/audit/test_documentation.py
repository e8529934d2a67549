"""dbt's documentation in a release: whole, the same each time, without network or machine."""

import json
import re
from pathlib import Path

import pytest

from dagster_project.release import documentation as made
from dagster_project.settings import PROJECT, Settings
from dagster_project.transform.dbt_runner import DbtCannotRun


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return made.documentation(Settings(tmp_path_factory.mktemp("data")))


def test_every_model_is_in_the_page_with_its_description(page: str) -> None:
    for name in ("mart_scorecard", "int_survey__estimates", "stg_survey__responses"):
        assert f'"model.tillitsmonitor.{name}"' in page
    assert "One row per indicator" in page


def test_the_page_loads_nothing_and_tells_nothing_of_the_machine(page: str) -> None:
    loading = r'<(?:script|link|img|iframe)[^>]+(?:src|href)=["\']?(?:https?:)?//'
    assert not re.findall(loading, page)
    assert not re.findall(r"url\(['\"]?(?:https?:)?//", page)
    assert page.index("<head>") < page.index("Content-Security-Policy") < page.index("<script")
    assert str(PROJECT) not in page


def test_no_text_can_end_the_script_that_it_stands_in() -> None:
    written = made.in_script({"description": "</script><b>"})
    assert "<" not in written
    assert json.loads(written) == {"description": "</script><b>"}


def test_the_catalog_holds_declared_types_and_no_statistics() -> None:
    node = {
        "resource_type": "model",
        "name": "mart",
        "config": {"materialized": "table", "contract": {"enforced": True}},
        "columns": {"b": {"data_type": "string"}, "a": {"data_type": "integer"}},
    }
    (found,) = made.declared({"model.mart": node})["nodes"].values()
    assert found["stats"] == {}
    assert [(c["index"], c["type"]) for c in found["columns"].values()] == [
        (1, "string"),
        (2, "integer"),
    ]


def test_a_page_of_dbts_without_a_place_for_the_manifest_is_not_published_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").write_text("another page")
    monkeypatch.setattr("dbt.task.docs.DOCS_INDEX_FILE_PATH", str(tmp_path / "index.html"))
    with pytest.raises(DbtCannotRun, match="no place for MANIFEST"):
        made.documentation(Settings(tmp_path))
