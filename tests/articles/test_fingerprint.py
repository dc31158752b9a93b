import json
import random
from pathlib import Path

from newsroom.articles.fingerprint import COPY, NOTHING, containment, copies, sketch, unique_texts

from tests.benchmarks import copies as copies_benchmark

WORDS = (
    "copper",
    "rate",
    "mine",
    "bond",
    "port",
    "wage",
    "crop",
    "yield",
    "grid",
    "bank",
    "ship",
    "loan",
    "coal",
    "duty",
)


def a_text(seed: int, length: int = 400) -> str:
    chance = random.Random(seed)
    return " ".join(f"{chance.choice(WORDS)}{chance.randrange(50)}" for _ in range(length))


def test_a_reprint_is_found_whole_and_cut_and_slightly_edited():
    whole = a_text(1)
    words = whole.split()
    edited = " ".join(word if place % 40 else "replaced" for place, word in enumerate(words))
    found = copies({"whole": whole, "start": " ".join(words[:120]), "end": " ".join(words[-150:]), "edited": edited})
    assert set(found.values()) == {"whole"}


def test_parts_that_share_nothing_with_each_other_are_joined_by_the_whole_whatever_comes_first():
    words = a_text(2, 900).split()
    parts = {"one": " ".join(words[:300]), "two": " ".join(words[-300:]), "whole": " ".join(words)}
    for order in (["one", "two", "whole"], ["whole", "two", "one"], ["two", "whole", "one"]):
        assert len(set(copies({name: parts[name] for name in order}).values())) == 1


def test_different_texts_and_a_shared_quotation_are_no_copies():
    quotation = "the committee judged that the risks to the outlook were now broadly balanced"
    texts = {str(seed): f"{a_text(seed, 300)} {quotation}" for seed in range(10, 20)}
    assert len(set(copies(texts).values())) == 10


def test_texts_too_short_to_say_anything_are_their_own():
    assert copies({"a": "Shares rise", "b": "Shares rise", "c": ""}) == {"a": "a", "b": "b", "c": "c"}


def test_a_thousand_equal_texts_are_one_and_cost_no_square():
    known = sketch(a_text(3))
    ids = [f"a{number:04}" for number in range(1000)]
    assert set(unique_texts(dict.fromkeys(ids, known), ids).values()) == {"a0000"}


def test_a_footer_that_a_thousand_texts_share_costs_no_square_and_joins_nobody():
    footer = " ".join(f"subscribe{word}" for word in range(20))
    known = {f"a{seed:04}": sketch(f"{a_text(seed, 60)} {footer}") for seed in range(1000)}
    compared = 0

    class Counted(dict):
        def __getitem__(self, one):
            nonlocal compared
            compared += 1
            return super().__getitem__(one)

    assert len(set(unique_texts(Counted(known), list(known)).values())) == 1000
    assert compared < 10 * 1000


def test_two_paragraphs_of_a_long_piece_are_a_cut_reprint():
    found = [
        containment(sketch(whole := a_text(seed, 700)), sketch(" ".join(whole.split()[:90]))) for seed in range(50)
    ]
    assert sum(share >= COPY for share in found) >= 40


def test_a_sketch_stays_small_and_is_the_same_everywhere():
    long = sketch(a_text(4, 20_000))
    assert len(long.hashes) <= 64
    assert abs(long.size - 20_000) < 6_000
    assert sketch("one two three four five six") == sketch("One, two: three FOUR five six!")
    assert sketch("one two three four five").hashes == (3299163192,)


def test_containment_is_of_the_shorter_text():
    whole = a_text(5, 2000)
    half = sketch(" ".join(whole.split()[:1000]))
    assert containment(sketch(whole), half) > 0.9
    assert containment(NOTHING, half) == 0.0


FLOORS = json.loads((Path(__file__).resolve().parents[1] / "floors.json").read_text())["copies"]


def test_wire_copies_under_other_headlines_are_found_in_real_articles_and_neighbours_left_apart(shared_data):
    assert shared_data
    rows = copies_benchmark.articles()
    sketches = {row["id"]: sketch(row["text"]) for row in rows}

    def called(pair: frozenset[str]) -> bool:
        one, other = pair
        return containment(sketches[one], sketches[other]) >= COPY

    wire = copies_benchmark.wire_pairs()
    others = set(copies_benchmark.neighbours(rows)) - set(wire)
    assert len(wire) == 48
    assert sum(map(called, wire)) / len(wire) >= FLOORS["wire_found"]
    assert 1 - sum(map(called, others)) / len(others) >= FLOORS["others_left_apart"]
    long = [row for row in rows if len(row["text"].split()) > 400][:100]
    cut = [containment(sketches[row["id"]], sketch(" ".join(row["text"].split()[:150]))) for row in long]
    assert sum(share >= COPY for share in cut) / len(long) >= FLOORS["cut_found_150"]
