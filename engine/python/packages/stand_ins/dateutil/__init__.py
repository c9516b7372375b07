"""A little of dateutil: differences in months and years."""
