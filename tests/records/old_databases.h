// Databases as earlier versions of Matside wrote them.
#pragma once

#include <cstddef>
#include <string>

#include "generated/migrations.h"

namespace matside::records_test {

/// The newest version whose databases are upgraded.
inline constexpr int kLastOldVersion = 3;

/// SQL that fills an empty file with a database of version 1 to kLastOldVersion: a person at a
/// teacher's level 2, with a practice from before a camera and one that was only heard. The
/// first one has two scorings. The second of them has a repetition of one kick, one of two,
/// and one without a measured bend.
/// @param poses  the one part of the first practice's poses
inline std::string old_database(int version, const std::string& name,
                                const std::string& poses) {
  std::string sql;
  for (int i = 0; i < version; ++i) {
    sql += records::sqlite::kMigrations[static_cast<std::size_t>(i)];
  }
  sql +=
      "INSERT INTO person (name, since_unix_s, settings, teacher_level, informed_unix_s)"
      " VALUES ('" +
      name +
      "', 1767500000, '{\"voice\":false}', 2, 1767500001);"
      R"sql(
INSERT INTO practice (person_id, start_unix_s, utc_offset_min, origin, level, wished, ended_by,
    duration_s, comfort_before, comfort_after, leg_symptoms, next_day)
  VALUES (1, 1767600000, 60, 'camera', 0, 4, 'goal', 94.5, 1, 1, 0, 'same'),
         (1, 1767800000, 60, 'sound', 0, 5, 'person', 0, NULL, NULL, 0, 'unanswered');
INSERT INTO result (practice_id, engine, settings, made_unix_s, repetitions_left,
    repetitions_right, repetitions_unsure, kicks, clean, knee_flexion_deg,
    knee_flexion_random_deg, knee_flexion_systematic_deg, lengthening_s)
  VALUES (1, 'matside 0.0.1', '{"pose_model":"blazepose-full"}', 1767600100, 1, 0, 0, 1, 0,
          NULL, NULL, NULL, NULL),
         (1, 'matside 0.0.2', '{"pose_model":"blazepose-full"}', 1767600200, 4, 4, 0, 4, 8,
          101.5, 1.25, 5.0, 61.5),
         (2, 'matside 0.0.2', '{}', 1767800000, 5, 5, 0, 0, 0, NULL, NULL, NULL, NULL);
INSERT INTO analysis VALUES (2,
  x'fd377a585a0000016922de360200210116000000742fe5a30100017b7d00000043bfa6a300011602d06110d29042990d010000000001595a');
INSERT INTO repetition (result_id, "index", side, status, start_s, end_s, knee_flexion_deg,
    lowering_s, transit_70_20_s, hip_rise_thigh_lengths, thigh_lift_deg)
  VALUES (1, 1, 'left', 'clean', 1, 3, 80.5, NULL, NULL, NULL, NULL),
         (2, 1, 'left', 'faulty', 1, 3, 101.5, 1.5, 0.75, 0.125, 3.5),
         (2, 2, 'right', 'clean', 4, 7, 103.25, NULL, NULL, NULL, NULL),
         (2, 3, 'unsure', 'unjudged', 8, 9, 0, NULL, NULL, NULL, NULL);
INSERT INTO kick VALUES (1, 1, 1, 2.25), (2, 1, 1, 2.25), (2, 2, 1, 5.5), (2, 2, 2, 6.25),
                        (2, 3, 1, 8.5);
INSERT INTO fault VALUES (2, 1, 1, 'hips_lift', 0.25, 0.125, 'thigh_length'),
                         (2, 1, 2, 'dropped_foot', 0.2, 0.5, 's');
)sql"
      "INSERT INTO poses VALUES (1, 1, 1, 95.5, 30, CAST('" +
      poses + "' AS BLOB));";
  if (version >= 2) {
    sql +=
        "UPDATE practice SET corrected_left = 5, corrected_right = 4 WHERE id = 1;"
        "UPDATE repetition SET corrected_side = 'left' WHERE result_id = 2 AND \"index\" = 3;";
  }
  if (version >= 3) sql += "UPDATE person SET uid = '0123456789abcdef0123456789abcdef';";
  return sql +
         "PRAGMA application_id = 1835103347; PRAGMA user_version = " + std::to_string(version);
}

}  // namespace matside::records_test
