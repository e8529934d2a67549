"""Data quality: what every run checked, set aside and published, and whether it all adds up.

Works without a release too: the runs' records are there even when nothing was published.
Belongs here: runs, gates, quarantine, row and figure reconciliation.
Does not belong here: the evidence itself.
"""

from typing import Any

import pandas as pd
import streamlit as st

from dagster_project.release.reader import QualityRecords
from streamlit_app.blocks.chart import Behind, panel, show
from streamlit_app.blocks.checks import (
    every_check,
    gate_words,
    message_words,
    not_passed,
    outcome_words,
)
from streamlit_app.blocks.frame import paragraph
from streamlit_app.blocks.listing import listing, show_listing
from streamlit_app.blocks.passport import Subject, about_subject
from streamlit_app.blocks.published import decimals_of, number_words, published_words
from streamlit_app.blocks.table import table_html
from streamlit_app.catalogue import Say
from streamlit_app.charts.checks import gates_over_time
from streamlit_app.charts.theme import Heading
from streamlit_app.evidence import View
from streamlit_app.formats import HARD_SPACE, Row, is_missing, records
from streamlit_app.tables import Column, Stamp

LAST_RUNS = 10
STOPPING = ("failed", "could_not_run")  # what holds a release back
SHORT = 12  # letters of a hash, enough to find it by


def render(say: Say, view: View | None, records: QualityRecords) -> None:
    """The whole page; the parts that need a release are left out where there is none."""
    st.title(say("quality.title"), anchor=False)
    paragraph(say("quality.lead"), "tm-lead")
    if view is not None:
        _release(view)
        _disclosure(view)
    is_demonstration = bool(records.files["is_demonstration"].eq(True).any())
    not_passed(records.episodes, view, say, is_demonstration=is_demonstration)
    st.header(say("quality.runs"), anchor=False)
    if records.runs.empty:
        paragraph(say("quality.no_runs"), "tm-lead")
    else:
        _runs(records, say)
        run_id = _chosen_run(records.runs, say)
        files = _of_run(records.files, run_id)
        is_demonstration = bool(files["is_demonstration"].eq(True).any())
        stamp = Stamp("", {say("column.run"): run_id}, is_demonstration)
        _gates(_of_run(records.gates, run_id), stamp, say)
        _files(files, stamp, say)
        _quarantine(_of_run(records.quarantine, run_id), stamp, say)
        _gates_over_time(records, say)
    if view is not None:
        _reconciliation(view)
        every_check(view)


def domain_words(domain: str, say: Say) -> str:
    """A domain by its name; one that the catalogue does not know by its id."""
    return say.known(f"domain.{domain}") or domain


def _of_run(rows: pd.DataFrame, run_id: str) -> pd.DataFrame:
    return rows[rows["run_id"] == run_id]


def _release(view: View) -> None:
    """The current release in a few lines."""
    say, manifest = view.say, view.release.manifest
    code = manifest["code"]
    commit = str(code.get("git_commit") or code["hash"])[:SHORT]
    st.header(say("quality.release"), anchor=False)
    facts = {
        say("csv.release"): str(manifest["release_id"]),
        say("passport.made"): say.forms.moment(manifest["created_at"]),
        say("csv.data"): say("csv.demonstration" if view.is_demonstration else "csv.real"),
        say("quality.code"): commit,
        say("quality.minimum"): str(manifest["settings"]["minimum_respondents"]),
    }
    rows = pd.DataFrame(list(facts.items()), columns=["fact", "value"])
    columns = [Column("fact", say("quality.fact")), Column("value", say("quality.value"))]
    stamp = Stamp(view.release.release_id, {}, view.is_demonstration)
    behind = Behind(rows, columns, stamp, [say("csv.release_facts")])
    show_listing(listing("release", say("quality.release"), behind, say), say)


def _disclosure(view: View) -> None:
    """How much is withheld at each level, and that it could not be computed."""
    say = view.say
    st.header(say("quality.disclosure"), anchor=False)
    manifest = view.release.manifest
    was_attacked = any(gate["gate"] == "attack" for gate in manifest["gates"])
    at = say.forms.moment(manifest["created_at"])
    words = say("quality.attack_failed", at=at) if was_attacked else say("quality.no_attack")
    paragraph(words, "tm-small")
    counted = view.hidden_by_level()
    counted = counted.assign(level=[say(f"quality.level_{level}") for level in counted["level"]])
    columns = [
        Column("level", say("quality.level")),
        Column("groups_hidden", say("quality.groups_hidden"), "count"),
        Column("groups", say("quality.groups"), "count"),
        Column("figures_hidden", say("quality.figures_hidden"), "count"),
        Column("figures", say("quality.figures"), "count"),
    ]
    stamp = Stamp(view.release.release_id, {}, view.is_demonstration)
    behind = Behind(counted, columns, stamp, [say("csv.disclosure")])
    show_listing(listing("disclosure", say("quality.disclosure"), behind, say), say)


