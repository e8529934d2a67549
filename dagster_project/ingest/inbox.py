"""The inbox as a whole: that it is there.

Belongs here: what is to be known of the inbox and is no fault of any one file.
Does not belong here: reading a file (load.py), or judging what came out (gates).
"""

from dagster_project.settings import Settings


class NoInbox(Exception):
    """There is no inbox to take anything in from; the message says where, and what to do."""


def require_inbox(settings: Settings) -> None:
    """Raises NoInbox where the inbox is not there, or is no folder: a share that is not mounted or
    a mistyped path must not pass for an inbox that nothing was delivered to."""
    if not settings.inbox.is_dir():
        raise NoInbox(
            f"There is no inbox in {settings.data}. Put files in {settings.inbox}, write "
            "demonstration data with `tillit demo`, or name the right folder with --data."
        )
