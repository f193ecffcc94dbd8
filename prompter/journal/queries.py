"""The journal's longer SQL queries."""

from __future__ import annotations

from prompter.call.state import STATUSES
from prompter.journal.rows import COLUMNS

PUT_NAME = "INSERT INTO names (name) VALUES (?) ON CONFLICT (name) DO NOTHING"

INSERT_EVENT = """
    INSERT INTO events (id, desk, stream, call, at, mode, revision, cause, type, v, data) VALUES (
        ?, (SELECT id FROM names WHERE name = ?), ?, ?, ?, ?,
        (SELECT id FROM names WHERE name = ?), ?, ?, ?, ?
    ) ON CONFLICT (id) DO NOTHING
"""
"""Ignores only an existing id: a commit of unknown outcome may be repeated."""

PUT_CONTACT = """
    INSERT INTO contacts (id, number, name, at) VALUES (?,?,?,?)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, name = excluded.name, at = excluded.at
"""

PUT_NOTE = """
    INSERT INTO notes (id, text, at) VALUES (?,?,?)
    ON CONFLICT (id) DO UPDATE SET text = excluded.text, at = excluded.at
"""

RECOVER = f"""
    SELECT {COLUMNS} FROM events WHERE seq IN (
        SELECT e.seq FROM live CROSS JOIN events e
        ON e.call = packed(live.id) WHERE live.kind = 'call'
        UNION
        SELECT e.seq FROM live CROSS JOIN events e
        ON e.stream = 'promise' AND json_extract(e.data, '$.promise') = +live.id WHERE live.kind = 'promise'
        UNION
        SELECT e.seq FROM live CROSS JOIN events e
        ON e.type = 'gap_noted' AND json_extract(e.data, '$.gap') = +live.id WHERE live.kind = 'gap'
        UNION
        SELECT seq FROM (
            SELECT seq FROM events WHERE stream = 'status' AND mode = 'live'
            ORDER BY seq DESC LIMIT {STATUSES}
        )
    ) ORDER BY seq
"""
"""CROSS JOIN keeps the few live things outermost; `+` removes their affinity, which the indexes lack."""

PHONE = f"""
    SELECT {COLUMNS} FROM events WHERE seq > (SELECT max(seq) FROM events) - 3000
    AND type IN ('rang', 'connected', 'ring_stopped', 'ended') AND mode = 'live' ORDER BY seq
"""
"""What the phone reported of about the last hundred calls."""

CONTACTS = "SELECT id, number, name, at FROM contacts WHERE id IN (SELECT value FROM json_each(?))"

NOTES = "SELECT id, text, at FROM notes WHERE id IN (SELECT value FROM json_each(?))"

NEWEST_CONTACT = """
    SELECT id, number, name, at FROM contacts c WHERE number = :number AND NOT EXISTS (
        SELECT 1 FROM events e WHERE e.type IN ('call_started', 'contact_given')
        AND json_extract(e.data, '$.contact') = +c.id AND e.mode <> :mode
    ) ORDER BY at DESC, rowid DESC LIMIT 1
"""
"""A contact has the mode of the calls that name it: a person made up for a drill is nobody's caller."""

LAST_CALL = """
    WITH callers (id) AS (
        SELECT :caller
        UNION
        SELECT id FROM contacts WHERE number <> '' AND number IN (
            SELECT :caller UNION SELECT number FROM contacts WHERE id = :caller
        )
    ), calls (id) AS (
        SELECT g.call FROM callers CROSS JOIN events g
        ON g.type IN ('call_started', 'contact_given') AND json_extract(g.data, '$.contact') = +callers.id
        WHERE NOT EXISTS (
            SELECT 1 FROM events u WHERE u.call = g.call
            AND u.type = 'undone' AND packed(json_extract(u.data, '$.undone')) = g.cause
        )
    )
    SELECT
        coalesce((
            SELECT json_extract(t.data, '$.outcome') FROM events t
            WHERE t.call = e.call AND t.type = 'outcome_told' ORDER BY t.seq DESC LIMIT 1
        ), json_extract(e.data, '$.outcome')),
        coalesce(json_extract(e.data, '$.known'), e.at),
        (
            SELECT json_extract(l.data, '$.language') FROM events l
            WHERE l.call = e.call AND l.type IN ('call_started', 'language_set')
            AND NOT EXISTS (
                SELECT 1 FROM events u WHERE u.call = l.call
                AND u.type = 'undone' AND packed(json_extract(u.data, '$.undone')) = l.cause
            )
            ORDER BY l.seq DESC LIMIT 1
        ),
        (
            SELECT json_extract(s.data, '$.operator') FROM events s
            WHERE s.call = e.call AND s.type = 'call_started' ORDER BY s.seq DESC LIMIT 1
        ),
        (
            SELECT w.id FROM calls c CROSS JOIN events n ON n.call = c.id
            CROSS JOIN notes w ON w.id = json_extract(n.data, '$.note') AND w.text <> ''
            WHERE n.type = 'note_taken' AND n.mode = :mode
            AND NOT EXISTS (SELECT 1 FROM events u WHERE u.call = n.call AND u.type = 'voided')
            ORDER BY n.seq DESC LIMIT 1
        )
    FROM calls CROSS JOIN events e ON e.call = calls.id
    WHERE e.type = 'ended' AND e.mode = :mode
    AND NOT EXISTS (
        SELECT 1 FROM events u WHERE u.call = e.call AND (
            u.type = 'voided' OR u.type = 'undone' AND packed(json_extract(u.data, '$.undone')) = e.cause
        )
    )
    ORDER BY e.seq DESC LIMIT 1
"""
"""`:caller` is a contact's id or a number; either way all contacts with that number count.

The last is the one written last: setting the clock back does not change the order of calls. The newest
note may be of an earlier call.
"""

NEWEST = "SELECT max(seq) FROM events"

NEWS = f"""
    SELECT {COLUMNS} FROM events
    WHERE seq > ? AND seq <= ? AND stream = 'promise' AND mode = 'live' ORDER BY seq
"""
"""What was written about promises after this row, up to that one."""

OF_PROMISE = f"""
    SELECT {COLUMNS} FROM events
    WHERE stream = 'promise' AND mode = 'live' AND json_extract(data, '$.promise') = ? ORDER BY seq
"""

CLOSED_PROMISES = f"""
    SELECT {COLUMNS} FROM events
    WHERE stream = 'promise' AND mode = 'live' AND json_extract(data, '$.promise') IN (
        SELECT json_extract(data, '$.promise') FROM events WHERE stream = 'promise' AND mode = 'live'
        AND type IN ('promise_kept', 'promise_cancelled', 'promise_handed_over') AND at >= ?
    ) ORDER BY seq
"""
"""All events of the promises closed since a moment; of one closed twice both times are among them."""
