"""`python -m klipnet_live` is `klipnet-live`."""

import multiprocessing
import sys

if __name__ == "__main__":
    # The frozen app is its own Python: its capture helper is this program again, which goes no further.
    multiprocessing.freeze_support()
    from klipnet_live.cli import main

    sys.exit(main())
