"""Numbered migrations: frozen SQL that may run twice. A new need is a new number; what stands here never changes."""

from __future__ import annotations

from collections.abc import Sequence

APPLICATION = 0x4D554C55
"""``PRAGMA application_id`` of a catalogue: the letters MULU."""

_FIRST = """
-- Indexes end with the identifier, which ends every order. Of fields, a million, only the rare values are indexed.
CREATE TABLE IF NOT EXISTS field (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, resource INTEGER, position INTEGER NOT
    NULL, name TEXT NOT NULL, data_element INTEGER, identity_key INTEGER NOT NULL, share_type TEXT NOT NULL,
    open_to_public TEXT NOT NULL, created INTEGER NOT NULL, revision INTEGER NOT NULL, version INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS field_source ON field (source);
CREATE INDEX IF NOT EXISTS field_resource ON field (resource, position, id);
CREATE INDEX IF NOT EXISTS field_name ON field (name, id);
CREATE INDEX IF NOT EXISTS field_data_element ON field (data_element, id);
CREATE INDEX IF NOT EXISTS field_identity_key ON field (identity_key, id) WHERE identity_key <> 0;
CREATE INDEX IF NOT EXISTS field_share_type ON field (share_type, id) WHERE share_type <> 'UNDECLARED';
CREATE INDEX IF NOT EXISTS field_open_to_public ON field (open_to_public, id) WHERE open_to_public <> 'UNDECLARED';
CREATE TABLE IF NOT EXISTS resource (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, name TEXT NOT NULL, origin TEXT NOT NULL,
    regime TEXT NOT NULL, code TEXT NOT NULL, category TEXT NOT NULL, jurisdiction_code TEXT NOT NULL,
    jurisdiction_name TEXT NOT NULL, regulation INTEGER, share_type TEXT NOT NULL, update_frequency TEXT NOT
    NULL, open_to_public TEXT NOT NULL, cleared INTEGER NOT NULL, modified TEXT NOT NULL, created INTEGER NOT
    NULL, revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS resource_source ON resource (source);
CREATE INDEX IF NOT EXISTS resource_name ON resource (name, id);
CREATE INDEX IF NOT EXISTS resource_origin ON resource (origin, id);
CREATE INDEX IF NOT EXISTS resource_regime ON resource (regime, id);
CREATE INDEX IF NOT EXISTS resource_code ON resource (code, id);
CREATE INDEX IF NOT EXISTS resource_category ON resource (category, id);
CREATE INDEX IF NOT EXISTS resource_jurisdiction_code ON resource (jurisdiction_code, id);
CREATE INDEX IF NOT EXISTS resource_jurisdiction_name ON resource (jurisdiction_name, id);
CREATE INDEX IF NOT EXISTS resource_regulation ON resource (regulation, id);
CREATE INDEX IF NOT EXISTS resource_share_type ON resource (share_type, id);
CREATE INDEX IF NOT EXISTS resource_update_frequency ON resource (update_frequency, id);
CREATE INDEX IF NOT EXISTS resource_open_to_public ON resource (open_to_public, id);
CREATE INDEX IF NOT EXISTS resource_cleared ON resource (cleared, id);
CREATE INDEX IF NOT EXISTS resource_modified ON resource (modified, id);
CREATE TABLE IF NOT EXISTS agency (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, name TEXT NOT NULL, agency_kind TEXT NOT
    NULL, jurisdiction_code TEXT NOT NULL, jurisdiction_name TEXT NOT NULL, credit_code TEXT NOT NULL, created
    INTEGER NOT NULL, revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS agency_source ON agency (source);
CREATE INDEX IF NOT EXISTS agency_name ON agency (name, id);
CREATE INDEX IF NOT EXISTS agency_agency_kind ON agency (agency_kind, id);
CREATE INDEX IF NOT EXISTS agency_jurisdiction_code ON agency (jurisdiction_code, id);
CREATE INDEX IF NOT EXISTS agency_jurisdiction_name ON agency (jurisdiction_name, id);
CREATE INDEX IF NOT EXISTS agency_credit_code ON agency (credit_code, id);
CREATE TABLE IF NOT EXISTS data_element (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, name TEXT NOT NULL, created INTEGER NOT
    NULL, revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS data_element_source ON data_element (source);
CREATE INDEX IF NOT EXISTS data_element_name ON data_element (name, id);
CREATE TABLE IF NOT EXISTS regulation (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, title TEXT NOT NULL, regulation_kind TEXT
    NOT NULL, number TEXT NOT NULL, jurisdiction_code TEXT NOT NULL, jurisdiction_name TEXT NOT NULL, effective
    TEXT NOT NULL, expires TEXT NOT NULL, repealed TEXT NOT NULL, draft INTEGER NOT NULL, created INTEGER NOT
    NULL, revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS regulation_source ON regulation (source);
CREATE INDEX IF NOT EXISTS regulation_title ON regulation (title, id);
CREATE INDEX IF NOT EXISTS regulation_regulation_kind ON regulation (regulation_kind, id);
CREATE INDEX IF NOT EXISTS regulation_number ON regulation (number, id);
CREATE INDEX IF NOT EXISTS regulation_jurisdiction_code ON regulation (jurisdiction_code, id);
CREATE INDEX IF NOT EXISTS regulation_jurisdiction_name ON regulation (jurisdiction_name, id);
CREATE INDEX IF NOT EXISTS regulation_effective ON regulation (effective, id);
CREATE INDEX IF NOT EXISTS regulation_expires ON regulation (expires, id);
CREATE INDEX IF NOT EXISTS regulation_repealed ON regulation (repealed, id);
CREATE INDEX IF NOT EXISTS regulation_draft ON regulation (draft, id);
CREATE TABLE IF NOT EXISTS provision (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, regulation INTEGER, provision_kind TEXT
    NOT NULL, label TEXT NOT NULL, ordinal INTEGER NOT NULL, position INTEGER NOT NULL, created INTEGER NOT
    NULL, revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS provision_source ON provision (source);
CREATE INDEX IF NOT EXISTS provision_regulation ON provision (regulation, position, id);
CREATE INDEX IF NOT EXISTS provision_provision_kind ON provision (provision_kind, id);
CREATE INDEX IF NOT EXISTS provision_label ON provision (label, id);
CREATE INDEX IF NOT EXISTS provision_ordinal ON provision (ordinal, id);
CREATE TABLE IF NOT EXISTS condition (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, condition_kind TEXT NOT NULL, topic TEXT
    NOT NULL, regulation INTEGER, position INTEGER NOT NULL, created INTEGER NOT NULL, revision INTEGER NOT
    NULL, version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS condition_source ON condition (source);
CREATE INDEX IF NOT EXISTS condition_condition_kind ON condition (condition_kind, id);
CREATE INDEX IF NOT EXISTS condition_topic ON condition (topic, id);
CREATE INDEX IF NOT EXISTS condition_regulation ON condition (regulation, position, id);
CREATE TABLE IF NOT EXISTS clock (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, clock_kind TEXT NOT NULL, regulation
    INTEGER, position INTEGER NOT NULL, unit TEXT NOT NULL, created INTEGER NOT NULL, revision INTEGER NOT NULL,
    version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS clock_source ON clock (source);
CREATE INDEX IF NOT EXISTS clock_clock_kind ON clock (clock_kind, id);
CREATE INDEX IF NOT EXISTS clock_regulation ON clock (regulation, position, id);
CREATE INDEX IF NOT EXISTS clock_unit ON clock (unit, id);
CREATE TABLE IF NOT EXISTS demand (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, agency INTEGER, resource INTEGER, provider
    INTEGER, status TEXT NOT NULL, created INTEGER NOT NULL, revision INTEGER NOT NULL, version INTEGER NOT
    NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS demand_source ON demand (source);
CREATE INDEX IF NOT EXISTS demand_agency ON demand (agency, id);
CREATE INDEX IF NOT EXISTS demand_resource ON demand (resource, id);
CREATE INDEX IF NOT EXISTS demand_provider ON demand (provider, id);
CREATE INDEX IF NOT EXISTS demand_status ON demand (status, id);
CREATE TABLE IF NOT EXISTS gap (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, gap_kind TEXT NOT NULL, severity TEXT NOT
    NULL, subject INTEGER, owner INTEGER, created INTEGER NOT NULL, revision INTEGER NOT NULL, version INTEGER
    NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS gap_source ON gap (source);
CREATE INDEX IF NOT EXISTS gap_gap_kind ON gap (gap_kind, id);
CREATE INDEX IF NOT EXISTS gap_severity ON gap (severity, id);
CREATE INDEX IF NOT EXISTS gap_subject ON gap (subject, id);
CREATE INDEX IF NOT EXISTS gap_owner ON gap (owner, id);
CREATE TABLE IF NOT EXISTS source (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, path TEXT NOT NULL, created INTEGER NOT
    NULL, revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS source_source ON source (source);
CREATE INDEX IF NOT EXISTS source_path ON source (path, id);
CREATE TABLE IF NOT EXISTS issue (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, code TEXT NOT NULL, severity TEXT NOT
    NULL, regulation INTEGER, position INTEGER NOT NULL, created INTEGER NOT NULL, revision INTEGER NOT NULL,
    version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS issue_source ON issue (source);
CREATE INDEX IF NOT EXISTS issue_code ON issue (code, id);
CREATE INDEX IF NOT EXISTS issue_severity ON issue (severity, id);
CREATE INDEX IF NOT EXISTS issue_regulation ON issue (regulation, position, id);

-- References that no column holds. Roles are bits; position is the place in the outermost list.
CREATE TABLE IF NOT EXISTS path (
    number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, dotted TEXT NOT NULL, UNIQUE (kind, dotted)
);
CREATE TABLE IF NOT EXISTS link (
    path INTEGER NOT NULL, target INTEGER NOT NULL, holder INTEGER NOT NULL, position INTEGER NOT NULL,
    roles INTEGER NOT NULL, PRIMARY KEY (path, target, holder, position)
) WITHOUT ROWID;
-- Names and other texts: each distinct folded text once, its character pairs in a full-text index, and who has it.
-- Several says that the record has more than one: only such records can be found by one name and again by another.
CREATE TABLE IF NOT EXISTS name (key INTEGER PRIMARY KEY, length INTEGER NOT NULL, folded TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE IF NOT EXISTS name_gram USING fts5 (grams, content='', prefix='4', tokenize='unicode61');
CREATE TABLE IF NOT EXISTS naming (
    name INTEGER NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL, record INTEGER NOT NULL, resource INTEGER,
    rank INTEGER NOT NULL, several INTEGER NOT NULL, given TEXT, PRIMARY KEY (name, kind, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS naming_record ON naming (record) WHERE several = 1;
CREATE TABLE IF NOT EXISTS text (key INTEGER PRIMARY KEY, length INTEGER NOT NULL, folded TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE IF NOT EXISTS text_gram USING fts5 (grams, content='', prefix='4', tokenize='unicode61');
CREATE TABLE IF NOT EXISTS texting (
    text INTEGER NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL, record INTEGER NOT NULL, resource INTEGER,
    rank INTEGER NOT NULL, several INTEGER NOT NULL, given TEXT, PRIMARY KEY (text, kind, id)
) WITHOUT ROWID;
-- The catalogue's own time. A version in history holds for the revisions [begun, ended).
CREATE TABLE IF NOT EXISTS revision (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, change_set TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS answered (change_set TEXT PRIMARY KEY, revision INTEGER NOT NULL, counts TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS log (
    revision INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, change TEXT NOT NULL, source TEXT,
    PRIMARY KEY (revision, place, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history (
    kind INTEGER NOT NULL, id TEXT NOT NULL, ended INTEGER NOT NULL, begun INTEGER NOT NULL, created INTEGER NOT NULL,
    version INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id, ended)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tally (kind INTEGER PRIMARY KEY, records INTEGER NOT NULL);
"""

