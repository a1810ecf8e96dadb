#include "records/sqlite/repository.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "records/sqlite/database.h"
#include "records/sqlite/database_file.h"
#include "records/sqlite/erasure.h"
#include "records/sqlite/repetition_rows.h"
#include "records/sqlite/rows.h"

namespace matside::records::sqlite {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

std::optional<std::int64_t> unix_s(const std::optional<Instant>& instant) {
  return instant ? std::optional(instant->unix_s) : std::nullopt;
}
template <class T>
std::optional<double> number(const std::optional<T>& value) {
  return value ? std::optional(value->value()) : std::nullopt;
}

Error missing(std::string_view what, Id id) {
  return {ErrorKind::not_found, "there is no " + std::string(what) + " " + std::to_string(id)};
}

class SqliteRepository final : public Repository {
 public:
  explicit SqliteRepository(Database database) : database_(std::move(database)) {}

  Result<std::vector<Person>> persons() override {
    auto found = all<Person>(
        prepare("SELECT " + std::string(kPersonColumns) + " FROM person ORDER BY id"),
        read_person);
    if (!found) return found;
    for (Person& each : found.value()) {
      if (auto done = read_teacher_levels(each); !done) return done.error();
    }
    return found;
  }

  Result<Person> person(Id id) override {
    auto found = one<Person>(
        prepare("SELECT " + std::string(kPersonColumns) + " FROM person WHERE id = ?").bind(id),
        read_person, "person", id);
    if (!found) return found;
    if (auto done = read_teacher_levels(found.value()); !done) return done.error();
    return found;
  }

  Result<void> atomically(const std::function<Result<void>()>& work) override {
    return in_transaction<void>(work);
  }

  Result<Id> add_person(const std::string& name, Instant now) override {
    return in_transaction<Id>([&]() -> Result<Id> {
      if (const auto free = name_is_free(name, 0); !free) return free.error();
      const auto added = prepare(
                             "INSERT INTO person (name, since_unix_s, uid) VALUES (?, ?,"
                             " lower(hex(randomblob(16))))")
                             .bind(name)
                             .bind(now.unix_s)
                             .run();
      if (!added) return added.error();
      return database_.last_id();
    });
  }

  Result<void> update_person(const Person& person) override {
    return in_transaction<void>([&]() -> Result<void> {
      if (auto free = name_is_free(person.name, person.id); !free) return free;
      auto updated = expect_changed(
          prepare("UPDATE person SET name = ?, settings = ?, pin = ?, informed_unix_s = ?,"
                  " asked_since_unix_s = ? WHERE id = ?")
              .bind(person.name)
              .bind(person.settings)
              .bind(person.pin)
              .bind(unix_s(person.safety_read_at))
              .bind(unix_s(person.cleared_since))
              .bind(person.id)
              .run(),
          "person", person.id);
      return updated ? set_teacher_levels(person) : updated;
    });
  }

  Result<Id> begin(const PracticeStart& start) override {
    return in_transaction<Id>([&]() -> Result<Id> { return insert(start); });
  }

  Result<void> add(Id practice, const SavedRepetition& repetition) override {
    return in_transaction<void>([&]() -> Result<void> {
      const auto result = result_of(practice);
      if (!result) return result.error();
      return insert_repetitions(database_, result.value(), {repetition});
    });
  }

  Result<void> add(Id practice, const PoseChunk& poses) override {
    return prepare(
               "INSERT INTO poses (practice_id, part, session, full_peak_deg, frames, stream)"
               " VALUES (?1, (SELECT coalesce(max(part), 0) + 1 FROM poses WHERE practice_id ="
               " ?1), ?2, ?3, ?4, ?5)")
        .bind(practice)
        .bind(poses.session)
        .bind(number(poses.full_peak))
        .bind(poses.frames)
        .bind_blob(poses.stream)
        .run();
  }

  Result<void> set_counts(Id practice, const RepetitionCounts& counts) override {
    const auto result = result_of(practice);
    if (!result) return result.error();
    return set(result.value(), counts);
  }

