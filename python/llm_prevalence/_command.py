"""The command line tool, as the wheel brings it."""

import signal
import sys

from . import _core


def main() -> int:
    """Runs `llm-prevalence` with the arguments of this process and returns its exit code."""
    # Python's handler would wait for the end of the computation; a signal that is ignored stays ignored, as for any command.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _core.main(["llm-prevalence", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
