"""Where things are and what may be set: every question to the environment is answered here.

Belongs here: paths, environment variables, the settings a release states.
Does not belong here: anything that opens a file or knows a domain.
"""

import getpass
import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FIVE_YEARS = "1826"  # days


class SettingFault(Exception):
    """A setting in the environment cannot be used; the message names it and says what to write."""


def data_folder() -> Path:
    """The data folder: `TILLIT_DATA`, or `data/` in the project."""
    return Path(os.environ.get("TILLIT_DATA") or PROJECT / "data").resolve()


def who() -> str:
    """Who does what the log tells of: `TILLIT_BY`, or the user that this process runs as."""
    return os.environ.get("TILLIT_BY") or getpass.getuser()


@dataclass(frozen=True)
class Settings:
    """The folders of one installation; tests make their own.

    data: inbox, warehouse, releases and quality records.
    seeds, expectations, dbt: what describes the data, as files in the project.
    """

    data: Path
    seeds: Path = PROJECT / "seeds"
    expectations: Path = PROJECT / "expectations"
    dbt: Path = PROJECT / "dbt"

    @property
    def inbox(self) -> Path:
        return self.data / "inbox"

    @property
    def warehouse(self) -> Path:
        return self.data / "warehouse.duckdb"

    @property
    def releases(self) -> Path:
        return self.data / "releases"

    @property
    def inputs(self) -> Path:
        """What the releases were made from, each file under its SHA-256."""
        return self.data / "inputs"

    @property
    def keep_inputs_days(self) -> float:
        """For how long an input is kept that no release is left of: `TILLIT_KEEP_INPUTS_DAYS`.

        Raises SettingFault when it is no number of days.
        """
        asked = os.environ.get("TILLIT_KEEP_INPUTS_DAYS") or FIVE_YEARS
        try:
            return float(asked)
        except ValueError as error:
            raise SettingFault(
                f"TILLIT_KEEP_INPUTS_DAYS is {asked}, which is no number of days; write 365, say"
            ) from error

    @property
    def quality(self) -> Path:
        """One JSON-lines file for each run, failed ones too."""
        return self.data / "quality"

    @property
    def dbt_target(self) -> Path:
        return self.data / "dbt"

    @property
    def dbt_parsed(self) -> Path:
        """Where dbt keeps what it has parsed: beside the models, if that may be written to."""
        return self.dbt / "target" if os.access(self.dbt, os.W_OK) else self.dbt_target

    @property
    def dagster_home(self) -> Path:
        return Path(os.environ.get("DAGSTER_HOME") or self.data / "dagster").resolve()
