"""The command line: data on stdout, progress and messages on stderr.

Exit status: 0 done; 1 a named failure, told in one Korean sentence; 2 wrong usage; 130 stopped
with Ctrl+C; 141 the reader of a pipe went away.

Importing this package loads neither the analyser nor the index library: ``--help`` and a
mistyped option answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from rag.cli.output import tell, use_utf8
from rag.cli.parser import command_parser
from rag.errors import GeungeoError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status; ``arguments`` are those of the process when
    None. Raises SystemExit with 0 after ``--help`` and with 2 on wrong usage."""
    use_utf8()
    options = command_parser().parse_args(arguments)
    from rag.cli import commands

    try:
        status = commands.run(options)
        sys.stdout.flush()
    except GeungeoError as error:
        tell(f"오류: {error}")
        return 1
    except KeyboardInterrupt:
        tell("멈추었습니다.")
        return 130
    except BrokenPipeError:
        # Python would complain once more when it flushes stdout on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return status
