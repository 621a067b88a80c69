"""The practice room: exercises on people who never lived, the truth afterwards, and one's own record."""
