"""Cases: the list, the story of each, opening and ending them, and ranked output behind its question."""
