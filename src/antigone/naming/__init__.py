"""Names across scripts and spellings: one name written three ways finds itself."""
