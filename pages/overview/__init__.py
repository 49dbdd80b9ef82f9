"""Pages of the door 总览: how the city or the county stands, and the rows behind every number."""
