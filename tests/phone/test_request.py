"""What a phone sends, and what pretends to be one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.phone.caller import caller
from prompter.phone.request import Asked, BadRequest, PhoneEvent, complete, read

HOST = b"Host: 127.0.0.1:4711\r\n"


def get(target: str, *headers: str, host: bytes = HOST) -> Asked | BadRequest:
    rows = "".join(f"{header}\r\n" for header in headers).encode()
    return read(f"GET {target} HTTP/1.1\r\n".encode() + host + rows + b"\r\n")


def status(found: Asked | BadRequest) -> int:
    return found.status if isinstance(found, BadRequest) else 200


def of(found: Asked | BadRequest) -> PhoneEvent:
    assert isinstance(found, Asked), found
    return found.event


def test_a_get_and_a_line_say_the_same() -> None:
    event = PhoneEvent("ringing", "+996555123456", "a1", "Асан", outgoing=True)
    query = "number=0555123456&id=a1&name=%D0%90%D1%81%D0%B0%D0%BD&direction=outgoing&token=t"
    asked = get(f"/v1/call/ringing?{query}")
    assert isinstance(asked, Asked)
    assert (asked.token, asked.event, asked.line) == ("t", event, False)
    fields = {"call": "ringing", "number": "0555 123456", "id": "a1", "name": "Асан", "token": "t"}
    asked = read(json.dumps({**fields, "direction": "outgoing"}).encode() + b"\n")
    assert isinstance(asked, Asked)
    assert (asked.token, asked.event, asked.line) == ("t", event, True)


@pytest.mark.parametrize("kind", ["ringing", "answered", "ended", "rejected", "show"])
def test_every_event_with_nothing_but_a_key(kind: str) -> None:
    assert of(get(f"/v1/call/{kind}?token=t")) == PhoneEvent(kind)


def test_a_phone_that_encodes_nothing() -> None:
    assert of(get("/v1/call/ringing?number=+7 495 123-45-67&name=Асан уулу&token=t")) == PhoneEvent(
        "ringing", "+74951234567", name="Асан уулу"
    )


def test_a_plus_is_a_space_in_a_name_alone() -> None:
    asked = get("/v1/call/ringing?number=+996555123456&name=%D0%90%D1%81+%D0%9A%2B1&id=a+b&token=t")
    assert of(asked) == PhoneEvent("ringing", "+996555123456", id="a+b", name="Ас К+1")


def test_what_a_callers_name_smuggles_in_comes_too_late() -> None:
    event = of(get("/v1/call/ringing?number=0555123456&id=1&token=t&name=x&number=103&id=2&token=u"))
    assert (event.number, event.id, event.name) == ("+996555123456", "1", "x")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("%1b[2J%1b]0;x%07", "[2J]0;x"),
        ("$(reboot);`id`|x", "$(reboot);`id`|x"),
        ("[@click=app.bell]x[/]", "[@click=app.bell]x[/]"),
        ("%E2%80%AEdlohtib", "dlohtib"),
        ("a%00b%0d%0ac", "ab c"),
        ("%ff%fe", "��"),
        ("x" * 500, "x" * 80),
    ],
)
def test_a_hostile_name_is_only_letters(name: str, kept: str) -> None:
    assert of(get(f"/v1/call/ringing?number=103&name={name}")).name == kept


@pytest.mark.parametrize(
    ("expected", "target", "headers", "host"),
    [
        (403, "/v1/call/ringing", (), b""),
        (403, "/v1/call/ringing", (), b"Host: evil.example\r\n"),
        (403, "/v1/call/ringing", (), b"Host: 127.0.0.1.evil.example\r\n"),
        (403, "/v1/call/ringing", (), b"Host: 192.168.1.2:80\r\n"),
        (400, "/v1/call/ringing", (), HOST + b"Host: evil.example\r\n"),
        (403, "/v1/call/ringing", ("Origin: http://evil.example",), HOST),
        (403, "/v1/call/ringing", ("Origin: null",), HOST),
        (403, "/v1/call/ringing", ("Sec-Fetch-Site: cross-site",), HOST),
        (403, "/v1/call/ringing", ("sec-fetch-site: same-origin",), HOST),
        (413, "/v1/call/ringing", ("Content-Length: 5",), HOST),
        (413, "/v1/call/ringing", ("Transfer-Encoding: chunked",), HOST),
        (400, "/v1/call/ringing", ("no colon",), HOST),
        (404, "/", (), HOST),
        (404, "/v1/call/", (), HOST),
        (404, "/v1/call/dial?number=103", (), HOST),
        (404, "/v1/call/../call/ringing", (), HOST),
        (404, "http://127.0.0.1/v1/call/ringing", (), HOST),
    ],
)
def test_what_is_refused(expected: int, target: str, headers: tuple[str, ...], host: bytes) -> None:
    assert status(get(target, *headers, host=host)) == expected


def test_a_browser_in_whose_address_line_it_was_typed_is_none_of_them() -> None:
    assert status(get("/v1/call/show?token=t", "Sec-Fetch-Site: none", host=b"Host: localhost:1\r\n")) == 200


@pytest.mark.parametrize(
    ("expected", "data"),
    [
        (405, b"POST /v1/call/ringing HTTP/1.1\r\n" + HOST + b"\r\n"),
        (405, b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n"),
        (400, b"GET /v1/call/ringing\r\n\r\n"),
        (400, b"\x16\x03\x01\x02\x00\r\n\r\n"),
        (400, b"\r\n\r\n"),
        (400, b"{\n"),
        (400, b'{"call": 5}\n'),
        (400, b'{"call": {"a": []}}\n'),
        (400, b'{"call": "ringing", "number": 555}\n'),
        (400, b"{" * 4000 + b"\n"),
        (400, b'{"call": "\xff"}\n'),
        (404, b'{"call": "dial"}\n'),
        (404, b"{}\n"),
    ],
)
def test_what_is_no_request(expected: int, data: bytes) -> None:
    assert complete(data)
    assert status(read(data)) == expected


@given(st.binary(max_size=300))
def test_anything_is_read_or_refused(data: bytes) -> None:
    for found in (read(data), read(b"GET /v1/call/ringing?" + data + b" HTTP/1.1\r\n" + HOST)):
        assert isinstance(found, BadRequest) or found.event.kind


@pytest.mark.parametrize(
    ("told", "name", "expected"),
    [
        ("sip:0555123456@10.0.0.1", "", ("+996555123456", "")),
        ('"Асан" <sip:+996555123456@10.0.0.1;user=phone>;tag=x', "", ("+996555123456", "Асан")),
        ("<sips:996555123456@h:5061>", "Бакыт", ("+996555123456", "Бакыт")),
        ("tel:+7-495-123-45-67", "", ("+74951234567", "")),
        ("sip:204@pbx.local", "204", ("204", "")),
        ("sip:operator@pbx.local", "", ("", "")),
        ("anonymous", "Anonymous", ("", "")),
        ('"Anonymous" <sip:anonymous@anonymous.invalid>', "", ("", "")),
        ("", "Скрытый номер", ("", "")),
        ("0555123456", "0555 12-34-56", ("+996555123456", "")),
        ("<sip:", "", ("", "")),
        ("00996555123456", "unknown", ("+996555123456", "")),
    ],
)
def test_who_is_named(told: str, name: str, expected: tuple[str, str]) -> None:
    assert caller(told, name) == expected
