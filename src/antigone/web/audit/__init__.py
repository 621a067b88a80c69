"""Pages of the ledger, for who audits: what was done and refused, by whom, and whether the log is whole."""
