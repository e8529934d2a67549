"""The command line `tillit`.

Belongs here: arguments, what is printed, and the exit status (0 good, 1 data or gate failed,
2 wrong use). Does not belong here: what any command does; heavy imports wait until they are needed.
"""

import gc
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from dagster_project.audit_log import LOG
from dagster_project.settings import PROJECT, Settings, data_folder
from dagster_project.small_counts import FEW

if TYPE_CHECKING:
    from dagster_project.run import Progress, Summary

app = typer.Typer(
    help="Tillitsmonitor: from the inbox to the dashboard.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
releases_app = typer.Typer(help="List, show and choose releases.", no_args_is_help=True)
app.add_typer(releases_app, name="releases")

PORTS_TRIED = 100  # from the one asked for, until one is free
WIDTH = None if sys.stdout.isatty() else 160  # a file or a pipe has no width of its own
out = Console(soft_wrap=True, highlight=False, width=WIDTH)
err = Console(stderr=True, soft_wrap=True, highlight=False)

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", help="The data folder; TILLIT_DATA, or data/ in the project.", file_okay=False
    ),
]

PortOption = Annotated[
    int, typer.Option(help="Where the dashboard answers.", min=1, max=65_535 - PORTS_TRIED)
]
ABOUT_FILES = (
    "See that the folder is the right one (--data), and that you have the right to read and "
    "write there."
)


def settings_for(data: Path | None) -> Settings:
    """The settings of the data folder asked for; child processes see the same."""
    if data is not None:
        os.environ["TILLIT_DATA"] = str(data.resolve())
    return Settings(data_folder())


