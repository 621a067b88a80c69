"""The forms of the pages of missing persons."""
