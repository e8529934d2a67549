"""Descriptions kept as YAML, read into pydantic models; every fault is told with file and line.

Belongs here: the base model, and the way from a YAML file to it.
Does not belong here: what any description means (codebook.py, domains.py).
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

Where = tuple[str | int, ...]


class DescriptionFault(Exception):
    """A description is wrong; the message has one line a fault: file, line, what, what to do."""


class FaultAt(ValueError):
    """A fault at one place in a description; `where` is the path of keys to it."""

    def __init__(self, message: str, *where: str | int) -> None:
        super().__init__(message)
        self.where = where


class Described(BaseModel):
    """A part of a description; a key that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def faults(self) -> list[FaultAt]:
        """What is wrong beyond the shape of it; each model says its own."""
        return []


class Bilingual(Described):
    """A text in Norwegian bokmål and English."""

    nb: str
    en: str

    def faults(self) -> list[FaultAt]:
        return [
            FaultAt(f"the label in {language} is missing", language)
            for language, text in (("nb", self.nb), ("en", self.en))
            if not text.strip()
        ]

    def __str__(self) -> str:
        return self.nb


Model = TypeVar("Model", bound=Described)


def read_description(
    path: Path, model: type[Model], check: Callable[[Model], list[FaultAt]] = lambda _: []
) -> Model:
    """Read the YAML file `path` into `model`; `check` finds what the model alone cannot know.

    Raises DescriptionFault with every fault found, each with file and line.
    """
    tree = _read_tree(path)
    try:
        described = model.model_validate(_plain(tree))
    except ValidationError as error:
        faults = [
            FaultAt(_plainly(e["type"], e["msg"]), *_standing(tree, e["loc"], e["type"]))
            for e in error.errors()
        ]
    else:
        faults = all_faults(described) + check(described)
        if not faults:
            return described
    raise DescriptionFault("\n".join(in_words(path, faults)))


def in_words(path: Path, faults: Iterable[FaultAt]) -> list[str]:
    """Faults found in the YAML file `path`, each with file, line and place."""
    tree = _read_tree(path)
    return [f"{path.name}, line {_line(tree, f.where)}: {_place(f.where)}{f}" for f in faults]


def _read_tree(path: Path) -> Any:
    return _tree_of(path.name, path.read_bytes())


@lru_cache(maxsize=64)
def _tree_of(name: str, content: bytes) -> Any:
    """The YAML as it stands, with line numbers; the same bytes are parsed once in a process."""
    try:
        return YAML(typ="rt").load(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = content.count(b"\n", 0, error.start)
        what = f"byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8"
    except MarkedYAMLError as error:
        before = error.problem_mark.line if error.problem_mark else 0
        what = str(error.problem)
    except ReaderError as error:
        before = content.decode("utf-8").count("\n", 0, error.position)
        what = f"the sign {error.character!r} is not allowed here; take it out"
    raise DescriptionFault(f"{name}, line {before + 1}: {what}")


def all_faults(part: Any, *where: str | int) -> list[FaultAt]:
    """The faults of a model and of every model inside it, each with its full path."""
    found: list[FaultAt] = []
    if isinstance(part, Described):
        found += [FaultAt(str(f), *where, *f.where) for f in part.faults()]
        for name in type(part).model_fields:
            found += all_faults(getattr(part, name), *where, name)
    elif isinstance(part, dict):
        for key, value in part.items():
            found += all_faults(value, *where, key)
    elif isinstance(part, (list, tuple)):
        for index, value in enumerate(part):
            found += all_faults(value, *where, index)
    return found


def _plainly(kind: str, message: str) -> str:
    return {
        "missing": "is missing; write it",
        "extra_forbidden": "is not a key that is known here; check the spelling",
    }.get(kind, message)


def _place(where: Where) -> str:
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in where)
    return f"{place}: " if place else ""


def _standing(tree: Any, where: Where, kind: str) -> Where:
    """`where` with what stands or is lacking in the file alone, not how pydantic came there."""
    standing: Where = ()
    for number, key in enumerate(where, start=1):
        is_there = key in tree if isinstance(tree, CommentedMap) else isinstance(key, int)
        if is_there or (kind == "missing" and number == len(where)):
            standing += (key,)
            tree = tree[key] if is_there else None
    return standing


def _line(tree: Any, where: Where) -> int:
    """The line of the deepest part of `where` that stands in the file."""
    line = 1
    for key in where:
        lines = tree.lc.data if isinstance(tree, (CommentedMap, CommentedSeq)) else None
        if not lines or key not in lines:  # what is merged in has no line of its own
            break
        line = lines[key][0] + 1
        tree = tree[key]
    return line


def _plain(tree: Any) -> Any:
    """The tree as plain dicts and lists, which pydantic reads strictly."""
    if isinstance(tree, CommentedMap):
        return {str(key): _plain(value) for key, value in tree.items()}
    if isinstance(tree, CommentedSeq):
        return [_plain(value) for value in tree]
    return tree
