"""Pages of missing persons: found, recorded, described, merged, reviewed and let go."""
