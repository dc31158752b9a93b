import random

from hypothesis import given
from hypothesis import strategies as st
from newsroom.publishers.batching import batches
from newsroom.publishers.publisher import Publisher


def publisher(name: str, *hosts: str) -> Publisher:
    feeds = tuple(f"https://{host}/{name}.xml" for host in hosts or (f"{name}.example",))
    return Publisher(
        id=name,
        name=name,
        home=f"https://{name}.example/",
        country="SG",
        tier=2,
        reason="A daily of ships",
        feeds=feeds,
    )


def test_publishers_of_one_site_stand_together_directly_or_through_a_third() -> None:
    listed = [
        publisher("a", "feeds.burner.example"),
        publisher("b", "www.burner.example", "b.example"),
        publisher("c", "b.example"),
        publisher("d"),
    ]
    assert sorted(group for batch in batches(listed, "e1") for group in batch) == [("a", "b", "c"), ("d",)]


@given(
    hosts=st.lists(
        st.lists(st.sampled_from([f"h{n}.example" for n in range(12)]), min_size=1, max_size=3), max_size=60
    ),
    size=st.integers(1, 10),
    edition=st.text("0123456789", min_size=1, max_size=4),
)
def test_everybody_is_in_one_batch_and_no_site_in_two(hosts: list[list[str]], size: int, edition: str) -> None:
    listed = [publisher(f"p{number}", *given) for number, given in enumerate(hosts)]
    found = batches(listed, edition, size)
    assert sorted(one for batch in found for group in batch for one in group) == sorted(one.id for one in listed)
    sites: dict[str, int] = {}
    for place, batch in enumerate(found):
        ids = {one for group in batch for one in group}
        assert len(ids) <= size or len(batch) == 1
        for one in listed:
            for feed in one.feeds if one.id in ids else ():
                assert sites.setdefault(feed.split("/")[2], place) == place


def test_batches_do_not_depend_on_the_order_and_mix_anew_in_every_edition() -> None:
    listed = [publisher(f"p{number}") for number in range(200)]
    shuffled = random.Random(3).sample(listed, len(listed))
    assert batches(listed, "e1") == batches(shuffled, "e1")
    first, second = ({frozenset(batch) for batch in batches(listed, edition)} for edition in ("e1", "e2"))
    assert len(first) == len(second) == 8
    assert not first & second
