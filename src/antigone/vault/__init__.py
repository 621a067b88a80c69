"""Sealed images and the keys that open them; erasing an image destroys its key."""
