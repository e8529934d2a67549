"""One run of the pipeline in this process: progress as it goes, and what came out of it.

Belongs here: running the job, one run at a time, and summing up its quality record.
Does not belong here: printing (cli.py), or any step of the pipeline.
"""

import fcntl
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import dagster as dg

from dagster_project.alerts import alert
from dagster_project.definitions import JOB, build_definitions
from dagster_project.disclosure.rules import read_rules
from dagster_project.fingerprint import code_hash, file_sha256
from dagster_project.gates.status import HELD
from dagster_project.held_to import held_to, made_of
from dagster_project.ingest.domains import read_domains
from dagster_project.ingest.inbox import no_longer_there, not_read, require_inbox
from dagster_project.json_lines import read_events
from dagster_project.quality_record import QualityRecord
from dagster_project.release.inputs import inputs_of
from dagster_project.release.publish import id_of
from dagster_project.release.reader import erased_inputs, of_kind
from dagster_project.settings import Settings
from dagster_project.warehouse import has_table, held_open, warehouse
from dagster_project.without_values import of_exception


class AnotherRun(Exception):
    """Another run is at work in the same data folder."""


@dataclass(frozen=True)
class Progress:
    """One thing that happened: a step that started or ended, an asset made, a check made."""

    kind: str
    name: str
    detail: str = ""
    is_good: bool = True


