"""Pages of holdings: opened by one person, approved by another."""
