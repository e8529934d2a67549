"""Bad input: each kind is stopped or quarantined with its message, and the last release stays."""

from collections.abc import Callable
from pathlib import Path

import pyreadstat
import pytest

from dagster_project.release.reader import quality_records
from tests.pipeline.conftest import House

Spoil = Callable[[House], None]


def rewrite_2023(house: House, change: Callable[[dict[str, list[object]]], None]) -> None:
    """Change the columns of the 2023 SPSS file, with its labels kept."""
    frame, meta = pyreadstat.read_sav(house.survey_2023, user_missing=True)
    columns = {name: list(frame[name]) for name in frame.columns}
    change(columns)
    changed = frame.loc[:, [name for name in frame.columns if name in columns]].copy()
    for name in changed.columns:
        changed[name] = columns[name]
    labels = {k: v for k, v in meta.variable_value_labels.items() if k in columns}
    pyreadstat.write_sav(changed, house.survey_2023, variable_value_labels=labels)


def replace_in_lines(old: str, new: str, times: int) -> Callable[[list[str]], list[str]]:
    """Replace `old` by `new` in the first `times` lines that hold it."""

    def change(lines: list[str]) -> list[str]:
        left = times
        changed = []
        for line in lines:
            if left and old in line:
                line, left = line.replace(old, new, 1), left - 1
            changed.append(line)
        assert left == 0, f"only {times - left} lines hold {old}"
        return changed

    return change


def without_a_required_column(house: House) -> None:
    rewrite_2023(house, lambda columns: columns.pop("ENHET"))


def empty_file(house: House) -> None:
    house.survey_2017.write_bytes(b"")


def headings_only(house: House) -> None:
    house.edit_2017(lambda lines: lines[:1])


