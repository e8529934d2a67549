"""Letters from raw to their mart: what is whole, what is lacking, and what the gate says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dagster_project.gates.suites import gate_result, run_suite
from dagster_project.settings import PROJECT

LINEAGE = {"is_demonstration": True, "source_file": "md_brev_2022.xlsx", "source_sha256": "5a"}
# sender, receiver, directives in the letter, the designated coder, how many each coder has coded
LETTERS = [
    ("ATA", "NAV fylke", 3, "K1", {"K1": 3, "K2": 2}),
    ("ATA", "NKS", 3, "K1", {"K1": 2}),
    ("YA", "YL", 2, "K1", {"K1": 3}),
    ("ØSA", "ØL", 2, None, {"K2": 2}),
]


def letter(sender: str, receiver: str, n: int, designated: str | None) -> dict[str, Any]:
    return {
        "letter_id": f"MD-2022-{sender}-{receiver}", "collection": "MD-2022",
        "document_kind": "md_letter", "year": 2022, "sender": sender, "receiver": receiver,
        "is_delivered": True, "n_directives": n, "designated_coder": designated, **LINEAGE,
    }  # fmt: skip


def directive(sender: str, receiver: str, number: int, coder: str, counts: bool) -> dict[str, Any]:
    return {
        "letter_id": f"MD-2022-{sender}-{receiver}", "collection": "MD-2022", "year": 2022,
        "sender": sender, "receiver": receiver, "number": number, "governs": number > 1,
        "origin": "new", "step": "output", "form": "direction", "focus": "internal",
        "coder": coder, "is_designated": counts, **LINEAGE,
    }  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(
    tmp_path_factory: pytest.TempPathFactory,
    make_warehouse: Callable[..., Any],
    raw_tables: dict[str, Any],
) -> Any:
    """The letters above, with the director general's three and one of ATA's lacking."""
    letters = [letter(*row[:4]) for row in LETTERS]
    directives = [
        directive(sender, receiver, number, coder, coder == designated)
        for sender, receiver, _, designated, coded in LETTERS
        for coder, n in coded.items()
        for number in range(1, n + 1)
    ]
    directives[-1]["year"] = 2021  # contradicts its letter
    tables = raw_tables | {"directive_letter": letters, "directive": directives}
    made = make_warehouse(tmp_path_factory.mktemp("directives"), tables)
    result = made.dbt("run", "--select", "stg_directives__letters", "stg_directives__directives",
                      "letters", "letter_groups", "int_directives__letters",
                      "int_directives__item_letters", "int_directives__item_totals",
                      "mart_letter") if made.dbt("seed").success else None  # fmt: skip
    assert result is not None
    assert result.success, result.exception
    return made


def test_a_letter_is_whole_when_its_designated_coder_has_coded_all_of_it(warehouse: Any) -> None:
    found = warehouse.rows(
        "select item_id, coding_status, n_coded, n_governing, coders, n_coders_in_part "
        "from marts.mart_letter order by item_order"
    )
    assert found == [
        ("dir_ata", "lacking", 0, 0, None, 0),
        ("dir_ya", "lacking", 0, 0, None, 0),
        ("dir_osa", "lacking", 0, 0, None, 0),
        ("ata_fylke", "complete", 3, 2, "K1, K2", 1),
        ("ata_nks", "mismatched", 2, 1, "K1", 1),
        ("ata_hot", "lacking", 0, 0, None, 0),
        ("ya_yl", "mismatched", 3, 2, "K1", 1),
        ("osa_ol", "not_coded", 0, 0, "K2", 0),
    ]


def test_the_total_leaves_out_what_is_not_whole_and_is_incomplete(warehouse: Any) -> None:
    found = warehouse.rows(
        "select item_node_id, n_governing, n_complete, n_letters, figure_status "
        "from intermediate.int_directives__item_totals where scope = 'whole' order by 1"
    )
    assert found == [("ATL", 2, 1, 3, "incomplete"), ("NAV", 2, 1, 5, "incomplete")]


def test_the_gate_fails_by_the_names_of_the_letters(warehouse: Any) -> None:
    suite = PROJECT / "expectations" / "mart_letter.json"
    with warehouse.connect() as con:
        result = gate_result("mart_letter", "", run_suite(con, Path(suite), "marts.mart_letter"))
    assert result.status == "failed"
    assert "neither fewer nor more" in result.message
    assert "(MD-2022-ATA-NKS, MD-2022-YA-YL)" in result.message
    assert "1 of 8 rows (MD-2022-ØSA-ØL)" in result.message
