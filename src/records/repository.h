// The interface of the records: persons, their practices, and how those were scored. It hides
// the database. Instants are UTC; times within a practice are seconds from its first frame.
//
//   auto opened = records::sqlite::open(folder / "matside.db");
//   records::Repository& records = *opened.value();
//   const auto practice = records.begin({.person = 1, .goal_repetitions = 4, ...});
//   records.add(practice.value(), repetition);   // on disk when it returns
//   records.end(practice.value(), end, result, poses);
//
// Errors, for every function:
//   ErrorKind::output     writing failed: a full disk, a read-only folder, a busy database
//   ErrorKind::input      the database is damaged, or a newer version wrote it
//   ErrorKind::not_found  no person, practice or repetition has the given number
//   ErrorKind::conflict   another person has the name
// Each call is one transaction: it takes effect completely, or not at all. So are the calls
// within atomically(). One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/coaching/end_reason.h"
#include "core/exercise/measured_value.h"
#include "core/exercise/repetition.h"
#include "core/plan/practice_record.h"
#include "core/pose/landmark.h"

namespace matside::records {

using coaching::EndReason;
using exercise::RepetitionCounts;
using plan::Instant;

/// A number that the database assigned to a person or practice; from 1, never reused.
using Id = std::int64_t;

inline constexpr int kMaxComfort = 10;  ///< 0 no discomfort, 10 the worst imaginable.
inline constexpr std::size_t kMaxSettings_bytes = 16 * 1024;  ///< The page's settings as JSON.

struct Person {
  Id id = 0;
  std::string name;             ///< Unique among the persons.
  Instant since;                ///< When the person was added.
  std::string settings = "{}";  ///< The page's settings, a JSON object.
  std::string pin;              ///< Argon2id hash in libsodium's format; empty: no PIN.
  /// The levels that a teacher set, by exercise.
  std::map<std::string, int, std::less<>> teacher_levels;
  std::optional<Instant> safety_read_at;  ///< When the safety notice was last read.
  std::optional<Instant> cleared_since;   ///< Since when a health professional agrees.
  /// 32 hexadecimal digits, random: no other person of any database has them.
  std::string uid;

