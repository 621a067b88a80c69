"""One search of a case: its photographs read, the gallery asked, candidates weighed (steps 3 to 8)."""
