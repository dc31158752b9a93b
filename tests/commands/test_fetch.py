import json

import pytest
from newsroom.__main__ import main

from tests.fakes.open_web import HostileServer, answer


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://2852039166/", "odd spelling"),
        ("file:///etc/passwd", "scheme file"),
        ("http://localhost:9001/", "port 9001"),
    ],
)
def test_a_refusal_is_one_line_with_the_reason(url: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", url]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("newsroom fetch: ")
    assert reason in err
    assert err.count("\n") == 1


@pytest.mark.enable_socket
def test_an_answer_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    with HostileServer(lambda connection, _: connection.sendall(answer(b"<rss/>", content_type="text/xml"))) as server:
        wire = "{}:{}".format(*server._listener.getsockname()[:2])
        assert main(["fetch", "https://Port.example/rss", "--wire", wire]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["url"] == "https://port.example/rss"
    assert (found["status"], found["bytes"], found["content_type"]) == (200, 6, "text/xml")
