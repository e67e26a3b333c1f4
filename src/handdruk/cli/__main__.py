"""`python -m handdruk.cli` is the `handdruk` command."""

import sys

from handdruk.cli import main

sys.exit(main())
