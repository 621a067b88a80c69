"""How each language writes dates; whatever is not said here is Django's own."""
