"""Staging, intermediate and marts reach each other one way only, and each model says what it is.

Belongs here: what must hold of the manifest. Does not belong here: any figure.
"""

import copy
from collections.abc import Mapping
from typing import Any

import pytest

# What a layer may read: layers by folder, seeds, sources.
MAY_READ = {
    "staging": {"source", "seed"},
    "intermediate": {"staging", "intermediate", "seed"},
    "marts": {"intermediate", "seed", "dimension"},
}


def layer(node: Mapping[str, Any]) -> str:
    """The layer of a model, or what else it is; a mart that others may read is a dimension."""
    if node["resource_type"] != "model":
        return str(node["resource_type"])
    folder = str(node["fqn"][1])
    return "dimension" if folder == "marts" and node["name"].startswith("dim_") else folder


def wrong_edges(manifest: Mapping[str, Any]) -> list[str]:
    """Each place where a model reads what its layer may not, as `reader <- read`."""
    nodes = manifest["nodes"] | manifest["sources"]
    return [
        f"{model['name']} <- {nodes[read]['name']}"
        for model in nodes.values()
        if model["resource_type"] == "model"
        for read in model["depends_on"]["nodes"]
        if layer(nodes[read]) not in MAY_READ[str(model["fqn"][1])]
    ]


def faults_of_description(manifest: Mapping[str, Any]) -> list[str]:
    """Models and seeds that do not end by saying what one row is; marts without a contract, with
    columns that are not described, or silent about disclosure."""
    found = []
    for node in manifest["nodes"].values():
        if node["resource_type"] not in ("model", "seed"):
            continue
        sentences = node["description"].strip().rstrip(".").split(". ")
        if not sentences[-1].startswith("One row per "):
            found.append(f"{node['name']}: does not end by saying what one row is")
        if node["resource_type"] == "model" and node["fqn"][1] == "marts":
            found += faults_of_mart(node)
    return found


def faults_of_mart(node: Mapping[str, Any]) -> list[str]:
    columns = node["columns"].values()
    disclosure = node["config"]["meta"].get("disclosure")
    checks = {
        "has no enforced contract": node["config"]["contract"]["enforced"],
        "has columns without a description": all(column["description"] for column in columns),
        "does not say what disclosure control protects": disclosure is not None,
        "protects what it does not have": disclosure is None
        or set(disclosure["counts"] + disclosure["protects"]) <= set(node["columns"]),
        "counts respondents but has no status": not (disclosure and disclosure["counts"])
        or "status" in node["columns"],
    }
    return [f"{node['name']}: {fault}" for fault, holds in checks.items() if not holds]


@pytest.fixture
def changed(manifest):
    """A copy of the manifest, and its models by name."""
    whole = copy.deepcopy(manifest)
    return whole, {node["name"]: node for node in whole["nodes"].values()}


def test_the_layers_read_each_other_one_way_only(manifest):
    assert wrong_edges(manifest) == []


@pytest.mark.parametrize(
    ("reader", "read"),
    [
        ("mart_goal_1", "model.tillitsmonitor.stg_survey__responses"),
        ("mart_goal_1", "source.tillitsmonitor.raw.survey"),
        ("mart_goal_1", "model.tillitsmonitor.mart_scorecard"),
        ("int_survey__waves", "source.tillitsmonitor.raw.survey"),
        ("int_survey__waves", "model.tillitsmonitor.dim_node"),
        ("stg_survey__responses", "model.tillitsmonitor.int_survey__waves"),
        ("stg_survey__responses", "model.tillitsmonitor.stg_codebook__questions"),
    ],
)
def test_an_edge_that_goes_the_wrong_way_is_found(changed, reader, read):
    manifest, models = changed
    models[reader]["depends_on"]["nodes"].append(read)
    assert wrong_edges(manifest) == [f"{reader} <- {read.split('.')[-1]}"]


def test_every_model_says_what_one_row_is_and_every_mart_keeps_a_contract(manifest):
    assert faults_of_description(manifest) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda mart: mart.update(description="Figures."),
            "does not end by saying what one row is",
        ),
        (
            lambda mart: mart["config"]["contract"].update(enforced=False),
            "has no enforced contract",
        ),
        (
            lambda mart: mart["columns"]["value"].update(description=""),
            "has columns without a description",
        ),
        (
            lambda mart: mart["config"]["meta"].pop("disclosure"),
            "does not say what disclosure control protects",
        ),
        (
            lambda mart: mart["config"]["meta"]["disclosure"]["protects"].append("salary"),
            "protects what it does not have",
        ),
        (lambda mart: mart["columns"].pop("status"), "counts respondents but has no status"),
    ],
)
def test_a_mart_that_does_not_keep_its_word_is_found(changed, change, fault):
    manifest, models = changed
    change(models["mart_goal_1"])
    assert faults_of_description(manifest) == [f"mart_goal_1: {fault}"]


def test_only_marts_are_shown_and_each_mart_is_shown_somewhere(manifest):
    pages = manifest["exposures"].values()
    exposed = {node for page in pages for node in page["depends_on"]["nodes"]}
    marts = {
        node["unique_id"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["fqn"][1] == "marts"
    }
    assert exposed == marts


def test_a_data_test_that_only_warns_says_why_and_what_it_demands(manifest):
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    warnings = [test for test in tests if test["config"]["severity"].lower() != "error"]
    assert warnings
    for test in warnings:
        assert test["raw_code"].startswith("-- A warning: "), test["name"]
        assert set(test["config"]["meta"]) == {"nb", "en"}, test["name"]


def test_a_source_table_is_the_asset_that_ingest_makes(manifest):
    sources = manifest["sources"].values()
    keys = {s["name"]: s["config"]["meta"]["dagster"]["asset_key"] for s in sources}
    assert keys == {table: ["raw", table] for table in keys}
