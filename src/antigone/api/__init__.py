"""The programs' door: thin operations over services and queries."""
