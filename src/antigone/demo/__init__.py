"""The tour: the main job on people who never lived."""
