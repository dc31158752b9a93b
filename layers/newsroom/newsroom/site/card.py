"""The pictures that travel with a link to a story: its headline, drawn by code, in the site's own paper and ink."""

import hashlib
import io
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from newsroom.site import addresses, wording
from newsroom.site.disclosure import LABELS
from newsroom.site.places import Places
from newsroom.site.rendering import House
from newsroom.site.site_file import SiteFile
from newsroom.stories.version import Head

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH = 1200
"""Pixels."""
HEIGHTS = {"wide": 675, "standard": 900, "square": 1200}
"""16:9, 4:3 and 1:1, which search engines choose from
(https://developers.google.com/search/docs/appearance/structured-data/article). Links are shown with the first."""
HEIGHT = HEIGHTS["wide"]
PNG = "image/png"
DRAWING = "2"
"""Of how it is drawn; another one makes another address for the same words."""
PAPER, INK, QUIET, ACCENT = "#fcfbf7", "#1c1b18", "#5f5b52", "#a12b16"
"""The light scheme of `styles/palette.css`."""
COLOURS = 24
"""Of the finished picture: ink and accent on paper, with the shades of their edges."""
MARGIN = 72
HEADLINE_TOP = 160
FOOT = 94
"""From the rule above the house's name to the lower edge."""
SIZES = (112, 100, 88, 78, 70, 62, 54, 48, 42)
"""Of the headline in pixels, the largest that fits; two in ten of its height stand between two lines."""
LINE = 1.18


@dataclass(frozen=True)
class Card:
    """What a picture says. Nothing in it changes with an edition, unless the headline does."""

    kicker: str
    headline: str
    house: str
    shape: str = "wide"

    @property
    def name(self) -> str:
        """Of its file: another text is another file, so that what was shared keeps its picture."""
        text = "\n".join((DRAWING, self.shape, self.kicker, self.headline, self.house))
        return f"card-{hashlib.sha256(text.encode()).hexdigest()[:12]}.png"

    @property
    def alt(self) -> str:
        """For who does not see it: every word of it."""
        return f"{self.kicker}: {self.headline} ({self.house})"


def card_of(head: Head, house: House, places: Places) -> Card:
    """The wide one, for links."""
    label = "Retracted" if head.retracted else LABELS[head.writer][0]
    kicker = f"{places.country(head.country).name} · {label}"
    return Card(wording.plain(kicker), wording.plain(head.headline), wording.plain(house.name))


def cards_of(head: Head, house: House, places: Places) -> list[Card]:
    """One of each shape, the wide one first."""
    wide = card_of(head, house, places)
    return [replace(wide, shape=shape) for shape in HEIGHTS]


def card_path(head: Head, card: Card) -> str:
    return addresses.story(head.slug) + card.name


def card_files(head: Head, house: House, places: Places) -> list[SiteFile]:
    return [SiteFile(card_path(head, card), drawn(card), PNG) for card in cards_of(head, house, places)]


@lru_cache(maxsize=256)
def drawn(card: Card) -> bytes:
    """PNG, 1200 pixels wide. The same card is the same picture."""
    from PIL import Image, ImageDraw

    height = HEIGHTS[card.shape]
    rule = height - FOOT
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, 14), fill=ACCENT)
    pen.text((MARGIN, 76), _drawable(card.kicker), fill=ACCENT, font=_font("Semibold", 34))
    size, lines = _fitted(_drawable(card.headline), rule - 36 - HEADLINE_TOP)
    for number, line in enumerate(lines):
        pen.text((MARGIN, HEADLINE_TOP + number * size * LINE), line, fill=INK, font=_font("Bold", size))
    pen.line((MARGIN, rule, WIDTH - MARGIN, rule), fill=INK, width=2)
    name = _font("Bold", 38)
    pen.text((MARGIN, rule + 16), card.house, fill=INK, font=name)
    after = MARGIN + name.getlength(card.house)
    pen.text((after + 3, rule + 12), "1", fill=ACCENT, font=_font("Bold", 22))
    promise = "every sentence with its source"
    pen.text((WIDTH - MARGIN, rule + 24), promise, fill=QUIET, font=_font("Regular", 30), anchor="ra")
    body = io.BytesIO()
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(body, "PNG", compress_level=6)
    return body.getvalue()


def _fitted(text: str, height: int) -> tuple[int, Sequence[str]]:
    """The largest size in which the text has room, and its lines; what has none at the smallest ends in an ellipsis."""
    for size in SIZES:
        lines = _lines(text, _font("Bold", size))
        room = int(height / (size * LINE))
        if len(lines) <= room:
            return size, lines
    return size, [*lines[: room - 1], f"{lines[room - 1].rpartition(' ')[0]} …"]


def _lines(text: str, font: "FreeTypeFont") -> list[str]:
    """Broken between words, and within a word that is longer than a line."""
    lines, room = [""], WIDTH - 2 * MARGIN
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room:
            lines[-1] = longer
            continue
        while font.getlength(word) > room:
            fits = _fitting(word, font, room)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return [line for line in lines if line]


def _fitting(word: str, font: "FreeTypeFont", room: int) -> int:
    """How many of its first characters have room; one at least."""
    return max(1, bisect_right(range(1, len(word)), 0, key=lambda n: int(font.getlength(word[:n]) > room)))


def _drawable(text: str) -> str:
    """Without what the font has no shape for."""
    return "".join(one for one in text if one.isspace() or _has_shape(one))


@cache
def _has_shape(character: str) -> bool:
    font = _font("Regular", 24)
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010fffd"))


@cache
def _font(weight: str, size: int) -> "FreeTypeFont":
    """Source Serif Pro (SIL Open Font License), as its wheel brings it."""
    from importlib.resources import files

    from PIL import ImageFont

    body = files("font_source_serif_pro").joinpath("files", f"SourceSerifPro-{weight}.otf").read_bytes()
    return ImageFont.truetype(io.BytesIO(body), size, layout_engine=ImageFont.Layout.BASIC)
