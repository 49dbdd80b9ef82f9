"""How does the casework database come to its present shape? Alembic runs the files in `versions/` in order."""
