"""A real softphone (baresip) and real callers (sipp) on loopback SIP, for tests."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from prompter.phone.baresip import Event, arguments_of, events
from prompter.phone.client import tell

PROGRAMS = ("baresip", "sipp")
MODULES = ("/usr/lib/baresip/modules", "/usr/local/lib/baresip/modules")
PATIENCE = 60.0

CONFIG = """\
poll_method epoll
sip_listen 127.0.0.1:{sip}
call_local_timeout 120
call_max_calls 4
audio_player aufile,{folder}/heard.wav
audio_source aufile,{folder}/silence.wav
audio_alert aufile,{folder}/alert.wav
rtp_ports {rtp}-{rtp_end}
module_path {modules}
module g711.so
module aufile.so
module_tmp uuid.so
module_tmp account.so
module_app ctrl_tcp.so
module_app menu.so
ctrl_tcp_listen 127.0.0.1:{control}
"""

CALLER = """\
<?xml version="1.0" encoding="UTF-8"?>
<scenario name="caller">
  <send retrans="500"><![CDATA[
INVITE sip:operator@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "{name}" <sip:{number}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:operator@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:{number}@[local_ip]:[local_port]>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=caller 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
  ]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" {optional}/>
{rest}
</scenario>
"""

TALKS = """\
  <recv response="200" rtd="true"/>
  <send><![CDATA[
ACK sip:operator@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "{name}" <sip:{number}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:operator@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Content-Length: 0

  ]]></send>
  <pause milliseconds="{talk}"/>
  <send retrans="500"><![CDATA[
BYE sip:operator@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "{name}" <sip:{number}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:operator@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 BYE
Content-Length: 0

  ]]></send>
  <recv response="200"/>
"""

GIVES_UP = """\
  <pause milliseconds="{talk}"/>
  <send retrans="500"><![CDATA[
CANCEL sip:operator@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
From: "{name}" <sip:{number}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:operator@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 CANCEL
Content-Length: 0

  ]]></send>
  <recv response="200"/>
  <recv response="487"/>
  <send><![CDATA[
ACK sip:operator@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
From: "{name}" <sip:{number}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:operator@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Content-Length: 0

  ]]></send>
"""


def missing() -> str:
    """Which of the programs is not here, "" for none."""
    return next((name for name in PROGRAMS if not shutil.which(name)), "")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Softphone:
    """baresip with an account, its stream of events passed on to the program as `prompter phone bridge` does.

    `answers` is what it does by itself when it rings.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sip, self.control, self.rtp = free_port(), free_port(), 20000 + free_port() % 20000
        self.seen: list[Event] = []
        self.outcomes: list[str] = []
        self.answers = False
        self._callers: list[subprocess.Popen[bytes]] = []
        self._changed = threading.Condition()

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True)
        with wave.open(str(self.folder / "silence.wav"), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes(b"\0\0" * 8000 * 300)
        shutil.copy(self.folder / "silence.wav", self.folder / "alert.wav")
        modules = next(place for place in MODULES if Path(place).is_dir())
        config = CONFIG.format(
            folder=self.folder,
            sip=self.sip,
            control=self.control,
            rtp=self.rtp - self.rtp % 2,
            rtp_end=self.rtp + 100,
            modules=modules,
        )
        (self.folder / "config").write_text(config)
        (self.folder / "contacts").write_text("")
        (self.folder / "accounts").write_text(f"<sip:operator@127.0.0.1:{self.sip}>;regint=0\n")
        log = (self.folder / "log").open("wb")
        self._process = subprocess.Popen(
            ["baresip", "-f", str(self.folder)], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        self._control = self._connected()
        self._bridge = threading.Thread(target=self._pass_on, daemon=True)
        self._bridge.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for caller in self._callers:
            caller.kill()
            caller.wait()
        self._process.kill()
        self._process.wait()
        self._bridge.join(PATIENCE)
        self._control.close()

    def _connected(self) -> socket.socket:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.control))
            except OSError:
                assert self._process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < end
                time.sleep(0.05)

    def _pass_on(self) -> None:
        try:
            for event in events(self._control):
                if event.type == "CALL_INCOMING" and self.answers:
                    self._told(event)
                    self.command("accept")
                else:
                    self._told(event)
        except OSError:
            return

    def _told(self, event: Event) -> None:
        if argv := arguments_of(event):
            outcome = tell(argv)
            with self._changed:
                self.seen.append(event)
                self.outcomes.append(outcome)
                self._changed.notify_all()

    def command(self, name: str, parameters: str = "") -> None:
        """What the operator does on the phone itself: accept, hangup."""
        data = json.dumps({"command": name, "params": parameters}).encode()
        self._control.sendall(b"%d:%s," % (len(data), data))

    def until(self, true: Callable[[list[Event]], bool]) -> None:
        """Wait until the phone told so."""
        with self._changed:
            assert self._changed.wait_for(lambda: true(self.seen), PATIENCE), self.seen

    def kinds(self) -> list[str]:
        return [event.type for event in self.seen]

    # callers

    def caller(
        self, number: str, talk: int = 60000, name: str = "caller", gives_up: bool = False, calls: int = 1
    ) -> subprocess.Popen[bytes]:
        """Somebody rings: talks for so many milliseconds, or gives up after them; several calls in a row."""
        rest = (GIVES_UP if gives_up else TALKS).format(number=number, name=name, talk=talk)
        optional = "" if gives_up else 'optional="true"'
        port = free_port()
        scenario = self.folder / f"caller-{port}.xml"
        scenario.write_text(CALLER.format(number=number, name=name, rest=rest, optional=optional))
        command = ["sipp", f"127.0.0.1:{self.sip}", "-sf", str(scenario), "-i", "127.0.0.1", "-p", str(port)]
        command += ["-m", str(calls), "-l", "1", "-r", "20", "-nostdin", "-timeout", "300"]
        log = (self.folder / f"caller-{port}.log").open("wb")
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder)
        self._callers.append(process)
        return process
