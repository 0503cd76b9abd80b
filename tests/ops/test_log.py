"""The log says what it must in both forms, takes in the standard library, and lets no secret through."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bridge.ops.log import BLOT, Redactor, configure

SECRET = 'syt_"s3same"/x'


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def fail(text: str) -> None:
    raise ValueError(text)


def test_ready_in_json(out: io.StringIO) -> None:
    configure("json", stream=out)
    structlog.get_logger().info("ready", rooms=3, name="Ünal")
    assert '"event": "ready"' in out.getvalue()
    (line,) = lines(out)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"level": "info", "event": "ready", "rooms": 3, "name": "Ünal"}


def test_ready_on_the_console(out: io.StringIO) -> None:
    configure("console", stream=out)
    structlog.get_logger().info("ready", rooms=3, note='two "words"\nmore')
    assert ' info    event=ready rooms=3 note="two \\"words\\"\\nmore"\n' in out.getvalue()
    assert out.getvalue().count("\n") == 1


def test_the_level_counts_for_both_sources(out: io.StringIO) -> None:
    configure("json", "warning", stream=out)
    structlog.get_logger().info("no")
    logging.getLogger("somebody").info("no")
    logging.getLogger("somebody").warning("yes %s", 1)
    assert [(line["event"], line["logger"]) for line in lines(out)] == [("yes 1", "somebody")]


def test_chatty_libraries_speak_from_warnings_on(out: io.StringIO) -> None:
    configure("json", "debug", stream=out)
    logging.getLogger("aiohttp.client").info("no")
    logging.getLogger("sqlalchemy.engine").info("no")
    logging.getLogger("aiohttp.client").warning("yes")
    logging.getLogger("uvicorn.error").info("too")
    assert [line["event"] for line in lines(out)] == ["yes", "too"]


@pytest.mark.parametrize("level", [5, 15, 25, 99])
def test_levels_between_the_known_ones(level: int, out: io.StringIO) -> None:
    configure("json", "debug", stream=out)
    logging.getLogger("somebody").log(level, "said")
    assert [line["event"] for line in lines(out)] == (["said"] if level >= 10 else [])


def test_a_record_that_cannot_be_put_together(out: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    configure("json", stream=out)
    logging.getLogger("somebody").warning("%d", SECRET)
    assert [line["event"] for line in lines(out)] == ["a message that cannot be put together"]
    assert SECRET not in capsys.readouterr().err


@pytest.mark.parametrize("form", ["json", "console"])
def test_secrets_are_hidden_wherever_they_stand(form: Any, out: io.StringIO) -> None:
    configure(form, secrets=[SECRET], stream=out)
    log = structlog.get_logger()
    log.info(
        f"a {SECRET}",
        url=f"http://h/?access_token={SECRET}&x=1",
        inner={"deep": [SECRET, (SECRET,)]},
        other=ValueError(SECRET),
    )
    log.info("keys", access_token="abc123", headers={"Authorization": "Bearer abc123"}, hs_token_file="abc123")
    log.info("patterns", text="Authorization: Bearer abc123, /sync?access_token=abc123&since=s1")
    logging.getLogger("somebody").warning("with %s", SECRET)
    try:
        fail(SECRET)
    except ValueError:
        log.exception("stack")
        logging.getLogger("somebody").exception("stack")
    written = out.getvalue()
    assert BLOT in written
    for secret in (SECRET, json.dumps(SECRET)[1:-1], "s3same", "abc123"):
        assert secret not in written
    assert written.count("ValueError: ") == 2
    assert "since=s1" in written


def test_a_secret_learnt_later_is_hidden_too(out: io.StringIO) -> None:
    configure("json", stream=out).add("learnt-later", "abc")
    structlog.get_logger().info("the learnt-later abc")
    assert lines(out)[0]["event"] == f"the {BLOT} abc"


def test_a_secret_that_is_a_word_of_the_log_breaks_nothing(out: io.StringIO) -> None:
    configure("json", secrets=["info", "event", "timestamp"], stream=out)
    structlog.get_logger().info("an event", event_id="$1")
    assert lines(out)[0]["level"] == "info"
    assert lines(out)[0]["event"] == f"an {BLOT}"


def test_the_longer_of_two_secrets_is_hidden_whole() -> None:
    assert Redactor(["pass", "password1"]).text("password1") == BLOT


def test_a_stack_reads_as_lines_on_the_console(out: io.StringIO) -> None:
    configure("console", stream=out)
    try:
        fail("boom")
    except ValueError as error:
        structlog.get_logger().error("bug", exc_info=error)
    first, second, *_, last = out.getvalue().splitlines()
    assert first.endswith("event=bug")
    assert (second, last) == ("Traceback (most recent call last):", "ValueError: boom")


class Broken(io.StringIO):
    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_does_not_end_the_program() -> None:
    configure("json", stream=Broken())
    structlog.get_logger().info("lost")


def test_standard_error_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    configure("console")
    structlog.get_logger().info("ready")
    assert "event=ready" in capsys.readouterr().err


def test_without_words_errors_say_where_and_of_which_kind_but_not_what(out: io.StringIO) -> None:
    configure("json", stream=out, wordless=True)
    log = structlog.get_logger()
    said = "-".join(("somebody", "wrote", "this"))
    try:
        try:
            fail(said)
        except ValueError as error:
            raise RuntimeError(said) from error
    except RuntimeError as error:
        log.error("event_parked", exc_info=error)
        log.warning("batch_failed", error=repr(error))
        logging.getLogger("elsewhere").exception("it went wrong")
    try:
        open("/nowhere/at/all").close()  # noqa: PTH123
    except OSError:
        log.exception("no_file")
    parked, failed, library, no_file = lines(out)
    assert said not in out.getvalue()
    for line in (parked, library):
        stack = line["exception"]
        assert stack.index("in fail") < stack.index(f"builtins.ValueError: {BLOT}") < stack.index("RuntimeError")
    assert failed["error"] == "RuntimeError"
    assert "No such file" in no_file["exception"]
