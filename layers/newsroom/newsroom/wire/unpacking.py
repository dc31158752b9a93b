"""Content-Encoding undone a bounded piece at a time: what comes out is counted before it is kept."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from newsroom.errors import ResponseRefused

PIECE = 1 << 16
"""Bytes given out at once: a bomb is met 64 KiB at a time, whatever it would unfold to."""

MAX_RATIO = 100
"""Unpacked to packed. Recorded feeds and pages measure 2 to 10 in gzip, to 12 in brotli; bombs begin at 1,000."""

RATIO_COUNTS_FROM = 1 << 18
"""Unpacked bytes under which the ratio says nothing."""

GZIP_MAGIC = b"\x1f\x8b"


class Unpacker(Protocol):
    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """What this packed piece unfolds to; ValueError when it is not in this encoding."""
        ...


class Plain:
    def pieces(self, packed: bytes) -> Iterator[bytes]:
        yield packed


class Deflated:
    """gzip, zlib and raw deflate. A server that says gzip and sends plain text is believed by its first bytes."""

    def __init__(self) -> None:
        self._engine: zlib._Decompress | None = None
        self._plain = False
        self._opening = b""

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        if self._engine is None and not self._plain:
            self._opening += packed
            if len(self._opening) < 2:
                return
            packed = self._opening
            self._begin(packed)
        if self._plain:
            yield packed
            return
        engine = self._engine
        while engine is not None and packed and not engine.eof:
            try:
                piece = engine.decompress(packed, PIECE)
            except zlib.error as exc:
                raise ValueError(str(exc)) from exc
            packed = engine.unconsumed_tail
            yield piece

    def _begin(self, packed: bytes) -> None:
        if packed.startswith(GZIP_MAGIC):
            self._engine = zlib.decompressobj(31)
        elif packed[0] & 0x0F == 8 and int.from_bytes(packed[:2], "big") % 31 == 0:
            self._engine = zlib.decompressobj(15)
        elif packed[:1].isspace() or packed[:1] in (b"<", b"{", b"\xef"):
            self._plain = True
        else:
            self._engine = zlib.decompressobj(-15)


class Brotli:
    def __init__(self) -> None:
        import brotli

        self._engine = brotli.Decompressor()
        self._error: type[Exception] = brotli.error

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """Until nothing more comes out: with all input taken the engine may still hold output back."""
        if self._engine.is_finished():
            return
        try:
            piece = self._engine.process(packed, output_buffer_limit=PIECE)
            while piece:
                yield piece
                piece = b"" if self._engine.is_finished() else self._engine.process(b"", output_buffer_limit=PIECE)
        except self._error as exc:
            raise ValueError(str(exc)) from exc


def unpacker_for(encoding: str) -> Unpacker:
    """For one Content-Encoding header; ResponseRefused for encodings inside encodings and unknown ones."""
    codings = [coding for part in encoding.split(",") if (coding := part.strip().lower()) not in ("", "identity")]
    if len(codings) > 1:
        raise ResponseRefused(f"packed {len(codings)} times over")
    if not codings:
        return Plain()
    if codings[0] in ("gzip", "x-gzip", "deflate"):
        return Deflated()
    if codings[0] == "br":
        return Brotli()
    raise ResponseRefused(f"packed in {codings[0][:40]!r}, which was not asked for")


def unpacked(pieces: Iterable[bytes], encoding: str, cap_bytes: int, *, cut: bool = False) -> bytes:
    """The body, at most `cap_bytes` of it.

    Raises ResponseRefused past the cap (with `cut`, what fits is the answer), past the ratio, and for a body
    that is not what its header says. One that ends early is taken as far as it goes: feeds survive that; one of
    which nothing comes out is not in that encoding (brotli takes some gzip for the beginning of something longer).
    """
    unpacker = unpacker_for(encoding)
    body = bytearray()
    packed = 0
    for arrived in pieces:
        packed += len(arrived)
        try:
            for piece in unpacker.pieces(arrived):
                body += piece
                if len(body) > cap_bytes:
                    if cut:
                        return bytes(body[:cap_bytes])
                    raise ResponseRefused(f"body larger than {size_in_words(cap_bytes)}")
                if len(body) > RATIO_COUNTS_FROM and len(body) > MAX_RATIO * packed:
                    raise ResponseRefused(f"body unfolds to more than {MAX_RATIO} times its size")
        except ValueError as exc:
            raise ResponseRefused(f"body is not the {encoding.strip()[:40]} it says it is") from exc
    if packed and not body and not isinstance(unpacker, Plain):
        raise ResponseRefused(f"body is not the {encoding.strip()[:40]} it says it is: nothing comes out")
    return bytes(body)


def size_in_words(size: int) -> str:
    return f"{size / 1_000_000:g} MB" if size >= 1_000_000 else f"{size / 1000:g} kB"
