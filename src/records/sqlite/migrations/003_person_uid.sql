-- Version 3: what tells a person apart from every person of every database, in calendars and in FHIR.
ALTER TABLE person ADD COLUMN uid TEXT NOT NULL DEFAULT '00000000000000000000000000000000'
  CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*');
UPDATE person SET uid = lower(hex(randomblob(16)));
