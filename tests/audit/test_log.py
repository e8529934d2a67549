"""The log: each way of tampering with it is found and named; a crash and a crowd leave it whole."""

import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from dagster_project import audit_log
from dagster_project.audit_log import HEAD, LOG, Head

Lines = list[str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder whose log has five entries."""
    for number in range(1, 6):
        audit_log.append(tmp_path, "run", run_id=f"run {number}")
    return tmp_path


def change(data: Path, tamper: Callable[[Lines], Lines]) -> list[str]:
    """What is found when the log's lines have been tampered with."""
    lines = (data / LOG).read_text(encoding="utf-8").splitlines()
    (data / LOG).write_text("".join(f"{line}\n" for line in tamper(lines)), encoding="utf-8")
    return audit_log.faults(data, {})


def made_anew(lines: Lines) -> Lines:
    """The log with another first run, every hash worked out again."""
    written, before = [], audit_log.BEGINNING
    for line in lines:
        entry = json.loads(line) | {"before": before, "run_id": "another"}
        before = audit_log.hash_of(entry)
        written.append(json.dumps(entry | {"hash": before}))
    return written


def test_an_entry_says_what_was_done_by_whom_and_when(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLIT_BY", "Kari")
    audit_log.append(tmp_path, "exported", release_id="abc")
    audit_log.append(tmp_path, "exported", by="Ola", release_id="abc")
    first, second = audit_log.entries(tmp_path)
    assert (first["what"], first["by"], first["release_id"]) == ("exported", "Kari", "abc")
    assert second["by"] == "Ola"
    assert first["at"] < second["at"]
    assert second["before"] == first["hash"]


def test_a_log_as_it_was_written_has_no_faults(data: Path) -> None:
    assert audit_log.faults(data, {"release abc": audit_log.head(data)}) == []


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda e: [*e[:1], e[1].replace("run 2", "run 9"), *e[2:]], "entry 2 has been changed"),
        (lambda e: [*e[:4], e[4].replace("run 5", "run 9")], "entry 5 has been changed"),
        (lambda e: [*e[:2], "{", *e[3:]], "line 3 of log.jsonl is no entry"),
        (lambda e: [e[0], *e[2:]], "entry 2 is missing"),
        (lambda e: [e[0], e[3], e[4]], "entries 2 to 3 are missing"),
        (lambda e: e[1:], "entry 1 is missing"),
        (lambda e: [e[0], e[2], e[1], *e[3:]], "entry 2 stands after entry 3"),
        (lambda e: [*e, e[2]], "entry 3 stands twice"),
        (lambda e: e[:3], "the tail is cut off: entries 4 to 5 are missing"),
        (lambda _: [], "the tail is cut off: entries 1 to 5 are missing"),
        (made_anew, "entry 5 is not the one that log.head knows: the log was written anew"),
    ],
)
def test_what_was_done_to_the_log_is_found_and_named(
    data: Path, tamper: Callable[[Lines], Lines], found: str
) -> None:
    assert any(fault.startswith(found) for fault in change(data, tamper))


def test_a_changed_entry_with_a_hash_to_match_does_not_fit_the_next_one(data: Path) -> None:
    def tamper(lines: Lines) -> Lines:
        entry = json.loads(lines[1]) | {"by": "nobody"}
        return [lines[0], json.dumps(entry | {"hash": audit_log.hash_of(entry)}), *lines[2:]]

    assert change(data, tamper) == ["entry 2 is not the one that entry 3 was added to"]


def test_a_tail_cut_off_together_with_its_head_is_known_to_a_release(data: Path) -> None:
    known = {"release abc": audit_log.head(data)}
    (data / HEAD).write_text(json.dumps({"entry": 3, "hash": audit_log.entries(data)[2]["hash"]}))
    lines = (data / LOG).read_text().splitlines(keepends=True)
    (data / LOG).write_text("".join(lines[:3]))
    assert audit_log.faults(data, {}) == []
    assert audit_log.faults(data, known) == [
        "the tail is cut off: entries 4 to 5 are missing, which release abc knows of"
    ]


def test_a_head_that_is_gone_is_said(data: Path) -> None:
    (data / HEAD).unlink()
    assert audit_log.faults(data, {}) == ["log.head is missing or cannot be read"]


def test_a_line_that_a_crash_left_unfinished_was_never_an_entry(data: Path) -> None:
    with (data / LOG).open("a") as file:
        file.write('{"entry": 6, "at"')
    assert audit_log.faults(data, {}) == []
    assert audit_log.append(data, "run") == Head(6, audit_log.entries(data)[5]["hash"])
    assert audit_log.faults(data, {}) == []


def test_a_spoilt_last_line_stops_no_work_and_is_still_found(data: Path) -> None:
    change(data, lambda lines: [*lines[:4], "spoilt"])
    audit_log.append(data, "run")
    assert "line 5 of log.jsonl is no entry: it has been changed" in audit_log.faults(data, {})


def test_processes_that_write_at_once_write_one_after_the_other(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        list(pool.map(partial(audit_log.append, tmp_path), ["run", "exported"] * 20))
    assert len(audit_log.entries(tmp_path)) == 40
    assert audit_log.faults(tmp_path, {}) == []
