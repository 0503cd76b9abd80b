"""What a newcomer is told who wants to log in."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from bridge.demo.guide import Address, guide
from tests.demo.conftest import printed


@pytest.mark.parametrize(("inside", "place"), [(True, "town"), (False, "/elsewhere/town")])
def test_all_that_is_needed_to_log_in_fits_a_terminal(
    tmp_path: Path, page: Console, monkeypatch: pytest.MonkeyPatch, inside: bool, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    directory = tmp_path / "town" if inside else Path(place)
    guide(page, Address("http://127.0.0.1:18008", directory, "http://127.0.0.1:18090/health/ready"))
    told = printed(page)
    assert max(cell_len(line) for line in told.splitlines()) <= 80
    for words in (
        "\n  Homeserver  http://127.0.0.1:18008   (http, not https)\n",
        "\n  People      amy, bob, carla, dmitri (moderator)\n",
        "\n              Password of each: demo-town\n",
        "\n              #community:town.localhost\n",
        "\n              #triage:town.localhost (bob, dmitri)\n",
        f"\n  Files       {place}/config.yaml\n",
        f"\n              To begin anew, delete {place}\n",
        "\n  Health      http://127.0.0.1:18090/health/ready\n",
    ):
        assert words in told


def test_without_a_web_section_no_health_is_promised(page: Console) -> None:
    guide(page, Address("http://127.0.0.1:1", Path("/town"), ""))
    assert "\n  Health      not served\n" in printed(page)
