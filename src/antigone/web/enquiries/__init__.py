"""Pages of enquiries: filed for a family, read, taken up, answered, withdrawn."""
