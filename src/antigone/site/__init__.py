"""Where the rooms are put together: settings and, later, URL maps."""