def _runs(records: QualityRecords, say: Say) -> None:
    """The last runs, failed ones too, the newest first."""
    rows = records.runs.tail(LAST_RUNS).iloc[::-1]
    times = zip(rows["started_at"], rows["ended_at"], strict=True)
    table = pd.DataFrame(
        {
            "started": [say.forms.moment(at, seconds=True) for at in rows["started_at"]],
            "took": [say.forms.seconds_between(start, end) for start, end in times],
            "outcome": [outcome_words(outcome, "outcome", say) for outcome in rows["outcome"]],
            "release": list(rows["release_id"]),
            "message": [_run_words(run, records, say) for run in rows.to_dict("records")],
        }
    )
    columns = [
        Column("started", say("column.started")),
        Column("took", say("column.took")),
        Column("outcome", say("column.outcome")),
        Column("release", say("csv.release")),
        Column("message", say("column.message")),
    ]
    behind = Behind(table, columns, _of_last_runs(say), [say("csv.runs")])
    show_listing(listing("runs", say("quality.runs"), behind, say), say)


def _run_words(run: Row, records: QualityRecords, say: Say) -> str:
    """Why a run was held: what the first gate found that held it; else the run's own message."""
    gates = _of_run(records.gates, str(run["run_id"]))
    held = gates[gates["status"].isin(STOPPING)]
    if run["outcome"] == "held" and len(held):
        return gate_words(held.iloc[0], say)
    return message_words(run["message"])


def _of_last_runs(say: Say) -> Stamp:
    """What a table of runs says of itself: it is of no release, and of what was found alone."""
    of = {say("column.runs"): say("quality.last_runs", count=LAST_RUNS)}
    return Stamp("", of, is_demonstration=False)


def _chosen_run(runs: pd.DataFrame, say: Say) -> str:
    """The run to look into; the newest unless another is chosen."""
    st.header(say("quality.one_run"), anchor=False)
    names = {
        run["run_id"]: say(
            "quality.run_name",
            started=say.forms.moment(run["started_at"], seconds=True),
            outcome=say(f"outcome.{run['outcome']}"),
        )
        for run in records(runs.iloc[::-1])
    }
    chosen = st.selectbox(
        say("quality.choose_run"), list(names), format_func=lambda run: names.get(run, run)
    )
    return str(chosen)


def _gates(gates: pd.DataFrame, stamp: Stamp, say: Say) -> None:
    """What each gate found in one run."""
    st.subheader(say("quality.gates"), anchor=False)
    if gates.empty:
        paragraph(say("quality.no_gates"), "tm-small")
        return
    rows = gates.assign(
        domain=[domain_words(domain, say) for domain in gates["domain"]],
        status=[outcome_words(status, "gate_status", say) for status in gates["status"]],
        message=[gate_words(gate, say) for gate in gates.to_dict("records")],
    )
    columns = [
        Column("gate", say("column.gate")),
        Column("domain", say("column.domain")),
        Column("status", say("column.status")),
        Column("checks", say("column.checks"), "count"),
        Column("failed", say("column.failed"), "count"),
        Column("message", say("column.message")),
    ]
    behind = Behind(rows, columns, stamp, [say("csv.gates"), *stamp.filters.values()])
    show_listing(listing("gates-of-run", say("quality.gates"), behind, say), say)


def _files(files: pd.DataFrame, stamp: Stamp, say: Say) -> None:
    """Rows in = rows kept + rows quarantined, file by file."""
    st.subheader(say("quality.files"), anchor=False)
    if files.empty:
        paragraph(say("quality.no_files"), "tm-small")
        return
    adds_up = files["rows_in"] == files["rows_kept"] + files["rows_quarantined"]
    sums = {True: f"✓ {say('quality.adds_up')}", False: f"✕ {say('quality.does_not_add_up')}"}
    rows = files.assign(sum=adds_up.map(sums), short=files["sha256"].str[:SHORT])
    columns = [
        Column("file", say("column.file")),
        Column("table", say("column.table")),
        Column("rows_in", say("column.rows_in"), "count"),
        Column("rows_kept", say("column.rows_kept"), "count"),
        Column("rows_quarantined", say("column.rows_quarantined"), "count"),
        Column("sum", say("column.sum")),
        Column("answers_blanked", say("column.answers_blanked"), "few"),
        Column("short", say("passport.sha256")),
    ]
    whole = [*columns[:-1], Column("sha256", say("passport.sha256"))]
    behind, on_page = (
        Behind(rows, whole, stamp, [say("csv.files"), *stamp.filters.values()]),
        table_html(rows, columns, say),
    )
    show_listing(listing("files", say("quality.files"), behind, say, on_page), say)


