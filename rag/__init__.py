"""Geungeo: answers in Korean about policy documents, each claim a cited slice of its source."""
