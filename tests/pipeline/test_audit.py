"""A release made again from its kept inputs, after the inbox has changed, is the same."""

import os

from dagster_project import audit_log
from dagster_project.audit.again import audit_release
from tests.pipeline.conftest import House


def test_a_release_is_reproduced_from_its_kept_inputs_alone(house: House) -> None:
    path, environment = house.release().path, dict(os.environ)
    for file in (house.survey_2017, house.survey_2023, house.settings.warehouse):
        file.unlink()
    found = audit_release(house.settings, path)
    assert (found.faults, found.differences, found.remarks) == ([], [], [])
    assert found.is_reproduced
    entry = audit_log.entries(house.settings.data)[-1]
    assert (entry["what"], entry["release_id"], entry["is_reproduced"]) == (
        "audited",
        path.name,
        True,
    )
    assert dict(os.environ) == environment
