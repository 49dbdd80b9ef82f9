"""The verbs that change something: one per file; each takes who, now and purpose, checks rights, appends one event."""