def _quarantine(quarantine: pd.DataFrame, stamp: Stamp, say: Say) -> None:
    """What was set aside in one run, by reason."""
    st.subheader(say("quality.quarantine"), anchor=False)
    if quarantine.empty:
        paragraph(say("quality.nothing_set_aside"), "tm-small")
        return
    levels = [say(f"quarantine_level.{level}") for level in quarantine["level"]]
    reasons = [say.known(f"reason.{reason}") or reason for reason in quarantine["reason"]]
    advice = [say.known(f"advice.{reason}") or "" for reason in quarantine["reason"]]
    rows = quarantine.assign(level=levels, reason=reasons, advice=advice)
    rows = rows.sort_values("rows", ascending=False)
    columns = [
        Column("reason", say("column.reason")),
        Column("column", say("column.in_column")),
        Column("level", say("column.level")),
        Column("file", say("column.file")),
        Column("rows", say("column.rows"), "few"),
        Column("advice", say("column.advice")),
    ]
    behind = Behind(rows, columns, stamp, [say("csv.quarantine"), *stamp.filters.values()])
    show_listing(listing("quarantine", say("quality.quarantine"), behind, say), say)
    if quarantine["rows"].isna().any():
        paragraph(say("quality.few"), "tm-small")


def _gates_over_time(records: QualityRecords, say: Say) -> None:
    """Each gate in each of the last runs."""
    st.header(say("quality.over_time"), anchor=False)
    runs = records.runs.tail(LAST_RUNS)
    moments = [say.forms.moment(at, seconds=True) for at in runs["started_at"]]
    names = dict(zip(runs["run_id"], moments, strict=True))
    gates = records.gates[records.gates["run_id"].isin(list(names))]
    if gates.empty:
        paragraph(say("quality.no_gates"), "tm-small")
        return
    gates = gates.assign(run=gates["run_id"].map(names))
    stopped = gates[gates["status"].isin(STOPPING)]
    title = say("quality.over_time_title", count=len(runs), held=stopped["run_id"].nunique())
    heading = Heading(title, say("quality.over_time_subtitle"), title)
    statuses = [outcome_words(status, "gate_status", say) for status in gates["status"]]
    columns = [
        Column("run", say("column.run")),
        Column("gate", say("column.gate")),
        Column("status", say("column.status")),
        Column("checks", say("column.checks"), "count"),
        Column("failed", say("column.failed"), "count"),
    ]
    told = gates.assign(status=statuses)
    behind = Behind(told, columns, _of_last_runs(say), [say("csv.gates")])
    show(panel("gates", gates_over_time(gates, heading, say), behind), say)


def _reconciliation(view: View) -> None:
    """Our figures side by side with the published ones."""
    say = view.say
    st.header(say("quality.reconciliation"), anchor=False)
    paragraph(say("quality.reconciliation_text"), "tm-small")
    figures = view.table("mart_reconciliation")
    listed = records(figures)
    rows = figures.assign(
        published=[
            published_words(row, "published_value", "published_value_high", say) for row in listed
        ],
        ours=[our_words(row, say) for row in listed],
        agreement=[agreement_words(row["agrees"], say) for row in listed],
    )
    columns = [
        Column(f"measure_{say.lang}", say("column.measure")),
        Column(f"population_{say.lang}", say("column.population")),
        Column("published", say("column.published")),
        Column("ours", say("column.ours")),
        Column("agreement", say("column.agreement")),
        Column("n", say("column.n"), "count"),
        Column(f"note_{say.lang}", say("csv.note")),
        Column("section", say("column.section")),
    ]
    stamp = Stamp(str(view.release.manifest["release_id"]), {}, view.is_demonstration)
    title = say("quality.reconciliation")
    subject = Subject(
        say("quality.reconciliation_text"),
        say("passport.of_each_row"),
        "reconciled",
        "published",
        ["mart_reconciliation"],
    )
    passport = about_subject(view, say("column.ours"), subject, figures)
    behind = Behind(rows, columns, stamp, [say("csv.reconciliation")], about=passport)
    show_listing(listing("reconciliation", title, behind, say), say)


def our_words(row: Row, say: Say) -> str:
    """Our figure with the published one's decimals; both ends where it is a range."""
    if is_missing(row["our_value"]):
        return ""
    decimals = decimals_of(str(row["published_value"]))
    in_unit = 100 if row["unit"] == "percent" else 1
    low = number_words(row["our_value"] * in_unit, row["unit"], decimals, say)
    if is_missing(row["our_value_high"]):
        return low
    high = number_words(row["our_value_high"] * in_unit, row["unit"], decimals, say)
    return say("comparator.range", low=low, high=high)


def agreement_words(agrees: Any, say: Say) -> str:
    """Whether the two agree; neither where the wave was not delivered."""
    if is_missing(agrees):
        return outcome_words("not_delivered", "gate_status", say)
    words = f"✓ {say('quality.agrees')}" if agrees else f"✕ {say('quality.disagrees')}"
    return words.replace(" ", HARD_SPACE)
