"""The command line tool, as the wheel brings it."""

import sys

from . import _core


def main() -> int:
    """Runs `llm-prevalence` with the arguments of this process and returns its exit code."""
    return _core.main(["llm-prevalence", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
