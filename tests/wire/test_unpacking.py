import gzip
import zlib

import brotli
import pytest
from newsroom.errors import ResponseRefused
from newsroom.wire.unpacking import unpacked

TEXT = "".join(f"The bank raised its rate by {number} basis points.\n" for number in range(2000)).encode()


def in_pieces(body: bytes, size: int = 1000) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


def raw_deflate(body: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(body) + engine.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("br", brotli.compress(TEXT)),
    ],
)
@pytest.mark.parametrize("size", [1, 1000, 10_000_000])
def test_every_encoding_that_we_ask_for_is_undone(encoding: str, packed: bytes, size: int) -> None:
    assert unpacked(in_pieces(packed, size), encoding, len(TEXT)) == TEXT


def test_the_cap_counts_what_comes_out() -> None:
    with pytest.raises(ResponseRefused, match="larger than 1 kB"):
        unpacked([gzip.compress(TEXT)], "gzip", 1000)
    assert unpacked([gzip.compress(TEXT)], "gzip", 1000, cut=True) == TEXT[:1000]


@pytest.mark.parametrize(
    ("encoding", "packed"), [("gzip", gzip.compress(bytes(250_000))), ("br", brotli.compress(bytes(250_000)))]
)
@pytest.mark.parametrize("size", [1, 1000])
def test_a_body_that_packs_very_well_comes_out_whole(encoding: str, packed: bytes, size: int) -> None:
    assert unpacked(in_pieces(packed, size), encoding, 5_000_000) == bytes(250_000)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_what_follows_the_end_of_a_packed_body_is_left(encoding: str) -> None:
    packed = gzip.compress(TEXT) if encoding == "gzip" else brotli.compress(TEXT)
    assert unpacked([packed, b"garbage"], encoding, len(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("encoding", "packed"), [("gzip", gzip.compress(bytes(1_000_000))), ("br", brotli.compress(bytes(1_000_000)))]
)
def test_a_body_that_unfolds_a_hundredfold_is_left_long_before_the_cap(encoding: str, packed: bytes) -> None:
    with pytest.raises(ResponseRefused, match="unfolds to more than 100 times"):
        unpacked([packed], encoding, 5_000_000)


def test_a_body_that_ends_early_is_taken_as_far_as_it_goes() -> None:
    half = gzip.compress(TEXT)[:3000]
    assert TEXT.startswith(unpacked(in_pieces(half), "gzip", 1_000_000))


def test_plain_text_that_says_it_is_gzip_is_believed_by_its_first_bytes() -> None:
    assert unpacked([b"<rss", b"/>"], "gzip", 100) == b"<rss/>"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br,gzip", "compress", "zstd", "x" * 500])
def test_encodings_within_encodings_and_unknown_ones_are_refused(encoding: str) -> None:
    with pytest.raises(ResponseRefused):
        unpacked([b"x"], encoding, 100)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_body_that_is_not_what_it_says_is_refused(encoding: str) -> None:
    garbage = b"\x1f\x8b\x08\x00 this is not packed at all" if encoding == "gzip" else b"\xff" * 100
    with pytest.raises(ResponseRefused, match="is not the"):
        unpacked([garbage], encoding, 1000)
