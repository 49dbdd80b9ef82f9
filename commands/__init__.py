"""The command line, one verb per file. The contract is in docs/commands.md."""
