"""Units for systemd and the compose file, as far as they can be judged without running them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from tests.cache.fronting import NGINX, WRAPPED
from tests.house.test_docs import settings_documented
from tests.management.sites import free_port

ROOT = Path(__file__).parents[2]
OPERATING = ROOT / "docs" / "operating"
UNITS = sorted((OPERATING / "systemd").glob("newsroom*"))
ENVIRONMENT = OPERATING / "systemd" / "environment"
COMPOSE: dict[str, Any] = yaml.safe_load((OPERATING / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: each for name, each in COMPOSE["services"].items() if each["image"] == "newsroom"}
SERVE_OPTIONS = {"--workers", "--web-only", "--host"}


def environment() -> dict[str, str]:
    """What the units read, as a shell has it."""
    lines = ENVIRONMENT.read_text(encoding="utf-8").splitlines()
    told = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: " ".join(shlex.split(value)) for name, _equals, value in told}


def commands() -> Iterator[list[str]]:
    """Every `manage.py ...` of units and containers."""
    texts = [unit.read_text(encoding="utf-8") for unit in UNITS]
    texts += [service["command"] for service in OURS.values()]
    for text in texts:
        for found in re.findall(r"manage\.py ([^\n&\"]+)", text):
            yield found.replace("$SERVE_OPTIONS", environment()["SERVE_OPTIONS"]).split()


def test_every_command_and_its_options_exist() -> None:
    asked = list(commands())
    assert {command for command, *_rest in asked} == {"serve", "prepare", "backup"}
    for command, *words in asked:
        assert command in get_commands()
        if command == "serve":
            assert {word for word in words if word.startswith("--")} <= SERVE_OPTIONS


@pytest.mark.parametrize("name", ["the units", *OURS])
def test_every_setting_they_make_is_documented(name: str) -> None:
    told = environment() if name == "the units" else OURS[name]["environment"]
    assert set(told) - {"SERVE_OPTIONS"} <= settings_documented()


@pytest.mark.parametrize("name", ["the units", "web"])
def test_production_starts_with_their_settings(name: str, tmp_path: Path) -> None:
    told = environment() if name == "the units" else OURS[name]["environment"]
    given = {"SITE_URL": "https://courier.example", "DATABASE_PASSWORD": "p", "EMAIL_URL": ""}
    own = {key: _given(str(value), given) for key, value in told.items()}
    key = tmp_path / "key"
    key.write_text("a-key-for-one-test-" + "x" * 32)
    own |= {"NEWSROOM_DATA_DIR": str(tmp_path), "SECRET_KEY_FILE": str(key)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], cwd=ROOT,
        env={"PATH": os.environ["PATH"], **own}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _given(value: str, given: dict[str, str]) -> str:
    """As compose puts in what `.env` says, or the default."""

    def put(found: re.Match[str]) -> str:
        default = found[3] if found[2] == ":-" else ""
        return given.get(found[1], "") or default

    return re.sub(r"\$\{(\w+)(:-|:\?)?([^}]*)\}", put, value)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_units_and_finds_them_closed(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        # What is not on this machine would be complained of.
        text = text.replace("/opt/newsroom/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text)
    verified = _run("verify", "--man=no", *map(str, sorted(tmp_path.iterdir())))
    assert (verified.returncode, _about(verified, tmp_path)) == (0, [])
    for unit in tmp_path.glob("*.service"):
        done = _run("security", "--offline=yes", "--threshold=30", str(unit))
        assert done.returncode == 0, done.stdout[-300:]


def _run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, check=False
    )


def _about(done: "subprocess.CompletedProcess[str]", folder: Path) -> list[str]:
    """What was said of our units, and not of the machine's own."""
    return [line for line in done.stderr.splitlines() if str(folder) in line]


def test_the_compose_file_names_nothing_that_it_does_not_have() -> None:
    services, volumes = COMPOSE["services"], set(COMPOSE["volumes"])
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name
        assert set(service["networks"]) <= set(COMPOSE["networks"]), name
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"]), name
        assert service["image"] == "newsroom" or ":" in service["image"], name
        for volume in service.get("volumes", []):
            source, _colon, target = volume.partition(":")
            if source.startswith("."):
                assert (OPERATING / source).exists(), volume
            else:
                assert not target or source in volumes, volume
    built = OURS["web"]["build"]
    assert (OPERATING / built["context"]).resolve() == ROOT
    for copied in re.findall(r"^COPY (\S+) ", built["dockerfile_inline"], re.M):
        assert (ROOT / copied).exists()


def test_the_proxy_gets_our_configuration_with_the_places_of_the_compose_file(
    tmp_path: Path,
) -> None:
    _shell, _c, line = COMPOSE["services"]["proxy"]["command"]
    sed, _then, _nginx = line.partition(" > ")
    shipped = (OPERATING / "nginx.conf").read_text(encoding="utf-8")
    for ours in re.findall(r"s\|([^|]+)\|", sed):
        assert ours in shipped
    done = subprocess.run(
        ["sh", "-c", sed.replace("/shipped", str(OPERATING)).replace("$$", "$")],
        env={"PATH": os.environ["PATH"], "SITE_HOST": "courier.example"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    text = done.stdout
    for put in ("server web:8000;", "listen 8079;", "allow 10.77.0.0/24;"):
        assert put in text
    if not NGINX:
        pytest.skip("nginx is not installed")
    # The names, ports and folders of this machine instead of a container's.
    own = {
        "web:8000": "127.0.0.1:8000", "/var/lib/nginx": str(tmp_path),
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 8079;": f"listen 127.0.0.1:{free_port()};",
    }  # fmt: skip
    for theirs, ours in own.items():
        text = text.replace(theirs, ours)
    (tmp_path / "newsroom.conf").write_text(text)
    user = "" if os.geteuid() else "user root;"
    (tmp_path / "nginx.conf").write_text(WRAPPED.format(folder=tmp_path, user=user))
    checked = subprocess.run(
        [NGINX, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