  /// The level that a teacher set in an exercise, if any.
  [[nodiscard]] std::optional<int> teacher_level(std::string_view exercise) const {
    const auto found = teacher_levels.find(exercise);
    return found == teacher_levels.end() ? std::nullopt : std::optional(found->second);
  }
};

/// Where a practice came from.
enum class Origin : std::uint8_t {
  camera,
  recording,
  sound,     ///< Audio only: nobody saw it, and the person reported the counts.
  imported,  ///< From poses or a result file made elsewhere.
};

/// Which engine scored a practice, and with which settings.
struct ScoringInfo {
  std::string engine;    ///< Program and version, such as "matside 0.1.0".
  std::string settings;  ///< Exercise, pose model and eye, a JSON object.
  Instant made;
};

/// What is known when a practice begins.
struct PracticeStart {
  Id person = 0;
  Instant start;
  int utc_offset_min = 0;  ///< Local time ahead of UTC; it decides the day.
  Origin origin = Origin::camera;
  std::string exercise;  ///< Its id, such as "single-leg-kick"; never empty.
  int level = 0;
  int goal_repetitions = 0;           ///< On each side.
  std::optional<int> comfort_before;  ///< 0 (no discomfort) to 10.
  ScoringInfo scoring;
};

/// A fault of one repetition.
struct Fault {
  std::string id;          ///< Such as "hips_lift".
  double value = 0.0;      ///< Measured, in `unit`.
  double threshold = 0.0;  ///< What it was compared with, in `unit`.
  std::string unit;        ///< deg, s, deg_per_s, thigh_length, ratio or the like.
};

/// The most that a repetition reached: in the single-leg kick, the knee's flexion at a kick.
struct Peak {
  base::Seconds time;
  std::optional<double> value;  ///< Above rest, in `unit`; absent where only the time is known.
  std::string unit;             ///< Such as deg.
  std::optional<pose::Side> leg =
      std::nullopt;  ///< Where both legs move together, each has its peaks.
};

/// A measure that the exercise's file asks for.
struct Reading {
  std::string id;  ///< Such as "hold_s".
  double value = 0.0;
  std::string unit;
};

/// The part of a scored repetition that is saved; exercise::Repetition is the whole.
struct SavedRepetition {
  int index = 0;                                               ///< From 1, within the practice.
  exercise::KickingSide side = exercise::KickingSide::unsure;  ///< As measured.
  std::optional<exercise::KickingSide> corrected;              ///< By the person.
  exercise::RepetitionStatus status = exercise::RepetitionStatus::clean;
  base::Seconds start;
  base::Seconds end;
  std::optional<base::Degrees> knee_flexion;  ///< The largest, above rest, as measured.
  std::optional<base::Seconds> lowering;      ///< As measured.
  std::optional<base::Seconds> transit_70_20;
  std::optional<double> hip_rise_thigh_lengths;
  std::optional<base::Degrees> thigh_lift;
  std::vector<Peak> peaks;
  std::vector<Reading> readings;  ///< Where the exercise has a cycle.
  std::vector<Fault> faults;      ///< Most important first.
};

/// What a practice measured of all its repetitions, for the comparison of weeks.
struct Means {
  std::optional<exercise::Measured> knee_flexion_deg;  ///< The median of its repetitions.
  std::optional<exercise::Measured> lowering_s;
  std::optional<exercise::Measured> hips_still_share;  ///< 0 to 1.
  /// How long the hip flexors were at least a tenth longer than at rest: an illustration.
  std::optional<double> lengthening_s;
};

/// How one engine scored one practice.
struct PracticeResult {
  RepetitionCounts counts;
  Means means;
  std::string analysis;  ///< matside.analysis/1, xz-compressed; empty: none.
};

struct PracticeEnd {
  EndReason by = EndReason::person;
  base::Seconds duration;
};

/// Repetitions on each side, as the person corrected or reported them.
struct SideCounts {
  int left = 0;
  int right = 0;
};

/// How a practice felt: 0 (no discomfort) to 10 (the worst imaginable).
struct Comfort {
  std::optional<int> before;
  std::optional<int> after;
  bool leg_symptoms = false;  ///< Tingling, numbness or weakness in a leg.
  plan::NextDay next_day = plan::NextDay::unanswered;
};

/// A saved practice with its latest scoring.
struct Practice {
  Id id = 0;
  Id person = 0;
  Instant start;
  int utc_offset_min = 0;
  Origin origin = Origin::camera;
  std::string exercise;  ///< Its id; this program may not have it.
  int level = 0;
  int goal_repetitions = 0;           ///< On each side.
  std::optional<EndReason> ended_by;  ///< Absent: unfinished, it may be resumed.
  base::Seconds duration;
  Comfort comfort;
  std::optional<SideCounts> corrected;
  RepetitionCounts counts;  ///< As measured.
  Means means;
  ScoringInfo scoring;
};

/// A part of a practice's poses, and how they were scored.
struct PoseChunk {
  int session = 1;  ///< From 1. Parts of one number belong together; a new number starts anew.
  std::optional<base::Degrees> full_peak;  ///< The eased goal of a peak, where there was one.
  std::int64_t frames = 0;
  std::string stream;  ///< As formats::encode_poses writes it.
};

class Repository {
 public:
  Repository() = default;
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;
  virtual ~Repository() = default;

  /// Runs `work` as one transaction, which no other program's writing interrupts. What its
  /// calls wrote is undone if it returns an error. It may contain another one.
  /// @returns the error of `work`; ErrorKind::output if the transaction fails
  virtual base::Result<void> atomically(const std::function<base::Result<void>()>& work) = 0;

