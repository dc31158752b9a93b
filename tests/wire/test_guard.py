import json
from pathlib import Path

import pytest
from newsroom.errors import AddressRefused
from newsroom.wire.guard import judge_address, judge_addresses, judge_url

from tests.fakes.hostile_urls import REFUSED_URLS


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


def test_a_public_address_in_a_zone_of_this_machine_is_refused() -> None:
    with pytest.raises(AddressRefused, match="has a zone"):
        judge_address("2606:4700:4700::1111%eth0")


def test_of_several_answers_only_the_public_ones_are_dialled() -> None:
    assert judge_addresses(["10.0.0.1", "8.8.8.8", "::1"]) == ["8.8.8.8"]


def test_a_name_with_private_addresses_alone_is_refused_with_the_reason() -> None:
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1 is not a public address \(private\)"):
        judge_addresses(["10.0.0.1"])
    with pytest.raises(AddressRefused, match="no address"):
        judge_addresses([])


def test_a_64_bit_nat_address_of_a_public_host_passes() -> None:
    assert judge_address("64:ff9b::8.8.8.8") == "64:ff9b::808:808"
