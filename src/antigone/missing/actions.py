"""Ledger actions of the ante-mortem records."""
