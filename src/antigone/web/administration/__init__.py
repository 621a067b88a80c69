"""Pages of who looks after an agency: its people, mandates, agreements and tokens."""
