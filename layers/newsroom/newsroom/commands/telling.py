"""What a command says to the person at the console: on stderr, beside the result."""

import sys


def tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def counted(number: int, one: str, many: str = "") -> str:
    """`1 feed`, `2 feeds`, `3 countries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