_CORRESPONDENCES = """
CREATE TABLE IF NOT EXISTS correspondence (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, correspondence_kind TEXT NOT NULL, method TEXT
    NOT NULL, subject_key TEXT NOT NULL, object_key TEXT NOT NULL, subject INTEGER, created INTEGER NOT NULL,
    revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS correspondence_source ON correspondence (source);
CREATE INDEX IF NOT EXISTS correspondence_correspondence_kind ON correspondence (correspondence_kind, id);
CREATE INDEX IF NOT EXISTS correspondence_method ON correspondence (method, id);
CREATE INDEX IF NOT EXISTS correspondence_subject_key ON correspondence (subject_key, id);
CREATE INDEX IF NOT EXISTS correspondence_object_key ON correspondence (object_key, id);
CREATE INDEX IF NOT EXISTS correspondence_subject ON correspondence (subject, id);
-- Bodies get the properties that are new, where the record classes have them. Inside a text a quotation mark has a
-- backslash before it: what is replaced stands once.
UPDATE resource SET body = replace(body, ',"metadata":[', ',"related":[],"metadata":[')
WHERE instr(body, ',"related":[') = 0;
UPDATE field SET body = replace(body, ',"data_type":', ',"element_text":null,"data_type":')
WHERE instr(body, ',"element_text":') = 0;
UPDATE history SET body = replace(body, ',"metadata":[', ',"related":[],"metadata":[')
WHERE kind = 1 AND instr(body, ',"related":[') = 0;
UPDATE history SET body = replace(body, ',"data_type":', ',"element_text":null,"data_type":')
WHERE kind = 0 AND instr(body, ',"element_text":') = 0;
"""

