"""Templates: rows that are the truth, the contracts that bind them, and the gallery drawn from them."""
