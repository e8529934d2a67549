"""Great Expectations is imported lightly, and what is set aside is there when it is used."""

import subprocess
import sys

LIGHT = """
import sys
from dagster_project.gates.quick_expectations import import_great_expectations
gx = import_great_expectations()
from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as kl
print("scipy.stats" in sys.modules, kl.stats.entropy([1.0], [1.0]), "scipy.stats" in sys.modules)
"""


def test_a_module_that_is_seldom_used_is_imported_when_it_is_used() -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "0.0", "True"]
