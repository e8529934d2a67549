"""The faults that gates are there for, one by one, each on a good table with one thing changed."""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from dagster_project.gates.suites import GateResult
from tests.gates.good_tables import make_good
from tests.gates.suite_runs import expectations_of, gate_of_some, is_plain_not_null

Connection = duckdb.DuckDBPyConnection


def after(con: Connection, suite: str, *changes: str) -> GateResult:
    """What the gate says of its good table after `changes`, but for what must not be null."""
    make_good(con, suite)
    for change in changes:
        con.execute(change)
    some = [e for e in expectations_of(suite) if not is_plain_not_null(e)]
    with TemporaryDirectory() as folder:
        return gate_of_some(con, suite, some, Path(folder))


def only_fault(result: GateResult) -> str:
    """The one thing that is wrong, without the name of the suite."""
    broken = [check for check in result.checks if check.status != "passed"]
    assert len(broken) == 1, result.message
    return result.message.removeprefix(f"{result.gate}: ")


# --- files -----------------------------------------------------------------------------------


def test_a_file_that_was_refused_fails_and_is_told_once(con: Connection) -> None:
    result = after(
        con,
        "raw_input_file",
        "update looked_at set fault = 'the file is empty', rows_in = 0, rows_kept = 0 "
        "where table_name = 'survey'",
    )

    assert only_fault(result).startswith("no file was refused (column fault), 2 row(s) break it")


def test_a_row_that_is_neither_kept_nor_in_quarantine_fails(con: Connection) -> None:
    result = after(con, "raw_input_file", "update looked_at set rows_unaccounted = 1")

    assert only_fault(result).startswith("rows in equal rows kept plus rows quarantined")


def test_one_survey_row_in_a_hundred_may_be_in_quarantine_and_no_more(con: Connection) -> None:
    quarantine = "update looked_at set share_quarantined = {} where table_name = 'survey'"

    assert after(con, "raw_input_file", quarantine.format(0.01)).status == "passed"
    result = after(con, "raw_input_file", quarantine.format(0.011))
    assert only_fault(result).startswith("at most 1% of the rows are quarantined")


def test_no_row_of_the_organisation_may_be_in_quarantine(con: Connection) -> None:
    result = after(
        con,
        "raw_input_file",
        "update looked_at set share_quarantined = 0.001 where table_name = 'organisation'",
    )

    assert only_fault(result).startswith("no row of the organisation or of what was published")


def test_one_respondent_fewer_than_published_in_2023_fails(con: Connection) -> None:
    result = after(
        con, "raw_input_file", "update looked_at set rows_kept = 3659 where rows_kept = 3660"
    )

    assert only_fault(result).startswith("the 2023 wave has 3,660 respondents")


def test_a_wave_other_than_2023_has_at_least_a_hundred_respondents(con: Connection) -> None:
    result = after(
        con,
        "raw_input_file",
        "update looked_at set rows_in = 99, rows_kept = 99 where source_file like '%2025%'",
    )

    assert only_fault(result).startswith("a wave has at least 100 respondents")


# --- columns of a file -----------------------------------------------------------------------


def test_a_question_that_nobody_answered_fails(con: Connection) -> None:
    result = after(
        con,
        "raw_column_profile",
        "update looked_at set share_filled = 0 where column_name = 'q_time'",
    )

    assert result.status == "failed"
    assert "no column that must be filled is all empty (column share_filled)" in result.message
    assert "at least half of those asked have answered (column share_filled)" in result.message


def test_a_question_that_fewer_than_half_of_those_asked_answered_fails(con: Connection) -> None:
    result = after(
        con,
        "raw_column_profile",
        "update looked_at set share_filled = 0.49 where column_name = 'q_time'",
    )

    assert only_fault(result).startswith("at least half of those asked have answered")


