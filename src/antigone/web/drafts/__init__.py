"""Forms that were begun: kept while one types, offered when one comes back."""
