"""Answers and results → JSON, text, tables; files of questions."""
