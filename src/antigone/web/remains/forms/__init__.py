"""Forms of the post-mortem side, a file a noun."""
