// What must hold for people, rooms and practices drawn by chance, seen through a pose network.
// A seed in a failure gives the same practice again: accuracy --explain SEED [--clean].
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cctype>
#include <cmath>
#include <limits>
#include <string>

#include "core/engine/session.h"
#include "tests/support/event_text.h"
#include "tests/support/exercise.h"
#include "tests/support/random_practice.h"

namespace matside {
namespace {

using engine::Analysis;
using engine::Session;
using pose::PoseFrame;
using support::Activity;
using support::Practice;
using support::Random;

Session session_for(int level) {
  auto session = Session::create(support::single_leg_kick(), level);
  EXPECT_TRUE(session.ok());
  return std::move(session).value();
}

Analysis analysed(const std::vector<PoseFrame>& frames, int level) {
  Session session = session_for(level);
  for (const PoseFrame& frame : frames) session.push(frame);
  session.finish();
  return session.analysis();
}

struct Count {
  std::size_t repetitions = 0;
  std::size_t kicks = 0;
  bool operator==(const Count&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Count& c) {
  return out << c.repetitions << " repetitions with " << c.kicks << " kicks";
}

Count counted(const Analysis& analysis) {
  Count c{analysis.repetitions.size(), 0};
  for (const auto& r : analysis.repetitions) c.kicks += r.kicks.size();
  return c;
}

constexpr support::RandomScenarioOptions kClean{
    .faults = false, .fewest_repetitions = 3, .most_repetitions = 4};

class CleanPractice : public testing::TestWithParam<int> {};

TEST_P(CleanPractice, is_counted_exactly) {
  for (int i = 0; i < 10; ++i) {
    const int seed = 10 * GetParam() + i;
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Practice practice =
        support::random_practice(static_cast<std::uint64_t>(seed), kClean);
    const auto performed = perform(practice);
    const Analysis a = analysed(performed.frames, practice.level);
    ASSERT_EQ(a.repetitions.size(), performed.repetitions.size());
    for (std::size_t r = 0; r < a.repetitions.size(); ++r) {
      const bool left = performed.repetitions[r].side == pose::Side::left;
      EXPECT_EQ(a.repetitions[r].side,
                left ? exercise::KickingSide::left : exercise::KickingSide::right);
      EXPECT_EQ(a.repetitions[r].kicks.size(), performed.repetitions[r].kicks.size());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Drawn, CleanPractice, testing::Range(1, 9));

class OtherActivity : public testing::TestWithParam<Activity> {};

TEST_P(OtherActivity, gives_no_repetition) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const auto scene = support::random_scene(GetParam(), seed);
    const Analysis a = analysed(perform(scene), static_cast<int>(seed % 4));
    EXPECT_EQ(a.repetitions.size(), 0U) << "seed " << seed;
  }
}

std::string test_name(const testing::TestParamInfo<Activity>& activity) {
  std::string out(name(activity.param));
  for (char& c : out) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(Simulated, OtherActivity, testing::ValuesIn(support::kActivities),
                         test_name);

TEST(AnyPractice, is_counted_alike_with_a_fifth_of_its_frames_lost) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Practice practice =
        support::random_practice(seed, {.fewest_repetitions = 3, .most_repetitions = 4});
    const auto frames = perform(practice).frames;
    std::vector<PoseFrame> fewer;
    Random random(seed);
    for (const PoseFrame& f : frames) {
      if (!random.chance(0.2)) fewer.push_back(f);
    }
    EXPECT_EQ(counted(analysed(fewer, practice.level)),
              counted(analysed(frames, practice.level)))
        << "seed " << seed;
  }
}

TEST(AnyPractice, gives_the_same_events_every_time) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Practice practice = support::random_practice(seed);
    const auto frames = perform(practice).frames;
    Random random(seed);
    std::vector<std::string> once;
    std::vector<std::string> again;
    Session first = session_for(practice.level);
    Session second = session_for(practice.level);
    std::int64_t pushed = 0;
    for (const PoseFrame& frame : frames) {
      for (const auto& e : first.push(frame)) once.push_back(support::text(e));
      for (const auto& e : second.push(frame)) again.push_back(support::text(e));
      ++pushed;
      if (random.chance(0.02)) {
        EXPECT_EQ(second.analysis().frames, pushed);
      }
    }
    for (const auto& e : first.finish()) once.push_back(support::text(e));
    for (const auto& e : second.finish()) again.push_back(support::text(e));
    EXPECT_EQ(once, again) << "seed " << seed;
    EXPECT_EQ(once.size(),
              first.analysis().repetitions.size() + first.analysis().set_faults.size());
  }
}

// What a broken source can do to a stream.
enum class Corruption {
  not_a_number,
  infinite,
  huge,
  backwards,
  repeated,
  no_pose,
  one_joint,
  hurry
};

void harm(std::vector<PoseFrame>& frames, Corruption kind, std::size_t from,
          std::size_t count) {
  const std::size_t to = std::min(frames.size(), from + count);
  const PoseFrame before = frames[from];
  for (std::size_t i = from; i < to; ++i) {
    PoseFrame& f = frames[i];
    switch (kind) {
      case Corruption::not_a_number:
        f.time = base::Seconds(std::nan(""));
        break;
      case Corruption::infinite:
        if (f.pose) f.pose->keypoints[i % 33].position.x_px = HUGE_VAL;
        break;
      case Corruption::huge:
        if (f.pose) f.pose->keypoints[i % 33].position = {-1e300, 1e300};
        break;
      case Corruption::backwards:
        f.time = before.time - base::Seconds(static_cast<double>(i - from));
        break;
      case Corruption::repeated:
        f = before;
        break;
      case Corruption::no_pose:
        f.pose.reset();
        break;
      case Corruption::one_joint:
        for (std::size_t k = 0; f.pose && k < pose::kLandmarkCount; ++k) {
          if (k != 25) f.pose->keypoints[k].score = std::nan("");
        }
        break;
      case Corruption::hurry:
        f.time = before.time + base::Seconds(1e-4 * static_cast<double>(i - from));
        break;
    }
  }
}

RC_GTEST_PROP(AnyStream, however_broken_gives_finite_repetitions_in_order, ()) {
  static const auto kFrames =
      perform(support::random_practice(5, {.fewest_repetitions = 3, .most_repetitions = 3}))
          .frames;
  std::vector<PoseFrame> frames = kFrames;
  const int harms = *rc::gen::inRange(1, 6);
  for (int h = 0; h < harms; ++h) {
    const auto kind = static_cast<Corruption>(*rc::gen::inRange(0, 8));
    const auto from = *rc::gen::inRange<std::size_t>(0, frames.size());
    harm(frames, kind, from, *rc::gen::inRange<std::size_t>(1, 400));
  }
  const Analysis a = analysed(frames, 1);
  double last_s = -std::numeric_limits<double>::infinity();
  for (const auto& r : a.repetitions) {
    RC_ASSERT(std::isfinite(r.start.value()) && std::isfinite(r.end.value()));
    RC_ASSERT(r.start.value() >= last_s);
    RC_ASSERT(r.end >= r.start);
    RC_ASSERT(!r.kicks.empty());
    for (const auto& k : r.kicks) RC_ASSERT(std::isfinite(k.knee_flexion.value()));
    last_s = r.start.value();
  }
}

TEST(AnyStream, that_is_empty_gives_a_warning) {
  EXPECT_FALSE(analysed({}, 1).warnings.empty());
}

}  // namespace
}  // namespace matside
