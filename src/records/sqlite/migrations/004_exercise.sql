-- Version 4: the exercise of a practice. A repetition may be of both sides, and has peaks: a kick of
-- the single-leg kick is a peak of the knee's flexion. A teacher sets a level for each exercise.
-- Everything that was saved before is of the single-leg kick.
ALTER TABLE practice ADD COLUMN exercise TEXT NOT NULL DEFAULT 'single-leg-kick'
  CHECK (length(exercise) BETWEEN 1 AND 100 AND exercise NOT GLOB '*[^a-z-]*');
ALTER TABLE result RENAME COLUMN kicks TO peaks;
ALTER TABLE result ADD COLUMN repetitions_both INTEGER NOT NULL DEFAULT 0;
ALTER TABLE poses RENAME COLUMN full_kick_deg TO full_peak_deg;

CREATE TABLE teacher_level (
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  exercise TEXT NOT NULL CHECK (length(exercise) BETWEEN 1 AND 100 AND exercise NOT GLOB '*[^a-z-]*'),
  level INTEGER NOT NULL,
  PRIMARY KEY (person_id, exercise)
) STRICT, WITHOUT ROWID;
INSERT INTO teacher_level
  SELECT id, 'single-leg-kick', teacher_level FROM person WHERE teacher_level IS NOT NULL;
ALTER TABLE person DROP COLUMN teacher_level;

-- SQLite can't change a CHECK, so these tables are made anew. Copies are dropped, not renamed: the
-- schema in the file is then the text below, whichever version of SQLite made it.
CREATE TABLE repetition_before AS SELECT * FROM repetition;
CREATE TABLE fault_before AS SELECT * FROM fault;
-- Only the largest bend of a repetition was saved: with several kicks, nobody knows whose it was.
CREATE TABLE kick_before AS
  SELECT k.result_id, k."index", k.number, k.time_s,
    CASE WHEN r.knee_flexion_deg > 0 AND NOT EXISTS (
      SELECT 1 FROM kick WHERE result_id = k.result_id AND "index" = k."index" AND number != k.number
    ) THEN r.knee_flexion_deg END AS value
  FROM kick k JOIN repetition r ON r.result_id = k.result_id AND r."index" = k."index";
DROP TABLE fault;
DROP TABLE kick;
DROP TABLE repetition;

CREATE TABLE repetition (
  result_id INTEGER NOT NULL REFERENCES result (id) ON DELETE CASCADE,
  "index" INTEGER NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('left', 'right', 'both', 'unsure')),
  corrected_side TEXT CHECK (corrected_side IN ('left', 'right', 'both', 'unsure')),
  status TEXT NOT NULL CHECK (status IN ('clean', 'faulty', 'partial', 'unjudged')),
  start_s REAL NOT NULL,
  end_s REAL NOT NULL,
  knee_flexion_deg REAL,
  lowering_s REAL,
  transit_70_20_s REAL,
  hip_rise_thigh_lengths REAL,
  thigh_lift_deg REAL,
  PRIMARY KEY (result_id, "index")
) STRICT, WITHOUT ROWID;
-- A bend of 0 stood for one that was not measured.
INSERT INTO repetition
  SELECT result_id, "index", side, corrected_side, status, start_s, end_s,
    CASE WHEN knee_flexion_deg > 0 THEN knee_flexion_deg END, lowering_s, transit_70_20_s,
    hip_rise_thigh_lengths, thigh_lift_deg
  FROM repetition_before;

-- The value is null where only the time is known. The leg is known where both move together.
CREATE TABLE peak (
  result_id INTEGER NOT NULL,
  "index" INTEGER NOT NULL,
  number INTEGER NOT NULL,
  time_s REAL NOT NULL,
  value REAL,
  unit TEXT NOT NULL,
  leg TEXT CHECK (leg IN ('left', 'right')),
  PRIMARY KEY (result_id, "index", number),
  FOREIGN KEY (result_id, "index") REFERENCES repetition (result_id, "index") ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO peak SELECT result_id, "index", number, time_s, value, 'deg', NULL FROM kick_before;

-- A measure that the exercise's file asks for.
CREATE TABLE reading (
  result_id INTEGER NOT NULL,
  "index" INTEGER NOT NULL,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  value REAL NOT NULL,
  unit TEXT NOT NULL,
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
INSERT INTO fault SELECT * FROM fault_before;

DROP TABLE repetition_before;
DROP TABLE fault_before;
DROP TABLE kick_before;
