"""Pages of the data-protection reviewer: a random sample of photographs, and what is kept, ends and is erased."""
