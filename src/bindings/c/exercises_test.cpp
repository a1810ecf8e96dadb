// Tests the exercises of libmatside besides the single-leg kick, through its public functions:
// the events are those of the engine inside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <matside/matside.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "bindings/c/frame_of.h"
#include "core/engine/session.h"
#include "core/exercise/repetition.h"
#include "formats/analysis_json.h"
#include "formats/catalog/catalog.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"
#include "tests/support/random_cycle_practice.h"

namespace matside {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ordered = nlohmann::ordered_json;

constexpr const char* kMoves = MATSIDE_SOURCE_DIR "/data/exercises/moves";

std::vector<exercise::Definition> sisters() {
  auto read = catalog::load_cycle_exercises(kMoves, support::single_leg_kick());
  EXPECT_TRUE(read) << (read ? "" : read.error().message);
  return read ? std::move(read).value() : std::vector<exercise::Definition>{};
}

std::string file_text(const std::string& name) {
  std::ifstream stream(std::string(MATSIDE_SOURCE_DIR "/data/exercises/") + name);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<pose::PoseFrame> frames_of(const exercise::Definition& exercise, int level) {
  auto frames = support::perform(support::random_cycle_practice(exercise, level, 4)).frames;
  for (pose::PoseFrame& frame : frames) frame = pose::rounded(frame);
  return frames;
}

/// All that a repetition of the library says.
std::string said(const Repetition& r) {
  std::ostringstream out;
  out << r.index << ' ' << name(r.side) << ' ' << name(r.status) << ' ' << r.start_s << ' '
      << r.lowering_start_s << ' ' << r.end_s << ' ' << r.side_confidence << ' ' << r.confidence
      << " kicks " << r.kicks.size();
  for (const Peak& peak : r.peaks) {
    out << " peak " << peak.time_s << ' ' << peak.value << ' ' << peak.unit << ' '
        << (peak.leg ? name(*peak.leg) : "-");
  }
  for (const Reading& reading : r.readings) {
    out << ' ' << reading.id << ' ' << reading.value << ' ' << reading.unit;
  }
  for (const Fault& f : r.faults) {
    out << " fault " << f.id << ' ' << f.name << ' ' << f.cue << ' ' << f.value << ' '
        << f.threshold << ' ' << f.unit;
  }
  return out.str();
}

/// The same of the engine's.
std::string said(const exercise::Repetition& r, const exercise::Definition& exercise) {
  std::ostringstream out;
  out << r.index << ' ' << exercise::name(r.side) << ' ' << exercise::name(r.status) << ' '
      << r.start.value() << ' ' << r.lowering_start.value() << ' ' << r.end.value() << ' '
      << r.side_confidence << ' ' << r.confidence << " kicks 0";
  for (const exercise::Peak& peak : r.peaks) {
    out << " peak " << peak.time.value() << ' ' << peak.value << ' ' << peak.unit << ' '
        << (peak.leg ? pose::name(*peak.leg) : "-");
  }
  for (const exercise::NamedReading& reading : r.readings) {
    out << ' ' << reading.id << ' ' << reading.value << ' ' << reading.unit;
  }
  for (const exercise::DetectedFault& f : r.faults) {
    out << " fault " << f.id << ' ' << exercise.words_for(f.id)->name << ' ' << f.cue << ' '
        << f.value << ' ' << f.threshold << ' ' << f.unit;
  }
  return out.str();
}

/// The repetitions of a practice.
std::vector<Repetition> practised(Session& session,
                                  const std::vector<pose::PoseFrame>& frames) {
  std::vector<Repetition> out;
  const auto take = [&](const std::vector<Event>& events) {
    for (const Event& event : events) {
      if (const auto* repetition = std::get_if<Repetition>(&event)) out.push_back(*repetition);
    }
  };
  for (const pose::PoseFrame& frame : frames) take(session.push(frame_of(frame)));
  take(session.finish());
  return out;
}

/// The message of the error that a call throws.
template <class Call>
std::string error_of(matside_status status, Call call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), status) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "the call was not refused";
  return "";
}

