"""Great Expectations works out an expectation's configuration anew some hundred times for each
check, a quarter of its time. Here it is worked out once.

Belongs here: the one place that touches an internal of Great Expectations (pinned in pyproject).
Does not belong here: anything that changes what a check finds; tests/gates run with this in place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def configurations_worked_out_once(expectation_class: Any) -> Iterator[None]:
    """Within, `configuration` of each instance of the class is computed at the first asking."""
    plain = expectation_class.configuration
    known: dict[int, tuple[Any, Any]] = {}  # the instance is kept, so that no other gets its id

    def configuration(self: Any) -> Any:
        if id(self) not in known:
            known[id(self)] = (self, plain.fget(self))
        return known[id(self)][1]

    expectation_class.configuration = property(configuration)
    try:
        yield
    finally:
        expectation_class.configuration = plain
