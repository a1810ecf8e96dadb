// Tests libmatside through its public functions and the C++ wrapper only, and compares its
// events with those of the engine inside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <matside/matside.hpp>
#include <new>
#include <nlohmann/json.hpp>
#include <sstream>

#include "bindings/c/frame_of.h"
#include "core/engine/session.h"
#include "core/exercise/repetition.h"
#include "core/kinematics/body_frame.h"
#include "formats/analysis_json.h"
#include "formats/pose_message.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace {
// The number of allocations until one fails; below 0: none fails.
thread_local long until_refused = -1;
}  // namespace

// Not inlined: the compiler would warn of mismatched allocation functions.
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (until_refused >= 0 && until_refused-- == 0) throw std::bad_alloc();
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return std::malloc(size > 0 ? size : 1);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}

namespace matside {
namespace {

using nlohmann::json;
using support::alternating;
using support::Practice;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string text_of(const char* file) {
  std::ifstream stream(std::string(MATSIDE_SOURCE_DIR "/data/exercises/") + file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// Repetitions of both sides with faults, and one side twice in a row.
std::vector<pose::PoseFrame> frames_with_faults() {
  Practice practice;
  practice.noise_px = 0.8;
  practice.network = support::NetworkNoise{};
  practice.steps = alternating(6);
  practice.steps[2].repetition.drop_s = 0.42;
  practice.steps[4].repetition.kicks = 1;
  practice.steps[5].repetition.side = pose::Side::left;
  auto frames = perform(practice).frames;
  // A clock that stops raises a warning.
  frames.insert(frames.begin() + 40, frames[39]);
  for (pose::PoseFrame& frame : frames) frame = pose::rounded(frame);
  for (std::size_t i = 0; i < frames.size(); i += 3) {
    if (!frames[i].pose) continue;
    frames[i].pose->knees[0] = {base::Degrees(1.5), base::Degrees(90.0)};
  }
  return frames;
}

engine::Session engine_session(int level = 1) {
  auto session = engine::Session::create(support::single_leg_kick(), level);
  EXPECT_TRUE(session.ok());
  return std::move(session).value();
}

/// One line for each event, of the library or of the engine.
std::string line(const Event& event) {
  std::ostringstream out;
  if (const auto* r = std::get_if<Repetition>(&event)) {
    out << "repetition " << r->index << ' ' << name(r->side) << ' ' << name(r->status) << ' '
        << r->start_s << ' ' << r->lowering_start_s << ' ' << r->end_s << ' '
        << r->greatest_bend_deg << ' ' << r->side_confidence << ' ' << r->confidence;
    for (const Kick& k : r->kicks) out << " kick " << k.time_s << ' ' << k.knee_flexion_deg;
    for (const Fault& f : r->faults) {
      out << " fault " << f.id << ' ' << f.name << ' ' << f.cue << ' ' << f.value << ' '
          << f.threshold << ' ' << f.unit;
    }
  } else if (const auto* fault = std::get_if<SetFault>(&event)) {
    out << "set " << fault->id << ' ' << fault->name << ' ' << fault->cue << ' '
        << fault->time_s;
  } else if (const auto* warning = std::get_if<Warning>(&event)) {
    out << "warning " << warning->id << ' ' << warning->message;
  }
  return out.str();
}

std::string line(const engine::Event& event) {
  const exercise::Definition& exercise = support::single_leg_kick();
  std::ostringstream out;
  if (const auto* finished = std::get_if<engine::RepetitionFinished>(&event)) {
    const exercise::Repetition& r = finished->repetition;
    out << "repetition " << r.index << ' ' << exercise::name(r.side) << ' '
        << exercise::name(r.status) << ' ' << r.start.value() << ' ' << r.lowering_start.value()
        << ' ' << r.end.value() << ' ' << r.greatest_bend.value() << ' ' << r.side_confidence
        << ' ' << r.confidence;
    for (const auto& k : r.kicks) {
      out << " kick " << k.time.value() << ' ' << k.knee_flexion.value();
    }
    for (const auto& f : r.faults) {
      out << " fault " << f.id << ' ' << exercise.words_for(f.id)->name << ' ' << f.cue << ' '
          << f.value << ' ' << f.threshold << ' ' << f.unit;
    }
  } else if (const auto* seen = std::get_if<engine::SetFaultSeen>(&event)) {
    const exercise::FaultText* words = exercise.words_for(seen->fault.id);
    out << "set " << seen->fault.id << ' ' << words->name << ' ' << words->cue << ' '
        << seen->fault.at.value();
  } else if (const auto* warned = std::get_if<engine::Warned>(&event)) {
    out << "warning " << warned->warning.id << ' ' << warned->warning.message;
  }
  return out.str();
}

template <class Events>
std::vector<std::string> lines(const Events& events) {
  std::vector<std::string> out;
  for (const auto& event : events) out.push_back(line(event));
  return out;
}

TEST(Library, ReportsWhatTheEngineReports) {
  const auto frames = frames_with_faults();
  auto inside = engine_session();
  Session session(1);
  std::vector<std::string> reported;
  for (const pose::PoseFrame& frame : frames) {
    const auto events = lines(session.push(frame_of(frame)));
    EXPECT_EQ(events, lines(inside.push(frame)));
    reported.insert(reported.end(), events.begin(), events.end());
  }
  EXPECT_EQ(lines(session.finish()), lines(inside.finish()));
  EXPECT_EQ(session.counts().left, inside.counts().left);
  EXPECT_EQ(session.counts().right, inside.counts().right);
  EXPECT_EQ(session.counts().unsure, inside.counts().unsure);
  EXPECT_EQ(session.counts().kicks, inside.counts().kicks);
  EXPECT_EQ(session.counts().clean, inside.counts().clean);
  // Each kind of event occurred.
  std::string all;
  for (const std::string& each : reported) all += each + "\n";
  for (const char* some :
       {"repetition 1 ", " fault dropped_foot ", "set same_side_twice ", "warning disorder "}) {
    EXPECT_THAT(all, HasSubstr(some));
  }
}

void expect_same(std::optional<double> reported, std::optional<base::Degrees> expected) {
  ASSERT_EQ(reported.has_value(), expected.has_value());
  if (reported) {
    EXPECT_EQ(*reported, expected->value());
  }
}

TEST(Library, HasTheFrameStateOfTheEngine) {
  auto inside = engine_session();
  Session session;
  bool kicked = false;
  for (const pose::PoseFrame& frame : frames_with_faults()) {
    session.push(frame_of(frame));
    inside.push(frame);
    const engine::FrameState& expected = inside.frame_state();
    const FrameState frame_state = session.frame_state();
    EXPECT_EQ(frame_state.person, expected.person);
    EXPECT_EQ(frame_state.baseline_known, expected.settled);
    EXPECT_EQ(frame_state.posture == Posture::lying,
              expected.posture == kinematics::BodyPosture::lying);
    EXPECT_EQ(static_cast<int>(frame_state.phase), static_cast<int>(expected.movement.phase));
    EXPECT_EQ(frame_state.kicks, expected.movement.kicks);
    EXPECT_EQ(frame_state.time_s, expected.time.value());
    expect_same(frame_state.left_knee_flexion_deg, expected.knee_flexion[0]);
    expect_same(frame_state.right_knee_flexion_deg, expected.knee_flexion[1]);
    expect_same(frame_state.camera_yaw_deg, expected.camera_yaw);
    expect_same(frame_state.camera_pitch_deg, expected.camera_pitch);
    EXPECT_EQ(frame_state.moving_side == Side::unsure, frame_state.phase == Phase::rest);
    ASSERT_EQ(frame_state.last_kick_s.has_value(), frame_state.kicks > 0);
    if (frame_state.kicks == 0) continue;
    kicked = true;
    EXPECT_EQ(*frame_state.last_kick_s, expected.movement.last_kick.value());
    EXPECT_EQ(static_cast<int>(frame_state.moving_side),
              static_cast<int>(expected.movement.raised));
  }
  EXPECT_TRUE(kicked);
}

TEST(Library, WritesTheResultFileOfTheProgram) {
  auto inside = engine_session();
  Session session;
  const auto frames = frames_with_faults();
  for (const pose::PoseFrame& frame : frames) {
    session.push(frame_of(frame));
    inside.push(frame);
  }
  EXPECT_FALSE(json::parse(session.result_json()).at("complete"));
  session.finish();
  inside.finish();
  formats::AnalysisRecord record;
  record.analysis = inside.analysis();
  const json expected = json::parse(formats::analysis_json(record));
  const std::string sha256(64, 'a');
  const json result = json::parse(session.result_json({"a practice", sha256, "movenet-2"}));
  for (const char* part : {"schema", "complete", "view", "repetitions", "set_faults", "set",
                           "elbows_forward", "counts", "warnings"}) {
    EXPECT_EQ(result.at(part), expected.at(part)) << part;
  }
  const json& source = result.at("source");
  EXPECT_EQ(source.at("path"), "a practice");
  EXPECT_EQ(source.at("sha256"), sha256);
  EXPECT_EQ(source.at("width"), frames.front().image_size.width_px);
  EXPECT_EQ(source.at("frames"), frames.size());
  EXPECT_NEAR(source.at("duration_s"), frames.back().time.value(), 0.1);
  EXPECT_EQ(result.at("pose").at("model"), "movenet-2");
  const json bare = json::parse(session.result_json());
  EXPECT_TRUE(bare.at("source").at("sha256").is_null());
  EXPECT_EQ(bare.at("pose").at("model"), "unknown");
}

/// The message of the Error that `call` throws.
template <class Call>
std::string refused(matside_status status, Call call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), status) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "the call was not refused";
  return "";
}

TEST(Library, ScoresAnotherExercise) {
  json easier = json::parse(text_of("single_leg_kick.json"));
  easier["levels"][1]["kicks"]["value"] = 1;
  const std::string cues = text_of("cues.en.json");
  // The session outlives the exercise.
  auto session = Session(Exercise::parse(easier.dump(), cues), 1);
  auto as_built_in = Session(Exercise::parse(text_of("single_leg_kick.json"), cues), 1);
  Session built_in(1);
  for (const pose::PoseFrame& frame : frames_with_faults()) {
    for (auto* each : {&session, &as_built_in, &built_in}) each->push(frame_of(frame));
  }
  for (auto* each : {&session, &as_built_in, &built_in}) each->finish();
  EXPECT_TRUE(as_built_in.result_json() == built_in.result_json());
  EXPECT_EQ(built_in.result_json().find("extra_kick"), std::string::npos);
  EXPECT_NE(session.result_json().find("extra_kick"), std::string::npos);
}

TEST(Library, NamesTheErrorOfAnExerciseAndItsPlace) {
  const std::string exercise = text_of("single_leg_kick.json");
  const std::string cues = text_of("cues.en.json");
  json unknown = json::parse(exercise);
  unknown["levels"][1]["knee_min"]["unit"] = "degree";
  EXPECT_THAT(refused(MATSIDE_EXERCISE, [&] { Exercise::parse(unknown.dump(), cues); }),
              HasSubstr("exercise: /levels/1/knee_min/unit"));
  EXPECT_THAT(refused(MATSIDE_EXERCISE, [&] { Exercise::parse(exercise, "{"); }),
              HasSubstr("cues: "));
  // A message that is too long is cut between two characters.
  json long_key = json::parse(exercise);
  for (std::size_t more = 0; more < 4; ++more) {
    std::string key(more, 'x');
    for (int i = 0; i < 400; ++i) key += "\u00fc";
    long_key[key] = 1;
    const std::string message =
        refused(MATSIDE_EXERCISE, [&] { Exercise::parse(long_key.dump(), cues); });
    EXPECT_GE(message.size(), sizeof(matside_error::message) - 4) << more;
    EXPECT_NO_THROW(json(message).dump()) << more;
    long_key.erase(key);
  }
}

TEST(Library, RefusesInvalidCalls) {
  EXPECT_THAT(refused(MATSIDE_USAGE, [] { Session(7); }), HasSubstr("level"));
  Session session;
  EXPECT_THAT(refused(MATSIDE_USAGE, [&] { (void)session.result_json(); }),
              HasSubstr("no frame"));
  for (const int size_px : {0, -5, 100'001}) {
    EXPECT_THAT(refused(MATSIDE_INPUT, [&] { session.push(Frame(0.0, size_px, 480)); }),
                HasSubstr(std::to_string(size_px) + " x 480"));
  }
  EXPECT_THAT(session.push(Frame(0.0, 640, 480)), IsEmpty());
  EXPECT_THAT(refused(MATSIDE_INPUT,
                      [&] {
                        (void)session.result_json({"", "abc", ""});
                      }),
              HasSubstr("sha256"));
  const Source model{"", "", "My Model"};
  EXPECT_THAT(refused(MATSIDE_INPUT, [&] { (void)session.result_json(model); }),
              HasSubstr("pose_model"));
  session.finish();
  EXPECT_THAT(session.finish(), IsEmpty());
  EXPECT_THAT(refused(MATSIDE_USAGE, [&] { session.push(Frame(1.0, 640, 480)); }),
              HasSubstr("finished"));
}

TEST(LibraryInC, RefusesNullPointersAndStructsOfAnotherSize) {
  matside_error error;
  matside_session* session = nullptr;
  EXPECT_EQ(matside_session_new(nullptr, 1, nullptr, &error), MATSIDE_USAGE);
  ASSERT_EQ(matside_session_new(nullptr, 1, &session, nullptr), MATSIDE_OK);
  EXPECT_EQ(matside_session_push(session, nullptr, &error), MATSIDE_USAGE);
  EXPECT_EQ(matside_session_counts(session, nullptr, nullptr), MATSIDE_USAGE);
  EXPECT_EQ(matside_session_frame_state(session, nullptr, nullptr), MATSIDE_USAGE);
  EXPECT_EQ(matside_session_result(session, nullptr, nullptr, nullptr), MATSIDE_USAGE);
  EXPECT_EQ(matside_session_event(session, 0), nullptr);
  EXPECT_EQ(matside_session_event(session, -1), nullptr);

  matside_frame frame{};  // Not from its INIT.
  EXPECT_EQ(matside_session_push(session, &frame, &error), MATSIDE_USAGE);
  EXPECT_EQ(error.status, MATSIDE_USAGE);
  EXPECT_THAT(error.message, HasSubstr("frame: its struct_size is 0"));
  matside_counts counts = MATSIDE_COUNTS_INIT;
  counts.struct_size += 8;
  EXPECT_EQ(matside_session_counts(session, &counts, &error), MATSIDE_USAGE);
  EXPECT_EQ(counts.left, 0);
  matside_session_free(session);

  EXPECT_EQ(matside_session_push(nullptr, &frame, &error), MATSIDE_USAGE);
  EXPECT_EQ(matside_session_finish(nullptr, &error), MATSIDE_USAGE);
  EXPECT_THAT(error.message, HasSubstr("session: is NULL"));
  EXPECT_EQ(matside_session_event_count(nullptr), 0);
  matside_exercise* exercise = nullptr;
  EXPECT_EQ(matside_exercise_parse(nullptr, 0, "", 0, &exercise, &error), MATSIDE_USAGE);
  EXPECT_EQ(matside_exercise_parse("", 0, "", 0, nullptr, &error), MATSIDE_USAGE);
  EXPECT_EQ(matside_exercise_parse("", 0, "", 0, &exercise, &error), MATSIDE_EXERCISE);
  EXPECT_EQ(exercise, nullptr);
  matside_exercise_free(nullptr);
  matside_session_free(nullptr);
}

TEST(LibraryInC, WritesTheMessageOfAPoseStream) {
  auto frames = frames_with_faults();
  frames.resize(40);
  frames[3].pose.reset();
  std::vector<matside_frame> given;
  formats::PoseMessageWriter expected(7);
  for (const pose::PoseFrame& frame : frames) {
    given.push_back(frame_of(frame).raw());
    ASSERT_TRUE(expected.add(frame).ok());
  }
  std::vector<std::uint8_t> message(MATSIDE_POSE_MESSAGE_BYTES);
  std::size_t size = 0;
  const auto written = [&] {
    return matside_pose_message(given.data(), static_cast<int>(given.size()), 7, message.data(),
                                message.size(), &size, nullptr);
  };
  ASSERT_EQ(written(), MATSIDE_OK);
  message.resize(size);
  EXPECT_EQ(message,
            std::vector<std::uint8_t>(expected.bytes().begin(), expected.bytes().end()));
  EXPECT_TRUE(formats::PoseMessage::read(message).ok());
  message.resize(MATSIDE_POSE_MESSAGE_BYTES);
  given.push_back(given.back());  // The same time again.
  EXPECT_EQ(written(), MATSIDE_INPUT);
  given.resize(61);
  EXPECT_EQ(written(), MATSIDE_USAGE);
}

TEST(LibraryInC, RefusesAMessageThatDoesNotFit) {
  matside_frame frame = MATSIDE_FRAME_INIT;
  frame.width_px = 640;
  frame.height_px = 360;
  std::vector<std::uint8_t> message(424, 9);
  std::size_t size = 1;
  matside_error error;
  const auto written = [&](const matside_frame* given, int count, std::size_t capacity) {
    return matside_pose_message(given, count, 0, message.data(), capacity, &size, &error);
  };
  EXPECT_EQ(written(&frame, 1, 423), MATSIDE_USAGE);
  EXPECT_THAT(error.message, HasSubstr("needs 424"));
  EXPECT_EQ(size, 0U);
  EXPECT_EQ(written(nullptr, 1, 424), MATSIDE_USAGE);
  EXPECT_EQ(written(&frame, 0, 424), MATSIDE_USAGE);
  EXPECT_EQ(written(&frame, -1, 424), MATSIDE_USAGE);
  EXPECT_EQ(matside_pose_message(&frame, 1, 0, nullptr, 424, &size, &error), MATSIDE_USAGE);
  EXPECT_EQ(matside_pose_message(&frame, 1, 0, message.data(), 424, nullptr, nullptr),
            MATSIDE_USAGE);
  frame.time_s = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(written(&frame, 1, 424), MATSIDE_INPUT);
  frame.time_s = 0.0;
  frame.struct_size = 8;
  EXPECT_EQ(written(&frame, 1, 424), MATSIDE_USAGE);
  EXPECT_EQ(message, std::vector<std::uint8_t>(424, 9));
  frame.struct_size = sizeof frame;
  EXPECT_EQ(written(&frame, 1, 424), MATSIDE_OK);
  EXPECT_EQ(size, 424U);
}

TEST(LibraryInC, NamesEachLandmark) {
  for (int i = 0; i < MATSIDE_LANDMARKS; ++i) {
    EXPECT_EQ(matside_landmark_name(i), pose::name(static_cast<pose::Landmark>(i)));
  }
  EXPECT_STREQ(matside_landmark_name(MATSIDE_RIGHT_FOOT_INDEX), "right_foot_index");
  EXPECT_STREQ(matside_landmark_name(MATSIDE_LEFT_KNEE), "left_knee");
  EXPECT_EQ(name(Landmark::right_heel), "right_heel");
  EXPECT_EQ(matside_landmark_name(-1), nullptr);
  EXPECT_EQ(matside_landmark_name(MATSIDE_LANDMARKS), nullptr);
}

TEST(Library, AcceptsNanAndInfinity) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Session session;
  const auto frames = frames_with_faults();
  std::size_t n = 0;
  for (const pose::PoseFrame& seen : frames) {
    Frame frame = frame_of(seen);
    const double none = n % 2 == 0 ? kNan : kInfinity;
    if (++n % 5 == 0) frame.set_landmark(Landmark::left_knee, none, -none, none);
    if (n % 7 == 0) frame.set_knee_flexion(Side::right, none, none);
    if (n % 11 == 0) {
      frame = Frame(none, 640, 480);
      frame.set_landmark(Landmark::nose, 1.0, 2.0, 3.0);
    }
    session.push(frame);
  }
  session.finish();
  const json result = json::parse(session.result_json());
  EXPECT_EQ(result.at("source").at("frames"), frames.size());
  EXPECT_TRUE(result.at("source").at("duration_s").is_number());
}

TEST(Library, ReportsThatMemoryRanOutAndLeaksNothing) {
  // Refuses one allocation at a time; of the many for the exercise's text only each 997th.
  const auto frames = frames_with_faults();
  int refusals = 0;
  for (long first = 0;; first += first < 20 ? 1 : 997) {
    matside_session* session = nullptr;
    matside_error error;
    until_refused = first;
    const matside_status status = matside_session_new(nullptr, 1, &session, &error);
    until_refused = -1;
    if (status == MATSIDE_OK) {
      matside_session_free(session);
      break;
    }
    ++refusals;
    ASSERT_EQ(status, MATSIDE_NO_MEMORY);
    EXPECT_STREQ(error.message, "out of memory");
    EXPECT_EQ(session, nullptr);
  }
  EXPECT_GT(refusals, 20);

  Session session;
  until_refused = 2;
  EXPECT_THROW(
      {
        for (const pose::PoseFrame& frame : frames) session.push(frame_of(frame));
      },
      std::bad_alloc);
  until_refused = -1;
  EXPECT_THAT(refused(MATSIDE_USAGE, [&] { session.finish(); }), HasSubstr("only be freed"));
}

TEST(Library, HasAVersionNumber) {
  EXPECT_THAT(std::string(version()), ::testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

}  // namespace
}  // namespace matside