void expect_the_engine_s(const exercise::Definition& exercise, int level) {
  const std::string what = exercise.id + " level " + std::to_string(level);
  const auto frames = frames_of(exercise, level);
  auto inside = engine::Session::create(exercise, level).value();
  for (const pose::PoseFrame& frame : frames) inside.push(frame);
  inside.finish();
  Session session(Exercise::find(exercise.id), level);
  const std::vector<Repetition> reported = practised(session, frames);

  const engine::Analysis expected = inside.analysis();
  ASSERT_EQ(reported.size(), expected.repetitions.size()) << what;
  EXPECT_GE(reported.size(), 4U) << what;
  for (std::size_t i = 0; i < reported.size(); ++i) {
    EXPECT_EQ(said(reported[i]), said(expected.repetitions[i], exercise)) << what;
    EXPECT_FALSE(reported[i].peaks.empty()) << what;
    EXPECT_FALSE(reported[i].readings.empty()) << what;
  }
  const Counts counts = session.counts();
  EXPECT_EQ(counts.left, expected.counts.left) << what;
  EXPECT_EQ(counts.right, expected.counts.right) << what;
  EXPECT_EQ(counts.unsure, expected.counts.unsure) << what;
  EXPECT_EQ(counts.both, expected.counts.both) << what;
  EXPECT_EQ(counts.kicks, expected.counts.kicks) << what;
  EXPECT_EQ(counts.clean, expected.counts.clean) << what;

  formats::AnalysisRecord record;
  record.exercise_id = exercise.id;
  record.analysis = expected;
  const auto written = ordered::parse(formats::analysis_json(record));
  const auto result = ordered::parse(session.result_json());
  for (const char* part : {"exercise", "repetitions", "set_faults", "counts", "warnings"}) {
    EXPECT_EQ(result.at(part).dump(), written.at(part).dump()) << what << ' ' << part;
  }
}

TEST(LibraryExercises, AreCountedAsTheEngineCountsThem) {
  for (const exercise::Definition& exercise : sisters()) {
    for (const exercise::Level& level : exercise.levels) {
      expect_the_engine_s(exercise, level.number);
    }
  }
}

TEST(LibraryExercises, HaveSidesAndPeaksOfTheirKind) {
  for (const exercise::Definition& exercise : sisters()) {
    Session session(Exercise::find(exercise.id), 0);
    bool one_leg_moved = false;
    bool both_moved = false;
    int faults = 0;
    for (const pose::PoseFrame& frame : frames_of(exercise, 0)) {
      for (const Event& event : session.push(frame_of(frame))) {
        const auto* r = std::get_if<Repetition>(&event);
        if (r == nullptr) continue;
        EXPECT_EQ(r->side == Side::both, exercise.id != "prone-leg-lift") << exercise.id;
        EXPECT_EQ(r->peaks.front().leg.has_value(), exercise.id == "double-leg-kick");
        EXPECT_EQ(r->peaks.front().unit, "deg");
        EXPECT_EQ(r->greatest_bend_deg, 0.0);
        faults += static_cast<int>(r->faults.size());
      }
      const FrameState state = session.frame_state();
      one_leg_moved |= state.moving_side == Side::left || state.moving_side == Side::right;
      both_moved |= state.moving_side == Side::both;
    }
    EXPECT_EQ(one_leg_moved, exercise.id == "prone-leg-lift") << exercise.id;
    EXPECT_EQ(both_moved, exercise.id != "prone-leg-lift") << exercise.id;
    EXPECT_GT(faults, 0) << exercise.id;
  }
}

