"""Standing searches of a case, and an incident searched in one go."""
