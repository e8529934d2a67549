"""The demonstration inbox: invented evidence in the formats that real evidence comes in.

Belongs here: everything that invents units, respondents and answers, and writes them to files.
Does not belong here: anything of the pipeline. This package imports nothing from its neighbours
and reads no codebook, so that what the pipeline finds in the files is found, not remembered.
"""

from dagster_project.demonstration.inbox import write_demonstration

__all__ = ["write_demonstration"]