TEST(LibraryExercises, AreListedWithTheirLevels) {
  const std::vector<std::string> ids = built_in_exercises();
  EXPECT_THAT(ids, ElementsAre("single-leg-kick", "double-leg-kick", "prone-leg-lift",
                               "swan-preparation"));
  std::vector<exercise::Definition> expected = sisters();
  expected.insert(expected.begin(), support::single_leg_kick());
  ASSERT_EQ(ids.size(), expected.size());
  for (const exercise::Definition& exercise : expected) {
    const Exercise found = Exercise::find(exercise.id);
    EXPECT_EQ(found.id(), exercise.id);
    EXPECT_EQ(found.name(), exercise.name);
    const std::vector<Level> levels = found.levels();
    ASSERT_EQ(levels.size(), exercise.levels.size());
    for (std::size_t i = 0; i < levels.size(); ++i) {
      EXPECT_EQ(levels[i].number, exercise.levels[i].number);
      EXPECT_EQ(levels[i].name, exercise.levels[i].name);
      EXPECT_EQ(levels[i].description, exercise.levels[i].description);
    }
  }
}

TEST(LibraryExercises, ThatAreUnknownAreRefusedWithTheBuiltInOnes) {
  EXPECT_EQ(error_of(MATSIDE_USAGE, [] { Exercise::find("swan"); }),
            "exercise: \"swan\" isn't built in. Built in: single-leg-kick, double-leg-kick, "
            "prone-leg-lift, swan-preparation");
  EXPECT_THAT(error_of(MATSIDE_USAGE, [] { Session(Exercise::find("swan-preparation"), 3); }),
              HasSubstr("level"));
}

TEST(LibraryExercises, OfTheCallerAreRead) {
  auto own = ordered::parse(file_text("moves/swan_preparation.json"));
  own["id"] = "studio-swan";
  own["name"] = "Studio swan";
  own["rules"][0]["above"]["value"] = 3.5;  // too_high at level 0
  const exercise::Definition swan = sisters().back();
  ASSERT_EQ(swan.id, "swan-preparation");
  const auto frames = frames_of(swan, 0);
  // The session outlives the exercise.
  Session session(Exercise::read(own.dump()), 0);
  Session built_in(Exercise::find(swan.id), 0);
  const auto repetitions = practised(session, frames);
  const auto usual = practised(built_in, frames);
  ASSERT_EQ(repetitions.size(), usual.size());
  ASSERT_FALSE(repetitions.empty());
  for (const Repetition& repetition : repetitions) {
    if (repetition.status == RepetitionStatus::unjudged) continue;
    EXPECT_EQ(repetition.faults.front().id, "too_high") << repetition.index;
  }
  EXPECT_EQ(ordered::parse(session.result_json()).at("exercise").at("id"), "studio-swan");
}

TEST(LibraryExercises, OfTheCallerAreRefusedWithThePlaceOfTheError) {
  auto wrong = ordered::parse(file_text("moves/swan_preparation.json"));
  wrong["levels"][1]["trunk_max"]["unit"] = "degree";
  EXPECT_THAT(error_of(MATSIDE_EXERCISE, [&] { Exercise::read(wrong.dump()); }),
              HasSubstr("exercise: /levels/1/trunk_max/unit"));
  EXPECT_THAT(error_of(MATSIDE_EXERCISE, [] { Exercise::read("{"); }), HasSubstr("JSON"));
  // The single-leg kick has another schema.
  EXPECT_THAT(
      error_of(MATSIDE_EXERCISE, [] { Exercise::read(file_text("single_leg_kick.json")); }),
      HasSubstr("exercise: "));
}

TEST(LibraryExercises, TheKicksOfTheSingleLegKickAreItsPeaks) {
  support::Practice practice;
  practice.steps = support::alternating(4);
  Session session;
  const auto repetitions = practised(session, support::perform(practice).frames);
  ASSERT_EQ(repetitions.size(), 4U);
  for (const Repetition& repetition : repetitions) {
    ASSERT_EQ(repetition.kicks.size(), 2U);
    ASSERT_EQ(repetition.peaks.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(repetition.peaks[i].time_s, repetition.kicks[i].time_s);
      EXPECT_EQ(repetition.peaks[i].value, repetition.kicks[i].knee_flexion_deg);
      EXPECT_EQ(repetition.peaks[i].unit, "deg");
      EXPECT_FALSE(repetition.peaks[i].leg.has_value());
    }
    EXPECT_TRUE(repetition.readings.empty());
  }
  EXPECT_EQ(session.counts().both, 0);
}