  Result<void> end(Id practice, const PracticeEnd& end, const PracticeResult& result,
                   const std::vector<PoseChunk>& poses) override {
    return in_transaction<void>([&]() -> Result<void> {
      const auto result_id = result_of(practice);
      if (!result_id) return result_id.error();
      if (auto set = finish(practice, end); !set) return set;
      if (auto set = this->set(result_id.value(), result); !set) return set;
      auto removed = prepare("DELETE FROM poses WHERE practice_id = ?").bind(practice).run();
      return removed ? add_all(practice, poses) : removed;
    });
  }

  Result<Id> add_practice(const PracticeStart& start, const PracticeEnd& end,
                          const Comfort& comfort,
                          const std::vector<SavedRepetition>& repetitions,
                          const PracticeResult& result,
                          const std::vector<PoseChunk>& poses) override {
    return in_transaction<Id>([&]() -> Result<Id> {
      const auto practice = insert(start);
      if (!practice) return practice;
      const Id id = practice.value();
      const auto result_id = result_of(id);
      if (!result_id) return result_id.error();
      if (auto done = insert_repetitions(database_, result_id.value(), repetitions); !done)
        return done.error();
      if (auto done = set(result_id.value(), result); !done) return done.error();
      if (auto done = finish(id, end); !done) return done.error();
      if (auto done = set_comfort(id, comfort); !done) return done.error();
      if (auto done = add_all(id, poses); !done) return done.error();
      return id;
    });
  }

  Result<void> rescore(Id practice, const ScoringInfo& scoring,
                       const std::vector<SavedRepetition>& repetitions,
                       const PracticeResult& result) override {
    return in_transaction<void>([&]() -> Result<void> {
      const auto result_id = insert(practice, scoring);
      if (!result_id) return result_id.error();
      if (auto done = insert_repetitions(database_, result_id.value(), repetitions); !done)
        return done;
      return set(result_id.value(), result);
    });
  }

  Result<std::vector<Practice>> practices(Id person) override {
    return all<Practice>(prepare(std::string(kPracticeQuery) +
                                 "WHERE p.person_id = ? ORDER BY p.start_unix_s, p.id")
                             .bind(person),
                         read_practice);
  }

  Result<Practice> practice(Id id) override {
    return one<Practice>(prepare(std::string(kPracticeQuery) + "WHERE p.id = ?").bind(id),
                         read_practice, "practice", id);
  }

  Result<std::vector<SavedRepetition>> repetitions(Id practice) override {
    const auto result = result_of(practice);
    if (!result) return result.error();
    return repetitions_of(database_, result.value());
  }

  Result<std::string> analysis(Id practice) override {
    const auto result = result_of(practice);
    if (!result) return result.error();
    Statement row = prepare("SELECT document FROM analysis WHERE result_id = ?");
    row.bind(result.value());
    const auto there = row.next();
    if (!there) return there.error();
    return there.value() ? row.bytes() : std::string();
  }

  Result<std::vector<PoseChunk>> poses(Id practice) override {
    return all<PoseChunk>(
        prepare("SELECT session, full_peak_deg, frames, stream FROM poses WHERE practice_id = ?"
                " ORDER BY part")
            .bind(practice),
        read_poses);
  }

  Result<std::vector<std::pair<ScoringInfo, RepetitionCounts>>> scorings(Id practice) override {
    return all<std::pair<ScoringInfo, RepetitionCounts>>(
        prepare("SELECT engine, settings, made_unix_s, repetitions_left, repetitions_right,"
                " repetitions_unsure, repetitions_both, peaks, clean FROM result WHERE "
                "practice_id = ? ORDER BY id")
            .bind(practice),
        read_scoring);
  }

  Result<void> set_comfort(Id practice, const Comfort& comfort) override {
    return expect_changed(prepare("UPDATE practice SET comfort_before = ?, comfort_after = ?,"
                                  " leg_symptoms = ?, next_day = ? WHERE id = ?")
                              .bind(comfort.before)
                              .bind(comfort.after)
                              .bind(comfort.leg_symptoms ? 1 : 0)
                              .bind(name(comfort.next_day))
                              .bind(practice)
                              .run(),
                          "practice", practice);
  }

