import pytest
from newsroom.articles.address import canonical_url, site_of

PAGE = "https://paper.example/markets/copper"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://paper.example/markets/copper",
        "http://paper.example/markets/copper",
        "HTTPS://Paper.Example:443/markets/copper/",
        "http://paper.example:80/markets/copper#comments",
        "https://www.paper.example/markets/copper?utm_source=rss&utm_medium=feed",
        "https://m.paper.example/markets/copper?fbclid=abc&gclid=def&mc_cid=1",
        "https://amp.paper.example/markets/copper",
        "https://paper.example/markets/copper/amp/",
        "https://paper.example/markets/copper/index.html",
        "https://paper.example/markets/./opinion/../copper",
        "https://paper.example//markets/%63opper",
        "https://user:secret@paper.example/markets/copper?src=rss",
        "  https://paper.example/markets/copper?\n",
    ],
)
def test_every_spelling_of_one_page_is_one_address(spelling):
    assert canonical_url(spelling) == PAGE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://paper.example/story?id=1", "https://paper.example/story?id=2"),
        ("https://paper.example/Story", "https://paper.example/story"),
        ("https://paper.example:8443/a", "https://paper.example/a"),
        ("https://blog.paper.example/a", "https://paper.example/a"),
        ("https://paper.example/a%2Fb", "https://paper.example/a/b"),
        ("https://paper.example/read?src=42", "https://paper.example/read?src=43"),
        ("https://m.example/a", "https://example/a"),
    ],
)
def test_different_pages_stay_different(one, other):
    assert canonical_url(one) != canonical_url(other)


def test_the_order_of_parameters_does_not_matter():
    assert canonical_url("https://a.example/x?b=2&a=1") == canonical_url("https://a.example/x?a=1&b=2")


def test_a_canonical_address_stays_as_it_is():
    once = canonical_url("http://www.bücher.example/Straße?q=ä&utm_id=1")
    assert once == "https://xn--bcher-kva.example/Stra%C3%9Fe?q=%C3%A4"
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    "given", ["", "mailto:desk@paper.example", "javascript:alert(1)", "https://[::1", "/path", "http://h:x/"]
)
def test_what_is_no_web_address_comes_back_as_it_was(given):
    assert canonical_url(given) == given


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://news.paper.co.uk/a", "paper.co.uk"),
        ("https://PAPER.com.au", "paper.com.au"),
        ("https://localhost/a", "localhost"),
        ("https://192.0.2.7/a", "192.0.2.7"),
        ("not an address", ""),
    ],
)
def test_a_site_is_its_registrable_domain(address, site):
    assert site_of(address) == site
