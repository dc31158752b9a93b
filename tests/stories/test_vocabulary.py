from newsroom.stories.vocabulary import PAGE, Vocabulary, bound

TERMS = sorted({f"{word}{number}" for word in ("mine", "tram", "øre", "鉄道", "#3.") for number in range(PAGE)})


def a_vocabulary() -> Vocabulary:
    return Vocabulary(*bound(TERMS), len(TERMS))


def test_every_term_is_found_by_its_number_and_every_number_by_its_term():
    vocabulary = a_vocabulary()
    assert vocabulary.names() == TERMS
    assert [vocabulary.number(term) for term in TERMS] == list(range(len(TERMS)))
    assert [vocabulary.name(number) for number in range(len(TERMS))] == TERMS


def test_a_term_that_is_not_there_has_no_number_until_it_is_added():
    vocabulary = a_vocabulary()
    missing = ["", "aaa", "tram", "tram5x", "zzz", "龍"]
    assert [vocabulary.number(term) for term in missing] == [None] * len(missing)
    assert vocabulary.add("zzz") == vocabulary.add("zzz") == vocabulary.number("zzz") == len(TERMS)
    assert vocabulary.name(len(TERMS)) == "zzz"
    assert vocabulary.add("tram5") == TERMS.index("tram5")
    assert vocabulary.names() == [*TERMS, "zzz"]


def test_an_empty_vocabulary_takes_terms():
    vocabulary = Vocabulary(*bound([]), 0)
    assert vocabulary.number("tram") is None
    assert vocabulary.add("tram") == 0
    assert len(vocabulary) == 1