@dataclass(frozen=True)
class Summary:
    """What came out of a run.

    outcome: published, built (asked for less than a release, and made), held (by a gate) or failed.
    files, gates, quarantine: rows of the quality record. messages: what stopped the run, in words.
    warnings: what stops nothing and is not to go by in silence.
    """

    run_id: str
    outcome: str
    release_id: str | None
    files: list[dict[str, Any]] = field(default_factory=list)
    gates: list[dict[str, Any]] = field(default_factory=list)
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@contextmanager
def only_run(settings: Settings) -> Iterator[None]:
    """Raises AnotherRun while another process runs the pipeline in the same data folder."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherRun(
                f"Another run is at work in {settings.data}. Wait for it to end."
            ) from error
        yield


def run_pipeline(
    settings: Settings,
    *,
    select: Sequence[str] = (),
    anew: bool = False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Run everything, or only the assets in `select` (`raw/survey`, `marts/mart_goal_1`).

    anew: also what has not changed since it was read, judged or counted.
    A run that fails or is held raises an alert.

    Raises NoInbox before anything is made, AnotherRun, DescriptionFault and NotDescribed; what goes
    wrong inside a step is in the summary rather than raised. A run that starts leaves a quality
    record whatever happens.
    """
    require_inbox(settings)
    with only_run(settings):
        definitions = build_definitions(settings)
        job = definitions.resolve_job_def(JOB)
        keys = whole_steps(definitions, {dg.AssetKey.from_user_string(name) for name in select})
        unknown = sorted(
            k.to_user_string() for k in keys - set(job.asset_layer.executable_asset_keys)
        )
        if unknown:
            raise KeyError(f"There is no asset {', '.join(unknown)}; `tillit assets` lists them")
        run_id = str(uuid.uuid4())
        record = QualityRecord(settings.quality, run_id)
        messages: list[str] = []

        def listen(entry: dg.EventLogEntry) -> None:
            for progress in _progress(entry):
                tell(progress)
                if progress.kind == "step_failed":
                    messages.append(progress.detail)

        # The record is the run's history; Dagster's own, kept in files, would cost seconds more.
        from dagster_project.instance import without_history  # a second, for what runs alone need

        with (
            record.open_for_run(),
            held_open(settings),
            without_history() as instance,
        ):
            if anew:
                forget_what_is_known(settings)
            for warning in warnings_of(settings):
                record.append("warning", message=warning)
            instance.add_event_listener(run_id, listen)
            result = job.execute_in_process(
                run_id=run_id,
                instance=instance,
                asset_selection=sorted(keys) or None,
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
            summary = summarise(record, result.success, messages)
            record.append(
                "run_ended",
                outcome=summary.outcome,
                release_id=summary.release_id,
                message="; ".join(summary.messages),
            )
            if summary.outcome in ("failed", "held"):
                record.append("alerted", fault=alert_of(summary.outcome, summary.messages))
        return summary


def warnings_of(settings: Settings) -> list[str]:
    """What a run is to warn of before it begins: what was taken out of the inbox since the release
    that is current, without what was erased, and what lies where no domain reads."""
    domains = read_domains(settings.seeds)
    current = (settings.releases / "current").resolve()
    erased = {one["sha256"] for one in erased_inputs(settings.releases)}
    inputs = [one for one in inputs_of(current) or [] if one["sha256"] not in erased]
    return [
        *no_longer_there(settings, domains, current.name, inputs),
        *not_read(settings, domains),
    ]


def alert_of(outcome: str, messages: Sequence[str]) -> str:
    """Raise the alert of a run that did not publish; what went wrong with it, in words."""
    words = {"held": "a gate held the run back", "failed": "the run failed"}[outcome]
    return alert(f"Tillitsmonitor: {words}; the last release stays", "\n".join(messages))


def forget_what_is_known(settings: Settings) -> None:
    """Forget the gates' statuses and the files' fingerprints: nothing counts as unchanged."""
    with warehouse(settings) as con:
        if has_table(con, "control", "gate"):
            con.execute("delete from control.gate")
        if has_table(con, "raw", "input_file"):
            con.execute("delete from raw.input_file")


def whole_steps(definitions: dg.Definitions, keys: set[dg.AssetKey]) -> set[dg.AssetKey]:
    """`keys`, with all assets of a step that makes all of its assets or none."""
    steps = definitions.resolve_asset_graph().assets_defs
    whole = [set(step.keys) for step in steps if not step.can_subset and keys & set(step.keys)]
    return keys.union(*whole)


def summarise(record: QualityRecord, is_success: bool, messages: Sequence[str]) -> Summary:
    """The summary of a run from what it left in its quality record."""
    events = read_events(record.path)
    gates = of_kind(events, "gate")
    published = of_kind(events, "published")
    held = [f"{g['gate']}: {g['message']}" for g in gates if g["status"] in STOPPING]
    outcome = "published" if published and is_success else "built" if is_success else "failed"
    if not is_success and (held or any(m.startswith(HELD) for m in messages)):
        outcome = "held"
    return Summary(
        run_id=record.run_id,
        outcome=outcome,
        release_id=published[-1]["release_id"] if published else None,
        files=of_kind(events, "file"),
        gates=[{k: v for k, v in g.items() if k != "details"} for g in gates],
        quarantine=of_kind(events, "quarantine"),
        messages=held or list(messages),
        warnings=[event["message"] for event in of_kind(events, "warning")],
    )


STOPPING = ("failed", "could_not_run")


def _progress(entry: dg.EventLogEntry) -> Iterator[Progress]:
    event = entry.dagster_event
    if event is None:
        return
    step = event.step_key or ""
    if event.is_step_start:
        yield Progress("step_started", step)
    elif event.is_step_success:
        duration = event.step_success_data.duration_ms / 1000
        yield Progress("step_ended", step, f"{duration:.1f} s")
    elif event.is_step_failure:
        yield Progress("step_failed", step, _root_cause(event.step_failure_data.error), False)
    elif event.is_step_materialization:
        key = event.asset_key
        rows = event.step_materialization_data.materialization.metadata.get("rows")
        detail = f"{rows.value} rows" if rows else ""
        yield Progress("asset", key.to_user_string() if key else step, detail)
    elif event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
        check = event.asset_check_evaluation_data
        name = f"{check.asset_key.to_user_string()}: {check.check_name}"
        is_good = check.passed or check.severity == dg.AssetCheckSeverity.WARN
        yield Progress("check", name, check.description or "", is_good)


def _root_cause(error: Any) -> str:
    """The message of the innermost error, without the class name of one of our own; of any other
    what quotes no cell, since it goes into the record and the alert."""
    while error is not None and error.cause is not None:
        error = error.cause
    if error is not None and error.cls_name == "DagsterAssetCheckFailedError":
        return "its gate failed"  # and has said why itself
    if error is None:
        return "stopped for a reason that Dagster does not give"
    name, _, message = str(error.message).strip().partition(": ")
    is_ours = name.startswith("dagster_project.") or name.endswith("Failure")
    return message if is_ours and message else of_exception(name, message, error.stack)


def expected_release(settings: Settings) -> str:
    """The id that a release of what is in the inbox now would get.

    Raises DescriptionFault when a domain's description or the rules are wrong.
    """
    inputs = [
        {"domain": domain.domain, "file": path.name, "sha256": file_sha256(path)}
        for domain in read_domains(settings.seeds)
        for path in domain.delivered(settings)
    ]
    rules = read_rules(settings.seeds).model_dump()
    code = {"hash": code_hash(settings)}
    held = held_to(settings.releases, made_of(inputs, code["hash"], rules))
    stated = {"inputs": inputs, "code": code, "settings": rules}
    return id_of(stated | {"held_to": held.stated if held else None})
