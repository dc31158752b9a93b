"""Story pages a second beside plain Jinja2: `python -m tests.benchmarks.rendering [--json FILE]`.

Ours is the whole way from a stored version to the bytes of its page: notes, coverage, spread, JSON-LD, template. The
peer is Jinja2 by itself, escaping as ours does, with a page of the same size and as many escaped values, out of
dictionaries that are ready. Both in turns, on one core, in processor time; the median of several rounds.
"""

import argparse
import json
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from newsroom.site.rendering import render
from newsroom.site.story_page import story_page

from tests.fakes.newsroom_values import a_version
from tests.fakes.sample_house import HOUSE, PLACES

FLOORS = Path(__file__).resolve().parents[1] / "floors.json"
ROUNDS, PAGES = 9, 60
PLAIN = """<!doctype html>
<html lang="en"><head><title>{{ title }}</title><meta name="description" content="{{ description }}"></head><body>
<h1>{{ title }}</h1>
{% for line in lines %}
<p class="{{ line.kind }}"><a href="{{ line.link }}">{{ line.text }}</a></p>
{% endfor %}
</body></html>
"""


def plain_page(page: bytes) -> Callable[[], str]:
    """A page of about so many bytes, with as many values as ours has pieces of text and links."""
    text = page.decode()
    pieces = max(1, len(re.findall(r">[^<>\s][^<>]*<", text)) // 2)
    template = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(PLAIN)
    room = max(1, len(text) // pieces - len('<p class="fact"><a href="/story/x/">\n</a></p>'))
    words = ("Nordlicht & Söhne said “1.4 billion” " * (room // 30 + 1))[:room]
    lines = [{"kind": "fact", "link": "/story/x/", "text": words} for _ in range(pieces)]
    given: dict[str, Any] = {"title": "A page", "description": "Of the same size", "lines": lines}
    return lambda: template.render(given)


def pages_a_second(make: Callable[[], object]) -> float:
    begun = time.process_time()
    for _ in range(PAGES):
        make()
    return PAGES / (time.process_time() - begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    chosen = parser.parse_args()
    version = a_version()

    def ours() -> bytes:
        return render(story_page(version, HOUSE, PLACES))

    page = ours()
    peer = plain_page(page)
    rounds = [(pages_a_second(ours), pages_a_second(peer)) for _ in range(ROUNDS)]
    figures = {
        "pages_a_second": round(statistics.median(mine for mine, _ in rounds)),
        "plain_jinja2": round(statistics.median(plain for _, plain in rounds)),
        "ratio": round(statistics.median(mine / plain for mine, plain in rounds), 3),
        "bytes": len(page),
        "bytes_of_plain": len(peer().encode()),
    }
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    floor = json.loads(FLOORS.read_text(encoding="utf-8"))["rendering"]["ratio_to_plain_jinja2"]
    assert figures["ratio"] >= floor


if __name__ == "__main__":
    main()
