"""Links that prove something."""

import random
from datetime import timedelta

import pytest
from newsroom.errors import BadInput
from newsroom.readers.tokens import Token, Tokens

from tests.fakes.mornings import SECRET, SIX

TOKENS = Tokens(SECRET)
TOKEN = Token("unsubscribe", "u" + "0" * 32, "2026-11-24T11:00:00Z", SIX + timedelta(days=400))


def test_a_token_says_what_was_signed() -> None:
    assert TOKENS.read(TOKENS.sign(TOKEN), "unsubscribe", SIX) == TOKEN


def test_a_token_is_safe_in_a_url_a_page_and_a_header() -> None:
    assert set(TOKENS.sign(TOKEN)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.")


def test_a_token_is_for_one_purpose() -> None:
    with pytest.raises(BadInput):
        TOKENS.read(TOKENS.sign(TOKEN), "confirm", SIX)


def test_a_token_ends() -> None:
    text = TOKENS.sign(TOKEN)
    TOKENS.read(text, "unsubscribe", TOKEN.expires_at - timedelta(seconds=1))
    with pytest.raises(BadInput):
        TOKENS.read(text, "unsubscribe", TOKEN.expires_at)


def test_another_secret_s_token_is_refused() -> None:
    with pytest.raises(BadInput):
        Tokens("another secret that is long enough for it").read(TOKENS.sign(TOKEN), "unsubscribe", SIX)


def test_ten_thousand_forged_cut_and_changed_tokens_are_refused_in_the_same_words() -> None:
    chance = random.Random(7)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."
    good = TOKENS.sign(TOKEN)
    words = set()
    for _ in range(10_000):
        kind = chance.randrange(5)
        at = chance.randrange(len(good))
        if kind == 0:
            text = good[:at] + chance.choice(alphabet) + good[at + 1 :]
        elif kind == 1:
            text = good[:at]
        elif kind == 2:
            text = good + "".join(chance.choices(alphabet, k=chance.randrange(1, 4)))
        elif kind == 3:
            text = good[:at] + good[at + 1 :]
        else:
            text = "".join(chance.choices(alphabet + "=+/ é\n", k=chance.randrange(0, 300)))
        if text == good:
            continue
        with pytest.raises(BadInput) as refused:
            TOKENS.read(text, "unsubscribe", SIX)
        words.add(str(refused.value))

    assert len(words) == 1


@pytest.mark.parametrize("text", ["", ".", "a.b", "A" * 500, "é.é", "....", "=.=", good := TOKENS.sign(TOKEN) + "="])
def test_odd_texts_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        TOKENS.read(text, "unsubscribe", SIX)
