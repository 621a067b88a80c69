"""The board: leads with prior and posterior, evidence and what rivals it, votes, signed decisions, and the overview."""
