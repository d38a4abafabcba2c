"""Questions with their right answers, and what the assistant makes of them today.

``dev.jsonl`` and ``second.jsonl`` hold the questions; ``expected.toml`` the figures; ``expected_*.jsonl`` what each
question contributes to them. The last two are written by ``python -m tests.golden.update``.
"""
