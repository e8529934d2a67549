"""What a new release is held to: the release that is shown when it is made.

Belongs here: which release that is, and what it shows and hides of the answers that go in now.
Does not belong here: what follows from it (disclosure/pattern.py), or what it gives away (attack/).

Cut otherwise, two releases of the same answers would tell together what neither tells alone. So
what is shown now stays shown, and what is hidden stays hidden, and its pattern is part of what a
new release is made of, beside inputs, code and settings. A release that is made again of the same
is held to what it was held to before. To make an old one again elsewhere, lay its inputs in an
empty data folder and point `releases/current` there to the release that its manifest names.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.warehouse import dicts, has_table, insert_rows

# a table's cell, the file that it is counted in, and whether it is shown
Seen = tuple[str, str, str, str, str, bool]
SEEN = " union all ".join(
    [
        "select period, source_sha256, '' as question_id, node_id, role_id, status = 'shown' "
        "from mart_response",
        *(
            "select period, source_sha256, item_id, node_id, role_id, bool_or(status = 'shown') "
            f"from mart_goal_{goal} "
            "where role_id is not null and status <> 'published' and measure not like 'rank_%' "
            "group by all"
            for goal in range(1, 6)
        ),
    ]
)


@dataclass(frozen=True)
class HeldTo:
    """release_id: of the release that has a say. pattern_sha256: of what it shows and hides of the
    inputs. marts: its tables, a DuckDB file."""

    release_id: str
    pattern_sha256: str
    marts: Path

    @property
    def stated(self) -> dict[str, str]:
        """What the manifest of the new release says of it."""
        return {"release_id": self.release_id, "pattern_sha256": self.pattern_sha256}


def made_of(
    inputs: Iterable[Mapping[str, Any]], code_hash: str, settings: Mapping[str, Any]
) -> dict[str, Any]:
    """The inputs, code and settings of a release, in a form that can be compared."""
    return {
        "inputs": sorted({(i["domain"], i["file"], i["sha256"]) for i in inputs}),
        "code": code_hash,
        "settings": settings,
    }


def held_to(releases: Path, made: Mapping[str, Any]) -> HeldTo | None:
    """What a release of `made` is held to, if a release is shown that has anything of its inputs.

    One from before there was an attack has no say: what it gives away cannot be mended.
    """
    folder = (releases / "current").resolve()
    shown = _manifest(folder)
    if shown is None or not any(gate["gate"] == "attack" for gate in shown["gates"]):
        return None
    if _is_made_of(shown, made):
        stated = shown["held_to"]
        if stated is None:
            return None
        earlier = HeldTo(**stated, marts=releases / stated["release_id"] / "marts.duckdb")
        if earlier.marts.exists():
            return earlier
    marts = folder / "marts.duckdb"
    seen = seen_in(marts, {sha256 for _, _, sha256 in made["inputs"]})
    if not seen:
        return None
    digest = hashlib.sha256(json.dumps(seen).encode()).hexdigest()
    return HeldTo(shown["release_id"], digest, marts)


def held_to_here(
    con: duckdb.DuckDBPyConnection, releases: Path, code_hash: str, settings: Mapping[str, Any]
) -> HeldTo | None:
    """What a release of the inputs that the warehouse holds is held to."""
    inputs = dicts(
        con, "select domain, source_file as file, source_sha256 as sha256 from raw.input_file"
    )
    return held_to(releases, made_of(inputs, code_hash, settings))


def note(con: duckdb.DuckDBPyConnection, held: HeldTo | None) -> None:
    """Keep beside the protected tables what they are held to."""
    con.execute("create schema if not exists disclosure")
    con.execute(
        "create or replace table disclosure.held_to (release_id varchar, pattern_sha256 varchar)"
    )
    insert_rows(con, "disclosure.held_to", [tuple(held.stated.values())] if held else [])


def is_noted(con: duckdb.DuckDBPyConnection, held: HeldTo | None) -> bool:
    """Whether the protected tables are held to this."""
    if not has_table(con, "disclosure", "held_to"):
        return False
    noted = dicts(con, "select release_id, pattern_sha256 from disclosure.held_to")
    return noted == ([held.stated] if held else [])


def seen_in(marts: Path, files: Iterable[str]) -> list[Seen]:
    """Which cells the tables in the database file `marts` show and hide, of those counted in the
    files of these SHA-256: wave, SHA-256, question (or ''), node, role, whether it is shown."""
    with duckdb.connect() as con:
        con.execute(f"attach '{marts}' as shown (read_only)")
        con.execute("use shown")
        wanted = set(files)
        return sorted(row for row in con.execute(SEEN).fetchall() if row[1] in wanted)


def _is_made_of(manifest: Mapping[str, Any], made: Mapping[str, Any]) -> bool:
    if "held_to" not in manifest:
        return False
    was = made_of(manifest["inputs"], manifest["code"]["hash"], manifest["settings"])
    return json.dumps(was, sort_keys=True) == json.dumps(made, sort_keys=True)


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found
