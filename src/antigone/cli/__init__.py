"""The terminal: thin commands; no rules live here."""
