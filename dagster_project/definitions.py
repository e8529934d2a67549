"""The whole graph, from the inbox to the release.

Belongs here: putting the stops together, the job, the schedule and the sensor.
Does not belong here: what any stop does.

    raw (per domain) → dbt_intermediate → dbt_marts → mart_gates → protect_marts → attack → release
"""

from dataclasses import asdict
from functools import partial

import dagster as dg

from dagster_project.alerts import alert
from dagster_project.attack.assets import GATE as ATTACK
from dagster_project.attack.assets import build_attack
from dagster_project.attack.bounds import Demands
from dagster_project.disclosure.assets import build_protected_marts
from dagster_project.disclosure.protect import protection_of
from dagster_project.disclosure.rules import read_rules
from dagster_project.fingerprint import code_hash as hash_of_code
from dagster_project.gates.assets import build_mart_gates
from dagster_project.ingest.assets import build_ingest_assets, raw_gate, tables_of
from dagster_project.ingest.domains import CODEBOOK, Domain, read_domains
from dagster_project.release.assets import build_release
from dagster_project.release.dictionary import dictionary
from dagster_project.settings import Settings, data_folder
from dagster_project.transform import dbt_runner
from dagster_project.transform.assets import STEPS, build_dbt_assets

JOB = "inbox_to_release"


def build_definitions(settings: Settings) -> dg.Definitions:
    """Everything, for one set of folders; tests give their own.

    Raises DescriptionFault when a domain, a codebook or the rules are wrong, and NotDescribed when
    a mart does not say what is to be protected in it.
    """
    code_hash = hash_of_code(settings)
    domains = read_domains(settings.seeds)
    rules = read_rules(settings.seeds)
    stated = rules.model_dump()
    nodes = dbt_runner.manifest(settings)["nodes"].values()
    protections = [
        protection_of(node)
        for node in sorted(nodes, key=lambda node: str(node["name"]))
        if node["resource_type"] == "model" and node["fqn"][1] == "marts"
    ]
    marts = [protection.mart for protection in protections]
    raw = [raw_gate(t) for d in [CODEBOOK, *_names(domains)] for t in tables_of(d, domains)]
    protected = [f"protected_{mart}" for mart in marts]
    stops = [raw, *([step] for step in STEPS), marts, protected, [ATTACK]]

    tables = [
        *build_ingest_assets(settings, domains),
        *build_dbt_assets(settings, raw),
        build_protected_marts(settings, code_hash, protections, rules, [*raw, *STEPS, *marts]),
    ]
    made_from = [(s.key, dep.asset_key) for t in tables for s in t.specs for dep in s.deps]

    job = dg.define_asset_job(
        JOB, selection=dg.AssetSelection.all(), executor_def=dg.in_process_executor
    )
    return dg.Definitions(
        assets=[
            *tables,
            build_attack(settings, code_hash, marts, Demands(**asdict(rules.limits)), stated),
            build_release(
                settings,
                code_hash,
                stops,
                marts,
                stated,
                partial(dictionary, settings),
                {domain.domain: domain.folder(settings) for domain in domains},
                made_from,
            ),
        ],
        asset_checks=[
            build_mart_gates(
                settings,
                code_hash,
                {
                    mart: sorted(
                        {raw_gate(table) for table in dbt_runner.raw_tables_behind(settings, mart)}
                        & set(raw)
                    )
                    for mart in marts
                },
            )
        ],
        jobs=[job],
        schedules=[every_night()],
        sensors=[new_in_the_inbox(settings), alert_when_a_run_fails()],
        executor=dg.in_process_executor,
    )


def _names(domains: list[Domain]) -> list[str]:
    return [domain.domain for domain in domains]


def every_night() -> dg.ScheduleDefinition:
    """The whole run each night; off until somebody turns it on."""
    return dg.ScheduleDefinition(
        name="every_night",
        job_name=JOB,
        cron_schedule="0 4 * * *",
        execution_timezone="Europe/Oslo",
        default_status=dg.DefaultScheduleStatus.STOPPED,
    )


def new_in_the_inbox(settings: Settings) -> dg.SensorDefinition:
    """The whole run when a file in the inbox is new, changed or gone; off until turned on."""

    @dg.sensor(
        name="new_in_the_inbox",
        job_name=JOB,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.STOPPED,
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        seen = [
            f"{path.relative_to(settings.inbox)}:{path.stat().st_size}:{path.stat().st_mtime_ns}"
            for path in sorted(settings.inbox.rglob("*"))
            if path.is_file()
        ]
        cursor = "\n".join(seen)
        if not seen or cursor == context.cursor:
            return dg.SkipReason("Nothing in the inbox has changed.")
        context.update_cursor(cursor)
        return dg.RunRequest(run_key=None)

    return sensor


def alert_when_a_run_fails() -> dg.SensorDefinition:
    """The alert that `tillit run` raises, for runs that Dagster starts; off until turned on."""

    @dg.run_failure_sensor(
        name="alert_when_a_run_fails", default_status=dg.DefaultSensorStatus.STOPPED
    )
    def sensor(context: dg.RunFailureSensorContext) -> None:
        fault = alert("Tillitsmonitor: the run failed", context.failure_event.message or "")
        if fault:
            context.log.error(fault)

    return sensor


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev` finds in this module; built when it asks, not on import."""
    return build_definitions(Settings(data_folder()))
