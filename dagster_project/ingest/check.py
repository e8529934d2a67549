"""One input file checked by itself, in memory: what `tillit check` tells.

Belongs here: reading a file as the pipeline would, without the warehouse.
Does not belong here: another way of reading or judging; both are the pipeline's own.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from dagster_project.gates.suites import GateResult
from dagster_project.ingest.assets import codebooks_for, indicator_ids, judge
from dagster_project.ingest.codebook import read_codebooks
from dagster_project.ingest.domains import CODEBOOK, read_domains
from dagster_project.ingest.load import load_codebooks, load_domain
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
    """Read `file` as one of the domain, against the organisation that lies in the inbox.

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
        loads = load_domain(
            con, domain, [file], codebooks_for(domain, settings), seeds=settings.seeds
        )
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
