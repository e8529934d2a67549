"""Benchmarks: ratios against something real in the same run, never a limit in seconds."""
