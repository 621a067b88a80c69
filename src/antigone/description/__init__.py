"""What is said of a person or a body, statement by statement, in one vocabulary for both sides."""
