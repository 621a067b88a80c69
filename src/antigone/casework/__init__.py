"""From a mandate to leads: cases and the searches made in them."""
