"""What `secret` knows holds for both that hide: values of keys (`masks`), and lines as they stand (`quoting`)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan import masks, quoting, secret

VALUE = "hunter2"
NAMES = st.sampled_from(
    [
        *(
            "password",
            "DB_PASSWORD",
            "dbpasswd",
            "passphrase",
            "clientSecret",
            "AWS_SECRET_ACCESS_KEY",
            "aws_access_key_id",
        ),
        *(
            "API_TOKEN_2",
            "hf-token",
            "authToken",
            "tokens",
            "api_key",
            "apikey",
            "accountKey",
            "storage-key",
            "smtp.pwd",
        ),
        *(
            "connection_string",
            "connectionString",
            "webhook-url",
            "credentials",
            "secret_value",
            "token_b64",
            "http.auth",
        ),
    ]
)
SIGNS = st.sampled_from(["=", ": ", ":", " = ", ":   ", " := ", " => ", " <- ", "+=", "?=", '"] = ', '": '])
QUOTES = st.sampled_from(
    ["{}", "'{}'", '"{}"', '"a {} b"', "'''{}'''", '\\"a {}\\"', "b'{}'", 'decode("x", "{}")', "x'{}'y"]
)
BEFORE = st.sampled_from(
    ["", "export ", "python train.py ", "a, ", '{{"x": 1, "', "don't ", "f(x, ", "docker run -e ", 'os.environ["']
)
AFTER = st.sampled_from(["", " x", ", lr=1)", "\nnext", '"', "}", " && python x.py", "'"])
TEXTS = st.lists(
    st.sampled_from(["token", "key", "=", ":", " ", "'", '"', "(", "]", "{", "$", "x", "\n", "-", "\\", "|"])
).map("".join)


@given(BEFORE, NAMES, SIGNS, QUOTES, AFTER)
def test_the_value_of_what_is_named_as_a_secret_shows_nowhere(
    before: str, name: str, sign: str, quotes: str, after: str
) -> None:
    text = f"{before}{name}{sign}{quotes.format(VALUE)}{after}"
    assert VALUE not in masks.masked(text)
    assert VALUE not in quoting.masked(text)
    assert VALUE not in masks.value(name, VALUE)


@given(NAMES, QUOTES, AFTER)
def test_the_value_of_an_option_shows_nowhere(name: str, quotes: str, after: str) -> None:
    text = f"tool --{name} {quotes.format(VALUE)}{after}"
    assert VALUE not in masks.masked(text)
    assert VALUE not in quoting.masked(text)


@given(st.text(), NAMES)
def test_what_names_a_secret_for_one_does_so_for_the_other(text: str, name: str) -> None:
    assert secret.names(name)
    assert secret.mentions(name)
    assert secret.mentions(text) or not secret.names(text)


@given(st.one_of(TEXTS, st.text()))
def test_hiding_again_hides_no_less_and_ends(text: str) -> None:
    for hide in (masks.masked, quoting.masked):
        assert len(hide(text)) <= len(text) * 4 + 4
        hide(hide(text))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "echo AKIAIOSFODNN7EXAMPLE",
            f"x {'9e107d9d372bb6826bd81d3542a419d6'}",
            "x https://ann:hunter2@host.example/y",
        ),
        *("curl -u ann:hunter2 x", "docker login -u ann -p hunter2", "x -----BEGIN RSA PRIVATE KEY-----\nhunter2\n"),
    ],
)
def test_what_is_a_secret_by_its_form_is_hidden_by_both(text: str) -> None:
    for hide in (masks.masked, quoting.masked):
        assert secret.MASK in hide(text)
        assert VALUE not in hide(text)
        assert "AKIAIOSFODNN7EXAMPLE" not in hide(text)


@pytest.mark.parametrize(
    "text",
    [
        "$TOKEN",
        "${TOKEN}",
        "${{ secrets.A }}",
        "$(cat f)",
        "Bearer $TOKEN",
        "$USER:$TOKEN",
        "os.environ['A']",
        "!Ref Key",
        "",
        "None",
    ],
)
def test_a_reference_shows_nothing(text: str) -> None:
    assert secret.refers(text)


@pytest.mark.parametrize(
    "text",
    [
        "hunter2",
        "$TOKEN-hunter2",
        "os.getenv('A', 'hunter2')",
        "${A:-hunter2}",
        "${{ secrets.A || 'hunter2' }}",
        "!hunter2",
    ],
)
def test_what_holds_more_than_a_reference_is_none(text: str) -> None:
    assert not secret.refers(text)


@pytest.mark.parametrize(
    "part",
    [
        "key=",
        "api_key -(",
        "token (",
        "***",
        "://",
        "login -p ",
        "!Ref ",
        "$a",
        "token 'a",
        "key: \\",
        "password: |\n",
        "h8K/",
    ],
)
def test_hiding_takes_no_square_of_a_text(part: str) -> None:
    began = time.thread_time()
    masks.masked.__wrapped__(part * 20_000)
    quoting.masked(part * 20_000)
    assert time.thread_time() - began < 2
