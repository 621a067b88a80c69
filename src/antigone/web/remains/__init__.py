"""Pages of remains units and of the living who cannot state their identity."""
