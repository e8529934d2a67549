"""What is worked out once for each release and choice, and kept for all readers.

The key of what is kept names the release as it is now, so that a new one is never shown with what
belongs to an old one; so many answers are kept, over all releases, and the oldest go first.
Streamlit's own caches take half a millisecond to be asked, and a page asks a hundred times.
Belongs here: keeping. Does not belong here: anything that is kept (evidence.py, blocks/).
"""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import RLock
from typing import Any, Protocol, TypeVar

KEPT = 2000
Made = TypeVar("Made")


class Keyed(Protocol):
    """What can be worked from: its key names the release, the language, and what else is chosen."""

    @property
    def key(self) -> tuple[Hashable, ...]: ...


def kept(make: Callable[..., Made]) -> Callable[..., Made]:
    """`make(what, *choice)`, worked out once for each key of `what` and each choice.

    All readers share what it gives, and nobody may change it.
    """

    @wraps(make)
    def asked(what: Keyed, *choice: Hashable) -> Made:
        of = (make.__module__, make.__qualname__, *what.key, *choice)
        return worked_out(of, lambda: make(what, *choice))

    return asked


def worked_out(of: tuple[Hashable, ...], work: Callable[[], Made]) -> Made:
    """What `work` gives, done once while others wait for it; of: all that it depends on.

    What fails is not kept: whoever asks next tries again.
    """
    place = _place(of)
    with place.lock:
        if not place.is_filled:
            place.value, place.is_filled = work(), True
    found: Made = place.value
    return found


def forget() -> None:
    """Let go of everything."""
    _place.cache_clear()


class _Place:
    """Where an answer is put once it has been worked out."""

    def __init__(self) -> None:
        self.lock, self.is_filled, self.value = RLock(), False, None


@lru_cache(maxsize=KEPT)
def _place(of: tuple[Hashable, ...]) -> Any:  # noqa: ARG001
    return _Place()
