"""The ingest steps: one per domain, each with the gates of its raw tables.

Belongs here: the Dagster assets of raw tables. Does not belong here: reading and judging, which
load.py and gates do. The raw table and the status of its gate are committed together; a step that
stops before that leaves its gates pending, since nobody has judged what lies in the inbox now.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeGuard

import dagster as dg
import duckdb

from dagster_project.fingerprint import quick_hash, reading_hash
from dagster_project.gates import status
from dagster_project.gates.assets import as_asset_check
from dagster_project.gates.status import GateHolds, GateStatus
from dagster_project.gates.suites import GateResult, gate_result, not_delivered, run_suite
from dagster_project.ingest.codebook import Codebook, read_codebooks
from dagster_project.ingest.described import DescriptionFault
from dagster_project.ingest.domains import CODEBOOK, Domain
from dagster_project.ingest.inbox import not_checked, require_inbox
from dagster_project.ingest.load import load_codebooks, load_domain, quarantine_by_reason
from dagster_project.ingest.unchanged import (
    FileLoad,
    all_unchanged,
    forget_files,
    forget_table,
    loads_of_before,
)
from dagster_project.quality_record import QualityRecord
from dagster_project.settings import Settings
from dagster_project.small_counts import told
from dagster_project.warehouse import has_table, rows_of, warehouse

Event = dg.MaterializeResult[None] | dg.AssetCheckResult

ABOUT_FILES = ("raw_input_file", "raw_column_profile")
CODEBOOK_TABLES = ["codebook_answer", "codebook_question", "codebook_question_indicator"]


def raw_key(table: str) -> dg.AssetKey:
    """The asset of a raw table, which is also the name of its dbt source."""
    return dg.AssetKey(["raw", table])


def raw_gate(table: str) -> str:
    """The gate of a raw table, which is also the name of its suite."""
    return f"raw_{table}"


def tables_of(domain: str, domains: Sequence[Domain]) -> list[str]:
    """The raw tables of a domain; the codebooks are a domain of their own kind."""
    if domain == CODEBOOK:
        return CODEBOOK_TABLES
    return [t.table for d in domains if d.domain == domain for t in d.tables]


def indicator_ids(settings: Settings) -> set[str]:
    """The indicators that a codebook may name."""
    path = settings.seeds / "reference" / "indicators.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["indicator_id"] for row in csv.DictReader(file)}


def build_ingest_assets(settings: Settings, domains: Sequence[Domain]) -> list[dg.AssetsDefinition]:
    """One step for the codebooks, and one for each domain."""
    return [
        _codebook_step(settings),
        *(_domain_step(settings, domain, domains) for domain in domains),
    ]


def _codebook_step(settings: Settings) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name="ingest_codebook",
        specs=[dg.AssetSpec(raw_key(t), group_name="raw") for t in CODEBOOK_TABLES],
        check_specs=_gate_specs(CODEBOOK_TABLES),
    )
    def ingest_codebook(context: dg.AssetExecutionContext) -> Iterator[Event]:
        folder = settings.seeds / "codebooks"
        gates = [raw_gate(table) for table in CODEBOOK_TABLES]
        with judging(settings, gates, context.run_id) as con:
            code = reading_hash(
                folder,
                settings.seeds / "reference" / "indicators.csv",
                *(settings.expectations / f"{gate}.json" for gate in gates),
            )
            stored = status.statuses(con)
            if all(
                is_still_open(stored.get(raw_gate(table)), code)
                and is_as_judged(con, table, stored.get(raw_gate(table)))
                for table in CODEBOOK_TABLES
            ):
                results = [stored[gate].result() for gate in gates]
            else:
                results = judge_codebooks(con, settings, folder)
                for table, result in zip(CODEBOOK_TABLES, results, strict=True):
                    keep_status(con, result, table, context.run_id, code)
            events = _events(con, settings, context.run_id, results, CODEBOOK_TABLES)
        yield from events

    return ingest_codebook


def judge_codebooks(
    con: duckdb.DuckDBPyConnection, settings: Settings, folder: Path
) -> list[GateResult]:
    """Read the codebooks into their raw tables; the gate of each, failed where one is wrong."""
    try:
        load_codebooks(con, read_codebooks(folder, indicator_ids(settings)))
    except DescriptionFault as fault:
        return [
            gate_result(raw_gate(t), CODEBOOK, [], faults=[str(fault)]) for t in CODEBOOK_TABLES
        ]
    return [
        gate_result(raw_gate(t), CODEBOOK, _table_checks(con, settings, t)) for t in CODEBOOK_TABLES
    ]


def _domain_step(
    settings: Settings, domain: Domain, domains: Sequence[Domain]
) -> dg.AssetsDefinition:
    tables = [table.table for table in domain.tables]
    needed = [table for need in domain.needs for table in tables_of(need, domains)]

    @dg.multi_asset(
        name=f"ingest_{domain.domain}",
        specs=[
            dg.AssetSpec(
                raw_key(table.table),
                deps=[raw_key(t) for t in needed],
                group_name="raw",
                description=f"{domain.title.en}. One row is {table.row_is.en}.",
            )
            for table in domain.tables
        ],
        check_specs=_gate_specs(tables),
        partitions_def=PERIODS if domain.backfilled_by else None,
        backfill_policy=dg.BackfillPolicy.multi_run(1) if domain.backfilled_by else None,
    )
    def ingest(context: dg.AssetExecutionContext) -> Iterator[Event]:
        first, period = domain.tables[0].table, domain.backfilled_by
        if domain.place == "inbox":
            require_inbox(settings)  # here too, since Dagster's own launches begin here
        with judging(settings, [raw_gate(t) for t in tables], context.run_id) as con:
            status.require(con, [raw_gate(table) for table in needed])
            if period and context.has_partition_key:
                forget_files(con, first, period, context.partition_key)
            books = codebooks_for(domain, settings)
            stored = status.statuses(con)
            for table in tables:
                if not is_as_judged(con, table, stored.get(raw_gate(table))):
                    forget_table(con, table)
            before = loads_of_before(con, domain.domain)
            loads = load_domain(
                con,
                domain,
                domain.delivered(settings),
                books,
                settings.seeds,
                reading_hash(*(settings.seeds / "reference" / f"{s}.csv" for s in domain.seeds)),
            )
            results = []
            for table in tables:
                code = reading_hash(*suites_of(settings, table))
                last = stored.get(raw_gate(table))
                if all_unchanged(table, before, loads) and is_still_open(last, code):
                    results.append(last.result())
                else:
                    results.append(judge(con, settings, domain.domain, table, loads))
                    keep_status(con, results[-1], table, context.run_id, code)
            record_files(con, settings, context.run_id, domain.domain, loads)
            for warning in not_checked(con, settings, domain, books):
                QualityRecord(settings.quality, context.run_id).append("warning", message=warning)
            events = _events(con, settings, context.run_id, results, tables)
            periods = periods_read(con, first, period, loads) if period else {}
        context.instance.add_dynamic_partitions(PERIODS.name, sorted(periods))
        for value in sorted(value for value, is_new in periods.items() if is_new):
            context.log_event(dg.AssetMaterialization(raw_key(first), partition=value))
        yield from events

    return ingest


@contextmanager
def judging(
    settings: Settings, gates: Sequence[str], run_id: str
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse in one transaction; an error inside leaves it as it was, and `gates` pending.

    Not so where another gate holds the step back before it has looked at anything.
    """
    try:
        with warehouse(settings) as con:
            yield con
    except GateHolds:
        raise
    except Exception:
        with warehouse(settings) as con:
            status.set_pending(con, gates, run_id=run_id)
        raise


