"""The picture beside a link: legible, the same for the same words, another for others."""

import io

import pytest
from newsroom.site.card import HEIGHT, MARGIN, WIDTH, card_file, card_of, drawn
from newsroom.site.site_file import FOR_EVER
from PIL import Image

from tests.fakes.newsroom_values import a_version
from tests.fakes.sample_house import HOUSE, PLACES

HEAD = a_version().head


def picture(headline: str) -> Image.Image:
    return Image.open(io.BytesIO(drawn(card_of(HEAD.model_copy(update={"headline": headline}), HOUSE, PLACES))))


def inked(image: Image.Image) -> tuple[int, int, int, int]:
    """The box within which the headline stands: everything dark between kicker and rule."""
    part = image.convert("L").crop((0, 150, WIDTH, 530)).point(lambda light: 255 if light < 128 else 0)
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
    file = card_file(HEAD, HOUSE, PLACES)
    later = card_file(HEAD.model_copy(update={"version": 9, "score": 12, "origins": 7}), HOUSE, PLACES)
    other = card_file(HEAD.model_copy(update={"headline": "Another"}), HOUSE, PLACES)

    assert (file.path, file.body, file.cache_control) == (later.path, later.body, FOR_EVER)
    assert file.path.startswith(f"/story/{HEAD.slug}/card-")
    assert other.path != file.path


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
def test_every_headline_keeps_to_its_place(headline: str) -> None:
    image = picture(headline)
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    if headline:
        left, top, right, bottom = inked(image)
        assert left >= MARGIN - 12
        assert right <= WIDTH - 24
        assert top > 0
        assert bottom < 380, "room before the rule"


def test_a_short_headline_is_set_larger_than_a_long_one() -> None:
    short, long = (inked(picture("Rates rise " * times)) for times in (1, 30))
    assert short[3] - short[1] < long[3] - long[1]
    assert len(drawn(card_of(HEAD, HOUSE, PLACES))) < 60_000
