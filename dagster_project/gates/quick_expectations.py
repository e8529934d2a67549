"""Great Expectations in less than half its time: importing it without what no check here uses, and
working out once what it works out anew for each of the many metrics of a check.

Belongs here: the one place that touches internals of Great Expectations (pinned in pyproject).
Does not belong here: anything that changes what a check finds; tests/gates run with this in place.
"""

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

# A third of the import, for drawings and for comparing distributions.
SELDOM_USED = ("altair", "scipy.stats")


def import_great_expectations() -> ModuleType:
    """The package, imported at the first asking, with telemetry off."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with imported_when_used(SELDOM_USED):
        return importlib.import_module("great_expectations")


@contextmanager
def imported_when_used(names: Sequence[str]) -> Iterator[None]:
    """Within, importing one of `names` gives a stand-in that becomes the module when it is used."""
    deferred = {name: _Deferred(name) for name in names if name not in sys.modules}
    sys.modules.update(deferred)
    try:
        yield
    finally:
        for name, stand_in in deferred.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


class _Deferred(ModuleType):
    """A module that is imported when something in it is first asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = importlib.util.find_spec(name)

    def __getattr__(self, attribute: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        module = importlib.import_module(self.__name__)
        self.__dict__.update(vars(module))
        return getattr(module, attribute)


@contextmanager
def worked_out_once(expectation_class: Any, engine_class: Any) -> Iterator[None]:
    """Within, `configuration` of each instance of the expectation class, and the rows that the
    engine class picks by a row condition, are worked out at the first asking."""
    plain_property = expectation_class.configuration
    plain_filter = engine_class._apply_row_condition_filter
    # what was asked about is kept beside the answer, so that no other object gets its id
    configurations: dict[int, tuple[Any, Any]] = {}
    filtered: dict[tuple[int, str], tuple[Any, Any]] = {}

    def configuration(self: Any) -> Any:
        if id(self) not in configurations:
            configurations[id(self)] = (self, plain_property.fget(self))
        return configurations[id(self)][1]

    def rows_picked(self: Any, data: Any, condition: Any, domain: Any) -> Any:
        key = (id(data), f"{condition!r} {domain.get('condition_parser')}")
        if key not in filtered:
            filtered[key] = (data, plain_filter(self, data, condition, domain))
        return filtered[key][1]

    expectation_class.configuration = property(configuration)
    engine_class._apply_row_condition_filter = rows_picked
    try:
        yield
    finally:
        expectation_class.configuration = plain_property
        engine_class._apply_row_condition_filter = plain_filter
