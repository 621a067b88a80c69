"""What this installation is, how its pages look, and the style guide."""
