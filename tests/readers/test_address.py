"""E-mail addresses."""

import pytest
from newsroom.errors import BadInput
from newsroom.readers.address import read_address


@pytest.mark.parametrize(
    ("text", "deliverable", "mailbox"),
    [
        ("reader@inbox.example", "reader@inbox.example", "reader@inbox.example"),
        (" Reader@Inbox.Example ", "Reader@inbox.example", "reader@inbox.example"),
        ("reader+news@inbox.example", "reader+news@inbox.example", "reader@inbox.example"),
        ("r.e.a.d.e.r+x+y@gmail.com", "r.e.a.d.e.r+x+y@gmail.com", "reader@gmail.com"),
        ("reader@googlemail.com", "reader@googlemail.com", "reader@gmail.com"),
        ("r.reader@inbox.example", "r.reader@inbox.example", "r.reader@inbox.example"),
        ("reader-news@yahoo.com", "reader-news@yahoo.com", "reader@yahoo.com"),
        ("reader-news@inbox.example", "reader-news@inbox.example", "reader-news@inbox.example"),
        ("reader@bücher.example", "reader@xn--bcher-kva.example", "reader@xn--bcher-kva.example"),
        ("reader@BÜCHER.example", "reader@xn--bcher-kva.example", "reader@xn--bcher-kva.example"),
        ("reader@straße.example", "reader@xn--strae-oqa.example", "reader@xn--strae-oqa.example"),
        ("reader@inbox。example", "reader@inbox.example", "reader@inbox.example"),
        ("reader@inbox.example.", "reader@inbox.example", "reader@inbox.example"),
        ("+tag@inbox.example", "+tag@inbox.example", "+tag@inbox.example"),
        ("o'reader@inbox.example", "o'reader@inbox.example", "o'reader@inbox.example"),
    ],
)
def test_an_address_is_written_one_way_and_counts_once(text: str, deliverable: str, mailbox: str) -> None:
    address = read_address(text)

    assert (address.deliverable, address.mailbox) == (deliverable, mailbox)


@pytest.mark.parametrize(
    "text",
    [
        "", "reader", "@inbox.example", "reader@", "reader@inbox", "reader@@inbox.example", "re ader@inbox.example",
        "reader@inbox..example", ".reader@inbox.example", "rea..der@inbox.example", "reader@-inbox.example",
        "reader@127.0.0.1", "reader@[127.0.0.1]", '"reader"@inbox.example', "reader@inbox.example, other@inbox.example",
        "reader@inbox.example\r\nBcc: all@inbox.example", "reader\n@inbox.example", "reader\0@inbox.example",
        "<reader@inbox.example>", "Reader <reader@inbox.example>", "reader@inbox.exam_ple", "rédacteur@inbox.example",
        "a" * 65 + "@inbox.example", "reader@" + "a" * 64 + ".example", "reader@" + "a." * 130 + "example",
        "reader@xn--\u200b.example", "reader@\u202einbox.example", "reader%inbox.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="not an e-mail address"):
        read_address(text)
