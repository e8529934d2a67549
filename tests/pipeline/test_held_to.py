"""Which release a new one is held to, and that this is part of what the new one is made of."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dagster_project.held_to import HeldTo, held_to, is_noted, made_of, note

ANSWERS, LETTERS = "a" * 64, "b" * 64
MADE = made_of([{"domain": "survey", "file": "2023.csv", "sha256": ANSWERS}], "code", {"rule": 10})
GATES = [{"gate": "attack", "status": "passed"}]


def publish(releases: Path, name: str, **changes: Any) -> Path:
    """A release of two cells of the wave 2023, one of them hidden, and make it current."""
    folder = releases / name
    folder.mkdir(parents=True)
    manifest = {
        "release_id": name,
        "inputs": [{"domain": "survey", "file": "2023.csv", "sha256": ANSWERS}],
        "gates": GATES,
        "settings": {"rule": 10},
        "code": {"hash": "earlier code"},
        "held_to": None,
        **changes,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with duckdb.connect(str(folder / "marts.duckdb")) as con:
        con.execute(f"""
            create table mart_response as
            select '2023' as period, '{ANSWERS}' as source_sha256, node_id, 'all' as role_id, status
            from (values ('NAV', 'shown'), ('0301', 'withheld')) as nodes (node_id, status)
        """)
        for goal in range(1, 6):
            con.execute(
                f"create table mart_goal_{goal} as select *, 'time' as item_id, 'share' as measure "
                "from mart_response"
            )
    show(releases, name)
    return folder


def show(releases: Path, name: str) -> None:
    (releases / "current").unlink(missing_ok=True)
    (releases / "current").symlink_to(name)


def test_nothing_is_shown_so_it_is_held_to_nothing(tmp_path: Path) -> None:
    assert held_to(tmp_path, MADE) is None


def test_it_is_held_to_the_release_that_is_shown(tmp_path: Path) -> None:
    folder = publish(tmp_path, "first")
    found = held_to(tmp_path, MADE)
    assert found is not None
    assert (found.release_id, found.marts) == ("first", folder / "marts.duckdb")


def test_the_pattern_alone_decides_the_hash(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    first = held_to(tmp_path, MADE)
    folder = publish(tmp_path, "second")
    second = held_to(tmp_path, MADE)
    with duckdb.connect(str(folder / "marts.duckdb")) as con:
        con.execute("update mart_response set status = 'shown'")
    other = held_to(tmp_path, MADE)
    assert first
    assert second
    assert other
    assert first.pattern_sha256 == second.pattern_sha256 != other.pattern_sha256


def test_a_release_of_other_answers_has_no_say(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    other = made_of([{"domain": "survey", "file": "2023.csv", "sha256": LETTERS}], "code", {})
    assert held_to(tmp_path, other) is None


def test_a_release_that_was_not_attacked_has_no_say(tmp_path: Path) -> None:
    publish(tmp_path, "first", gates=[])
    assert held_to(tmp_path, MADE) is None


def test_made_again_of_the_same_it_is_held_to_what_it_was_held_to(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    before = held_to(tmp_path, MADE)
    assert before is not None
    publish(tmp_path, "second", code={"hash": "code"}, held_to=before.stated)
    assert held_to(tmp_path, MADE) == before
    publish(tmp_path, "third", code={"hash": "code"}, held_to=None)
    assert held_to(tmp_path, MADE) is None


def test_where_that_one_is_gone_it_is_held_to_the_one_that_is_shown(tmp_path: Path) -> None:
    gone = {"release_id": "first", "pattern_sha256": "0"}
    publish(tmp_path, "second", code={"hash": "code"}, held_to=gone)
    found = held_to(tmp_path, MADE)
    assert found is not None
    assert found.release_id == "second"


@pytest.mark.parametrize("held", [None, HeldTo("first", "0", Path("first/marts.duckdb"))])
def test_what_the_tables_are_held_to_is_kept_beside_them(held: HeldTo | None) -> None:
    other = HeldTo("second", "1", Path("second/marts.duckdb"))
    with duckdb.connect() as con:
        assert not is_noted(con, held)
        note(con, held)
        assert is_noted(con, held)
        assert not is_noted(con, other)
