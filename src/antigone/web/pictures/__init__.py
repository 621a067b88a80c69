"""Pictures of people: portraits, and photographs of the dead behind their veil."""
