import gzip
import json
import random

from newsroom.articles.fingerprint import COPY, NOTHING, containment, copies, sketch, unique_texts

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


def test_wire_copies_under_other_headlines_are_found_in_real_articles(shared_data):
    folder = shared_data / "clusters"
    with gzip.open(folder / "canada_business_articles.jsonl.gz", "rt", encoding="utf-8") as file:
        sketches = {row["id"]: sketch(row["text"] or "") for row in map(json.loads, file)}
    clusters = [
        json.loads(line) for line in (folder / "canada_business_clusters_silver.jsonl").read_text().splitlines()
    ]
    wire = [row["ids"][:2] for row in clusters if row["mean_sim"] >= 0.8]
    separate = [row["ids"][:2] for row in clusters if row["mean_sim"] < 0.5]
    assert (len(wire), len(separate)) == (48, 15)
    assert all(containment(sketches[one], sketches[other]) >= COPY for one, other in wire)
    assert not any(containment(sketches[one], sketches[other]) >= COPY for one, other in separate)
    chance = random.Random(1)
    others = [chance.sample(sorted(sketches), 2) for _ in range(20_000)]
    assert sum(containment(sketches[one], sketches[other]) >= COPY for one, other in others) <= 2