def stop(message: str, status: int = 1) -> typer.Exit:
    """Tell why on standard error; raise what comes back."""
    err.print(message, markup=False)
    return typer.Exit(status)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Faults in data, descriptions and releases as one message, exit status 1; a release that was
    asked for and is none, exit status 2."""
    from dagster_project.disclosure.protect import NotDescribed
    from dagster_project.ingest.contract import FileFault
    from dagster_project.ingest.described import DescriptionFault
    from dagster_project.ingest.inbox import NoInbox
    from dagster_project.release.publish import UnknownRelease
    from dagster_project.release.reader import BrokenRelease, NoRelease
    from dagster_project.settings import SettingFault
    from dagster_project.warehouse import WarehouseBusy

    try:
        yield
    except (
        DescriptionFault,
        FileFault,
        NotDescribed,
        NoInbox,
        BrokenRelease,
        NoRelease,
        SettingFault,
        WarehouseBusy,
    ) as fault:
        raise stop(str(fault)) from fault
    except UnknownRelease as fault:
        raise stop(str(fault), 2) from fault


# --- demo, run, up, dashboard ----------------------------------------------------------------


def inbox_has_files(settings: Settings) -> bool:
    """Whether anything at all has been delivered."""
    return settings.inbox.is_dir() and any(p.is_file() for p in settings.inbox.rglob("*"))


def write_demo(settings: Settings) -> None:
    """Write the demonstration inbox, naming each file."""
    from dagster_project.demonstration import write_demonstration

    for path in write_demonstration(settings.inbox):
        err.print(f"  written {path.relative_to(settings.data)}", markup=False)


@app.command()
def demo(data: DataOption = None) -> None:
    """Write the demonstration inbox; an inbox with files in it is left as it is."""
    settings = settings_for(data)
    if inbox_has_files(settings):
        raise stop(f"{settings.inbox} holds files already; nothing was written.")
    write_demo(settings)


@app.command()
def run(
    data: DataOption = None,
    select: Annotated[
        list[str] | None,
        typer.Option(help="Only this asset, such as marts/mart_goal_1; may be given again."),
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Also what has not changed since the last run.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The summary as JSON.")] = False,
) -> None:
    """Take in, gate, build and publish; the last release stays when anything fails."""
    settings = settings_for(data)
    summary = run_and_tell(settings, select or [], anew=anew)
    if as_json:
        print(json.dumps(summary.as_json(), ensure_ascii=False, indent=2))
    else:
        print_summary(summary)
    if summary.outcome not in ("published", "built"):
        raise typer.Exit(1)


def run_and_tell(settings: Settings, select: list[str], *, anew: bool = False) -> "Summary":
    """Run the pipeline with its progress on standard error; exit 1 or 2 when it cannot start."""
    err.print("Starting the pipeline …")
    from dagster_project.run import AnotherRun, run_pipeline

    with told_plainly():
        try:
            return run_pipeline(settings, select=select, anew=anew, tell=print_progress)
        except AnotherRun as fault:
            raise stop(str(fault)) from fault
        except KeyError as fault:
            raise stop(fault.args[0], 2) from fault


def print_progress(progress: "Progress") -> None:
    """One line on standard error, for each step, asset and check that fails."""
    if progress.kind == "step_started":
        err.print(f"{progress.name} …", markup=False)
    elif progress.kind == "step_ended":
        err.print(f"{progress.name} done in {progress.detail}", markup=False)
    elif progress.kind == "step_failed":
        err.print(f"{progress.name} stopped: {progress.detail}", markup=False)
    elif progress.kind == "asset":
        err.print(f"  ✓ {progress.name} {progress.detail}".rstrip(), markup=False)
    elif not progress.is_good:
        err.print(f"  ✗ {progress.name}: {progress.detail}", markup=False)


def print_summary(summary: "Summary") -> None:
    """What came in, what was set aside, which gates hold, and what was published."""
    headings = ("domain", "file", "table", "rows in", "kept", "quarantined", "answers blanked")
    files = Table(*(Column(heading, no_wrap=True) for heading in headings), box=None)
    for file in summary.files:
        counts = (file["rows_in"], file["rows_kept"], file["rows_quarantined"])
        mark = " (refused)" if file["fault"] else " (unchanged)" if file["is_unchanged"] else ""
        files.add_row(
            file["domain"],
            file["file"] + mark,
            file["table"],
            *map(str, counts),
            FEW if file["answers_blanked"] is None else str(file["answers_blanked"]),
        )
    if summary.files:
        out.print(files)
    for row in summary.quarantine:
        if row["level"] != "file":
            rows = "some" if row["rows"] is None else row["rows"]
            out.print(
                f"{row['file']}: {rows} {row['level']}(s) set aside, {row['reason']}"
                + (f", column {row['column']}" if row["column"] else ""),
                markup=False,
            )
    statuses = [gate["status"] for gate in summary.gates]
    counted = ", ".join(
        f"{statuses.count(status)} {status.replace('_', ' ')}"
        for status in ("passed", "failed", "could_not_run", "not_delivered")
        if status in statuses
    )
    if counted:
        out.print(f"Gates: {counted}")
    for gate in summary.gates:
        if gate["status"] == "passed" and gate["message"]:
            out.print(f"! {gate['gate']}: {gate['message']}", markup=False)
    for warning in summary.warnings:
        out.print(f"! {warning}", markup=False)
    for message in summary.messages:
        out.print(f"✗ {message}", markup=False)
    if summary.outcome == "published":
        out.print(f"Release {summary.release_id} is published and current.")
    elif summary.outcome == "built":
        out.print("Built what was asked for; nothing was published.")
    else:
        out.print("Nothing was published; the last release is untouched.")


@app.command()
def up(
    data: DataOption = None,
    port: PortOption = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """All of it: demonstration data in an empty inbox, a run if anything is new, the dashboard."""
    settings = settings_for(data)
    if inbox_has_files(settings):
        err.print("The inbox holds files; no demonstration data is written.")
    else:
        err.print("The inbox is empty; writing demonstration data …")
        write_demo(settings)
    if is_up_to_date(settings):
        err.print("Nothing in the inbox or the code is new; the current release stays.")
    else:
        summary = run_and_tell(settings, [])
        print_summary(summary)
        if summary.outcome != "published":
            raise typer.Exit(1)
    serve(settings, port, browser)


def is_up_to_date(settings: Settings) -> bool:
    """Whether the current release is the one that a run would make."""
    pointer = settings.releases / "current"
    if not pointer.is_symlink():
        return False
    from dagster_project.release.reader import BrokenRelease, current_release
    from dagster_project.run import expected_release

    with told_plainly():
        try:
            return current_release(settings.data).release_id == expected_release(settings)
        except BrokenRelease:
            return False


@app.command()
def dashboard(
    data: DataOption = None,
    port: PortOption = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Serve the dashboard until it is stopped with Ctrl-C."""
    serve(settings_for(data), port, browser)


def serve(settings: Settings, port: int, browser: bool) -> None:
    """Start Streamlit, print the address when it answers, and wait."""
    app_file = PROJECT / "streamlit_app" / "app.py"
    port = free_port(port)
    command = [sys.executable, "-m", "streamlit", "run", str(app_file)]
    command += ["--server.port", str(port), "--server.headless", "true"]
    environment = os.environ | {"TILLIT_DATA": str(settings.data)}
    process = subprocess.Popen(
        command, cwd=app_file.parent, env=environment, stdout=subprocess.DEVNULL
    )
    address = f"http://localhost:{port}"
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what a service manager sends
    try:
        while process.poll() is None and not answers(port):
            time.sleep(0.1)
        if process.poll() is None:
            out.print(f"The dashboard is open at {address} (stop it with Ctrl-C)")
            if browser and sys.stdout.isatty():
                webbrowser.open(address)
        status = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        status = 0
        process.wait()
    if status:
        raise stop(f"The dashboard stopped with status {status}.")


