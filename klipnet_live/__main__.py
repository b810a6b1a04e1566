"""`python -m klipnet_live` runs `klipnet-live`."""

import multiprocessing
import sys

if __name__ == "__main__":
    # A frozen app is its own Python interpreter: child processes start here and must not run the app again.
    multiprocessing.freeze_support()
    from klipnet_live.cli import main

    sys.exit(main())
