// What is kept of persons and their practices, whatever keeps it. Instants are UTC; times
// within a practice are seconds from its first picture.
//
//   auto opened = records::sqlite::open(folder / "matside.db");
//   auto practice = opened.value()->begin({.person = 1, .level = 0, .wished = 4, ...});
//   opened.value()->add(practice.value(), repetition);   // on disk when it returns
//   opened.value()->end(practice.value(), ending, result);
//
// Every failure is ErrorKind::output where writing failed (a full disk, a folder that is not
// ours), ErrorKind::input where what is kept is damaged, made by a newer version, or not there.
// What one call does is done whole or not at all. One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/exercise/measured.h"
#include "core/exercise/repetition.h"
#include "core/plan/record.h"

namespace matside::records {

using Id = std::int64_t;
using plan::Instant;

struct Person {
  Id id = 0;
  std::string name;
  Instant since;
  std::string settings = "{}";         ///< the page's own, a JSON object
  std::string pin;                     ///< Argon2id, as libsodium writes it; empty: none
  std::optional<int> teacher_level;    ///< a teacher's setting
  std::optional<Instant> informed;     ///< who should ask first: when it was last read
  std::optional<Instant> asked_since;  ///< a professional agrees since then
};

enum class Origin : std::uint8_t { camera, recording, sound, imported };
enum class EndedBy : std::uint8_t { goal, person, discomfort, interrupted };

/// By whom and by what a practice was judged.
struct Judgement {
  std::string engine;    ///< matside 0.1.0
  std::string settings;  ///< exercise, network, eye; a JSON object
  Instant made;
};

struct Beginning {
  Id person = 0;
  Instant start;
  int utc_offset_min = 0;  ///< of the clock on the wall, to tell the day
  Origin origin = Origin::camera;
  int level = 0;
  int wished = 0;  ///< repetitions a side
  std::optional<int> comfort_before;
  Judgement judgement;
};

struct Fault {
  std::string id;
  double value = 0.0;
  double threshold = 0.0;
  std::string unit;
};

struct Repetition {
  int index = 0;  ///< from 1
  exercise::KickingSide side = exercise::KickingSide::unsure;
  std::optional<exercise::KickingSide> corrected;  ///< by the person; `side` stays as measured
  exercise::RepetitionStatus status = exercise::RepetitionStatus::clean;
  base::Seconds start;
  base::Seconds end;
  base::Degrees knee_flexion;  ///< of the kick furthest up
  std::optional<base::Seconds> lowering;
  std::optional<base::Seconds> transit_70_20;
  std::optional<double> hip_rise_thigh_lengths;
  std::optional<base::Degrees> thigh_lift;
  std::vector<base::Seconds> kicks;
  std::vector<Fault> faults;
};

struct Counts {
  int left = 0;
  int right = 0;
  int unsure = 0;
  int kicks = 0;
  int clean = 0;
};

/// Means over a practice, for the course of weeks.
struct Means {
  std::optional<exercise::Measured> knee_flexion_deg;
  std::optional<exercise::Measured> lowering_s;
  std::optional<exercise::Measured> hips_still_share;
  std::optional<double> lengthening_s;  ///< hip flexors longer than at rest: an illustration
};

/// How one engine judged one practice.
struct Outcome {
  Counts counts;
  Means means;
  std::string analysis;  ///< matside.analysis/1, packed; empty where there is none
};

struct Ending {
  EndedBy by = EndedBy::person;
  base::Seconds duration;
};

/// A person's word against the count.
struct Correction {
  int left = 0;
  int right = 0;
};

/// How it felt, 0 nothing to 10 the worst.
struct Comfort {
  std::optional<int> before;
  std::optional<int> after;
  bool leg_symptoms = false;
  plan::NextDay next_day = plan::NextDay::unanswered;
};

struct Practice {
  Id id = 0;
  Id person = 0;
  Instant start;
  int utc_offset_min = 0;
  Origin origin = Origin::camera;
  int level = 0;
  int wished = 0;
  std::optional<EndedBy> ended_by;  ///< absent: it may be resumed
  base::Seconds duration;
  Comfort comfort;
  std::optional<Correction> corrected;
  Counts counts;  ///< as measured, by the judgement that holds
  Means means;
  Judgement judgement;
};

/// Part of a practice's poses, in order: a pose stream (formats/pose_stream.h) and how it
/// was judged.
struct PoseChunk {
  int session = 1;  ///< goes on over parts; another one began to judge anew
  std::optional<base::Degrees> full_kick;  ///< what was asked of a kick, where eased
  std::int64_t frames = 0;
  std::string stream;
};

class Repository {
 public:
  Repository() = default;
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;
  virtual ~Repository() = default;

  virtual base::Result<std::vector<Person>> persons() = 0;
  virtual base::Result<Person> person(Id id) = 0;
  /// @returns ErrorKind::input where somebody has the name already
  virtual base::Result<Id> add_person(const std::string& name, Instant now) = 0;
  /// Everything but the id and `since`.
  virtual base::Result<void> change(const Person& person) = 0;

  virtual base::Result<Id> begin(const Beginning& beginning) = 0;
  virtual base::Result<void> add(Id practice, const Repetition& repetition) = 0;
  virtual base::Result<void> add(Id practice, const PoseChunk& poses) = 0;
  /// What has been counted so far, for a practice that is broken off.
  virtual base::Result<void> count(Id practice, const Counts& counts) = 0;
  /// The repetitions stay as they were added; the poses are replaced by larger parts of them.
  virtual base::Result<void> end(Id practice, const Ending& ending, const Outcome& outcome,
                                 const std::vector<PoseChunk>& poses) = 0;
  /// A whole practice at once, as from a recording or a file.
  virtual base::Result<Id> add_practice(const Beginning& beginning, const Ending& ending,
                                        const Comfort& comfort,
                                        const std::vector<Repetition>& repetitions,
                                        const Outcome& outcome,
                                        const std::vector<PoseChunk>& poses) = 0;
  /// Another judgement of it, which holds from now on; the earlier ones are kept.
  virtual base::Result<void> judge_again(Id practice, const Judgement& judgement,
                                         const std::vector<Repetition>& repetitions,
                                         const Outcome& outcome) = 0;

  /// @returns oldest first
  virtual base::Result<std::vector<Practice>> practices(Id person) = 0;
  virtual base::Result<Practice> practice(Id id) = 0;
  virtual base::Result<std::vector<Repetition>> repetitions(Id practice) = 0;
  /// matside.analysis/1 of the judgement that holds, packed; empty where there is none.
  virtual base::Result<std::string> analysis(Id practice) = 0;
  virtual base::Result<std::vector<PoseChunk>> poses(Id practice) = 0;
  virtual base::Result<std::vector<std::pair<Judgement, Counts>>> judgements(Id practice) = 0;

  virtual base::Result<void> set_comfort(Id practice, const Comfort& comfort) = 0;
  virtual base::Result<void> correct(Id practice, const std::optional<Correction>& counts) = 0;
  virtual base::Result<void> correct_side(Id practice, int index,
                                          std::optional<exercise::KickingSide> side) = 0;

  /// Really gone: nothing of it is left in the file.
  virtual base::Result<void> erase_practice(Id id) = 0;
  virtual base::Result<void> erase_person(Id id) = 0;
  virtual base::Result<void> erase_all() = 0;

  /// A copy in one file while others may write. The file must not be there yet.
  virtual base::Result<void> backup(const std::string& file) = 0;
};

std::string_view name(Origin origin);
std::string_view name(EndedBy by);

}  // namespace matside::records
