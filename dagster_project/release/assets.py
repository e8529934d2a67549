"""The release as a Dagster asset: published only when every gate on the way lets it through.

Belongs here: asking the gates, gathering the evidence, and the asset.
Does not belong here: how a release is written (publish.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from dagster_project.audit_log import now
from dagster_project.fingerprint import quick_hash, table_hash
from dagster_project.gates import status
from dagster_project.gates.status import GateHolds, GateStatus
from dagster_project.held_to import HeldTo, held_to_here, is_noted
from dagster_project.ingest.load import quarantine_by_reason
from dagster_project.quality_record import QualityRecord
from dagster_project.release.documentation import documentation
from dagster_project.release.inputs import keep, prune
from dagster_project.release.lineage import lineage_rows, steps_of
from dagster_project.release.provenance import git_commit, package_versions
from dagster_project.release.publish import Evidence, publish
from dagster_project.release.quality import quality_rows, since_of_release
from dagster_project.release.reader import BrokenRelease, NoRelease, current_release
from dagster_project.settings import Settings
from dagster_project.since import Since
from dagster_project.small_counts import told
from dagster_project.transform import dbt_runner
from dagster_project.warehouse import dicts, rows_of, warehouse


def build_release(
    settings: Settings,
    code_hash: str,
    stops: Sequence[Sequence[str]],
    marts: Sequence[str],
    stated: dict[str, Any],
    dictionary: Callable[[], list[dict[str, Any]]],
    folders: Mapping[str, Path],
    made_from: Sequence[tuple[dg.AssetKey, dg.AssetKey]],
) -> dg.AssetsDefinition:
    """The asset `release`.

    stops: the gates on the data's way, stop by stop (raw, intermediate, …); all must be open, and
    none of a later stop may be older than one before it. stated: the settings a release states.
    dictionary: gives the rows of the data dictionary; asked only when the gates let through.
    folders: where each domain's files are. made_from: pairs of assets, the first made from the
    second.
    """

    @dg.asset(
        name="release",
        group_name="release",
        deps=[*(dg.AssetKey(["protected", mart]) for mart in marts), dg.AssetKey("attack")],
        description="One immutable release: protected marts, manifest and quality report.",
    )
    def release(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
        with warehouse(settings) as con:
            passed = status.require(con, [gate for stop in stops for gate in stop])
            require_order(passed, stops)
            for mart in marts:
                digest = quick_hash(con, f"protected.{mart}")
                status.require_unchanged(passed[f"protected_{mart}"], digest, code_hash)
            held = held_to_here(con, settings.releases, code_hash, stated)
            if not is_noted(con, held):
                raise GateHolds(
                    "Another release is shown than the one that these tables are held to; run again"
                )
            hashes = {mart: table_hash(con, f"protected.{mart}") for mart in marts}
            evidence = gather_evidence(con, passed, code_hash, stated, held, dictionary())
            evidence = replace(
                evidence,
                lineage=(lineage := gather_lineage(con, settings, made_from)),
                documentation=partial(documentation, settings),
                quality=partial(gather_quality, con, settings, evidence, lineage),
            )
            keep(settings, {i["sha256"]: folders[i["domain"]] / i["file"] for i in evidence.inputs})
            published = publish(con, settings.releases, hashes, evidence)
        prune(settings)
        record = QualityRecord(settings.quality, context.run_id)
        record.append("published", release_id=published.release_id)
        return dg.MaterializeResult(
            metadata={"release_id": published.release_id, "path": str(published.path)}
        )

    return release


def require_order(passed: dict[str, GateStatus], stops: Sequence[Sequence[str]]) -> None:
    """Raises GateHolds when something upstream was read again after what is built on it."""
    for before, after in pairwise(stops):
        newest = max((passed[gate] for gate in before), key=lambda gate: gate.evaluated_at)
        oldest = min((passed[gate] for gate in after), key=lambda gate: gate.evaluated_at)
        if oldest.evaluated_at < newest.evaluated_at:
            raise GateHolds(f"{oldest.gate} is older than {newest.gate}, which it is built on")


def gather_evidence(
    con: duckdb.DuckDBPyConnection,
    passed: dict[str, GateStatus],
    code_hash: str,
    stated: dict[str, Any],
    held: HeldTo | None,
    dictionary: list[dict[str, Any]],
) -> Evidence:
    """What the release states: counts and reasons, no value from any row."""
    files = dicts(
        con,
        "select domain, source_file as file, table_name as table, source_sha256 as sha256, "
        "rows_in, rows_kept, rows_quarantined, answers_blanked, is_demonstration "
        "from raw.input_file order by 1, 2, 3",
    )
    return Evidence(
        inputs=[file | {"answers_blanked": told(file["answers_blanked"])} for file in files],
        gates=[passed[gate].event for gate in sorted(passed)],
        quarantine=quarantine_by_reason(con),
        settings=stated,
        held_to=held.stated if held else None,
        code={"hash": code_hash, "git_commit": git_commit()},
        packages=package_versions(),
        dictionary=dictionary,
    )


def gather_quality(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    evidence: Evidence,
    lineage: Sequence[Mapping[str, str]],
    release_id: str,
) -> list[dict[str, Any]]:
    """The rows of mart_quality, since when by what the runs' records know."""
    goals_of: dict[str, set[int]] = {}
    for domain, goal in rows_of(con, "select domain, goal_id from protected.dim_indicator"):
        goals_of.setdefault(domain, set()).add(goal)
    try:
        earlier = current_release(settings.data).quality().to_dict("records")
    except (NoRelease, BrokenRelease):
        earlier = []
    return quality_rows(
        evidence.gates,
        evidence.inputs,
        evidence.quarantine,
        steps_of(lineage),
        goals_of,
        since_of_release(earlier, Since(settings.quality), now()),
        release_id,
        dicts(con, "from protected.mart_reconciliation order by figure_id"),
    )


def gather_lineage(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    made_from: Sequence[tuple[dg.AssetKey, dg.AssetKey]],
) -> list[dict[str, str]]:
    """What is made from what, from the assets, dbt's exposures and the files that were read."""
    return lineage_rows(
        [(made.path, source.path) for made, source in made_from],
        dbt_runner.manifest(settings)["exposures"].values(),
        dicts(con, "select domain, source_file as file, table_name from raw.input_file"),
    )
