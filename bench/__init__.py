"""How fast is it, how does that grow, and what does another way take in the same run? `python -m bench` prints one table."""
