"""Speaks the caller's lines by an external program, if the settings name one."""

from __future__ import annotations

import shlex
import subprocess

from prompter.locale import _
from prompter.locale.errors import why
from prompter.settings import Settings


class Voice:
    """Speaks a line while the screen goes on; the next line interrupts it.

    The settings' `voice` is a command, `{language}` in it becomes ru or ky; the words go to its standard
    input, never into the command: `espeak-ng -v {language} --stdin`.
    """

    def __init__(self, settings: Settings) -> None:
        self._command = settings.voice.strip()
        self._speaking: subprocess.Popen[bytes] | None = None
        self.trouble = ""

    def say(self, text: str, language: str) -> str:
        """Start speaking; returns the reason the first time that fails."""
        if not self._command or self.trouble:
            return ""
        self.stop()
        try:
            words = [one.replace("{language}", language) for one in shlex.split(self._command)]
            self._speaking = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            assert self._speaking.stdin is not None
            with self._speaking.stdin as stream:
                stream.write(text.encode())
        except (OSError, ValueError) as error:
            self.trouble = _("The caller has no voice: {reason}").format(reason=why(error))
        return self.trouble

    def stop(self) -> None:
        """Stop speaking."""
        if self._speaking and self._speaking.poll() is None:
            self._speaking.kill()
        if self._speaking:
            self._speaking.wait()
        self._speaking = None