def test_an_answer_in_fifty_may_be_blanked_and_no_more(con: Connection) -> None:
    blanked = "update looked_at set share_blanked = {} where column_name = 'q_time'"

    assert after(con, "raw_column_profile", blanked.format(0.02)).status == "passed"
    result = after(con, "raw_column_profile", blanked.format(0.021))
    assert only_fault(result).startswith("at most 2% of the answers are blanked")


def test_a_column_that_may_be_empty_may_be_all_empty(con: Connection) -> None:
    empty = "update looked_at set share_filled = 0 where column_name = 'aliases'"

    assert after(con, "raw_column_profile", empty).status == "passed"


# --- raw tables ------------------------------------------------------------------------------


def test_a_respondent_who_stands_twice_in_a_wave_fails(con: Connection) -> None:
    result = after(con, "raw_survey", "insert into looked_at from looked_at limit 1")

    assert only_fault(result).startswith(
        "a respondent stands only once in a wave (column wave, respondent_id), some row(s) break it"
    )


def test_the_same_respondent_may_stand_in_two_waves(con: Connection) -> None:
    again = "insert into looked_at select * replace ('2025' as wave) from looked_at"

    assert after(con, "raw_survey", again).status == "passed"


def test_an_organisation_with_two_roots_in_a_period_fails(con: Connection) -> None:
    result = after(
        con,
        "raw_organisation",
        "update looked_at set level = 'nav', parent_unit_code = null "
        "where unit_code = 'ATL' and period = 2025",
    )

    assert only_fault(result).startswith("a period has only one root (column period)")


def test_a_unit_above_itself_fails(con: Connection) -> None:
    result = after(
        con,
        "raw_organisation",
        "update looked_at set parent_unit_code = unit_code where unit_code = '0101'",
    )

    assert only_fault(result).startswith("no unit is above itself")


def test_a_published_figure_that_is_lost_fails(con: Connection) -> None:
    result = after(con, "raw_published_figure", "delete from looked_at where figure_id = 'DR1-50'")

    assert only_fault(result) == "none of the 51 known figures is lacking; found 50"


def test_a_published_figure_with_a_decimal_comma_fails(con: Connection) -> None:
    result = after(
        con,
        "raw_published_figure",
        "update looked_at set value = '75,93' where figure_id = 'DR1-7'",
    )

    assert only_fault(result).startswith("the value is a number with a point as decimal mark")


def test_published_figures_that_are_marked_as_demonstration_fail(con: Connection) -> None:
    result = after(con, "raw_published_figure", "update looked_at set is_demonstration = true")

    assert only_fault(result).startswith("what was published is real")


# --- marts -----------------------------------------------------------------------------------


def test_a_published_figure_that_the_data_contradict_fails(con: Connection) -> None:
    result = after(
        con, "mart_reconciliation", "update looked_at set agrees = false where figure_id = 'DR1-7'"
    )

    assert only_fault(result).startswith(
        "our figure agrees with the published one (column agrees), 1 row(s) break it"
    )


def test_a_figure_of_a_delivered_wave_that_was_not_compared_fails(con: Connection) -> None:
    result = after(
        con, "mart_reconciliation", "update looked_at set agrees = null where figure_id = 'DR1-7'"
    )

    assert only_fault(result).startswith("every figure of a delivered wave is compared")


def test_a_wave_that_was_not_delivered_holds_no_figure_back(con: Connection) -> None:
    result = after(
        con,
        "mart_reconciliation",
        "update looked_at set status = 'no_evidence', our_value = null, our_value_high = null, "
        "n = null, agrees = null, source_file = null, source_sha256 = null",
    )

    assert result.status == "passed"


def test_a_scorecard_without_any_evidence_passes(con: Connection) -> None:
    result = after(
        con,
        "mart_scorecard",
        "update looked_at set status = 'no_evidence', value = null, lower = null, upper = null, "
        "n = null, n_compared = null",
    )

    assert result.status == "passed"


def test_a_scorecard_that_has_lost_an_indicator_fails(con: Connection) -> None:
    result = after(
        con, "mart_scorecard", "delete from looked_at where indicator_id = 'indicator_32'"
    )

    assert only_fault(result).endswith("found 34")