def free_port(wanted: int) -> int:
    """`wanted`, or the next port that nothing listens on."""
    return next(port for port in range(wanted, wanted + PORTS_TRIED) if not answers(port))


def answers(port: int) -> bool:
    """Whether something on this machine listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


# --- check, assets, releases -----------------------------------------------------------------


@app.command()
def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    data: DataOption = None,
    domain: Annotated[
        str | None, typer.Option(help="The domain; otherwise the name of the file's folder.")
    ] = None,
) -> None:
    """Read one input file and say what would be wrong with it, changing nothing."""
    settings = settings_for(data)
    from dagster_project.ingest.check import UnknownDomain, check_file

    with told_plainly():
        try:
            found = check_file(settings, file, domain or file.resolve().parent.name)
        except UnknownDomain as fault:
            raise stop(str(fault), 2) from fault
    for load in found.loads:
        if not load.fault:
            out.print(
                f"{file.name}, {load.table}: {load.rows_in} rows in, {load.rows_kept} kept, "
                f"{load.rows_quarantined} quarantined, {load.answers_blanked} answers blanked",
                markup=False,
            )
        if load.not_read:
            out.print(f"  not read: {', '.join(load.not_read)}", markup=False)
    for message in found.messages:
        out.print(f"  {message}", markup=False)
    held = [result.message for result in found.results if result.status != "passed"]
    if held:
        raise stop("\n".join(f"✗ {message}" for message in held))
    out.print("✓ The file would pass its gate.")


@app.command()
def dev(data: DataOption = None) -> None:
    """Dagster's own interface on the same definitions, with telemetry off."""
    home = settings_for(data).dagster_home
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "dagster.yaml", home / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(home)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "dagster_project.definitions"]
    raise typer.Exit(subprocess.run(command, cwd=PROJECT).returncode)


@app.command()
def assets(data: DataOption = None) -> None:
    """List the assets that `tillit run --select` takes."""
    from dagster_project.definitions import build_definitions

    with told_plainly():
        graph = build_definitions(settings_for(data)).resolve_asset_graph()
    for key in sorted(graph.executable_asset_keys):
        out.print(key.to_user_string())


@releases_app.command("list")
def list_releases(data: DataOption = None) -> None:
    """All releases, newest first; the current one has a star."""
    from dagster_project.release.reader import BrokenRelease, open_release, release_folders

    settings = settings_for(data)
    pointer = settings.releases / "current"
    current = pointer.resolve().name if pointer.is_symlink() else None
    rows = []
    for path in release_folders(settings.releases):
        try:
            opened = open_release(path)
            marks = ["demonstration"] if opened.manifest["is_demonstration"] else []
            marks += [f"erased since: {one['file']}" for one in opened.erased]
            rows.append((opened.manifest["created_at"], path.name, ", ".join(marks)))
        except BrokenRelease as fault:
            rows.append(("", path.name, f"broken: {fault}"))
    if not rows:
        out.print("No release has been published yet.")
    for created, name, remark in sorted(rows, reverse=True):
        star = "*" if name == current else " "
        out.print(f"{star} {name}  {created[:19]}  {remark}".rstrip(), markup=False)


@releases_app.command("show")
def show_release(
    release: Annotated[str, typer.Argument(help="An id, or `current`.")] = "current",
    data: DataOption = None,
) -> None:
    """The manifest of one release, as JSON."""
    from dagster_project.release.publish import folder_of
    from dagster_project.release.reader import open_release

    settings = settings_for(data)
    with told_plainly():
        opened = open_release(folder_of(settings.releases, release))
    for one in opened.erased:
        err.print(f"! {one['file']} was erased {one['at'][:10]}: {one['because']}", markup=False)
    print(json.dumps(opened.manifest, ensure_ascii=False, indent=2))


@releases_app.command("set-current")
def set_current_release(
    release: Annotated[str, typer.Argument(help="The id to make current.")],
    data: DataOption = None,
) -> None:
    """Make a release the one that everybody sees."""
    from dagster_project.release.publish import set_current

    with told_plainly():
        chosen = set_current(settings_for(data).releases, release)
    out.print(f"Release {chosen.release_id} is current.")


# --- packages --------------------------------------------------------------------------------


@app.command()
def export(
    data: DataOption = None,
    release: Annotated[str, typer.Option(help="An id, or `current`.")] = "current",
    goal: Annotated[
        list[int] | None, typer.Option(help="Only this goal, 1 to 5; may be given again.")
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this kind of table: figures, survey, directives, user_survey, activities, "
            "pilots, measures, published, passports; may be given again."
        ),
    ] = None,
    language: Annotated[str, typer.Option(help="nb or en.")] = "nb",
    to: Annotated[Path, typer.Option(help="The folder to write into.", file_okay=False)] = Path(),
) -> None:
    """Make a package of a release: Word, Excel, CSV, Parquet, metadata, manifest."""
    settings = settings_for(data)
    from dagster_project.release.package import NotMade, make_package

    err.print("Making the package …")
    with told_plainly():
        try:
            path = make_package(
                settings,
                to,
                release=release,
                goals=goal or [],
                tables=table or [],
                language=language,
            )
        except NotMade as fault:
            raise stop(str(fault), fault.status) from fault
    print(path)