  Result<void> correct(Id practice, const std::optional<SideCounts>& counts) override {
    Statement statement =
        prepare("UPDATE practice SET corrected_left = ?, corrected_right = ? WHERE id = ?");
    if (counts) {
      statement.bind(counts->left).bind(counts->right);
    } else {
      statement.bind_null().bind_null();
    }
    return expect_changed(statement.bind(practice).run(), "practice", practice);
  }

  Result<void> correct_side(Id practice, int index,
                            std::optional<exercise::KickingSide> side) override {
    const auto result = result_of(practice);
    if (!result) return result.error();
    Statement statement = prepare(
        "UPDATE repetition SET corrected_side = ? WHERE result_id = ? AND \"index\" = ?");
    side ? statement.bind(name(*side)) : statement.bind_null();
    return expect_changed(statement.bind(result.value()).bind(index).run(), "repetition",
                          index);
  }

  Result<void> erase_practice(Id id) override { return erase("practice", id); }
  Result<void> erase_person(Id id) override { return erase("person", id); }
  Result<void> erase_all() override {
    auto erased = erase_rows(database_, "DELETE FROM person");
    if (erased || !database_.disk_is_full()) return erased;
    auto empty = recreate_database(std::move(database_));
    if (!empty) {
      if (auto none = open_database(":memory:")) database_ = std::move(none).value();
      return empty.error();
    }
    database_ = std::move(empty).value();
    return {};
  }
  [[nodiscard]] bool erasure_pending() const override {
    return sqlite::erasure_pending(database_.file());
  }

  Result<void> backup(const std::string& file) override { return database_.copy_to(file); }

 private:
  [[nodiscard]] Statement prepare(std::string_view sql) const { return database_.prepare(sql); }

  template <class T, class Bound, class Read>
  static Result<std::vector<T>> all(Bound&& statement, Read read) {
    std::vector<T> found;
    for (;;) {
      const auto row = statement.next();
      if (!row) return row.error();
      if (!row.value()) return found;
      found.push_back(read(statement));
    }
  }

  template <class T, class Bound, class Read>
  static Result<T> one(Bound&& statement, Read read, std::string_view what, Id id) {
    const auto row = statement.next();
    if (!row) return row.error();
    if (!row.value()) return missing(what, id);
    return read(statement);
  }

  template <class T, class Work>
  Result<T> in_transaction(const Work& work) {
    if (database_.in_transaction()) return work();
    Transaction transaction(database_);
    if (!transaction.began()) return transaction.began().error();
    Result<T> done = work();
    if (!done) return done;
    if (const auto committed = transaction.commit(); !committed) return committed.error();
    return done;
  }

  Result<void> expect_changed(Result<void> ran, std::string_view what, Id id) const {
    if (ran && !database_.changed()) return missing(what, id);
    return ran;
  }

  Result<void> name_is_free(const std::string& name, Id but) {
    Statement row = prepare("SELECT 1 FROM person WHERE name = ? AND id != ?");
    row.bind(name).bind(but);
    const auto taken = row.next();
    if (!taken) return taken.error();
    if (!taken.value()) return {};
    return Error{ErrorKind::conflict, "another person is already called " + name};
  }

  Result<void> read_teacher_levels(Person& person) {
    auto levels = all<std::pair<std::string, int>>(
        prepare("SELECT exercise, level FROM teacher_level WHERE person_id = ?")
            .bind(person.id),
        read_teacher_level);
    if (!levels) return levels.error();
    person.teacher_levels.insert(levels.value().begin(), levels.value().end());
    return {};
  }

