"""The practice room: examining on people who never lived, of whom the truth is known and told afterwards."""
