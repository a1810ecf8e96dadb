#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/engine/knee_curve.h"
#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"
#include "tests/support/practice.h"

namespace matside::engine {
namespace {

using base::Degrees;
using base::Seconds;
using pose::PoseFrame;
using pose::Side;

constexpr base::ImageSize kSize{640, 360};

KneeCurve curve_of(const std::vector<PoseFrame>& frames, const Analysis& analysis = {}) {
  return knee_curve(frames, analysis, support::single_leg_kick().measurement);
}

/// Somebody lying whose knee is bent by these angles from one second on, for three more.
std::vector<PoseFrame> bent(Side side, double bend_deg) {
  std::vector<PoseFrame> out;
  for (int i = 0; i < 120; ++i) {
    support::Posture posture = support::on_forearms();
    if (i >= 30) posture.knee_flexion_deg[index(side)] = bend_deg;
    out.push_back(support::pictured(posture, support::square_camera(), Seconds(i / 30.0)));
  }
  return out;
}

CameraView looking(std::optional<Degrees> yaw, std::optional<Degrees> pitch) {
  CameraView view;
  view.camera_yaw = yaw;
  view.camera_pitch = pitch;
  return view;
}

TEST(RectificationFrom, has_the_direction_that_the_analysis_found) {
  for (const double yaw_deg : {-20.0, 0.0, 15.0}) {
    for (const double pitch_deg : {0.0, 10.0}) {
      const auto view =
          rectification_from(looking(Degrees(yaw_deg), Degrees(pitch_deg)), kSize);
      EXPECT_NEAR(view.yaw().value(), yaw_deg, 1e-9);
      EXPECT_NEAR(view.pitch().value(), pitch_deg, 1e-9);
    }
  }
}

TEST(RectificationFrom, changes_nothing_where_either_angle_is_unknown) {
  for (const CameraView& view :
       {looking({}, {}), looking(Degrees(20.0), {}), looking({}, Degrees(20.0))}) {
    EXPECT_EQ(rectification_from(view, kSize).obliquity().value(), 0.0);
  }
}

TEST(KneeCurveOfAHeldBend, is_the_bend_of_that_leg_on_either_side) {
  for (const Side side : pose::kSides) {
    for (const double bend_deg : {30.0, 60.0, 100.0}) {
      const KneeCurve curve = curve_of(bent(side, bend_deg));
      ASSERT_EQ(curve.times.size(), 120U);
      for (std::size_t i = 60; i < 110; ++i) {
        EXPECT_NEAR(curve.bend_deg[index(side)][i].value(), bend_deg, 1.5);
        EXPECT_NEAR(curve.bend_deg[index(other(side))][i].value(), 0.0, 1.5);
        EXPECT_NEAR(curve.rest_deg[index(side)][i], support::kStraightKneeDeg, 1.5);
      }
    }
  }
}

TEST(KneeCurveOfAHeldBend, has_as_many_values_as_times_for_each_leg) {
  const KneeCurve curve = curve_of(bent(Side::left, 60.0));
  for (const auto& leg : curve.bend_deg) EXPECT_EQ(leg.size(), curve.times.size());
  EXPECT_TRUE(std::ranges::is_sorted(curve.times));
}

TEST(KneeCurveOfAHeldBend, has_no_value_where_the_leg_was_not_seen) {
  for (const Side side : pose::kSides) {
    auto frames = bent(side, 60.0);
    for (std::size_t i = 50; i < 70; ++i) {
      (*frames[i].pose)[on_side(pose::Landmark::left_ankle, side)].score = 0.0;
    }
    const KneeCurve curve = curve_of(frames);
    ASSERT_EQ(curve.times.size(), frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
      EXPECT_EQ(curve.bend_deg[index(side)][i].has_value(), i < 50 || i >= 70) << i;
      EXPECT_TRUE(curve.bend_deg[index(other(side))][i].has_value()) << i;
    }
  }
}

TEST(KneeCurveOfAHeldBend, exchanges_its_lines_in_a_mirror) {
  const auto frames = bent(Side::left, 80.0);
  std::vector<PoseFrame> mirror;
  for (const PoseFrame& f : frames) mirror.push_back(support::mirrored(f));
  const KneeCurve plain = curve_of(frames);
  const KneeCurve mirrored = curve_of(mirror);
  ASSERT_EQ(plain.times.size(), frames.size());
  ASSERT_EQ(mirrored.times.size(), frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    for (std::size_t side = 0; side < 2; ++side) {
      EXPECT_NEAR(mirrored.bend_deg[1 - side][i].value(), plain.bend_deg[side][i].value(),
                  1e-6);
    }
  }
}

TEST(KneeCurveOfAHeldBend, is_the_same_in_a_larger_picture_and_at_another_time) {
  const auto frames = bent(Side::right, 80.0);
  std::vector<PoseFrame> changed;
  for (const PoseFrame& f : frames) {
    changed.push_back(support::transformed(f, 3.0));
    changed.back().time += Seconds(64.0);
  }
  const KneeCurve plain = curve_of(frames);
  const KneeCurve other = curve_of(changed);
  ASSERT_EQ(plain.times.size(), frames.size());
  ASSERT_EQ(other.times.size(), frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    EXPECT_NEAR(other.times[i].value(), plain.times[i].value() + 64.0, 1e-9);
    EXPECT_NEAR(other.bend_deg[1][i].value(), plain.bend_deg[1][i].value(), 1e-5);
  }
}

TEST(KneeCurveOfAHeldBend, of_one_frame_or_nobody_is_short_or_empty) {
  const auto frames = bent(Side::left, 40.0);
  const KneeCurve one = curve_of({frames.back()});
  ASSERT_EQ(one.times.size(), 1U);
  EXPECT_NEAR(one.bend_deg[0][0].value(), 40.0 + support::kStraightKneeDeg, 1.0);
  auto empty = frames;
  for (PoseFrame& f : empty) f.pose.reset();
  EXPECT_TRUE(curve_of(empty).times.empty());
}

}  // namespace
}  // namespace matside::engine
