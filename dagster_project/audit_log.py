"""The log of a data folder: what was run, published, chosen, exported, erased, by whom and when.

Belongs here: adding an entry, which nothing else does, and telling whether the log is as it was
written. Does not belong here: what a run found (quality_record.py), or any value from the data.

`log.jsonl` has one entry a line and is only ever added to. Each entry carries the hash of its own
content and of the entry before, so that a changed, missing or reordered entry shows. A tail that
is cut off shows by the heads kept elsewhere: `log.head` beside it, and in each release's manifest
the head as it was when the release was made.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from dagster_project.settings import who

LOG, HEAD = "log.jsonl", "log.head"
BEGINNING = "0" * 64  # what the first entry carries in place of the hash of one before

Entry = dict[str, Any]


def now() -> str:
    """The time in UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Head:
    """How far the log had come, and the hash of its last entry then."""

    entry: int
    hash: str


def append(data: Path, what: str, *, by: str | None = None, **details: Any) -> Head:
    """Add one entry to the log of the data folder, and wait until it is on disk.

    what: run, published, set_current, exported, erased, … details: what it is about; JSON. by: who
    did it; otherwise who runs this process. Two processes add one after the other. A line that a
    crash left unfinished was never an entry, and is taken away.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / LOG).open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _finished(file)
        content = {
            "entry": last.entry + 1,
            "at": now(),
            "by": by or who(),
            "what": what,
            **details,
            "before": last.hash,
        }
        head = Head(last.entry + 1, hash_of(content))
        file.write((json.dumps({**content, "hash": head.hash}, ensure_ascii=False) + "\n").encode())
        file.flush()
        os.fsync(file.fileno())
        _keep_head(data, head)
    return head


def _finished(file: Any) -> Head:
    """The head of the open log, after what a crash left unfinished behind it is taken away."""
    file.seek(0)
    content = file.read()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        file.truncate(len(whole))
    return _head_of(whole.splitlines())


def _head_of(lines: Sequence[bytes]) -> Head:
    """Where the lines end; a last line that somebody spoilt stops no work, and still shows."""
    if not lines:
        return Head(0, BEGINNING)
    last = _read(lines[-1])
    if last is None:
        return Head(len(lines), hashlib.sha256(lines[-1]).hexdigest())
    return Head(last["entry"], last["hash"])


def _keep_head(data: Path, head: Head) -> None:
    beside = data / f".{HEAD}-{os.getpid()}"
    beside.write_text(json.dumps(vars(head)) + "\n", encoding="utf-8")
    os.replace(beside, data / HEAD)


def hash_of(entry: Mapping[str, Any]) -> str:
    """The SHA-256 of an entry without its own hash, as JSON with sorted keys."""
    content = {key: value for key, value in entry.items() if key != "hash"}
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def entries(data: Path) -> list[Entry]:
    """The entries of the log, oldest first; lines that are none are left out."""
    return [entry for entry in map(_read, _lines(data)) if entry is not None]


def head(data: Path) -> Head:
    """How far the log has come."""
    return _head_of(_lines(data))


def _lines(data: Path) -> list[bytes]:
    """The finished lines; the rest of one that a process is writing is none yet."""
    content = (data / LOG).read_bytes() if (data / LOG).exists() else b""
    return content[: content.rfind(b"\n") + 1].splitlines()


def _read(line: bytes) -> Entry | None:
    """The entry that a line holds; None where it holds none."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    is_entry = (
        isinstance(entry, dict)
        and isinstance(entry.get("entry"), int)
        and isinstance(entry.get("hash"), str)
    )
    return entry if is_entry else None


# Is it as it was written?


def faults(data: Path, heads: Mapping[str, Head]) -> list[str]:
    """What is wrong with the log, in words; nothing when it is as it was written.

    heads: how far it had come when somebody kept its head, by who kept it. `log.head` is one more.
    """
    lines = _lines(data)
    read = [(place, _read(line)) for place, line in enumerate(lines, start=1)]
    there = [entry for _, entry in read if entry is not None]
    return [
        *(f"line {place} of {LOG} is no entry: it has been changed" for place, e in read if not e),
        *_changed(there),
        *_misplaced(there),
        *_unknown_heads(there, {**heads, **_kept_head(data)}),
    ]


def _kept_head(data: Path) -> dict[str, Head]:
    try:
        return {HEAD: Head(**json.loads((data / HEAD).read_text(encoding="utf-8")))}
    except FileNotFoundError:
        return {HEAD: Head(1, "")} if (data / LOG).exists() else {}
    except (ValueError, TypeError):
        return {HEAD: Head(1, "")}


def _changed(there: Sequence[Entry]) -> Iterator[str]:
    """Entries that are not what their hash says, or what the entry after them says."""
    for entry in there:
        if hash_of(entry) != entry["hash"]:
            yield f"entry {entry['entry']} has been changed"
    for one, after in pairwise(there):
        follows = after["entry"] == one["entry"] + 1
        if follows and after.get("before") != one["hash"]:
            yield f"entry {one['entry']} is not the one that entry {after['entry']} was added to"


def _misplaced(there: Sequence[Entry]) -> Iterator[str]:
    """Entries that are missing, stand twice, or stand in another place than they were added in."""
    numbers = [entry["entry"] for entry in there]
    gone = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if gone:
        yield f"{_entries(gone)} missing"
    yield from (
        f"entry {n} stands twice" for n in sorted({n for n in numbers if numbers.count(n) > 1})
    )
    for one, after in pairwise(numbers):
        if after < one:
            yield f"entry {after} stands after entry {one}: they have changed places"


def _unknown_heads(there: Sequence[Entry], heads: Mapping[str, Head]) -> Iterator[str]:
    """Heads that somebody kept and that the log no longer has."""
    hashes = {0: BEGINNING} | {entry["entry"]: entry["hash"] for entry in there}
    last = max(hashes)
    for keeper, kept in sorted(heads.items()):
        if not kept.hash:
            yield f"{keeper} is missing or cannot be read"
        elif kept.entry > last:
            gone = range(last + 1, kept.entry + 1)
            yield f"the tail is cut off: {_entries(gone)} missing, which {keeper} knows of"
        elif kept.entry in hashes and hashes[kept.entry] != kept.hash:
            yield f"entry {kept.entry} is not the one that {keeper} knows: the log was written anew"


def _entries(numbers: Sequence[int]) -> str:
    """`entry 3 is`, `entries 3 to 5 are`, `entries 3, 7 are`."""
    if len(numbers) == 1:
        return f"entry {numbers[0]} is"
    is_run = numbers[-1] - numbers[0] == len(numbers) - 1
    named = f"{numbers[0]} to {numbers[-1]}" if is_run else ", ".join(map(str, numbers))
    return f"entries {named} are"
