"""`python -m klipnet_live` is `klipnet-live`."""

import sys

from klipnet_live.cli import main

sys.exit(main())
