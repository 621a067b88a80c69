"""Enquiries as families file them, and the stage shown back."""
