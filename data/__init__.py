"""data keeps: how records, decisions and snapshots are kept, and the rules as data."""
