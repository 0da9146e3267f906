"""The benchmark's judging of samples is used by the tests too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "benchmark"))
