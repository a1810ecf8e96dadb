// A practice gives the same events and result live and from its recording.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/engine/session.h"
#include "formats/analysis_json.h"
#include "formats/pose_csv.h"
#include "tests/support/event_text.h"
#include "tests/support/exercise.h"
#include "tests/support/random.h"
#include "tests/support/random_practice.h"

namespace matside {
namespace {

using engine::Analysis;
using engine::Event;
using pose::PoseFrame;
using Frames = std::vector<PoseFrame>;

#ifdef MATSIDE_SANITIZED
constexpr std::uint64_t kPractices = 8;
#else
constexpr std::uint64_t kPractices = 40;
#endif

/// The events in order, and the final analysis.
struct Reported {
  std::vector<std::string> events;
  std::vector<exercise::Repetition> repetitions;
  std::vector<std::string> set_faults;
  Analysis analysis;
};

Reported analysed(const Frames& frames, int level) {
  auto session = engine::Session::create(support::single_leg_kick(), level);
  EXPECT_TRUE(session.ok());
  Reported reported;
  const auto listen = [&](std::span<const Event> events) {
    for (const Event& event : events) {
      reported.events.push_back(support::text(event));
      if (const auto* f = std::get_if<engine::RepetitionFinished>(&event)) {
        reported.repetitions.push_back(f->repetition);
      } else if (const auto* s = std::get_if<engine::SetFaultSeen>(&event)) {
        reported.set_faults.push_back(s->fault.id);
      }
    }
  };
  for (const PoseFrame& frame : frames) listen(session.value().push(frame));
  listen(session.value().finish());
  reported.analysis = session.value().analysis();
  return reported;
}

// As every source gives frames.
Frames live(const support::Practice& practice) {
  Frames frames;
  for (const PoseFrame& frame : perform(practice).frames) frames.push_back(rounded(frame));
  return frames;
}

// Written to a table and read again.
Frames recorded(const Frames& frames) {
  std::string table = formats::pose_csv_header();
  for (const PoseFrame& frame : frames) table += formats::pose_csv_row(frame);
  auto read = formats::read_pose_csv(table, "poses.csv", frames.front().image_size);
  EXPECT_TRUE(read.ok()) << read.error().message;
  return read.ok() ? std::move(read).value() : Frames{};
}

std::string json(const Analysis& analysis) {
  formats::AnalysisRecord record;
  record.exercise_id = "single-leg-kick";
  record.analysis = analysis;
  return analysis_json(record);
}

TEST(LiveAndRecorded, practices_give_the_same_events_and_result_bit_for_bit) {
  for (std::uint64_t seed = 1; seed <= kPractices; ++seed) {
    const auto practice = support::random_practice(seed);
    const Frames frames = live(practice);
    const Reported now = analysed(frames, practice.level);
    const Reported later = analysed(recorded(frames), practice.level);
    EXPECT_EQ(now.events, later.events) << "seed " << seed;
    EXPECT_EQ(json(now.analysis), json(later.analysis)) << "seed " << seed;
    EXPECT_FALSE(now.events.empty()) << "seed " << seed;
  }
}

TEST(LiveAndRecorded, events_add_up_to_the_counts_sides_and_faults_of_the_result) {
  for (std::uint64_t seed = 1; seed <= kPractices; ++seed) {
    const auto practice = support::random_practice(seed);
    const Reported reported = analysed(live(practice), practice.level);
    engine::RepetitionCounts heard;
    ASSERT_EQ(reported.repetitions.size(), reported.analysis.repetitions.size())
        << "seed " << seed;
    for (std::size_t i = 0; i < reported.repetitions.size(); ++i) {
      const exercise::Repetition& r = reported.repetitions[i];
      (r.side == exercise::KickingSide::left    ? heard.left
       : r.side == exercise::KickingSide::right ? heard.right
                                                : heard.unsure) += 1;
      heard.kicks += static_cast<int>(r.kicks.size());
      heard.clean += r.status == exercise::RepetitionStatus::clean ? 1 : 0;
      EXPECT_EQ(support::text(engine::RepetitionFinished{r}),
                support::text(engine::RepetitionFinished{reported.analysis.repetitions[i]}));
    }
    const engine::RepetitionCounts& counts = reported.analysis.counts;
    EXPECT_EQ(heard.left, counts.left) << "seed " << seed;
    EXPECT_EQ(heard.right, counts.right) << "seed " << seed;
    EXPECT_EQ(heard.unsure, counts.unsure) << "seed " << seed;
    EXPECT_EQ(heard.kicks, counts.kicks) << "seed " << seed;
    EXPECT_EQ(heard.clean, counts.clean) << "seed " << seed;
    std::vector<std::string> set_faults;
    for (const auto& fault : reported.analysis.set_faults) set_faults.push_back(fault.id);
    EXPECT_EQ(reported.set_faults, set_faults) << "seed " << seed;
  }
}

// Sides and kicks of the repetitions.
std::vector<std::pair<exercise::KickingSide, std::size_t>> counted(const Analysis& analysis) {
  std::vector<std::pair<exercise::KickingSide, std::size_t>> out;
  for (const auto& rep : analysis.repetitions) out.emplace_back(rep.side, rep.kicks.size());
  return out;
}

// Where a kick is hardly more than the noise, a frame decides; so it is in one practice of a
// hundred.
TEST(LiveAndRecorded, a_fifth_of_the_frames_lost_changes_the_counts_of_few_practices) {
  std::vector<std::uint64_t> which;
  const std::uint64_t practices = 3 * kPractices;
  for (std::uint64_t seed = 1001; seed <= 1000 + practices; ++seed) {
    const auto practice = support::random_practice(seed);
    const Frames frames = live(practice);
    Frames fewer;
    support::Random random(seed);
    for (const PoseFrame& frame : frames) {
      if (!random.chance(0.2)) fewer.push_back(frame);
    }
    if (counted(analysed(fewer, practice.level).analysis) !=
        counted(analysed(frames, practice.level).analysis)) {
      which.push_back(seed);
    }
  }
  EXPECT_LE(which.size(), 1 + practices / 50) << testing::PrintToString(which);
}

}  // namespace
}  // namespace matside
