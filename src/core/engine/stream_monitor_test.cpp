#include "core/engine/stream_monitor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"

namespace matside::engine {
namespace {

using base::Degrees;
using base::Seconds;
using pose::Landmark;
using pose::PoseFrame;
using Ids = std::vector<std::string_view>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

const exercise::StreamRules& rules() { return support::single_leg_kick().stream; }

PoseFrame lying(double time_s) {
  static const PoseFrame kFrame = support::pictured(support::on_forearms());
  PoseFrame out = kFrame;
  out.time = Seconds(time_s);
  return out;
}

PoseFrame empty(double time_s) {
  PoseFrame out = lying(time_s);
  out.pose.reset();
  return out;
}

PoseFrame without_legs(double time_s) {
  PoseFrame out = lying(time_s);
  for (const Landmark knee : {Landmark::left_knee, Landmark::right_knee}) {
    (*out.pose)[knee].score = 0.0;
  }
  return out;
}

class Stream {
 public:
  /// The ids of the warnings that this frame gives cause for.
  Ids push(const PoseFrame& frame) {
    used_ = false;
    if (monitor_.in_order(frame.time)) {
      used_ = monitor_.observe(frame, kinematics::measure(frame, support::kObservedMinScore));
    }
    const auto ids = monitor_.new_warnings();
    return {ids.begin(), ids.end()};
  }
  [[nodiscard]] bool used() const { return used_; }
  void expect_gap() { monitor_.expect_gap(); }
  [[nodiscard]] Ids all() const { return monitor_.warnings(); }

