"""The calibrations that an agency has in force, and its own closed cases that give it one."""
