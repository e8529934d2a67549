"""What a library says of a fault, without what it may quote from a cell.

Belongs here: cutting off what may hold a value, before it goes into a record, an alert or a file.
Does not belong here: our own messages, which are worded without any.
"""

import builtins
import re
from collections.abc import Sequence

# The database's errors that speak of names, files and SQL alone; all others may quote a cell.
SPEAK_OF_NAMES = (
    "Binder Error",
    "Catalog Error",
    "Connection Error",
    "IO Error",
    "Not implemented Error",
    "Out of Memory Error",
    "Parser Error",
    "Permission Error",
    "TransactionContext Error",
)
KIND = re.compile(r"\b[A-Z][\w-]*(?: [\w-]+)*? Error(?=: )")
NO_COLUMN = re.compile(r'[Tt]he column "[^"]*" in BatchData does not exist')
PLACE = re.compile(r'File "(?:.*/)?(dagster_project/[^"]+)", line (\d+)')
LEFT_OUT = "what it says is left out, since it may quote a cell"


def without_values(said: str) -> str:
    """What the database, or dbt, says, cut off behind the kind of error where it may go on with a
    value: `Conversion Error: Could not convert string 'Kari' …` is `Conversion Error`."""
    kind = KIND.search(said)
    if kind is None or kind[0].endswith(SPEAK_OF_NAMES):
        return said
    return f"{said[: kind.end()]} ({LEFT_OUT})"


def of_check(said: str) -> str:
    """What Great Expectations says of a check that could not run: the column that is lacking, or
    else the kind of error alone."""
    if found := NO_COLUMN.search(said):
        return found[0]
    kind = re.match(r"[\w.]+(?=: )", said)
    return f"{kind[0] if kind else 'an error'} ({LEFT_OUT})"


def of_exception(name: str, said: str, stack: Sequence[str]) -> str:
    """What an exception of a library, or of Python, may be told as: its kind, and where it was.

    name: of its class; said: its message; stack: the lines of its traceback.
    """
    told = f"{name}: {said}"
    if _is_of_files(name) or (KIND.search(said) and without_values(said) == said):
        return told
    places = [place for line in stack for place in PLACE.findall(line)]
    where = " in {}, line {}".format(*places[-1]) if places else ""
    kind = KIND.match(said)
    return f"{kind[0] if kind else name}{where} ({LEFT_OUT})"


def _is_of_files(name: str) -> bool:
    """Whether it is one of Python's errors that speak of files alone."""
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, OSError)
