"""The inbox as a whole: that it is there, and what a run is to warn of.

Belongs here: what is to be known of the inbox and is no fault of any one file.
Does not belong here: reading a file (load.py), or judging what came out (gates).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dagster_project.fingerprint import file_sha256
from dagster_project.ingest.codebook import Codebook
from dagster_project.ingest.contract import Contract
from dagster_project.ingest.domains import Domain, is_left_behind
from dagster_project.ingest.load import Connection, contracts_for
from dagster_project.settings import Settings
from dagster_project.warehouse import has_table, rows_of


class NoInbox(Exception):
    """There is no inbox to take anything in from; the message says where, and what to do."""


def require_inbox(settings: Settings) -> None:
    """Raises NoInbox where the inbox is not there, or is no folder: a share that is not mounted or
    a mistyped path must not pass for an inbox that nothing was delivered to."""
    if not settings.inbox.is_dir():
        raise NoInbox(
            f"There is no inbox in {settings.data}. Put files in {settings.inbox}, write "
            "demonstration data with `tillit demo`, or name the right folder with --data."
        )


def not_read(settings: Settings, domains: Sequence[Domain]) -> Iterator[str]:
    """A warning for each file in the inbox that no domain reads, since it lies elsewhere."""
    folders = {d.folder(settings) for d in domains if d.place == "inbox"}
    names = ", ".join(sorted(folder.name for folder in folders))
    for path in sorted(settings.inbox.rglob("*")):
        inside = path.relative_to(settings.inbox)
        if path.parent in folders or any(map(is_left_behind, inside.parts)) or not path.is_file():
            continue
        yield (
            f"inbox/{inside.as_posix()} lies directly in no domain's folder and was not read; the "
            f"folders are {names}"
        )


def no_longer_there(
    settings: Settings,
    domains: Sequence[Domain],
    release_id: str,
    inputs: Iterable[Mapping[str, Any]],
) -> Iterator[str]:
    """A warning for each of the release's inputs that was taken out of the inbox since; one that
    has another name now is still there."""
    delivered = {d.domain: d.delivered(settings) for d in domains}
    own = {d.domain for d in domains if d.place == "seeds"}
    for one in inputs:
        files = delivered.get(one["domain"], [])
        if one["domain"] in own or one["file"] in [file.name for file in files]:
            continue
        if one["sha256"] not in map(sha256_or_none, files):
            yield (
                f"{one['domain']}: {one['file']} stands in release {release_id} and is no longer "
                "in the inbox; figures are made without it"
            )


def sha256_or_none(file: Path) -> str | None:
    """None of a file that cannot be opened: the step that is to read it refuses it by name."""
    try:
        return file_sha256(file)
    except OSError:
        return None


def not_checked(
    con: Connection, settings: Settings, domain: Domain, codebooks: Sequence[Codebook]
) -> Iterator[str]:
    """A warning for each column that refers to a table of which nothing at all is delivered."""
    with_answers = {table.table for table in domain.tables if table.codebooks}
    for path in domain.delivered(settings):
        for table, contract in contracts_for(domain, path, codebooks).items():
            if not isinstance(contract, Contract):
                continue
            for column in contract.columns:
                of = column.references
                if not of or not of.table or of.same_file or of.table == table:
                    continue
                if has_table(con, "raw", of.table) and rows_of(
                    con, f"select 1 from raw.{of.table} limit 1"
                ):
                    continue
                held = rows_of(
                    con,
                    f"select distinct {contract.partition}::varchar from raw.{table} "
                    f"where source_file = ? and {column.name} is not null order by 1",
                    [path.name],
                )
                if held:
                    periods = of.period if isinstance(of.period, dict) else {}
                    named = sorted({str(periods[value]) for (value,) in held if value in periods})
                    yield (
                        f"{domain.domain}: {path.name}: no {of.table}"
                        + (f" of {' and '.join(named)}" if named else "")
                        + f" is delivered: the column {column.headings[0]} was not checked"
                        + (", figures are unweighted" if table in with_answers else "")
                    )
