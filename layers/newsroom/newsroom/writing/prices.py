"""What a model's answer costs, in micro-dollars: before it is asked for at most, and after."""

import math
from collections.abc import Iterable

from pydantic import Field

from newsroom.boundary import Boundary

# Public prices in dollars per million tokens, which are micro-dollars per token: (input, output). By generation: older
# ones of the same family cost up to ten times as much. Haiku's are those of prompts below 100,000 tokens.
PRICES = {"haiku-5-5": (0.10, 0.50), "sonnet-5": (2.0, 10.0), "opus-5-5": (4.0, 20.0)}
DEAREST = (15.0, 75.0)
"""For a model that is not in the table (Opus 4 was the dearest): rather too much kept back than too little."""
GEOGRAPHIC = 1.1
"""Share of every price on Bedrock where answers stay in a part of the world: a global profile costs a tenth less."""
CACHE_READ, CACHE_WRITE = 0.1, 1.25
"""Shares of the input price."""
BATCHED = 0.5
"""Share of every price in a batch."""
CHARACTERS_PER_TOKEN = 2.5
"""Bytes, for an estimate: English has about four; the rest is kept back for figures, names and other scripts."""
OVERHEAD = 3000
"""Tokens of the answer's schema and of what the provider puts around it."""


class Counted(Boundary, extra="ignore"):
    """Tokens as the provider counts them."""

    input_tokens: int = Field(default=0, ge=0)
    cache_creation_input_tokens: int | None = Field(default=0, ge=0)
    cache_read_input_tokens: int | None = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)


def estimate(parts: Iterable[str]) -> int:
    """Tokens of a prompt at most, without asking anybody."""
    return math.ceil(sum(len(part.encode()) for part in parts) / CHARACTERS_PER_TOKEN + OVERHEAD)


def at_most(model: str, tokens: int, max_tokens: int, share: float = 1.0) -> int:
    """Micro-dollars of a call at most: all of the input cached anew, the longest answer."""
    price_in, price_out = _prices(model)
    return math.ceil((tokens * price_in * CACHE_WRITE + max_tokens * price_out) * share)


def price(model: str, counted: Counted, share: float = 1.0) -> int:
    """Micro-dollars of an answer."""
    price_in, price_out = _prices(model)
    read, written = counted.cache_read_input_tokens or 0, counted.cache_creation_input_tokens or 0
    tokens_in = counted.input_tokens + read * CACHE_READ + written * CACHE_WRITE
    return math.ceil((tokens_in * price_in + counted.output_tokens * price_out) * share)


def _prices(model: str) -> tuple[float, float]:
    price_in, price_out = next((price for name, price in PRICES.items() if name in model), DEAREST)
    share = GEOGRAPHIC if "anthropic." in model and "global.anthropic." not in model else 1.0
    return price_in * share, price_out * share
