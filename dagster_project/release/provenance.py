"""Which code and packages made a release: what its manifest states beside the fingerprints.

Belongs here: versions. Does not belong here: fingerprints (dagster_project/fingerprint.py).
"""

import subprocess
from importlib.metadata import version

from dagster_project.settings import PROJECT

PACKAGES = [
    "tillitsmonitor",
    "dagster",
    "dbt-core",
    "dbt-duckdb",
    "duckdb",
    "great-expectations",
    "pandas",
    "pyarrow",
    "pyreadstat",
    "python-calamine",
]


def git_commit() -> str | None:
    """The commit of the checkout, with a + when it has been changed since; None outside git."""
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--abbrev=40", "--dirty=+", "--exclude=*"],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return described.stdout.strip()


def package_versions() -> dict[str, str]:
    """The versions of the packages that read, check and count."""
    return {package: version(package) for package in PACKAGES}
