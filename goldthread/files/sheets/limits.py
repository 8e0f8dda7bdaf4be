"""How large a file of figures may be. Street-level archives are not read here and have no such limit."""

from __future__ import annotations

LARGEST = 30 * 1024 * 1024
MOST_ROWS = 200_000
MOST_CELLS = 800_000
MOST_COLUMNS = 1_000
MEMORY = 900 * 1024 * 1024
SECONDS = 60
SPLIT = "Split it, for example by year, and load each part."
