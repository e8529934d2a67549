"""A survey unlike NAV's own, by the codebook that docs/codebooks.md shows: two waves in one file,
scales of 7, 11 and 4 steps, words in some cells, and no unit, role or number of the respondent; and
of a wave before them published shares alone."""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace

import duckdb
import pytest

from dagster_project.release.reader import Release, current_release
from dagster_project.run import Summary, run_pipeline
from dagster_project.settings import PROJECT, Settings
from tests.pipeline.leaks import files_with

ROUNDED = 0.0005  # shares are released with three decimals
SHOWN = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
HEADINGS = "Runde,Handlingsrom,Læring,Tidspress,Kommentar"


def column(*answers: tuple[int, str]) -> list[str]:
    """The cells of one column, each answer as often as it says."""
    return [answer for times, answer in answers for _ in range(times)]


def wave(name: str, *columns: Sequence[str]) -> Iterator[str]:
    for cells in zip(*columns, strict=True):
        yield ",".join([name, *cells, "Ring meg"])


# 60 respondents in each wave. Of the 7 steps, 5 to 7 are positive; 8 and 9 are no answer.
ANSWERS = [
    *wave(
        "Høst 2024",
        column((12, "2"), (6, "4"), (30, "6"), (6, "8"), (6, "9")),  # 30 of 48 positive
        column((20, "0"), (20, "5"), (20, "10")),  # 20 of 60 positive
        column((15, "Aldri"), (45, "Ofte")),  # 45 of 60 negative
    ),
    *wave(
        "Høst 2026",
        column((15, "1"), (45, "7")),  # 45 of 60 positive
        column((60, "6")),  # all positive
        column((30, "Sjelden"), (30, "Alltid")),  # 30 of 60 negative
    ),
    "Vår 2025,6,10,Aldri,Ring meg",
]
PUBLISHED = [
    "Runde;Spørsmål;Rolle;Svar;Andel;N;Kilde;Seksjon",
    "2022;room_to_use_competence;all;Positivt;40;500;delrapport1;4.2",
    "2022;learns_from_results;all;Positivt;20;;delrapport1;4.2",
]
SHARES = {
    ("2024", "discretion_experience"): (30 / 48, 48),
    ("2024", "results_for_learning"): (20 / 60, 60),
    ("2024", "discretion_time"): (45 / 60, 60),
    ("2026", "discretion_experience"): (45 / 60, 60),
    ("2026", "results_for_learning"): (1.0, 60),
    ("2026", "discretion_time"): (30 / 60, 60),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Seeds with the shown codebook alone, and an inbox with the survey alone."""
    home = tmp_path_factory.mktemp("another")
    shutil.copytree(PROJECT / "seeds", home / "seeds", ignore=shutil.ignore_patterns("codebooks"))
    (shown,) = SHOWN.findall((PROJECT / "docs" / "codebooks.md").read_text(encoding="utf-8"))
    (home / "seeds" / "codebooks").mkdir()
    (home / "seeds" / "codebooks" / "trivsel.yml").write_text(shown, encoding="utf-8")
    (home / "data" / "inbox" / "survey").mkdir(parents=True)
    file = home / "data" / "inbox" / "survey" / "trivsel.csv"
    file.write_text("\n".join([HEADINGS, *ANSWERS, ""]), encoding="utf-8")
    file.with_name("publiserte_andeler.csv").write_text("\n".join([*PUBLISHED, ""]), "utf-8")
    return replace(Settings(home / "data"), seeds=home / "seeds")


@pytest.fixture(scope="module")
def summary(settings: Settings) -> Summary:
    summary = run_pipeline(settings)
    assert summary.outcome == "published", summary.messages
    return summary


@pytest.fixture(scope="module")
def release(settings: Settings, summary: Summary) -> Release:
    assert summary.release_id
    return current_release(settings.data)


def test_its_figures_are_those_of_its_answers(release: Release) -> None:
    found = release.table("mart_scorecard")
    found = found[found["value"].notna() & found["period"].isin(["2024", "2026"])]
    shares = {
        (row["period"], row["indicator_id"]): (row["value"], row["n"])
        for row in found.to_dict("records")
    }
    assert shares == {
        place: (pytest.approx(share, abs=ROUNDED), n) for place, (share, n) in SHARES.items()
    }


def test_they_are_for_nav_as_a_whole_and_say_that_they_are_not_weighted(release: Release) -> None:
    for mart in ("mart_goal_1", "mart_goal_4"):
        found = release.table(mart).dropna(subset=["role_id"])
        found = found[found["status"].eq("shown")]
        assert set(found["node_id"]) == {"NAV"}
        assert set(found["role_id"]) == {"all"}
        assert set(found["is_weighted"]) == {False}


def test_all_eleven_answers_of_a_scale_are_there_in_its_order(release: Release) -> None:
    found = release.table("mart_goal_4")
    of_2024 = found[found["period"].eq("2024") & found["category_kind"].eq("answer")]
    answers = of_2024.sort_values("category_order")
    assert list(answers["category_id"]) == [str(code) for code in range(11)]
    shares = dict(zip(answers["category_id"], answers["value"], strict=True))
    assert {code for code, share in shares.items() if share > 0} == {"0", "5", "10"}
    assert shares["10"] == pytest.approx(1 / 3, abs=ROUNDED)


def test_each_wave_has_its_questions_compared_with_the_wave_before(release: Release) -> None:
    questions = release.table("dim_question")
    compared = questions.fillna("").groupby("period")["comparable_wave"].agg(list)
    assert dict(compared) == {"2022": [""] * 3, "2024": ["2022"] * 3, "2026": ["2024"] * 3}
    assert set(questions["asked_of"]) == {"all"}


def test_the_change_from_wave_to_wave_is_that_of_nav_as_a_whole(release: Release) -> None:
    found = release.table("mart_comparison")
    found = found[found["period"].eq("2026")].set_index("indicator_id")
    assert dict(found["difference"]) == {
        "discretion_experience": pytest.approx(45 / 60 - 30 / 48, abs=ROUNDED),
        "results_for_learning": pytest.approx(1 - 20 / 60, abs=ROUNDED),
        "discretion_time": pytest.approx(30 / 60 - 45 / 60, abs=ROUNDED),
    }
    assert dict(found["outcome"]) == {
        "discretion_experience": "no_sure_change",
        "results_for_learning": "increased",
        "discretion_time": "decreased",
    }


def test_a_published_share_stands_in_the_same_line_with_n_and_test_where_they_are_known(
    release: Release,
) -> None:
    found = release.table("mart_scorecard")
    found = found[found["status"].eq("published")].set_index("indicator_id")
    assert dict(found["value"]) == {"discretion_experience": 0.4, "results_for_learning": 0.2}
    assert found.loc["discretion_experience", ["n", "source_ref", "source_file"]].to_list() == [
        *(500, "Tillitsreformen: Delrapport 1 4.2", "publiserte_andeler.csv")
    ]
    assert found.loc["discretion_experience", ["lower", "upper"]].notna().all()
    assert found.loc["results_for_learning", ["lower", "upper", "n"]].isna().all()

    changes = release.table("mart_comparison")
    changes = changes[changes["period"].eq("2024")].set_index("indicator_id")
    assert changes["outcome"].to_dict() == {
        "discretion_experience": "increased",  # 30 of 48 after 40 % of 500
        "results_for_learning": "not_tested",
        "discretion_time": "not_tested",
    }
    assert changes["why_not_tested"].dropna().to_dict() == {
        "results_for_learning": "n_not_known",
        "discretion_time": "nobody_answered",
    }


def test_a_row_of_a_wave_that_the_codebook_does_not_know_is_set_aside(summary: Summary) -> None:
    (file,) = [f for f in summary.files if f["file"] == "trivsel.csv"]
    assert (file["rows_in"], file["rows_kept"], file["rows_quarantined"]) == (121, 120, 1)
    assert [(q["level"], q["reason"], q["column"]) for q in summary.quarantine] == [
        ("row", "unknown_code", "Runde")
    ]


def test_what_was_written_in_free_text_is_in_no_table_and_no_record(
    settings: Settings, summary: Summary
) -> None:
    assert summary.quarantine
    databases = [settings.warehouse, current_release(settings.data).path / "marts.duckdb"]
    for database in databases:
        con = duckdb.connect(str(database), read_only=True)
        places = con.execute(
            "select format('{}.{}', schema_name, table_name), column_name from duckdb_columns() "
            "where not internal and data_type like 'VARCHAR%'"
        ).fetchall()
        assert places
        found = [
            (table, column)
            for table, column in places
            if con.execute(
                f"""select count(*) from {table} where "{column}" like '%Ring meg%'"""
            ).fetchone()
            != (0,)
        ]
        con.close()
        assert found == []
    texts = [
        p for p in settings.data.rglob("*") if p.suffix in {".jsonl", ".json", ".csv", ".html"}
    ]
    read = [p for p in texts if settings.inbox not in p.parents]
    assert len(read) > 3
    assert not any("Ring meg" in path.read_text(encoding="utf-8") for path in read)
    assert files_with(current_release(settings.data).path, ["Ring meg"]) == set()


def test_a_second_run_reads_nothing_and_changes_nothing(
    settings: Settings, summary: Summary
) -> None:
    again = run_pipeline(settings)
    assert (again.outcome, again.release_id) == ("published", summary.release_id)
    assert all(file["is_unchanged"] for file in again.files)


def test_the_dictionary_has_each_wave_with_what_its_cells_say(release: Release) -> None:
    rows = release.dictionary()
    for wave_name in ("2024", "2026"):
        of_wave = rows[rows["table"].eq(f"trivsel_{wave_name}")].set_index("column")
        assert of_wave.loc["wave", "headings"] == "Runde"
        assert of_wave.loc["q_time_pressure", "valid_values_nb"].startswith("Aldri = Aldri | ")
        assert of_wave.loc["q_room_to_use_competence", "asked_nb"] == "Alle ansatte"
