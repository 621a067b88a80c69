"""Triage and examination: people who judge blind to score, rank, name and one another (step 9)."""
