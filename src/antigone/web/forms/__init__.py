"""How forms are laid out, and forms made from the catalogue of what may be stated."""