def cut_off_in_the_middle(house: House) -> None:
    content = house.survey_2017.read_bytes()
    house.survey_2017.write_bytes(content[: len(content) // 2 - 20])


def cut_off_spss(house: House) -> None:
    content = house.survey_2023.read_bytes()
    house.survey_2023.write_bytes(content[: len(content) // 2])


def wave_without_answers(house: House) -> None:
    def blank(columns: dict[str, list[object]]) -> None:
        for name in columns:
            if name.startswith("Q"):
                columns[name] = [None] * len(columns[name])

    rewrite_2023(house, blank)


def thirty_answers_changed(house: House) -> None:
    def change(columns: dict[str, list[object]]) -> None:
        positive = [i for i, answer in enumerate(columns["Q1_1"]) if answer in (4, 5)]
        for index in positive[:30]:
            columns["Q1_1"][index] = 2

    rewrite_2023(house, change)


def another_delimiter_than_claimed(house: House) -> None:
    house.edit_2017(lambda lines: [line.replace(",", ".").replace(";", ",") for line in lines])


def bytes_that_are_not_the_encoding_claimed(house: House) -> None:
    content = house.survey_2017.read_bytes()
    house.survey_2017.write_bytes(content[:-10] + b"\x81" + content[-10:])


def two_files_for_one_wave(house: House) -> None:
    copy = house.survey_2017.with_name("medarbeiderundersokelsen_2017_ny.csv")
    copy.write_bytes(house.survey_2017.read_bytes())


def too_many_codes_outside_the_scale(house: House) -> None:
    house.edit_2017(replace_in_lines("Svært positivt", "Helt topp", 300))


def unit_left_out_of_the_organisation(house: House) -> None:
    path = house.organisation / "organisasjon_2017.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for line in lines if not line.split(";")[2].startswith("Kontor Oslo")]
    assert len(kept) < len(lines)
    path.write_text("\r\n".join(kept) + "\r\n", encoding="utf-8-sig", newline="")


def file_that_nobody_reads(house: House) -> None:
    (house.settings.inbox / "survey" / "Kopi av undersøkelsen.csv").write_text("a;b\n1;2\n")


BEHIND_MARTS = {"protected_mart_goal_1", "protected_mart_scorecard"}
BEHIND_RAW = {"dbt_intermediate", "dbt_marts", "mart_goal_1", *BEHIND_MARTS}


@pytest.mark.parametrize(
    ("spoil", "gate", "said"),
    [
        (without_a_required_column, "raw_survey", ["2023.sav", "required column(s) ENHET"]),
        (empty_file, "raw_survey", ["2017.csv", "the file is empty"]),
        (headings_only, "raw_survey", ["2017.csv", "headings but no rows"]),
        (cut_off_in_the_middle, "raw_survey", ["2017.csv", "cut off"]),
        (cut_off_spss, "raw_survey", ["2023.sav", "cut off"]),
        (wave_without_answers, "raw_survey", ["answer", "share_filled"]),
        (thirty_answers_changed, "mart_reconciliation", ["published", "agrees"]),
        (another_delimiter_than_claimed, "raw_survey", ["2017.csv", "the file uses comma"]),
        (bytes_that_are_not_the_encoding_claimed, "raw_survey", ["2017.csv", "0x81", "cp1252"]),
        (two_files_for_one_wave, "raw_survey", ["2017.csv", "2017_ny.csv", "wave 2017"]),
        (too_many_codes_outside_the_scale, "raw_survey", ["share_blanked"]),
        (unit_left_out_of_the_organisation, "raw_survey", ["share_quarantined"]),
        (file_that_nobody_reads, "raw_survey", ["Kopi av undersøkelsen.csv", "no codebook"]),
    ],
)
def test_bad_input_is_stopped_by_name_and_the_last_release_stays(
    house: House, spoil: Spoil, gate: str, said: list[str]
) -> None:
    before = house.release()
    spoil(house)
    summary = house.run()
    assert summary.outcome == "held"
    (message,) = [message for message in summary.messages if message.startswith(f"{gate}: ")]
    for part in said:
        assert part in message
    assert house.release() == before
    gates = {gate["gate"] for gate in summary.gates}
    assert {"raw_survey", gate} <= gates
    assert not gates & (BEHIND_RAW if gate == "raw_survey" else BEHIND_MARTS)
    assert quality_records(house.settings.data).runs["outcome"].iloc[-1] == "held"


def test_a_domain_that_was_never_delivered_holds_nothing_else_back(house: House) -> None:
    before = house.release().release_id
    for path in [house.survey_2017, house.survey_2023]:
        path.unlink()
    summary = house.run()
    assert summary.outcome == "published", summary.messages
    assert {g["gate"]: g["status"] for g in summary.gates}["raw_survey"] == "not_delivered"
    assert summary.warnings == [
        f"survey: {path.name} stands in release {before} and is no longer in the inbox; figures "
        "are made without it"
        for path in [house.survey_2017, house.survey_2023]
    ]
    scorecard = house.release().table("mart_scorecard")
    assert set(scorecard["status"]) == {"no_evidence"}


def test_a_survey_can_be_read_before_the_organisation_is_delivered(house: House) -> None:
    for path in house.organisation.iterdir():
        path.unlink()
    house.survey_2023.unlink()
    summary = house.run()
    assert summary.outcome == "published", summary.messages
    assert set(house.release().table("mart_scorecard")["node_id"]) == {"NAV"}
    assert (
        "survey: medarbeiderundersokelsen_2017.csv: no organisation of 2017 is delivered: the "
        "column Enhet was not checked, figures are unweighted"
    ) in summary.warnings


def unreadable_codebook(seeds: Path) -> None:
    path = seeds / "codebooks" / "medarbeiderundersokelsen_2017.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("class: positive", "class: fine", 1))


def test_a_wrong_codebook_holds_the_survey_with_file_and_line(house: House, tmp_path: Path) -> None:
    import shutil
    from dataclasses import replace

    seeds = tmp_path / "seeds"
    shutil.copytree(house.settings.seeds, seeds)
    unreadable_codebook(seeds)
    summary = House(replace(house.settings, seeds=seeds)).run()
    assert summary.outcome == "held"
    assert any("medarbeiderundersokelsen_2017.yml, line " in m for m in summary.messages)
