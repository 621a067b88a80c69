"""The first page: what awaits the person who signed in."""
