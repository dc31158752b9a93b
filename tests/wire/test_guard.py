import json
from pathlib import Path

import pytest
from newsroom.errors import AddressRefused
from newsroom.wire.guard import judge_address, judge_addresses, judge_url

REFUSED_URLS = [
    "",
    "//example.com/",
    "example.com",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com:70/",
    "data:text/html,hello",
    "javascript:alert(1)",
    "http:///path",
    "http://example.com:8080/",
    "https://example.com:80/",
    "http://example.com:443/",
    "http://example.com:99999/",
    "http://example.com:http/",
    "http://reader@example.com/",
    "http://reader:secret@example.com/",
    "http://example.com@127.0.0.1/",
    "http://example.com\\@127.0.0.1/",
    "http://127.0.0.1\\.example.com/",
    "http://example.com/a b",
    "http://example.com/\r\nHost: other.example",
    "http://exam\tple.com/",
    "http://example.com/\0",
    "http://example.com\u3000/",
    "http://exam\u00adple.com/",
    "http://exam\u200bple.com/",
    "http://example.com/\u202egnp.exe",
    "http://localhost/",
    "http://router/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0177.0.0.1/",
    "http://0251.0376.0251.0376/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://169.254.43518/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.169.254./",
    "http://169。254。169。254/",
    "http://①②⑦.⓪.⓪.①/",
    "http://１２７.0.0.1/",
    "http://127.0.0.1/",
    "http://127.0.0.1:80/",
    "http://127.0.0.256/",
    "http://1.2.3.4.5/",
    "http://0/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::169.254.169.254]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:db8::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[fd00:ec2::254]/",
    "http://[2606:4700:4700::200:5efe:a9fe:a9fe]/",
    "http://[::1",
    "http://[not-an-address]/",
    "http://-example.com/",
    "http://exam..ple.com/",
    "http://example.com%00.example/",
    "http://" + "a" * 64 + ".example/",
    "http://example.com/" + "a" * 2000,
]


@pytest.fixture(scope="session")
def addresses(shared_data: Path) -> dict[str, dict[str, str] | list[str]]:
    return json.loads((shared_data / "attacks" / "ssrf_addresses.json").read_text(encoding="utf-8"))


def test_every_address_of_the_corpus_that_is_not_public_is_refused(addresses) -> None:
    passed = []
    for address in addresses["must_block"]:
        try:
            passed.append(judge_address(address))
        except AddressRefused:
            continue
    assert len(addresses["must_block"]) >= 600
    assert passed == []


def test_every_public_address_of_the_corpus_passes(addresses) -> None:
    assert len(addresses["must_allow"]) >= 21
    for address in addresses["must_allow"]:
        judge_address(address)


@pytest.mark.parametrize("url", REFUSED_URLS, ids=ascii)
def test_a_url_that_is_no_plain_public_web_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        judge_url(url)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://Example.COM", "http://example.com/"),
        ("https://example.com:443/a?b=c#d", "https://example.com/a?b=c"),
        ("https://example.com./", "https://example.com/"),
        ("https://münchen.example/größe", "https://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe"),
        ("http://93.184.216.34/x", "http://93.184.216.34/x"),
        ("http://[2606:4700:4700::1111]/", "http://[2606:4700:4700::1111]/"),
        ("https://my_shop.example/?q=a|b", "https://my_shop.example/?q=a|b"),
    ],
)
def test_a_public_address_comes_out_in_its_one_spelling(url: str, normal: str) -> None:
    assert judge_url(url).url == normal
    assert judge_url(normal).url == normal


def test_of_several_answers_only_the_public_ones_are_dialled() -> None:
    assert judge_addresses(["10.0.0.1", "8.8.8.8", "::1"]) == ["8.8.8.8"]


def test_a_name_with_private_addresses_alone_is_refused_with_the_reason() -> None:
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1 is not a public address \(private\)"):
        judge_addresses(["10.0.0.1"])
    with pytest.raises(AddressRefused, match="no address"):
        judge_addresses([])


def test_a_64_bit_nat_address_of_a_public_host_passes() -> None:
    assert judge_address("64:ff9b::8.8.8.8") == "64:ff9b::808:808"
