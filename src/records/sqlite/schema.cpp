#include "records/sqlite/schema.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/base/printable_text.h"
#include "generated/migrations.h"
#include "records/limits.h"
#include "records/persons.h"
#include "records/repository.h"
#include "records/sqlite/durable_file.h"

namespace matside::records::sqlite {
namespace {

using base::Error;
using base::ErrorKind;

// "mats" in ASCII.
constexpr int kApplicationId = 0x6d617473;
constexpr int kSchemaVersion = static_cast<int>(kMigrations.size());

Error unusable(const Database& database, const std::string& what) {
  return {ErrorKind::input, database.file() + ": " + what};
}

/// A table, an index, or something that doesn't belong here.
struct SchemaObject {
  std::string name;        ///< Such as "table person".
  std::string definition;  ///< Its table and its SQL.
  bool operator==(const SchemaObject&) const = default;
};

base::Result<std::vector<SchemaObject>> objects_of(const Database& database) {
  std::vector<SchemaObject> all;
  Statement rows = database.prepare(
      "SELECT type || ' ' || name, tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema"
      " ORDER BY 1");
  for (;;) {
    const auto row = rows.next();
    if (!row) return row.error();
    if (!row.value()) return all;
    std::string name = rows.text();
    all.push_back({std::move(name), rows.text()});
  }
}

base::Result<std::vector<SchemaObject>> expected_objects(int version) {
  const auto model = Database::in_memory();
  if (!model) return model.error();
  for (std::size_t i = 0; i < static_cast<std::size_t>(version); ++i) {
    if (auto made = model.value().execute(kMigrations[i]); !made) return made.error();
  }
  return objects_of(model.value());
}

std::string between(const std::string& column, std::int64_t lowest, std::int64_t highest) {
  return column + " BETWEEN " + std::to_string(lowest) + " AND " + std::to_string(highest);
}
std::string instant(const std::string& column) { return between(column, 0, kMaxTime_unix_s); }
std::string measured(const std::string& column) {
  const auto limit = static_cast<std::int64_t>(kMaxValue);
  return between(column, -limit, limit);
}
/// A practice that is resumed may last longer than kMaxDuration_s.
std::string time_in_practice(const std::string& column) {
  return between(column, 0, static_cast<std::int64_t>(kMaxValue));
}
std::string shorter(const std::string& column, std::size_t bytes) {
  return "length(CAST(" + column + " AS BLOB)) <= " + std::to_string(bytes);
}

/// What must hold in each row of a table. A value that is absent is always in order.
struct Limits {
  const char* table;
  std::vector<std::string> conditions;
};

std::vector<Limits> limits() {
  const std::string identity = "id > 0";
  std::vector<std::string> result{identity,
                                  instant("made_unix_s"),
                                  shorter("engine", kMaxLine_bytes),
                                  shorter("settings", kMaxSettings_bytes),
                                  between("peaks", 0, kMaxPeaks),
                                  between("clean", 0, 3 * kMaxRepetitions)};
  for (const char* count :
       {"repetitions_left", "repetitions_right", "repetitions_unsure", "repetitions_both"}) {
    result.push_back(between(count, 0, kMaxRepetitions));
  }
  for (const char* mean : {"knee_flexion", "lowering", "hips_still"}) {
    const std::string name(mean);
    const std::string unit = name == "knee_flexion" ? "_deg" : name == "lowering" ? "_s" : "";
    result.push_back(measured(name + (unit.empty() ? "_share" : unit)));
    result.push_back(measured(name + "_random" + unit));
    result.push_back(measured(name + "_systematic" + unit));
  }
  result.push_back(measured("lengthening_s"));
  const std::string flexion =
      between("knee_flexion_deg", 0, static_cast<std::int64_t>(kMaxFlexion_deg));
  return {
      {"person",
       {identity, instant("since_unix_s"), instant("informed_unix_s"),
        instant("asked_since_unix_s"), shorter("settings", kMaxSettings_bytes),
        shorter("pin", kMaxLine_bytes)}},
      {"teacher_level", {between("level", 0, kMaxLevel)}},
      {"practice",
       {identity, instant("start_unix_s"), between("level", 0, kMaxLevel),
        between("wished", 0, kMaxRepetitions), time_in_practice("duration_s")}},
      {"result", std::move(result)},
      {"analysis", {shorter("document", kMaxAnalysis_bytes)}},
      {"repetition",
       {between("\"index\"", 1, kMaxRepetitions), time_in_practice("start_s"),
        time_in_practice("end_s"), "start_s <= end_s", flexion, measured("lowering_s"),
        measured("transit_70_20_s"), measured("hip_rise_thigh_lengths"),
        measured("thigh_lift_deg")}},
      {"peak",
       {between("number", 1, kMaxPeaks), time_in_practice("time_s"), measured("value"),
        shorter("unit", kMaxLine_bytes)}},
      {"reading",
       {between("number", 1, kMaxReadings), measured("value"), shorter("id", kMaxLine_bytes),
        shorter("unit", kMaxLine_bytes)}},
      {"fault",
       {between("rank", 1, kMaxFaults), measured("value"), measured("threshold"),
        shorter("id", kMaxLine_bytes), shorter("unit", kMaxLine_bytes)}},
      {"poses",
       {between("part", 1, kMaxChunks), between("session", 1, kMaxRepetitions),
        measured("full_peak_deg"), between("frames", 0, kMaxFrames)}},
  };
}

base::Result<void> check_limits(const Database& database) {
  for (const Limits& each : limits()) {
    for (const std::string& condition : each.conditions) {
      const auto broken =
          database.integer("SELECT count(*) FROM (SELECT 1 FROM " + std::string(each.table) +
                           " WHERE NOT (" + condition + ") LIMIT 1)");
      if (!broken) return broken.error();
      if (broken.value() == 0) continue;
      return unusable(database, "a value in the table " + std::string(each.table) +
                                    " is outside its limits (" + condition + ")");
    }
  }
  for (const auto& [table, most] :
       {std::pair{"person", kMaxPersons}, std::pair{"practice", kMaxPractices}}) {
    const auto rows = database.integer(std::string("SELECT count(*) FROM ") + table);
    if (!rows) return rows.error();
    if (rows.value() <= most) continue;
    return unusable(database, "the table " + std::string(table) + " has more than " +
                                  std::to_string(most) + " rows");
  }
  return {};
}

/// Checks that texts which are shown are one line of text.
base::Result<void> check_texts(const Database& database) {
  Statement rows = database.prepare(
      "SELECT 'name of a person', name FROM person"
      " UNION SELECT 'PIN of a person', pin FROM person"
      " UNION SELECT 'name of an engine', engine FROM result"
      " UNION SELECT 'unit of a peak', unit FROM peak"
      " UNION SELECT 'name of a reading', id FROM reading"
      " UNION SELECT 'unit of a reading', unit FROM reading"
      " UNION SELECT 'name of a fault', id FROM fault"
      " UNION SELECT 'unit of a fault', unit FROM fault");
  for (;;) {
    const auto row = rows.next();
    if (!row) return row.error();
    if (!row.value()) return {};
    const std::string what = rows.text();
    if (is_one_line(rows.text())) continue;
    return unusable(database, "the " + what + " isn't one line of text");
  }
}

}  // namespace

base::Result<int> version_of(const Database& database) {
  const auto application = database.integer("PRAGMA application_id");
  if (!application) return application.error();
  const auto objects = database.integer("SELECT count(*) FROM sqlite_schema");
  if (!objects) return objects.error();
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return version.error();
  if (objects.value() == 0 && application.value() == 0 && version.value() == 0) return 0;
  if (application.value() != kApplicationId) {
    return unusable(database, "this is not a Matside database");
  }
  if (version.value() > kSchemaVersion) {
    return unusable(database, "a newer version of Matside wrote this (records version " +
                                  std::to_string(version.value()) +
                                  "; this program supports version " +
                                  std::to_string(kSchemaVersion) +
                                  "). Use the newer program; nothing was changed");
  }
  if (version.value() < 1) {
    return unusable(database, "the records version " + std::to_string(version.value()) +
                                  " is unknown; " + kHowToRepair);
  }
  return static_cast<int>(version.value());
}

base::Result<void> check_schema(const Database& database, int version) {
  const auto expected = expected_objects(version);
  if (!expected) return expected.error();
  const auto found = objects_of(database);
  if (!found) return found.error();
  const auto differs = [&](const std::string& object) {
    return unusable(database, "another program changed this database (" +
                                  base::printable_line(object) + "); " + kHowToRepair);
  };
  for (const SchemaObject& each : found.value()) {
    if (std::ranges::find(expected.value(), each) == expected.value().end()) {
      return differs(each.name);
    }
  }
  for (const SchemaObject& each : expected.value()) {
    if (std::ranges::find(found.value(), each) == found.value().end()) {
      return differs(each.name + " is missing");
    }
  }
  return {};
}

base::Result<void> check_content(const Database& database) {
  Statement encoding = database.prepare("PRAGMA encoding");
  const auto encoded = encoding.next();
  if (!encoded) return encoded.error();
  if (encoding.text() != "UTF-8") return unusable(database, "its text isn't encoded as UTF-8");
  for (const char* check : {"PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"}) {
    Statement statement = database.prepare(check);
    const auto row = statement.next();
    if (!row) return row.error();
    if (row.value() && statement.text() != "ok") {
      return unusable(database, "the database is damaged");
    }
  }
  if (auto sound = check_limits(database); !sound) return sound;
  return check_texts(database);
}

bool needs_migration(int version) { return version < kSchemaVersion; }

std::string copy_before_migration(const std::string& file) {
  return file + ".before-version-" + std::to_string(kSchemaVersion);
}

base::Result<void> migrate(const Database& database) {
  Transaction transaction(database);
  if (!transaction.began()) return transaction.began();
  // Another program may have migrated it meanwhile.
  const auto from = version_of(database);
  if (!from) return from.error();
  for (int done = from.value(); done < kSchemaVersion; ++done) {
    auto migrated = database.execute(kMigrations[static_cast<std::size_t>(done)]);
    if (!migrated) return migrated;
  }
  if (from.value() < kSchemaVersion) {
    auto marked = database.execute("PRAGMA application_id = " + std::to_string(kApplicationId) +
                                   "; PRAGMA user_version = " + std::to_string(kSchemaVersion));
    if (!marked) return marked;
  }
  return transaction.commit();
}

}  // namespace matside::records::sqlite
