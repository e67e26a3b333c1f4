"""`handdruk encoder`, in processes of its own: from a folder, and from a hub that stands in for a real one."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.unit.understand.tiny_encoder import hub_folder

CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("HANDDRUK_", "DJANGO_"))}
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = hub_folder(tmp_path_factory.mktemp("hub") / "tiny")
    (folder / "run_me.py").write_text("raise SystemExit")
    return folder


class Hub(BaseHTTPRequestHandler):
    """As much of a hub as fetching needs: the list of a repository's files, and the files."""

    def __init__(self, folder: Path, asked: list[str], *given: object) -> None:
        self.folder, self.asked = folder, asked
        super().__init__(*given)  # type: ignore[arg-type]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        path = self.path.partition("?")[0]
        files = [str(file.relative_to(self.folder)) for file in self.folder.rglob("*") if file.is_file()]
        if path.startswith("/api/models/someone/tiny/tree/"):
            return self._say(
                json.dumps(
                    [
                        {"type": "file", "path": name, "oid": COMMIT, "size": (self.folder / name).stat().st_size}
                        for name in files
                    ]
                ).encode()
            )
        if path.startswith("/api/models/someone/tiny"):
            return self._say(
                json.dumps(
                    {"id": "someone/tiny", "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]}
                ).encode()
            )
        name = path.partition(f"/resolve/{COMMIT}/")[2]
        if path.startswith("/someone/tiny/") and name in files:
            return self._say((self.folder / name).read_bytes(), name)
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def _say(self, data: bytes, name: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{name.replace("/", "-") or "list"}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *given: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def hub(source: Path) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Hub, source, asked))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def _handdruk(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **CLEAN,
        "HANDDRUK_HOME": str(home),
        "HF_HOME": str(home / "cache"),
        **more,
    }
    return subprocess.run(
        [sys.executable, "-m", "handdruk.cli", *arguments],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_that_an_encoder_is_installed_from_a_folder_and_shown(source, tmp_path):
    done = _handdruk(tmp_path, "encoder", "install", str(source))
    assert (done.returncode, done.stderr) == (0, "") and "handdruk train" in done.stdout
    shown = json.loads(_handdruk(tmp_path, "encoder", "show", "--json").stdout)
    assert (shown["width"], shown["views"], shown["pooling"]) == (24, 2, "mean")


def test_that_an_encoder_is_fetched_from_a_hub_without_any_code(hub, tmp_path):
    address, asked = hub
    done = _handdruk(tmp_path, "encoder", "install", "someone/tiny", "--json", HF_ENDPOINT=address)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["width"] == 24
    assert any("model.safetensors" in path for path in asked) and not any("run_me" in path for path in asked)
    assert sorted(path.name for path in (tmp_path / "encoder").iterdir()) == [
        "encoder.json",
        "model.onnx",
        "tokenizer.json",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["install"], 2, "give a folder"),
        (["install", "../no where"], 2, "no folder"),
        (["install", "someone/else"], 2, "could not be fetched"),
        (["show"], 1, "no encoder"),
    ],
)
def test_that_what_cannot_be_done_is_told_in_one_sentence(arguments, code, said, hub, tmp_path):
    done = _handdruk(tmp_path, "encoder", *arguments, HF_ENDPOINT=hub[0])
    assert done.returncode == code and said in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "encoder").exists()
