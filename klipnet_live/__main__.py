"""`python -m klipnet_live` is `klipnet-live`."""

import multiprocessing
import sys

from klipnet_live.cli import main

if __name__ == "__main__":
    # The frozen app is its own Python: the capture helper is this program, started anew.
    multiprocessing.freeze_support()
    sys.exit(main())
