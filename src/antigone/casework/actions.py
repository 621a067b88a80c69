"""Ledger actions of this room."""