_COUNTERPARTY = """
-- Conditions got a counterparty: those held before have none. Decoders expect every member of a body.
UPDATE condition SET body = json_insert(body, '$.counterparty', json('[]'));
UPDATE history SET body = json_insert(body, '$.counterparty', json('[]')) WHERE kind = 6;
"""

_DISTRIBUTIONS = """
-- Resources got a period and a licence, formats an address and a size.
UPDATE resource SET body = replace(body, ',"issued":', ',"temporal":null,"licence":null,"issued":')
WHERE instr(body, ',"temporal":') = 0;
UPDATE history SET body = replace(body, ',"issued":', ',"temporal":null,"licence":null,"issued":')
WHERE kind = 1 AND instr(body, ',"temporal":') = 0;
UPDATE resource SET body = json_set(body, '$.formats', (
    SELECT json_group_array(json_insert(value, '$.download_url', json('null'), '$.byte_size', json('null')))
    FROM json_each(body, '$.formats')
)) WHERE json_array_length(body, '$.formats') > 0;
UPDATE history SET body = json_set(body, '$.formats', (
    SELECT json_group_array(json_insert(value, '$.download_url', json('null'), '$.byte_size', json('null')))
    FROM json_each(body, '$.formats')
)) WHERE kind = 1 AND json_array_length(body, '$.formats') > 0;
"""

