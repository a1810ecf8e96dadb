#include "core/engine/quality_monitor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"

namespace matside::engine {
namespace {

using base::Degrees;
using base::Seconds;
using pose::Landmark;
using pose::PoseFrame;
using pose::Side;

const exercise::Definition& kick() { return support::single_leg_kick(); }
const exercise::CameraRules& rules() { return kick().camera; }
const exercise::Level& level() { return *kick().level(1); }

PoseFrame lying(Side near = Side::right) {
  return support::pictured(support::on_forearms(), support::square_camera(near));
}

PoseFrame bent() {
  support::Posture posture = support::on_forearms();
  posture.knee_flexion_deg = {90.0, 0.0};
  return support::pictured(posture, support::square_camera(Side::left));
}

PoseFrame standing() {
  support::Posture posture;
  posture.upright_deg = 90.0;
  return support::pictured(posture);
}

PoseFrame nobody() {
  PoseFrame out = lying();
  out.pose.reset();
  return out;
}

PoseFrame footless() {
  PoseFrame out = lying();
  (*out.pose)[Landmark::left_ankle].score = 0.0;
  (*out.pose)[Landmark::right_ankle].score = 0.0;
  return out;
}

PoseFrame cut_off() {
  PoseFrame out = lying();
  (*out.pose)[Landmark::nose].position.x_px = 9999.0;
  return out;
}

/// A practice before the monitor, 30 frames a second.
class Practice {
 public:
  Practice& see(PoseFrame frame, int times) {
    for (int i = 0; i < times; ++i) {
      frame.time = Seconds(now_s_);
      now_s_ += 1.0 / fps_;
      monitor_.observe(frame, kinematics::measure(frame, support::kObservedMinScore));
    }
    return *this;
  }
  Practice& at(double fps) {
    fps_ = fps;
    return *this;
  }
  QualityMonitor& monitor() { return monitor_; }

  std::vector<std::string> warnings(bool any_repetition = true) {
    std::vector<std::string> out;
    for (const Warning& w : monitor_.warnings(kick(), level(), any_repetition)) {
      out.push_back(w.id);
      EXPECT_FALSE(w.message.empty()) << w.id;
      EXPECT_NE(w.message, w.id) << "the exercise has words for it";
    }
    return out;
  }
  bool warns(const std::string& id, bool any_repetition = true) {
    return std::ranges::count(warnings(any_repetition), id) == 1;
  }

