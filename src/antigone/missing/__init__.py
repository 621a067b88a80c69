"""The ante-mortem side: persons reported missing, who reported them, and the portraits that were given."""