  /// In the order in which they were added.
  virtual base::Result<std::vector<Person>> persons() = 0;
  virtual base::Result<Person> person(Id id) = 0;
  /// @returns the new person's number; ErrorKind::conflict if the name is taken
  virtual base::Result<Id> add_person(const std::string& name, Instant now) = 0;
  /// Saves everything but `id`, `since` and `uid`.
  /// @returns ErrorKind::conflict if another person has the name
  virtual base::Result<void> update_person(const Person& person) = 0;

  /// Saves a practice that is beginning. @returns its number
  virtual base::Result<Id> begin(const PracticeStart& start) = 0;
  virtual base::Result<void> add(Id practice, const SavedRepetition& repetition) = 0;
  virtual base::Result<void> add(Id practice, const PoseChunk& poses) = 0;
  /// Saves the counts so far, in case the practice stays unfinished.
  virtual base::Result<void> set_counts(Id practice, const RepetitionCounts& counts) = 0;
  /// Ends a practice. Its repetitions stay; `poses` replace the parts saved until now.
  virtual base::Result<void> end(Id practice, const PracticeEnd& end,
                                 const PracticeResult& result,
                                 const std::vector<PoseChunk>& poses) = 0;
  /// Saves a whole practice, as from a recording or an import. @returns its number
  virtual base::Result<Id> add_practice(const PracticeStart& start, const PracticeEnd& end,
                                        const Comfort& comfort,
                                        const std::vector<SavedRepetition>& repetitions,
                                        const PracticeResult& result,
                                        const std::vector<PoseChunk>& poses) = 0;
  /// Adds another scoring of a practice. It is the current one from now on; earlier ones stay.
  virtual base::Result<void> rescore(Id practice, const ScoringInfo& scoring,
                                     const std::vector<SavedRepetition>& repetitions,
                                     const PracticeResult& result) = 0;

  /// @returns a person's practices, oldest first
  virtual base::Result<std::vector<Practice>> practices(Id person) = 0;
  virtual base::Result<Practice> practice(Id id) = 0;
  /// @returns the repetitions of the current scoring, in order
  virtual base::Result<std::vector<SavedRepetition>> repetitions(Id practice) = 0;
  /// @returns the current scoring's matside.analysis/1, xz-compressed; empty: none
  virtual base::Result<std::string> analysis(Id practice) = 0;
  /// @returns the poses in order; empty without a camera
  virtual base::Result<std::vector<PoseChunk>> poses(Id practice) = 0;
  /// @returns every scoring of a practice with its counts, oldest first
  virtual base::Result<std::vector<std::pair<ScoringInfo, RepetitionCounts>>> scorings(
      Id practice) = 0;

  virtual base::Result<void> set_comfort(Id practice, const Comfort& comfort) = 0;
  /// Saves the person's own counts; none removes them.
  virtual base::Result<void> correct(Id practice, const std::optional<SideCounts>& counts) = 0;
  /// Saves the person's own side of one repetition; none removes it.
  virtual base::Result<void> correct_side(Id practice, int index,
                                          std::optional<exercise::KickingSide> side) = 0;

  // Erased data is overwritten: no copy of it stays in the database's files, nor in the copies
  // that were made beside it before an upgrade or a restored backup. Those are removed.
  virtual base::Result<void> erase_practice(Id id) = 0;
  virtual base::Result<void> erase_person(Id id) = 0;  ///< With all practices.
  virtual base::Result<void> erase_all() = 0;
  /// Whether something erased is still in a file, because another program reads an older state
  /// or the disk is full. It is overwritten when the records are opened the next time.
  [[nodiscard]] virtual bool erasure_pending() const = 0;

  /// Writes a consistent copy, even while another program writes.
  /// @returns ErrorKind::output if the file exists
  virtual base::Result<void> backup(const std::string& file) = 0;
};

/// The name in files and the database: camera, recording, sound or imported.
std::string_view name(Origin origin);

}  // namespace matside::records
