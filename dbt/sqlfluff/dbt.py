"""What sqlfluff puts in place of dbt's own macros, so that it can render models without dbt.

Belongs here: the few cross-database macros that the models use, as DuckDB spells them.
Does not belong here: anything that dbt itself reads.
"""


def type_string() -> str:
    """The type of text."""
    return "varchar"


def type_int() -> str:
    """The type of counts."""
    return "integer"


def type_bigint() -> str:
    """The type of large counts."""
    return "bigint"


def type_boolean() -> str:
    """The type of yes and no."""
    return "boolean"


def concat(fields: list[str]) -> str:
    """The texts one after the other."""
    return " || ".join(fields)


def safe_cast(field: str, sql_type: str) -> str:
    """The field as another type, null where it is none."""
    return f"try_cast({field} as {sql_type})"


def position(substring: str, text: str) -> str:
    """Where the substring begins, 0 where it does not occur."""
    return f"position({substring} in {text})"


def length(text: str) -> str:
    """The number of characters."""
    return f"length({text})"


def replace(field: str, old: str, new: str) -> str:
    """The text with each occurrence of a part replaced."""
    return f"replace({field}, {old}, {new})"


def datediff(first: str, second: str, part: str) -> str:
    """How many of a part of time lie between the two."""
    return f"date_diff('{part}', {first}, {second})"


def listagg(measure: str, delimiter: str, order: str) -> str:
    """The group's texts as one, in order."""
    return f"string_agg({measure}, {delimiter} {order})"
