"""One input file checked before it is delivered, in memory: what `tillit check` tells.

Belongs here: reading a file as the pipeline would, without the warehouse.
Does not belong here: another way of reading or judging; both are the pipeline's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dagster_project.gates.suites import GateResult
from dagster_project.ingest.assets import codebooks_for, indicator_ids, judge
from dagster_project.ingest.codebook import Codebook, read_codebooks
from dagster_project.ingest.contract import Contract
from dagster_project.ingest.domains import CODEBOOK, Domain, read_domains
from dagster_project.ingest.load import (
    contracts_for,
    forget_file,
    load_codebooks,
    load_domain,
)
from dagster_project.ingest.unchanged import FileLoad
from dagster_project.settings import Settings

MESSAGES_SHOWN = 20


class UnknownDomain(Exception):
    """The file belongs to no domain that is described; the message lists those that are."""


@dataclass(frozen=True)
class Checked:
    """What would become of the file, in each table that it fills; messages name rows, with the
    first ones only."""

    loads: list[FileLoad]
    results: list[GateResult]
    messages: list[str]


def check_file(settings: Settings, file: Path, domain_name: str) -> Checked:
    """Read `file` as one of the domain, against the organisation that lies in the inbox, and beside
    the files there that may hold the same period; itself it is judged alone.

    Raises UnknownDomain, and DescriptionFault when a description is wrong.
    """
    domains = {domain.domain: domain for domain in read_domains(settings.seeds)}
    if domain_name not in domains:
        raise UnknownDomain(
            f"«{domain_name}» is no domain; say `--domain` with one of {', '.join(domains)}"
        )
    domain = domains[domain_name]
    con = duckdb.connect()
    try:
        if CODEBOOK in domain.needs:
            folder = settings.seeds / "codebooks"
            load_codebooks(con, read_codebooks(folder, indicator_ids(settings)))
        for need in domain.needs:
            if need in domains:
                needed = domains[need]
                load_domain(
                    con,
                    needed,
                    needed.delivered(settings),
                    codebooks_for(needed, settings),
                    seeds=settings.seeds,
                )
        books = codebooks_for(domain, settings)
        beside = files_beside(settings, domain, file, books)
        found = load_domain(con, domain, [*beside, file], books, seeds=settings.seeds)
        loads = [load for load in found if load.file == file.name]
        for other in found:
            if other.file != file.name:
                forget_file(con, other.table, other.file)
                con.execute("delete from raw.input_file where source_file = ?", [other.file])
        results = [judge(con, settings, domain.domain, load.table, loads) for load in loads]
        told = con.execute(
            "select message from raw.quarantine where domain = $1 union all "
            "select message from raw.blanked_answer where domain = $1",
            [domain.domain],
        ).fetchall()
    finally:
        con.close()
    messages = [message for (message,) in told[:MESSAGES_SHOWN]]
    if len(told) > MESSAGES_SHOWN:
        messages.append(f"… and {len(told) - MESSAGES_SHOWN} more")
    return Checked(loads, results, messages)


def files_beside(
    settings: Settings, domain: Domain, file: Path, codebooks: Sequence[Codebook]
) -> list[Path]:
    """The files in the inbox that may hold a period of `file` too: those read by the same contract,
    without the one that it would replace."""
    own = contracts_for(domain, file, codebooks)
    return [
        other
        for other in domain.delivered(settings)
        if other.name != file.name
        and any(
            isinstance(contract, Contract) and contract == own.get(table)
            for table, contract in contracts_for(domain, other, codebooks).items()
        )
    ]
