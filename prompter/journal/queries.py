"""The journal's longer questions in SQL."""

from __future__ import annotations

from prompter.journal.rows import COLUMNS

INSERT_EVENT = f"INSERT INTO events ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING"
"""Silent only about an id that is there already: a commit of unknown outcome may be repeated."""

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
        SELECT seq FROM events WHERE call IN (SELECT id FROM live WHERE kind = 'call')
        UNION
        SELECT seq FROM events WHERE stream = 'promise'
        AND json_extract(data, '$.promise') IN (SELECT id FROM live WHERE kind = 'promise')
        UNION
        SELECT seq FROM events WHERE type = 'gap_noted'
        AND json_extract(data, '$.gap') IN (SELECT id FROM live WHERE kind = 'gap')
    ) ORDER BY seq
"""

CONTACTS = "SELECT id, number, name, at FROM contacts WHERE id IN (SELECT value FROM json_each(?))"

NEWEST_CONTACT = """
    SELECT id, number, name, at FROM contacts WHERE number = ? ORDER BY at DESC, rowid DESC LIMIT 1
"""

LAST_CALL = """
    WITH callers (id) AS (
        SELECT :caller
        UNION
        SELECT id FROM contacts WHERE number <> '' AND number IN (
            SELECT :caller UNION SELECT number FROM contacts WHERE id = :caller
        )
    ), taken_back (call, cause) AS (
        SELECT call, json_extract(data, '$.undone') FROM events WHERE type = 'undone'
    )
    SELECT json_extract(e.data, '$.outcome'), e.at FROM events e
    WHERE e.type = 'ended' AND e.mode = :mode AND e.at < :before
    AND e.call IN (
        SELECT g.call FROM events g
        WHERE g.type IN ('call_started', 'contact_given')
        AND json_extract(g.data, '$.contact') IN (SELECT id FROM callers)
        AND NOT EXISTS (SELECT 1 FROM taken_back t WHERE t.call = g.call AND t.cause = g.cause)
    )
    AND NOT EXISTS (SELECT 1 FROM taken_back t WHERE t.call = e.call AND t.cause = e.cause)
    AND NOT EXISTS (SELECT 1 FROM events v WHERE v.call = e.call AND v.type = 'voided')
    ORDER BY e.at DESC, e.seq DESC LIMIT 1
"""
"""`:caller` is a contact's id or a number; either way all contacts with that number count."""

FORGET_CONTACTS = """
    UPDATE contacts SET number = '', name = ''
    WHERE at < ? AND (number <> '' OR name <> '') AND id NOT IN (SELECT value FROM json_each(?))
"""

FORGET_NOTES = """
    UPDATE notes SET text = ''
    WHERE at < ? AND text <> '' AND id NOT IN (SELECT value FROM json_each(?))
"""
