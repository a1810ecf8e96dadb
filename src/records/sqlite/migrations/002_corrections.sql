-- Version 2: a person's word against the count, beside what was measured.
ALTER TABLE practice ADD COLUMN corrected_left INTEGER CHECK (corrected_left BETWEEN 0 AND 1000);
ALTER TABLE practice ADD COLUMN corrected_right INTEGER CHECK (corrected_right BETWEEN 0 AND 1000);
ALTER TABLE repetition ADD COLUMN corrected_side TEXT CHECK (corrected_side IN ('left', 'right', 'unsure'));
