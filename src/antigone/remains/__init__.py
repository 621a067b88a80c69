"""The post-mortem side: the unidentified, where they were found, and the photographs taken of them."""
