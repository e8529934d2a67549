"""What sqlfluff puts in place of dbt's own macros, so that it can render models without dbt.

Belongs here: the few cross-database macros that the models use, as DuckDB spells them.
Does not belong here: anything that dbt itself reads.
"""


def type_string() -> str:
    return "varchar"


def type_int() -> str:
    return "integer"


def concat(fields: list[str]) -> str:
    return " || ".join(fields)


def safe_cast(field: str, sql_type: str) -> str:
    return f"try_cast({field} as {sql_type})"


def position(substring: str, text: str) -> str:
    return f"position({substring} in {text})"


def length(text: str) -> str:
    return f"length({text})"
