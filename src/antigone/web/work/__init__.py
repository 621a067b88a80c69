"""How far the work is that somebody asked for."""
