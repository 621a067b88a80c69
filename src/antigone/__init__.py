"""Antigone puts names back to the unknown dead, and sees that their families are told."""

__version__ = "0.1.0"
