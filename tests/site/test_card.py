"""The pictures beside a link: legible, the same for the same words, another for others."""

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from newsroom.site.caching import FOR_EVER
from newsroom.site.card import HEIGHTS, MARGIN, WIDTH, card_files, card_of, drawn
from newsroom.site.rendering import render
from newsroom.site.story_page import story_page
from PIL import Image

from tests.fakes.newsroom_values import a_version
from tests.fakes.sample_house import HOUSE, PLACES
from tests.site.reading import linked_data

HEAD = a_version().head


def picture(headline: str, shape: str = "wide") -> Image.Image:
    card = card_of(HEAD.model_copy(update={"headline": headline}), HOUSE, PLACES)
    return Image.open(io.BytesIO(drawn(replace(card, shape=shape))))


def inked(image: Image.Image) -> tuple[int, int, int, int]:
    """The box within which the headline stands: everything dark between kicker and rule."""
    part = image.convert("L").crop((0, 150, WIDTH, image.height - 100)).point(lambda light: 255 if light < 128 else 0)
    box = part.getbbox()
    assert box
    return box


def test_it_says_the_headline_where_it_is_from_and_how_it_was_made() -> None:
    card = card_of(HEAD, HOUSE, PLACES)
    assert card.headline == HEAD.headline
    assert card.kicker == "Germany · AI-synthesised"
    assert card.alt == f"Germany · AI-synthesised: {HEAD.headline} ({HOUSE.name})"
    assert "Retracted" in card_of(HEAD.model_copy(update={"retracted": True}), HOUSE, PLACES).kicker


def test_only_another_text_is_another_file() -> None:
    files = card_files(HEAD, HOUSE, PLACES)
    later = card_files(HEAD.model_copy(update={"version": 9, "score": 12, "origins": 7}), HOUSE, PLACES)
    other = card_files(HEAD.model_copy(update={"headline": "Another"}), HOUSE, PLACES)

    assert files == later
    assert {file.cache_control for file in files} == {FOR_EVER}
    assert all(file.path.startswith(f"/story/{HEAD.slug}/card-") for file in files)
    assert len({file.path for file in (*files, *other)}) == 2 * len(files)


def test_there_is_one_in_each_shape_that_search_engines_choose_from() -> None:
    sizes = [Image.open(io.BytesIO(file.body)).size for file in card_files(HEAD, HOUSE, PLACES)]
    assert [Fraction(*size) for size in sizes] == [Fraction(16, 9), Fraction(4, 3), 1]
    data = linked_data(render(story_page(a_version(), HOUSE, PLACES)))["@graph"][0]
    assert data["image"] == [HOUSE.address + file.path for file in card_files(HEAD, HOUSE, PLACES)]


@pytest.mark.parametrize(
    "headline",
    [
        "Short",
        "Ostholm smelter to close as power costs bite, says Meridian’s chief – “no way back” at €1.2bn",
        "word " * 200,
        "W" * 400,
        "円、一時158円台",
        "../../etc <script>alert(1)</script> \u202e\x00",
        "",
    ],
    ids=["short", "usual", "long", "one word", "another script", "hostile", "nothing"],
)
@pytest.mark.parametrize("shape", list(HEIGHTS))
def test_every_headline_keeps_to_its_place(headline: str, shape: str) -> None:
    image = picture(headline, shape)
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHTS[shape]))
    if headline:
        left, top, right, bottom = inked(image)
        assert left >= MARGIN - 12
        assert right <= WIDTH - 24
        assert top > 0
        assert bottom < image.height - 256, "room before the rule"


def test_a_short_headline_is_set_larger_than_a_long_one() -> None:
    short, long = (inked(picture("Rates rise " * times)) for times in (1, 30))
    assert short[3] - short[1] < long[3] - long[1]
    assert len(drawn(card_of(HEAD, HOUSE, PLACES))) < 60_000