TEST(LibraryExercisesInC, TheCountsOfTheFirstVersionAreStillFilled) {
  // As a program has it that was compiled when matside_counts ended with `clean`.
  struct FirstCounts {
    std::uint32_t struct_size = 24;
    std::int32_t left = 0, right = 0, unsure = 0, kicks = 0, clean = 0;
    std::int32_t behind = 99;
  };
  const exercise::Definition swan = sisters().back();
  matside_exercise* exercise = nullptr;
  matside_session* session = nullptr;
  ASSERT_EQ(matside_exercise_find(swan.id.c_str(), &exercise, nullptr), MATSIDE_OK);
  ASSERT_EQ(matside_session_new(exercise, 0, &session, nullptr), MATSIDE_OK);
  matside_exercise_free(exercise);
  for (const pose::PoseFrame& frame : frames_of(swan, 0)) {
    const Frame given = frame_of(frame);
    ASSERT_EQ(matside_session_push(session, &given.raw(), nullptr), MATSIDE_OK);
  }
  FirstCounts first;
  matside_counts counts = MATSIDE_COUNTS_INIT;
  ASSERT_EQ(sizeof counts, 28U);
  EXPECT_EQ(matside_session_counts(session, &counts, nullptr), MATSIDE_OK);
  EXPECT_EQ(matside_session_counts(session, reinterpret_cast<matside_counts*>(&first), nullptr),
            MATSIDE_OK);
  EXPECT_GE(counts.both, 4);
  EXPECT_EQ(first.struct_size, 24U);
  EXPECT_EQ(first.behind, 99);
  EXPECT_EQ(first.kicks, counts.kicks);
  EXPECT_EQ(first.clean, counts.clean);
  EXPECT_GT(first.kicks, 0);
  matside_session_free(session);
}

TEST(LibraryExercisesInC, SurviveInvalidCalls) {
  matside_error error;
  matside_exercise* exercise = nullptr;
  EXPECT_EQ(matside_exercise_find(nullptr, &exercise, &error), MATSIDE_USAGE);
  EXPECT_STREQ(error.message, "id: is NULL");
  EXPECT_EQ(matside_exercise_find("swan-preparation", nullptr, &error), MATSIDE_USAGE);
  EXPECT_EQ(matside_exercise_find("", &exercise, nullptr), MATSIDE_USAGE);
  EXPECT_EQ(matside_exercise_read(nullptr, 0, &exercise, &error), MATSIDE_USAGE);
  EXPECT_EQ(matside_exercise_read("{}", 2, nullptr, &error), MATSIDE_USAGE);
  EXPECT_EQ(matside_exercise_read("", 0, &exercise, &error), MATSIDE_EXERCISE);
  EXPECT_EQ(exercise, nullptr);
  EXPECT_STREQ(matside_exercise_built_in(3), "swan-preparation");
  EXPECT_EQ(matside_exercise_built_in(4), nullptr);
  EXPECT_EQ(matside_exercise_built_in(-1), nullptr);
  EXPECT_EQ(matside_exercise_id(nullptr), nullptr);
  EXPECT_EQ(matside_exercise_name(nullptr), nullptr);
  EXPECT_EQ(matside_exercise_level_count(nullptr), 0);
  EXPECT_EQ(matside_exercise_level(nullptr, 0), nullptr);
  ASSERT_EQ(matside_exercise_find("prone-leg-lift", &exercise, nullptr), MATSIDE_OK);
  EXPECT_EQ(matside_exercise_level(exercise, -1), nullptr);
  EXPECT_EQ(matside_exercise_level(exercise, matside_exercise_level_count(exercise)), nullptr);
  matside_exercise_free(exercise);
}

}  // namespace
}  // namespace matside
