"""Time-ordered ids: UUID version 7 (RFC 9562).

Implemented here in a few lines: the available library takes 20 ms to import, at the first key of a shift, and
loads OpenSSL (3 MB). The standard library has them from Python 3.14 on.
"""

from __future__ import annotations

import os
import time
import uuid

_last = 0


def new_id() -> str:
    """A new id; within one program a later id always sorts after an earlier one."""
    global _last
    # milliseconds in 48 bits, then 12 bits of their fraction: keeps ids of one millisecond in order
    stamp = time.time_ns() * 4096 // 1_000_000
    _last = stamp = max(stamp, _last + 1)
    random = int.from_bytes(os.urandom(8), "big") >> 2
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | random
    return str(uuid.UUID(int=value))
