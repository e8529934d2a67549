"""Settings for all tests: no test is timed, since machines are noisy; garbage is collected as
rarely as `tillit` does it, since the libraries make millions of objects that stay to the end."""

import gc

from hypothesis import settings

gc.set_threshold(1_000_000)
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
