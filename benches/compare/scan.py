"""Floors: every byte of a file is looked at once, in blocks of 1 MiB.

    scan.py memchr FILE    looks for a byte that is not there; bytes.find is the C library's memchr
    scan.py spaces FILE    counts the spaces with bytes.count
"""

import sys
from collections.abc import Iterator

BLOCK = 1 << 20


def blocks(path: str) -> Iterator[bytes]:
    with open(path, "rb", buffering=0) as file:
        while block := file.read(BLOCK):
            yield block


def main() -> None:
    how, path = sys.argv[1:]
    if how == "memchr":
        print(any(block.find(b"\0") >= 0 for block in blocks(path)))
    else:
        print(sum(block.count(b" ") for block in blocks(path)))


if __name__ == "__main__":
    main()
