"""A client of the language server: what an editor asks it, and what it answers, over its own pipes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import IO, Any

import pytest

HERE = Path(__file__).resolve().parent
PROGRAM = Path("node_modules") / "yaml-language-server" / "bin" / "yaml-language-server"
PATIENCE = 60.0
"""Seconds that an answer may take on a machine with other work."""


def installed() -> Path:
    """The pinned server's program, installed beside this file if it is not yet. Skips where it cannot be."""
    program = HERE / PROGRAM
    if program.exists():
        return program
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not installed")
    with tempfile.TemporaryDirectory(dir=HERE, prefix=".installing-") as place:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, place)
        done = subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=place,
            capture_output=True,
            text=True,
            timeout=300,
        )
        if done.returncode:
            pytest.skip(f"npm cannot install the language server: {done.stderr[-500:]}")
        with contextlib.suppress(OSError):  # another worker was faster
            os.replace(Path(place) / "node_modules", HERE / "node_modules")
    return program


class Server:
    """The server over one folder of scripts. Positions are line and column from 0, as the protocol counts."""

    def __init__(self, program: Path, folder: Path, settings: dict[str, Any]) -> None:
        self.folder = folder
        self.settings = settings
        self._process = subprocess.Popen(
            ["node", str(program), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._answers: dict[int, Queue[Any]] = {}
        self._told: dict[str, Queue[list[dict[str, Any]]]] = {}
        self._lock = threading.Lock()
        self._last = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Server:
        root = self.folder.as_uri()
        places = [{"uri": root, "name": self.folder.name}]
        text_document = {
            "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
            "hover": {"contentFormat": ["markdown"]},
            "publishDiagnostics": {"relatedInformation": True},
        }
        workspace = {"configuration": True, "workspaceFolders": True}
        self._ask(
            "initialize",
            processId=os.getpid(),
            rootUri=root,
            workspaceFolders=places,
            capabilities={"textDocument": text_document, "workspace": workspace},
        )
        self._tell("initialized")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, Empty):
            self._ask("shutdown")
            self._tell("exit")
        self._process.terminate()
        self._process.wait(PATIENCE)

    def open(self, name: str, text: str) -> list[dict[str, Any]]:
        """Open a file with this text, whatever lies on disk; what the server finds wrong in it."""
        uri = self._uri(name)
        self._told[uri] = Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", textDocument=document)
        return self._told[uri].get(timeout=PATIENCE)

    def complete(self, name: str, line: int, col: int) -> dict[str, dict[str, Any]]:
        """What the server offers there, by label."""
        found = self._ask("textDocument/completion", **self._at(name, line, col))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: item for item in items}

    def hover(self, name: str, line: int, col: int) -> str:
        """What the server tells of the word there, as Markdown; "" for nothing."""
        found = self._ask("textDocument/hover", **self._at(name, line, col))
        return found["contents"]["value"] if found else ""

    def _at(self, name: str, line: int, col: int) -> dict[str, Any]:
        return {"textDocument": {"uri": self._uri(name)}, "position": {"line": line, "character": col}}

    def _uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    # The protocol

    def _ask(self, method: str, **params: Any) -> Any:
        self._last += 1
        number = self._last
        self._answers[number] = Queue()
        self._send({"id": number, "method": method, "params": params})
        answer = self._answers[number].get(timeout=PATIENCE)
        assert "error" not in answer, answer
        return answer.get("result")

    def _tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        with self._lock:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while (message := _read(self._process.stdout)) is not None:
            if "method" not in message:
                self._answers[message["id"]].put(message)
            elif "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})
            elif message["method"] == "textDocument/publishDiagnostics":
                told = self._told.get(message["params"]["uri"])
                if told is not None:
                    told.put(message["params"]["diagnostics"])

    def _answer(self, asked: dict[str, Any]) -> Any:
        """What an editor answers: its settings; to the rest that it has done so."""
        if asked["method"] != "workspace/configuration":
            return None
        return [self.settings.get(item.get("section"), None) for item in asked["params"]["items"]]


def _read(pipe: IO[bytes]) -> dict[str, Any] | None:
    length = 0
    while line := pipe.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if not length:
        return None
    message: dict[str, Any] = json.loads(pipe.read(length))
    return message
