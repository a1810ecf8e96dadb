-- Version 1: persons, practices, how they were judged, poses.
CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
  since_unix_s INTEGER NOT NULL,
  settings TEXT NOT NULL DEFAULT '{}',
  pin TEXT NOT NULL DEFAULT '',
  teacher_level INTEGER,
  informed_unix_s INTEGER,
  asked_since_unix_s INTEGER
) STRICT;

CREATE TABLE practice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  start_unix_s INTEGER NOT NULL,
  utc_offset_min INTEGER NOT NULL CHECK (utc_offset_min BETWEEN -900 AND 900),
  origin TEXT NOT NULL CHECK (origin IN ('camera', 'recording', 'sound', 'imported')),
  level INTEGER NOT NULL,
  wished INTEGER NOT NULL,
  ended_by TEXT CHECK (ended_by IN ('goal', 'person', 'discomfort', 'interrupted')),
  duration_s REAL NOT NULL DEFAULT 0,
  comfort_before INTEGER CHECK (comfort_before BETWEEN 0 AND 10),
  comfort_after INTEGER CHECK (comfort_after BETWEEN 0 AND 10),
  leg_symptoms INTEGER NOT NULL DEFAULT 0 CHECK (leg_symptoms IN (0, 1)),
  next_day TEXT NOT NULL DEFAULT 'unanswered' CHECK (next_day IN ('unanswered', 'better', 'same', 'worse'))
) STRICT;
CREATE INDEX practice_of_person ON practice (person_id, start_unix_s);

-- One judgement of a practice by one engine; the newest holds.
CREATE TABLE result (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
  engine TEXT NOT NULL,
  settings TEXT NOT NULL,
  made_unix_s INTEGER NOT NULL,
  repetitions_left INTEGER NOT NULL DEFAULT 0,
  repetitions_right INTEGER NOT NULL DEFAULT 0,
  repetitions_unsure INTEGER NOT NULL DEFAULT 0,
  kicks INTEGER NOT NULL DEFAULT 0,
  clean INTEGER NOT NULL DEFAULT 0,
  knee_flexion_deg REAL, knee_flexion_random_deg REAL, knee_flexion_systematic_deg REAL,
  lowering_s REAL, lowering_random_s REAL, lowering_systematic_s REAL,
  hips_still_share REAL, hips_still_random REAL, hips_still_systematic REAL,
  lengthening_s REAL
) STRICT;
CREATE INDEX result_of_practice ON result (practice_id, id);

-- matside.analysis/1, packed as .xz; apart, so that a list of practices is read without it.
CREATE TABLE analysis (
  result_id INTEGER PRIMARY KEY REFERENCES result (id) ON DELETE CASCADE,
  document BLOB NOT NULL
) STRICT;

CREATE TABLE repetition (
  result_id INTEGER NOT NULL REFERENCES result (id) ON DELETE CASCADE,
  "index" INTEGER NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('left', 'right', 'unsure')),
  status TEXT NOT NULL CHECK (status IN ('clean', 'faulty', 'partial', 'unjudged')),
  start_s REAL NOT NULL,
  end_s REAL NOT NULL,
  knee_flexion_deg REAL NOT NULL,
  lowering_s REAL,
  transit_70_20_s REAL,
  hip_rise_thigh_lengths REAL,
  thigh_lift_deg REAL,
  PRIMARY KEY (result_id, "index")
) STRICT, WITHOUT ROWID;

CREATE TABLE kick (
  result_id INTEGER NOT NULL,
  "index" INTEGER NOT NULL,
  number INTEGER NOT NULL,
  time_s REAL NOT NULL,
  PRIMARY KEY (result_id, "index", number),
  FOREIGN KEY (result_id, "index") REFERENCES repetition (result_id, "index") ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE fault (
  result_id INTEGER NOT NULL,
  "index" INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  id TEXT NOT NULL,
  value REAL NOT NULL,
  threshold REAL NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (result_id, "index", rank),
  FOREIGN KEY (result_id, "index") REFERENCES repetition (result_id, "index") ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A pose stream: many parts during the practice, joined into a few when it ends.
CREATE TABLE poses (
  practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  session INTEGER NOT NULL,
  full_kick_deg REAL,
  frames INTEGER NOT NULL,
  stream BLOB NOT NULL,
  PRIMARY KEY (practice_id, part)
) STRICT;