 private:
  QualityMonitor monitor_{rules(), base::Degrees(kick().repetition.counted_bend.value)};
  double now_s_ = 0.0;
  double fps_ = 30.0;
};

kinematics::PlaneRectification camera(double yaw_deg, double pitch_deg) {
  const double yaw = yaw_deg * std::numbers::pi / 180.0;
  const double pitch = pitch_deg * std::numbers::pi / 180.0;
  return {{-std::sin(yaw) * std::cos(pitch), -std::sin(pitch), std::cos(yaw) * std::cos(pitch)},
          {640, 360}};
}

kinematics::RestPose propped(double trunk_deg) {
  kinematics::RestPose rest;
  rest.trunk_incline = Degrees(trunk_deg);
  return rest;
}

double level_trunk_deg() { return 0.5 * (level().trunk_min.value + level().trunk_max.value); }

TEST(MakeWarning, has_the_exercises_words_or_its_id) {
  EXPECT_EQ(make_warning(kick(), "not_lying").message,
            kick().phrase("warning_not_lying")->text);
  EXPECT_EQ(make_warning(kick(), "nonsense").message, "nonsense");
  EXPECT_EQ(make_warning(kick(), "nonsense").id, "nonsense");
}

TEST(QualityWarnings, of_a_good_practice_are_none) {
  EXPECT_TRUE(Practice().see(lying(), 300).warnings().empty());
}

TEST(QualityWarnings, give_a_reason_where_no_repetition_was_counted) {
  EXPECT_EQ(Practice().see(lying(), 300).warnings(false),
            std::vector<std::string>{"no_repetition"});
  EXPECT_EQ(Practice().see(nobody(), 300).warnings(false),
            std::vector<std::string>{"no_person"});
  EXPECT_EQ(Practice().see(standing(), 300).warnings(false),
            std::vector<std::string>{"not_lying"});
  EXPECT_EQ(Practice().see(footless(), 300).warnings(false).front(), "legs_not_seen");
  EXPECT_FALSE(Practice().warnings(false).empty()) << "no frame at all";
}

PoseFrame with_legs(double thigh_deg, double shank_deg) {
  PoseFrame out = lying();
  for (const Side side : pose::kSides) {
    const auto at = [&](Landmark left_twin) -> base::ImagePoint& {
      return (*out.pose)[pose::on_side(left_twin, side)].position;
    };
    const auto along = [](double deg) {
      const double angle = deg * std::numbers::pi / 180.0;
      return base::ImageVector{90.0 * std::cos(angle), -90.0 * std::sin(angle)};
    };
    at(Landmark::left_knee) = at(Landmark::left_hip) + along(thigh_deg);
    at(Landmark::left_ankle) = at(Landmark::left_knee) + along(shank_deg);
  }
  return out;
}

// The head is at the picture's right.
PoseFrame on_all_fours() { return with_legs(-90.0, 180.0); }
PoseFrame hips_up() { return with_legs(-130.0, -130.0); }

PoseFrame hips_a_little_up() {
  support::Posture posture = support::on_forearms();
  posture.hip_rise_m = 0.1;
  posture.knee_flexion_deg = {7.0, 7.0};
  return support::pictured(posture);
}

PoseFrame on_the_back() {
  PoseFrame out = support::pictured({});
  const double hip_px = (*out.pose)[Landmark::left_hip].position.y_px;
  for (pose::Keypoint& k : out.pose->keypoints)
    k.position.y_px = 2.0 * hip_px - k.position.y_px;
  return out;
}

PoseFrame on_one_side() {
  PoseFrame out = support::pictured({});
  const double trunk_px = base::length((*out.pose)[Landmark::left_shoulder].position -
                                       (*out.pose)[Landmark::left_hip].position);
  for (const Landmark joint : {Landmark::left_shoulder, Landmark::left_hip})
    (*out.pose)[joint].position.y_px -= 0.6 * trunk_px;
  const base::ImagePoint ear = (*out.pose)[Landmark::left_ear].position;
  (*out.pose)[Landmark::nose].position = (*out.pose)[Landmark::right_ear].position = ear;
  return out;
}

TEST(QualityWarnings, name_what_somebody_did_who_did_not_lie_prone) {
  const struct {
    PoseFrame frame;
    const char* id;
  } cases[] = {{on_the_back(), "on_back"},
               {on_one_side(), "on_side"},
               {on_all_fours(), "on_all_fours"},
               {hips_up(), "hips_up"}};
  for (const auto& [frame, id] : cases) {
    EXPECT_EQ(Practice().see(frame, 100).warnings(false), std::vector<std::string>{id});
    EXPECT_EQ(Practice().see(frame, 40).see(lying(), 60).warnings(false),
              std::vector<std::string>{id})
        << "for a good part of the time";
    EXPECT_TRUE(Practice().see(frame, 40).see(lying(), 60).warnings(true).empty())
        << "something was counted";
    EXPECT_EQ(Practice().see(frame, 30).see(standing(), 70).warnings(false),
              std::vector<std::string>{"not_lying"})
        << "mostly upright";
  }
}

TEST(QualityWarnings, name_hips_that_were_a_little_up) {
  const PoseFrame frame = hips_a_little_up();
  EXPECT_EQ(Practice().see(frame, 100).warnings(false), std::vector<std::string>{"hips_up"});
  EXPECT_EQ(Practice().see(frame, 40).see(lying(), 60).warnings(false),
            std::vector<std::string>{"hips_up"})
      << "for a good part of the time";
  EXPECT_EQ(Practice().see(frame, 10).see(lying(), 90).warnings(false),
            std::vector<std::string>{"no_repetition"})
      << "for a moment";
  EXPECT_TRUE(Practice().see(frame, 100).warnings(true).empty()) << "something was counted";
}

TEST(QualityWarnings, say_what_was_seen_instead_of_a_bend_that_was_too_small) {
  Practice together;
  together.see(lying(), 100).monitor().add_together(1);
  EXPECT_EQ(together.warnings(false), std::vector<std::string>{"legs_together"});
  EXPECT_TRUE(together.warnings(true).empty());
  together.monitor().add_often_together();
  EXPECT_EQ(together.warnings(true), std::vector<std::string>{"legs_together"});
  Practice footless_picture;
  footless_picture.see(lying(), 100).monitor().add_feet_cut_off();
  EXPECT_EQ(footless_picture.warnings(false), std::vector<std::string>{"feet_cut_off"});
  PoseFrame small = lying();
  small.image_size = {6400, 3600};
  EXPECT_EQ(Practice().see(small, 100).warnings(false),
            std::vector<std::string>{"person_small"});
  EXPECT_EQ(Practice().at(2.0).see(lying(), 100).warnings(false),
            std::vector<std::string>{"low_frame_rate"});
}

TEST(QualityWarnings, say_that_no_leg_rested_only_where_knees_bent_and_none_did) {
  EXPECT_EQ(Practice().see(bent(), 300).warnings(false), std::vector<std::string>{"no_rest"});
  EXPECT_EQ(Practice().see(lying(), 270).see(bent(), 30).warnings(false),
            std::vector<std::string>{"no_repetition"})
      << "seldom bent";
  Practice rested;
  rested.see(bent(), 300).monitor().add_settled();
  EXPECT_EQ(rested.warnings(false), std::vector<std::string>{"no_repetition"});
}

TEST(QualityWarnings, of_a_single_picture_name_it) {
  Practice practice;
  practice.see(lying(), 1);
  EXPECT_TRUE(practice.warns("one_picture", false));
  EXPECT_FALSE(practice.warns("no_repetition", false));
  practice.see(lying(), 1);
  EXPECT_FALSE(practice.warns("one_picture"));
}

TEST(QualityWarnings, a_person_found_in_too_few_frames_was_often_lost) {
  const int seen = static_cast<int>(100.0 * rules().mostly_share.value);
  EXPECT_TRUE(Practice().see(lying(), seen - 2).see(nobody(), 102 - seen).warns("often_lost"));
  EXPECT_FALSE(Practice().see(lying(), seen + 2).see(nobody(), 98 - seen).warns("often_lost"));
}

TEST(QualityWarnings, a_body_cut_off_or_upright_matters_from_a_share_of_the_frames_on) {
  const int seldom = static_cast<int>(100.0 * rules().seldom_share.value);
  EXPECT_FALSE(
      Practice().see(cut_off(), seldom - 2).see(lying(), 102 - seldom).warns("cut_off"));
  EXPECT_TRUE(Practice().see(cut_off(), seldom + 2).see(lying(), 98 - seldom).warns("cut_off"));
  EXPECT_TRUE(
      Practice().see(lying(), seldom - 2).see(standing(), 102 - seldom).warns("not_lying"));
  EXPECT_FALSE(
      Practice().see(lying(), seldom + 2).see(standing(), 98 - seldom).warns("not_lying"));
}

TEST(QualityWarnings, include_a_person_too_small_in_most_frames) {
  PoseFrame small = lying();
  small.image_size = {6400, 3600};
  EXPECT_TRUE(Practice().see(small, 90).see(lying(), 10).warns("person_small"));
  EXPECT_FALSE(Practice().see(small, 10).see(lying(), 90).warns("person_small"));
}

TEST(QualityWarnings, mention_an_interruption_and_unscored_repetitions) {
  Practice practice;
  practice.see(lying(), 100);
  practice.monitor().add_interruption();
  EXPECT_EQ(practice.warnings(), std::vector<std::string>{"interrupted"});
  practice.monitor().add_unscored();
  EXPECT_TRUE(practice.warns("interrupted"));
  EXPECT_TRUE(practice.warns("unsteady"));
}

TEST(QualityWarnings, depend_on_the_frame_rate_only_where_kicks_can_be_missed) {
  const double border_fps = rules().frame_rate_min.value * rules().frame_rate_tolerance.value;
  for (const double factor : {0.95, 1.05}) {
    EXPECT_EQ(Practice().at(factor * border_fps).see(lying(), 300).warns("low_frame_rate"),
              factor < 1.0);
  }
  EXPECT_FALSE(Practice().at(1.0).see(lying(), 1).warns("low_frame_rate"));
}

TEST(QualityWarnings, mention_an_oblique_or_high_camera) {
  for (const double sign : {-1.0, 1.0}) {
    for (const double off : {-2.0, 2.0}) {
      Practice practice;
      practice.see(lying(), 100);
      practice.monitor().add_rest(propped(level_trunk_deg()),
                                  camera(sign * (rules().yaw_max.value + off), 0.0));
      EXPECT_EQ(practice.warns("camera_oblique"), off > 0.0) << sign << off;
      EXPECT_FALSE(practice.warns("camera_high"));
    }
  }
  for (const double off : {-2.0, 2.0}) {
    Practice practice;
    practice.see(lying(), 100);
    practice.monitor().add_rest(propped(level_trunk_deg()),
                                camera(0.0, rules().pitch_max.value + off));
    EXPECT_EQ(practice.warns("camera_high"), off > 0.0) << off;
  }
}

TEST(QualityWarnings, mention_a_chest_of_another_level) {
  const double margin = rules().trunk_margin.value;
  const struct {
    double trunk_deg;
    const char* id;
    bool warned;
  } cases[] = {{level().trunk_min.value - margin - 1.0, "chest_low", true},
               {level().trunk_min.value - margin + 1.0, "chest_low", false},
               {level().trunk_max.value + margin + 1.0, "chest_high", true},
               {level().trunk_max.value + margin - 1.0, "chest_high", false}};
  for (const auto& c : cases) {
    Practice practice;
    practice.see(lying(), 100);
    practice.monitor().add_rest(propped(c.trunk_deg), {});
    EXPECT_EQ(practice.warns(c.id), c.warned) << c.trunk_deg;
  }
}

TEST(QualityCounts, every_frame_those_with_a_pose_and_those_by_the_eye) {
  PoseFrame by_eye = lying();
  by_eye.pose->by_eye = true;
  Practice practice;
  practice.see(lying(), 5).see(nobody(), 3).see(by_eye, 2);
  EXPECT_EQ(practice.monitor().frames(), 10);
  EXPECT_EQ(practice.monitor().frames_with_pose(), 7);
  EXPECT_EQ(practice.monitor().frames_by_eye(), 2);
}

TEST(QualityView, is_the_side_that_most_lying_frames_show) {
  for (const Side side : pose::kSides) {
    Practice practice;
    EXPECT_FALSE(practice.monitor().view().near_side);
    practice.see(lying(side), 60).see(lying(other(side)), 40).see(standing(), 100);
    const CameraView view = practice.monitor().view();
    EXPECT_EQ(view.near_side, side);
    EXPECT_EQ(view.head_direction, side);
    EXPECT_FALSE(view.camera_yaw);
    EXPECT_FALSE(view.camera_pitch);
  }
}

TEST(QualityView, has_the_mean_direction_of_all_rests) {
  Practice practice;
  practice.see(lying(), 10);
  practice.monitor().add_rest(propped(29.0), camera(10.0, 4.0));
  practice.monitor().add_rest(propped(29.0), camera(20.0, 8.0));
  const CameraView view = practice.monitor().view();
  EXPECT_NEAR(view.camera_yaw->value(), 15.0, 1e-9);
  EXPECT_NEAR(view.camera_pitch->value(), 6.0, 1e-9);
}

}  // namespace
}  // namespace matside::engine
