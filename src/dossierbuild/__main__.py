"""`python -m dossierbuild`."""

import sys

from dossierbuild.cli import main

if __name__ == "__main__":
    sys.exit(main())