@app.command()
def verify(
    package: Annotated[
        Path, typer.Argument(help="The zip, or the folder it was unpacked in.", exists=True)
    ],
    data: DataOption = None,
) -> None:
    """Tell whether a package is as it was exported, and which release it is from."""
    settings = settings_for(data)
    from dagster_project.release import package as packages

    with told_plainly():
        try:
            found = packages.verify(settings, package)
        except (packages.NotAPackage, packages.NotMade) as fault:
            raise stop(str(fault)) from fault
    where = "which is here" if found.is_here else "which is not here, or not whole"
    out.print(f"The package is from release {found.release_id}, {where}.", markup=False)
    if found.exported is not None:
        out.print(
            f"Exported {found.exported['at'][:19]} by {found.exported['by']}, says the log.",
            markup=False,
        )
    elif found.is_remade:
        out.print("The log knows of no such export: it was made anew and compared.")
    if found.faults:
        raise stop("\n".join(f"✗ {fault}" for fault in found.faults))
    out.print(f"✓ Its {found.n_files} files are unchanged.")
    if found.exported is None and not found.is_remade:
        out.print("! The log knows of no such export; only its own manifest vouches for it.")


# --- audit -----------------------------------------------------------------------------------


@app.command()
def audit(
    release: Annotated[str | None, typer.Argument(help="An id, or `current`.")] = None,
    data: DataOption = None,
    log: Annotated[
        bool, typer.Option("--log", help="Only whether the log is as it was written.")
    ] = False,
) -> None:
    """Check every hash of a release, make it again from its kept inputs, and compare."""
    settings = settings_for(data)
    if (release is None) is not log:
        raise stop("Say either which release to audit, or --log.", 2)
    if release is None:
        from dagster_project.audit.checks import log_faults

        if not (settings.data / LOG).exists() and not settings.releases.exists():
            raise stop(f"There is no log in {settings.data}: nothing was done there yet.", 2)
        faults = log_faults(settings)
        if faults:
            raise stop("\n".join(f"✗ the log: {fault}" for fault in faults))
        out.print("✓ The log is as it was written.")
        return
    audit_and_tell(settings, release)


def audit_and_tell(settings: Settings, release: str) -> None:
    """The audit of one release, what is to be known first before anything runs."""
    from dagster_project.audit.again import audit_release
    from dagster_project.release.publish import UnknownRelease, folder_of

    try:
        path = folder_of(settings.releases, release)
    except UnknownRelease as fault:
        raise stop(str(fault), 2) from fault

    def remark(words: str) -> None:
        out.print(f"! {words}", markup=False)

    found = audit_release(settings, path, remark=remark, tell=print_progress)
    for said in found.faults:
        out.print(f"✗ {said}", markup=False)
    for difference in found.differences:
        out.print(f"≠ {difference}", markup=False)
    if not found.is_reproduced:
        raise stop(f"✗ Release {found.release_id} is not reproduced.")
    out.print(f"✓ Release {found.release_id} is reproduced: every file and table is the same.")


@app.command()
def erase(
    sha256: Annotated[str, typer.Argument(help="The SHA-256 of the input, as a release names it.")],
    because: Annotated[
        str,
        typer.Option(help="Why, for the log and the releases' readers; name no person."),
    ],
    data: DataOption = None,
) -> None:
    """Erase an input for good; the releases counted from it stay, and are marked."""
    settings = settings_for(data)
    from dagster_project.release.inputs import UnknownInput
    from dagster_project.release.inputs import erase as erase_input
    from dagster_project.run import AnotherRun, only_run

    try:
        with only_run(settings):
            releases = erase_input(settings, sha256, because)
    except AnotherRun as fault:
        raise stop(str(fault)) from fault
    except UnknownInput as fault:
        raise stop(str(fault), 2) from fault
    out.print(f"Erased; {len(releases)} release(s) marked: {', '.join(releases) or 'none'}.")
    out.print("The warehouse went with it: `tillit run` builds it anew from what is in the inbox.")


def main() -> None:
    """The entry point of `tillit`."""
    gc.set_threshold(1_000_000)  # the libraries make millions of objects that stay to the end
    try:
        app()
    except OSError as fault:
        if fault.filename is None:
            raise
        err.print(f"{fault.filename}: {fault.strerror}. {ABOUT_FILES}", markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