 private:
  StreamMonitor monitor_{rules()};
  bool used_ = false;
};

TEST(BurstDetection, reports_a_burst_once_at_its_threshold) {
  BurstDetector burst("odd", 3, Seconds(1.0));
  std::vector<bool> reported;
  for (int i = 0; i < 6; ++i) reported.push_back(burst.seen(Seconds(0.1 * i)));
  EXPECT_EQ(reported, (std::vector{false, false, true, false, false, false}));
  EXPECT_EQ(burst.id(), "odd");
  EXPECT_TRUE(burst.was_reported());
}

TEST(BurstDetection, begins_again_after_a_quiet_time_and_not_before) {
  BurstDetector burst("odd", 1, Seconds(1.0));
  EXPECT_TRUE(burst.seen(Seconds(0.0)));
  EXPECT_FALSE(burst.seen(Seconds(1.0)));
  EXPECT_TRUE(burst.seen(Seconds(2.1)));
}

TEST(BurstDetection, never_reports_what_is_too_rare) {
  BurstDetector burst("odd", 2, Seconds(1.0));
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(burst.seen(Seconds(2.0 * i)));
  EXPECT_FALSE(burst.was_reported());
}

TEST(StreamWatching, of_a_good_stream_has_nothing_to_say) {
  for (const double fps : {15.0, 30.0, 120.0, 1000.0}) {
    Stream stream;
    for (int i = 0; i < 300; ++i) {
      EXPECT_TRUE(stream.push(lying(i / fps)).empty());
      EXPECT_TRUE(stream.used());
    }
    EXPECT_TRUE(stream.all().empty()) << fps;
  }
}

TEST(StreamWatching, reports_a_slow_camera_once) {
  Stream stream;
  Ids reported;
  double at_s = 0.0;
  for (; at_s < 5.0; at_s += 0.1) {
    for (const std::string_view id : stream.push(lying(at_s))) reported.push_back(id);
    if (at_s < 1.9) {
      EXPECT_TRUE(reported.empty()) << at_s;
    }
    if (at_s > 2.2) {
      EXPECT_EQ(reported, Ids{"frames_missing"}) << at_s;
    }
  }
  // Again after it was fast for a while.
  for (; at_s < 12.0; at_s += 1.0 / 30.0) stream.push(lying(at_s));
  for (; at_s < 17.0; at_s += 0.1) {
    for (const std::string_view id : stream.push(lying(at_s))) reported.push_back(id);
  }
  EXPECT_EQ(reported.size(), 2U);
}

TEST(StreamWatching, reports_a_gap_but_not_a_pause) {
  Stream stream;
  for (int i = 0; i < 90; ++i) EXPECT_TRUE(stream.push(lying(i / 30.0)).empty());
  EXPECT_TRUE(stream.push(lying(3.4)).empty());
  EXPECT_EQ(stream.push(lying(4.0)), Ids{"frames_missing"});
  for (int i = 1; i < 90; ++i) EXPECT_TRUE(stream.push(lying(4.0 + i / 30.0)).empty());
  stream.expect_gap();
  for (int i = 0; i < 90; ++i) EXPECT_TRUE(stream.push(lying(60.0 + i / 30.0)).empty());
}

TEST(StreamWatching, leaves_out_times_that_do_not_rise_or_are_no_numbers) {
  for (const double odd_s : {5.0, 4.9, -1.0, kNan, kInfinity, -kInfinity}) {
    Stream stream;
    stream.push(lying(5.0));
    EXPECT_EQ(stream.push(lying(odd_s)), Ids{"disorder"}) << odd_s;
    EXPECT_FALSE(stream.used());
    EXPECT_TRUE(stream.push(lying(5.1)).empty());
    EXPECT_TRUE(stream.used());
    EXPECT_EQ(stream.all(), Ids{"disorder"});
  }
}

TEST(StreamWatching, warns_of_disorder_once_a_burst) {
  Stream stream;
  stream.push(lying(10.0));
  EXPECT_EQ(stream.push(lying(3.0)), Ids{"disorder"});
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(stream.push(lying(3.0 + i * 0.1)).empty());
  const double later_s = 10.0 + rules().quiet_time.value + 1.0;
  stream.push(lying(later_s));
  EXPECT_EQ(stream.push(lying(3.0)), Ids{"disorder"});
  EXPECT_EQ(stream.all(), Ids{"disorder"});
}

TEST(StreamWatching, a_first_frame_may_have_any_time_of_a_clock) {
  for (const double start_s : {0.0, 1.8e9}) {
    Stream stream;
    EXPECT_TRUE(stream.push(lying(start_s)).empty());
    EXPECT_TRUE(stream.used());
  }
}

TEST(StreamWatching, warns_of_broken_joints_and_readings_and_uses_the_rest) {
  std::vector<PoseFrame> broken(3, lying(0.0));
  (*broken[0].pose)[Landmark::left_wrist].position.x_px = kNan;
  (*broken[1].pose)[Landmark::nose].score = 1.5;
  broken[2].pose->knees[1] = pose::KneeEstimate{Degrees(90.0), Degrees(-1.0)};
  for (const PoseFrame& frame : broken) {
    Stream stream;
    EXPECT_EQ(stream.push(frame), Ids{"broken_poses"});
    EXPECT_TRUE(stream.used());
    EXPECT_EQ(stream.all(), Ids{"broken_poses"});
  }
}

TEST(StreamWatching, thins_frames_faster_than_any_camera_and_warns_of_many) {
  Stream stream;
  const double step_s = 0.25 * rules().step_min.value;
  int used = 0;
  int warned = 0;
  const int count = static_cast<int>(8.0 * rules().high_rate_frames.value);
  for (int i = 0; i < count; ++i) {
    const Ids ids = stream.push(lying(i * step_s));
    used += stream.used() ? 1 : 0;
    warned += static_cast<int>(std::ranges::count(ids, "high_frame_rate"));
  }
  EXPECT_LE(used, count / 4 + 1);
  EXPECT_GE(used, count / 5 - 1);
  EXPECT_EQ(warned, 1);
  EXPECT_EQ(stream.all(), Ids{"high_frame_rate"});
}

TEST(StreamWatching, accepts_a_doubled_frame_now_and_then) {
  Stream stream;
  for (int i = 0; i < 300; ++i) {
    stream.push(lying(i / 5.0));
    stream.push(lying(i / 5.0 + 1e-5));
    EXPECT_FALSE(stream.used());
  }
  EXPECT_TRUE(stream.all().empty());
}

TEST(StreamWatching, warns_once_when_nobody_or_no_leg_is_seen_for_long) {
  const double patience_s = rules().unseen_warning.value;
  const struct {
    PoseFrame (*frame)(double);
    std::string_view id;
  } cases[] = {{empty, "no_person"}, {without_legs, "legs_not_seen"}};
  for (const auto& c : cases) {
    Stream stream;
    stream.push(lying(0.0));
    Ids warned;
    for (int i = 1; i < static_cast<int>(30.0 * 4.0 * patience_s); ++i) {
      const double now_s = i / 30.0;
      for (const auto id : stream.push(c.frame(now_s))) {
        warned.push_back(id);
        EXPECT_NEAR(now_s, patience_s, 0.1);
      }
      EXPECT_TRUE(stream.used());
    }
    EXPECT_EQ(warned, Ids{c.id});
  }
}

TEST(StreamWatching, warns_again_of_somebody_who_came_back_and_left) {
  const double patience_s = rules().unseen_warning.value;
  Stream stream;
  int warned = 0;
  double now_s = 0.0;
  for (int turn = 0; turn < 3; ++turn) {
    stream.push(lying(now_s += 0.05));
    for (const double end_s = now_s + patience_s + 1.0; now_s < end_s;) {
      warned += static_cast<int>(stream.push(empty(now_s += 0.05)).size());
    }
  }
  EXPECT_EQ(warned, 3);
}

TEST(StreamWatching, accepts_one_visible_leg) {
  Stream stream;
  for (int i = 0; i < 300; ++i) {
    PoseFrame frame = lying(i / 30.0);
    (*frame.pose)[Landmark::left_ankle].score = 0.0;
    EXPECT_TRUE(stream.push(frame).empty());
  }
}

}  // namespace
}  // namespace matside::engine
