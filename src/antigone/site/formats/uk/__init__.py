"""Ukrainian, the month in the genitive."""
