"""The staff pages: thin views over services and queries."""
