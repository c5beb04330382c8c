"""Runs one command and exits with its code."""

import sys

from registry.cli import main

sys.exit(main())
