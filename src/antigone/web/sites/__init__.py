"""Pages of places where the dead are found or kept, and of the recoveries made there."""
