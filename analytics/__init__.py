"""analytics answers: one module per question, pure functions of (as_of, …). Imports only `models` and `data`."""
