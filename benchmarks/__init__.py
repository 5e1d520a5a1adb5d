"""Programs that print tables: other search programs on the same passages, latency, ingestion.

No test runs them. Each leaves its figures in `results/`, from which `python -m benchmarks.report`
writes docs/benchmarks.md.
"""