  Result<void> set_teacher_levels(const Person& person) {
    auto set = prepare("DELETE FROM teacher_level WHERE person_id = ?").bind(person.id).run();
    for (const auto& [exercise, level] : person.teacher_levels) {
      if (!set) return set;
      set = prepare("INSERT INTO teacher_level VALUES (?, ?, ?)")
                .bind(person.id)
                .bind(exercise)
                .bind(level)
                .run();
    }
    return set;
  }

  Result<Id> result_of(Id practice) {
    Statement row = prepare("SELECT max(id) FROM result WHERE practice_id = ?");
    row.bind(practice);
    const auto found = row.next();
    if (!found) return found.error();
    const auto id = row.optional_integer();
    if (!id) return missing("practice", practice);
    return *id;
  }

  Result<Id> insert(const PracticeStart& start) {
    Statement row = prepare(
        "INSERT INTO practice (person_id, start_unix_s, utc_offset_min, origin, exercise, "
        "level,"
        " wished, comfort_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    bind(row, start);
    const auto practice = row.run();
    if (!practice) return practice.error();
    const Id id = database_.last_id();
    if (const auto result = insert(id, start.scoring); !result) return result;
    return id;
  }

  Result<Id> insert(Id practice, const ScoringInfo& scoring) {
    const auto inserted =
        prepare(
            "INSERT INTO result (practice_id, engine, settings, made_unix_s) VALUES"
            " (?, ?, ?, ?)")
            .bind(practice)
            .bind(scoring.engine)
            .bind(scoring.settings)
            .bind(scoring.made.unix_s)
            .run();
    if (!inserted) return inserted.error();
    return database_.last_id();
  }

  Result<void> set(Id result, const RepetitionCounts& counts) {
    return prepare(
               "UPDATE result SET repetitions_left = ?, repetitions_right = ?,"
               " repetitions_unsure = ?, repetitions_both = ?, peaks = ?, clean = ?"
               " WHERE id = ?")
        .bind(counts.left)
        .bind(counts.right)
        .bind(counts.unsure)
        .bind(counts.both)
        .bind(counts.kicks)
        .bind(counts.clean)
        .bind(result)
        .run();
  }

  Result<void> set(Id result_id, const PracticeResult& result) {
    if (auto done = set(result_id, result.counts); !done) return done;
    Statement means = prepare(
        "UPDATE result SET knee_flexion_deg = ?, knee_flexion_random_deg = ?,"
        " knee_flexion_systematic_deg = ?, lowering_s = ?, lowering_random_s = ?,"
        " lowering_systematic_s = ?, hips_still_share = ?, hips_still_random = ?,"
        " hips_still_systematic = ?, lengthening_s = ? WHERE id = ?");
    bind(means, result.means);
    if (auto done = means.bind(result_id).run(); !done) return done;
    if (result.analysis.empty()) return {};
    return prepare("INSERT OR REPLACE INTO analysis VALUES (?, ?)")
        .bind(result_id)
        .bind_blob(result.analysis)
        .run();
  }

  Result<void> finish(Id practice, const PracticeEnd& end) {
    return prepare("UPDATE practice SET ended_by = ?, duration_s = ? WHERE id = ?")
        .bind(name(end.by))
        .bind(end.duration.value())
        .bind(practice)
        .run();
  }

  Result<void> add_all(Id practice, const std::vector<PoseChunk>& poses) {
    for (const PoseChunk& each : poses) {
      if (auto added = add(practice, each); !added) return added;
    }
    return {};
  }

  Result<void> erase(const std::string& what, Id id) {
    const std::string rows = " FROM " + what + " WHERE id = " + std::to_string(id);
    const auto known = database_.integer("SELECT count(*)" + rows);
    if (!known) return known.error();
    if (known.value() == 0) return missing(what, id);
    return erase_rows(database_, "DELETE" + rows);
  }

  Database database_;
};

}  // namespace

base::Result<std::unique_ptr<Repository>> open(const std::string& file) {
  auto database = open_database(file);
  if (!database) return database.error();
  return std::unique_ptr<Repository>(
      std::make_unique<SqliteRepository>(std::move(database).value()));
}

}  // namespace matside::records::sqlite
