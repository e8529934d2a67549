"""The faults in coded letters that gates are for, each on a good table with one thing wrong."""

import duckdb

from tests.gates.test_named_faults import after, only_fault

Connection = duckdb.DuckDBPyConnection


def test_a_letter_whose_designated_coder_coded_only_part_of_it_fails_by_its_name(
    con: Connection,
) -> None:
    result = after(
        con,
        "mart_letter",
        "update looked_at set coding_status = 'mismatched', n_coded = 19, is_complete = false "
        "where letter_id = 'brev-0'",
    )

    assert only_fault(result) == (
        "the designated coder has coded all directives of the letter, neither fewer nor more "
        "(column coding_status), 1 row(s) break it; found 1 of 3 rows (brev-0)"
    )


def test_a_second_coder_with_part_of_a_letter_holds_nothing_back(con: Connection) -> None:
    part = "update looked_at set n_coders_in_part = 1 where letter_id = 'brev-0'"

    assert after(con, "mart_letter", part).status == "passed"


def test_a_letter_that_is_lacking_or_waits_for_a_coder_holds_nothing_back(con: Connection) -> None:
    waiting = "delete from looked_at where coding_status = 'complete'"

    assert after(con, "mart_letter", waiting).status == "passed"


def test_directives_that_contradict_their_letter_fail_by_its_name(con: Connection) -> None:
    result = after(
        con, "mart_letter", "update looked_at set n_contradicting = 2 where letter_id = 'brev-1'"
    )

    assert only_fault(result).startswith("every directive has the collection, year, sender")
    assert "(brev-1)" in result.message


def test_two_codings_of_a_directive_that_both_count_fail(con: Connection) -> None:
    result = after(con, "raw_directive", "update looked_at set is_designated = true")

    assert only_fault(result).startswith("a directive has only one coding that counts")


def test_a_coder_by_name_fails_and_the_name_is_not_told(con: Connection) -> None:
    result = after(
        con, "raw_directive", "update looked_at set coder = 'Kari Hansen' where coder = 'K2'"
    )

    assert only_fault(result).startswith("the coder is a code such as K1, never a name")
    assert "Kari" not in str(result.as_event())


def test_a_department_spelt_otherwise_fails(con: Connection) -> None:
    result = after(con, "raw_directive_letter", "update looked_at set sender = 'YTA' "
                   "where sender = 'YA'")  # fmt: skip

    assert only_fault(result).startswith("an MD letter is sent by the director general, ATA, YA")


def test_two_letters_between_the_same_two_in_a_year_fail(con: Connection) -> None:
    result = after(
        con,
        "raw_directive_letter",
        "update looked_at set sender = 'ATA', receiver = 'NKS' where letter_id = 'brev-1'",
    )

    assert only_fault(result).startswith("a receiver has only one letter from the same sender")


def test_a_delivered_letter_that_does_not_say_how_much_it_holds_fails(con: Connection) -> None:
    result = after(
        con,
        "raw_directive_letter",
        "update looked_at set n_directives = null where letter_id = 'brev-0'",
    )

    assert only_fault(result).startswith("a delivered letter has a number of directives")