# Waves and years together, since all assets of a job share one set of partitions. They are known
# when they have been read once.
PERIODS = dg.DynamicPartitionsDefinition(name="period")


def periods_read(
    con: duckdb.DuckDBPyConnection, table: str, column: str, loads: Sequence[FileLoad]
) -> dict[str, bool]:
    """The periods that the table holds, and whether a file of each was read just now."""
    read_now = [load.file for load in loads if load.table == table and not load.is_unchanged]
    rows = con.execute(
        f"select {column}::varchar, bool_or(list_contains(?, source_file)) "
        f"from raw.{table} group by 1",
        [read_now],
    ).fetchall()
    return dict(rows)


def is_still_open(last: GateStatus | None, code: str) -> TypeGuard[GateStatus]:
    """Whether the gate let through what it looked at, judged by the same code and suites."""
    return last is not None and last.is_open and last.code_hash == code


def is_as_judged(con: duckdb.DuckDBPyConnection, table: str, last: GateStatus | None) -> bool:
    """Whether the raw table holds what its gate looked at: no hand has changed it since."""
    return last is not None and last.subject_hash == hash_of_raw(con, table)


def hash_of_raw(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """A fingerprint of the raw table's content; empty where it is not there."""
    return quick_hash(con, f"raw.{table}") if has_table(con, "raw", table) else ""


def keep_status(
    con: duckdb.DuckDBPyConnection, result: GateResult, table: str, run_id: str, code: str
) -> None:
    """Store the result of a raw table's gate, with what it looked at and by which code."""
    status.store(con, result, run_id=run_id, code_hash=code, subject_hash=hash_of_raw(con, table))


def suites_of(settings: Settings, table: str) -> list[Path]:
    """The suites that judge a raw table: its own, and those on its files and columns."""
    names = (raw_gate(table), *ABOUT_FILES)
    return [settings.expectations / f"{name}.json" for name in names]


def codebooks_for(domain: Domain, settings: Settings) -> list[Codebook]:
    """The codebooks, for a domain that needs them; raises DescriptionFault when one is wrong."""
    if CODEBOOK not in domain.needs:
        return []
    return list(read_codebooks(settings.seeds / "codebooks", indicator_ids(settings)).values())


def judge(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    domain: str,
    table: str,
    loads: Sequence[FileLoad],
) -> GateResult:
    """The gate of one raw table: refused files first, then the suites on what was kept."""
    loads = [load for load in loads if load.table == table]
    if not loads:
        return not_delivered(raw_gate(table), domain)
    faults = [f"{load.file}: {load.fault}" for load in loads if load.fault]
    if faults and not any(load.rows_kept for load in loads):
        return gate_result(raw_gate(table), domain, [], faults=list(dict.fromkeys(faults)))
    checks = _table_checks(con, settings, table)
    for suite in ABOUT_FILES:
        path = settings.expectations / f"{suite}.json"
        about = suite.removeprefix("raw_")
        checks += run_suite(con, path, f"raw.{about}", where=f"table_name = '{table}'")
    if any(c.column == "share_quarantined" and c.status == "failed" for c in checks):
        faults += rows_set_aside(con, settings, table)
    return gate_result(raw_gate(table), domain, checks, faults=list(dict.fromkeys(faults)))


def rows_set_aside(
    con: duckdb.DuckDBPyConnection, settings: Settings, table: str, most: int = 3
) -> list[str]:
    """Why the first rows were set aside, where the table is about no person: only then may what
    stands in a row be told, and the suite says so by naming rows."""
    suite = json.loads((settings.expectations / f"{raw_gate(table)}.json").read_text("utf-8"))
    if not suite["meta"].get("names_rows_by"):
        return []
    messages = rows_of(
        con,
        "select source_file || ': ' || message from raw.quarantine where table_name = ? "
        "order by source_file, source_row",
        [table],
    )
    more = [f"… and {len(messages) - most} more row(s)"] if len(messages) > most else []
    return [*(message for (message,) in messages[:most]), *more]


def record_files(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    run_id: str,
    domain: str,
    loads: Sequence[FileLoad],
) -> None:
    """Leave each file's reconciliation, and what was set aside by reason, in the quality record."""
    record = QualityRecord(settings.quality, run_id)
    for load in loads:
        record.append(
            "file",
            domain=domain,
            file=load.file,
            table=load.table,
            sha256=load.sha256,
            rows_in=load.rows_in,
            rows_kept=load.rows_kept,
            rows_quarantined=load.rows_quarantined,
            answers_blanked=told(load.answers_blanked),
            is_demonstration=load.is_demonstration,
            is_unchanged=load.is_unchanged,
            fault=load.fault,
            not_read=load.not_read,
        )
        if load.fault:
            record.append(
                "quarantine",
                domain=domain,
                file=load.file,
                level="file",
                reason="refused",
                column=None,
                rows=1,
            )
    for row in quarantine_by_reason(con, where=f"domain = '{domain}'"):
        record.append("quarantine", **row)


def _table_checks(con: duckdb.DuckDBPyConnection, settings: Settings, table: str) -> list:  # type: ignore[type-arg]
    path = settings.expectations / f"{raw_gate(table)}.json"
    return run_suite(con, path, f"raw.{table}")


def _gate_specs(tables: Sequence[str]) -> list[dg.AssetCheckSpec]:
    return [dg.AssetCheckSpec("gate", asset=raw_key(t), blocking=True) for t in tables]


def _events(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    run_id: str,
    results: Sequence[GateResult],
    tables: Sequence[str],
) -> list[Event]:
    """Record each gate's result; the events are yielded after the commit, since Dagster stops the
    step at the first blocking check that fails."""
    record = QualityRecord(settings.quality, run_id)
    events: list[Event] = []
    for table, result in zip(tables, results, strict=True):
        record.append("gate", **result.as_event())
        rows = 0
        if has_table(con, "raw", table):
            rows = con.execute(f"select count(*) from raw.{table}").fetchall()[0][0]
        events.append(dg.MaterializeResult(asset_key=raw_key(table), metadata={"rows": rows}))
        events.append(as_asset_check(result, raw_key(table)))
    return events
