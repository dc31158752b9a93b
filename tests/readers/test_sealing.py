"""What the table may know."""

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from newsroom.errors import BadInput
from newsroom.readers.sealing import Seal, derived_key

from tests.fakes.mornings import SECRET

SEAL = Seal(SECRET)


def test_keys_are_derived_as_rfc_5869_says() -> None:
    peer = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"newsroom tokens").derive(SECRET.encode())

    assert derived_key(SECRET, "newsroom tokens") == peer
    assert derived_key(SECRET, "newsroom addresses") != peer


def test_a_sealed_address_opens_for_its_subscriber_only() -> None:
    sealed = SEAL.close("reader@inbox.example", "u1")

    assert SEAL.open(sealed, "u1") == "reader@inbox.example"
    assert "reader" not in sealed
    assert sealed != SEAL.close("reader@inbox.example", "u1")
    with pytest.raises(BadInput):
        SEAL.open(sealed, "u2")
    with pytest.raises(BadInput):
        Seal("another secret that is long enough for it").open(sealed, "u1")


@pytest.mark.parametrize("sealed", ["", "1.", "1.AAAA", "nonsense!", "1." + "A" * 80])
def test_what_was_not_sealed_does_not_open(sealed: str) -> None:
    with pytest.raises(BadInput):
        SEAL.open(sealed, "u1")


def test_an_id_takes_the_secret_to_make() -> None:
    one = SEAL.subscriber_id("reader@inbox.example")

    assert one == SEAL.subscriber_id("reader@inbox.example")
    assert one != SEAL.subscriber_id("other@inbox.example")
    assert one != Seal("another secret that is long enough for it").subscriber_id("reader@inbox.example")
    assert len(one) == 33


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(BadInput, match="fewer than 32"):
        Seal("password")
