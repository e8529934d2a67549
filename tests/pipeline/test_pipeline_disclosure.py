"""Nobody can be found in a release, and one in which somebody can is not published."""

from pathlib import Path

import duckdb
import pytest

from dagster_project.attack.assets import attacked
from dagster_project.attack.bounds import Demands
from dagster_project.disclosure import assets
from dagster_project.disclosure.pattern import find_pattern
from dagster_project.disclosure.rules import Rules, read_rules
from dagster_project.settings import PROJECT
from tests.pipeline.conftest import House

RULES = read_rules(PROJECT / "seeds")
DEMANDS = Demands(10, 10, 2, 20)


def forget(house: House, mart: str) -> None:
    """Have the marts protected again."""
    with duckdb.connect(str(house.settings.warehouse)) as con:
        con.execute(f"drop table protected.{mart}")


def test_without_secondary_suppression_the_attack_holds_the_release(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house.release()
    forget(house, "mart_response")

    def primary_alone(con: duckdb.DuckDBPyConnection, rules: Rules, _: Path | None) -> None:
        find_pattern(con, rules, is_secondary=False)

    monkeypatch.setattr(assets, "find_pattern", primary_alone)
    held = house.run()
    assert held.outcome == "held"
    assert "no hidden group can be computed from what is shown" in held.messages[0]
    assert house.release() == before
    later = house.run("release")
    assert later.outcome == "held"
    assert "the gate attack failed" in later.messages[0]


def test_what_an_earlier_release_shows_of_the_same_data_is_held_against_a_later_one(
    house: House,
) -> None:
    """The earlier one was cut otherwise: it shows what protects others here, and no total."""
    earlier = house.settings.data / "earlier.duckdb"
    with duckdb.connect(str(house.settings.warehouse)) as con:
        assert attacked(con, DEMANDS, None).status == "passed"
        con.execute(f"attach '{earlier}' as earlier")
        tables = [
            t
            for (t,) in con.execute(
                "select table_name from duckdb_tables() where schema_name = 'protected'"
            ).fetchall()
        ]
        for table in tables:
            con.execute(f"create table earlier.{table} as from protected.{table}")
        con.execute("""
            update earlier.mart_response as seen set n_respondents =
                case when seen.n_respondents is null then mart.n_respondents end
            from marts.mart_response as mart
            where seen.period = mart.period and seen.node_id = mart.node_id
                and seen.role_id = mart.role_id
                and (mart.n_respondents >= 10 or seen.n_respondents is not null)
        """)
        con.execute("detach earlier")
        found = attacked(con, DEMANDS, earlier)
    assert found.status == "failed"
    assert found.checks[0].rows > 0


def test_the_rules_stand_in_the_release_with_their_reasons(house: House) -> None:
    stated = house.release().manifest["settings"]
    assert stated["minimum_respondents"] == RULES.minimum_respondents
    assert stated["reasons"].keys() == stated.keys() - {"reasons"}


def test_figures_of_the_survey_are_published_with_the_decimals_that_the_rules_say(
    house: House,
) -> None:
    figures = house.release().table("mart_goal_1")
    shares = figures[figures["measure"] == "share"]
    of_survey = shares[shares["role_id"].notna()]
    columns = ["value", "value_unweighted", "standard_error", "lower", "upper"]
    assert len(of_survey) > 0
    assert (
        (of_survey[columns] == of_survey[columns].round(3))
        .where(of_survey[columns].notna(), True)
        .all()
        .all()
    )


def test_a_rank_is_hidden_with_any_of_the_items_that_it_is_among(house: House) -> None:
    with duckdb.connect(str(house.settings.warehouse)) as con:
        told = con.execute("""
            select count(*) from protected.mart_goal_1 as rank
            join protected.mart_goal_1 as item
                using (indicator_id, period, node_id, role_id)
            where rank.measure like 'rank_%' and rank.status = 'shown'
                and item.measure = 'strength' and item.status = 'withheld'
        """).fetchall()
        ranks = con.execute(
            "select count(*) from protected.mart_goal_1 "
            "where measure like 'rank_%' and status = 'shown'"
        ).fetchall()
    assert told == [(0,)]
    assert ranks[0][0] > 0


def test_how_strata_were_mended_is_told_of_nav_as_a_whole_alone(house: House) -> None:
    response = house.release().table("mart_response")
    mended = response[response["n_collapsed_strata"].notna()]
    assert set(zip(mended["node_id"], mended["role_id"], strict=True)) == {("NAV", "all")}


def test_the_tables_of_a_release_lie_in_a_file_that_holds_nothing_else(house: House) -> None:
    with duckdb.connect(str(house.release().path / "marts.duckdb"), read_only=True) as con:
        assert con.execute("select free_blocks from pragma_database_size()").fetchall() == [(0,)]
        schemas = con.execute("select distinct schema_name from duckdb_tables()").fetchall()
        views = con.execute("select count(*) from duckdb_views() where not internal").fetchall()
    assert schemas == [("main",)]
    assert views == [(0,)]
