-- A journal as the fourth schema had it, with a call that is live, a promise and a gap. Never edit it.
CREATE TABLE names (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE);
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    desk INTEGER NOT NULL,
    stream TEXT NOT NULL,
    call BLOB NOT NULL,
    at REAL NOT NULL,
    mode TEXT NOT NULL,
    revision INTEGER NOT NULL,
    cause BLOB NOT NULL,
    type TEXT NOT NULL,
    v INTEGER NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX events_call ON events (call);
CREATE INDEX events_promise ON events (json_extract(data, '$.promise')) WHERE stream = 'promise';
CREATE INDEX events_gap ON events (json_extract(data, '$.gap')) WHERE type = 'gap_noted';
CREATE INDEX events_contact ON events (json_extract(data, '$.contact'))
    WHERE type IN ('call_started', 'contact_given');
CREATE INDEX events_status ON events (seq) WHERE stream = 'status';
CREATE INDEX events_practice ON events (json_extract(data, '$.drill')) WHERE stream = 'practice';
CREATE TABLE contacts (id TEXT PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX contacts_number ON contacts (number);
CREATE TABLE notes (id TEXT PRIMARY KEY, text TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE live (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE calls (
    call BLOB PRIMARY KEY,
    at REAL NOT NULL,
    how TEXT NOT NULL,
    told TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX calls_at ON calls (at);
CREATE TABLE promises (
    promise TEXT PRIMARY KEY,
    at REAL NOT NULL,
    told TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX promises_at ON promises (at);

INSERT INTO names VALUES (1, 'd1'), (2, 'r1');
INSERT INTO meta VALUES ('desk', 'd0000000-0000-4000-8000-000000000001');
INSERT INTO contacts VALUES ('p1', '+996555123456', 'Айгуль', 90.0);
INSERT INTO notes VALUES ('n1', 'нет интернета', 95.0);
INSERT INTO live VALUES ('call', 'c2'), ('promise', 'pr1'), ('gap', 'g1');
INSERT INTO events (id, desk, stream, call, at, mode, revision, cause, type, v, data) VALUES
    ('e1', 1, 'call', 'c1', 100.0, 'live', 2, 'k1', 'call_started', 1,
     '{"direction":"incoming","language":"ru","contact":"p1"}'),
    ('e2', 1, 'call', 'c1', 110.0, 'live', 2, 'k2', 'gap_noted', 1, '{"gap":"g1","step":"talk"}'),
    ('e3', 1, 'promise', 'c1', 120.0, 'live', 2, 'k3', 'promise_made', 1,
     '{"promise":"pr1","norm":"call_back","who":"support","contact":"p1","language":"ru","limit":1800,"warn":300,"due":1920.0,"note":"n1"}'),
    ('e4', 1, 'call', 'c1', 130.0, 'live', 2, 'k4', 'ended', 1,
     '{"outcome":"call_back","requires":["farewell"]}'),
    ('e5', 1, 'call', 'c2', 200.0, 'live', 2, 'k5', 'call_started', 1,
     '{"direction":"outgoing","language":"ky"}');
INSERT INTO calls VALUES
    ('c1', 130.0, 'call_back', '[130.0,100.0,"call_back","incoming","ru","","",[],[],["farewell"],[],1,0,[],false]');
INSERT INTO promises VALUES ('pr1', 120.0, '[120.0,1920.0,"support","call_back","open",0.0,0.0]');
PRAGMA user_version = 4;
