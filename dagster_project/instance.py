"""The Dagster instance of one run in this process, whose history is the quality record.

Belongs here: what Dagster asks of a run's surroundings. Does not belong here: the run (run.py).
"""

from collections.abc import Sequence

import dagster as dg
from dagster._core.instance import InstanceType
from dagster._core.launcher.sync_in_memory_run_launcher import SyncInMemoryRunLauncher
from dagster._core.run_coordinator import DefaultRunCoordinator
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.event_log.base import AssetRecord
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.root import TemporaryLocalArtifactStorage
from dagster._core.storage.runs import InMemoryRunStorage


class NothingKept(InMemoryEventLogStorage):
    """An event log that keeps no event: those who listen get each one all the same.

    A run has close to a thousand events, and the database in memory that `ephemeral()` writes them
    to, only to throw it away, takes a tenth of the run's time.
    """

    def store_event(self, event: dg.EventLogEntry) -> None:
        """Keep nothing."""

    @property
    def asset_records_have_last_observation(self) -> bool:
        """True, so that Dagster looks for none beside the records."""
        return True

    def get_asset_records(
        self,
        asset_keys: Sequence[dg.AssetKey] | None = None,  # noqa: ARG002
    ) -> Sequence[AssetRecord]:
        """None, as on an instance that has not seen any asset yet."""
        return []


def without_history() -> dg.DagsterInstance:
    """What `DagsterInstance.ephemeral()` gives, with the event log that keeps nothing."""
    return dg.DagsterInstance(
        instance_type=InstanceType.EPHEMERAL,
        local_artifact_storage=TemporaryLocalArtifactStorage(),  # type: ignore[no-untyped-call]
        run_storage=InMemoryRunStorage(),
        event_storage=NothingKept(),
        compute_log_manager=NoOpComputeLogManager(),
        run_coordinator=DefaultRunCoordinator(),
        run_launcher=SyncInMemoryRunLauncher(),
    )
