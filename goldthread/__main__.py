"""`python -m goldthread` is the `goldthread` command."""

import sys

from goldthread.config.command import main

sys.exit(main())