_GAPS = """
-- The days of legal time [begins, ends) on which a gap is one, and the law as the gap rules read it, kept beside them.
CREATE TABLE IF NOT EXISTS gap_with_days (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER, gap_kind TEXT NOT NULL, severity TEXT NOT
    NULL, subject INTEGER, owner INTEGER, begins TEXT NOT NULL, ends TEXT NOT NULL, created INTEGER NOT NULL,
    revision INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL
);
INSERT INTO gap_with_days SELECT key, id, source, gap_kind, severity, subject, owner,
    coalesce(json_extract(body, '$.begins'), ''), coalesce(json_extract(body, '$.ends'), ''), created, revision,
    version, body FROM gap;
DROP TABLE gap;
ALTER TABLE gap_with_days RENAME TO gap;
CREATE INDEX IF NOT EXISTS gap_source ON gap (source);
CREATE INDEX IF NOT EXISTS gap_gap_kind ON gap (gap_kind, id);
CREATE INDEX IF NOT EXISTS gap_severity ON gap (severity, id);
CREATE INDEX IF NOT EXISTS gap_subject ON gap (subject, id);
CREATE INDEX IF NOT EXISTS gap_owner ON gap (owner, id);
CREATE TABLE IF NOT EXISTS gap_state (version TEXT NOT NULL, law TEXT NOT NULL);
"""

MIGRATIONS: Sequence[str] = (_FIRST, _CORRESPONDENCES, _COUNTERPARTY, _DISTRIBUTIONS, _GAPS)
"""The migrations in order; ``PRAGMA user_version`` tells how many of them a file has had."""


def statements(migration: str) -> list[str]:
    """The statements of a migration, without comments."""
    lines = [line for line in migration.splitlines() if line and not line.startswith("--")]
    return [statement for statement in "\n".join(lines).split(";") if statement.strip()]
