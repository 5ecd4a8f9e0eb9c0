"""The commands: each module holds what is asked of it as a frozen value, and `run`, which answers with an exit code.

Nothing here knows of arguments as people type them: `cli.py` turns these into the values. Only the commands print.
"""