def test_a_share_above_one_fails_and_a_rank_above_one_does_not(con: Connection) -> None:
    higher = "update looked_at set value = 1.1, upper = 1.2, lower = 1 where measure = '{}'"

    assert after(con, "mart_goal_1", higher.format("rank_strength")).status == "passed"
    result = after(con, "mart_goal_1", higher.format("share"))
    assert only_fault(result).startswith("a share or strength is from 0 to 1")


def test_a_figure_outside_its_own_interval_fails(con: Connection) -> None:
    result = after(con, "mart_goal_1", "update looked_at set upper = value - 0.01")

    assert only_fault(result).startswith(
        "the value is not above its upper bound (column upper, value)"
    )


# --- protected marts -------------------------------------------------------------------------


def test_a_figure_on_nine_respondents_does_not_come_out_and_one_on_ten_does(
    con: Connection,
) -> None:
    behind = "update looked_at set n = {} where status = 'shown'"

    assert after(con, "protected_mart_goal_1", behind.format(10)).status == "passed"
    result = after(con, "protected_mart_goal_1", behind.format(9))
    assert only_fault(result).startswith("behind each figure that is shown stand at least as many")


def test_a_gap_with_nine_in_the_role_compared_with_does_not_come_out(con: Connection) -> None:
    result = after(
        con, "protected_mart_scorecard", "update looked_at set n_compared = 9 where n > 0"
    )

    assert only_fault(result).startswith("in the role compared with, too, there are at least")


def test_a_withheld_figure_that_still_holds_its_value_does_not_come_out(con: Connection) -> None:
    result = after(
        con, "protected_mart_goal_1", "update looked_at set value = 0.5 where status = 'withheld'"
    )

    assert only_fault(result).startswith(
        "the value is taken away where the figure is withheld (column value), some row(s) break it"
    )


def test_a_small_n_that_is_only_marked_as_withheld_does_not_come_out(con: Connection) -> None:
    result = after(
        con, "protected_mart_goal_1", "update looked_at set n = 3 where status = 'withheld'"
    )

    assert result.status == "failed"
    assert "the number of respondents is taken away where the figure is withheld" in result.message


# --- user survey and activities --------------------------------------------------------------


def test_a_published_share_of_130_per_cent_fails(con: Connection) -> None:
    result = after(con, "raw_user_share", "update looked_at set share_percent = 130")

    assert only_fault(result).startswith("the share is from 0 to 100 per cent")


def test_a_published_share_may_lack_n(con: Connection) -> None:
    assert (
        after(con, "raw_user_share", "update looked_at set respondents = null").status == "passed"
    )


def test_a_new_scale_that_is_not_explained_fails(con: Connection) -> None:
    result = after(con, "dim_user_measurement", "update looked_at set break_note_nb = null")

    assert only_fault(result).startswith("a break is explained (bokmål)")


def test_a_matter_that_stands_twice_fails(con: Connection) -> None:
    result = after(con, "raw_council_involvement", "insert into looked_at from looked_at limit 1")

    assert only_fault(result).startswith("a matter stands only once")


def test_a_goal_without_figures_for_all_of_nav_fails(con: Connection) -> None:
    result = after(con, "mart_goal_1", "update looked_at set node_id = '0101'")

    assert "there are figures for all of NAV" in result.message


def test_a_unit_that_is_counted_in_no_way_fails(con: Connection) -> None:
    result = after(con, "raw_organisation", "update looked_at set headcount_total = null")
    assert result.status == "failed"


def test_a_share_of_a_wave_over_a_hundred_fails_and_one_without_n_does_not(
    con: Connection,
) -> None:
    result = after(con, "raw_survey_share", "update looked_at set share_percent = 130")
    assert result.status == "failed"
    without_n = "update looked_at set respondents = null"
    assert after(con, "raw_survey_share", without_n).status == "passed"
