#include "report/camera_quality.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/support/practice.h"

namespace matside::report {
namespace {

std::vector<pose::PoseFrame> lying_frames() {
  support::Practice practice;
  practice.steps = support::alternating(1);
  return perform(practice).frames;
}

const Aspect& aspect(const CameraQuality& camera, AspectId id) {
  return *std::ranges::find(camera.aspects, id, &Aspect::id);
}

TEST(CameraQuality, follows_the_engines_warnings) {
  engine::Analysis analysis;
  const auto frames = lying_frames();
  analysis.frames = 100;
  analysis.frames_with_pose = 90;
  analysis.view.camera_yaw = base::Degrees(30.0);
  analysis.repetitions.resize(2);
  EXPECT_EQ(camera_quality(frames, analysis).grade, Grade::good);
  analysis.warnings = {{"camera_oblique", ""}};
  const CameraQuality fair = camera_quality(frames, analysis);
  EXPECT_EQ(fair.grade, Grade::fair);
  EXPECT_EQ(fair.aspects[0].id, AspectId::side_on);
  EXPECT_EQ(fair.aspects[0].grade, Grade::fair);
  EXPECT_EQ(fair.aspects[0].value, 30.0);
  EXPECT_EQ(fair.aspects[1].grade, Grade::good);
  for (exercise::Repetition& r : analysis.repetitions) r.scored = false;
  EXPECT_EQ(camera_quality(frames, analysis).grade, Grade::poor);
  analysis.warnings = {{"no_person", ""}};
  EXPECT_EQ(camera_quality({}, analysis).grade, Grade::poor);
}

TEST(CameraQuality, reports_medians) {
  const auto frames = lying_frames();
  const CameraQuality camera = camera_quality(frames, {});
  const auto& rate_hz = aspect(camera, AspectId::frame_rate).value;
  ASSERT_TRUE(rate_hz);
  EXPECT_NEAR(*rate_hz, 30.0, 0.01);
  const auto& size = aspect(camera, AspectId::size).value;
  ASSERT_TRUE(size);
  EXPECT_GT(*size, 0.4);
  EXPECT_LT(*size, 1.0);
  EXPECT_FALSE(frame_rate_hz({}));
}

TEST(CameraQuality, grades_each_aspect_by_its_own_warning) {
  engine::Analysis analysis;
  const auto frames = lying_frames();
  analysis.repetitions.resize(1);
  const std::vector<std::pair<std::string, AspectId>> causes{
      {"camera_high", AspectId::level},      {"person_small", AspectId::size},
      {"cut_off", AspectId::whole_body},     {"low_frame_rate", AspectId::frame_rate},
      {"often_lost", AspectId::found},       {"broken_poses", AspectId::near_leg},
      {"broken_poses", AspectId::far_leg},   {"unsteady", AspectId::steadiness},
      {"camera_oblique", AspectId::side_on}, {"feet_cut_off", AspectId::whole_body}};
  for (const auto& [warning, id] : causes) {
    analysis.warnings = {{warning, ""}};
    const CameraQuality camera = camera_quality(frames, analysis);
    EXPECT_EQ(camera.grade, Grade::fair) << warning;
    EXPECT_EQ(aspect(camera, id).grade, Grade::fair) << warning;
  }
}

TEST(CameraQuality, is_poor_when_the_legs_or_the_person_were_not_seen) {
  engine::Analysis analysis;
  analysis.repetitions.resize(1);
  for (const std::string warning : {"legs_not_seen", "no_person", "not_lying", "on_back",
                                    "on_side", "on_all_fours", "hips_up"}) {
    analysis.warnings = {{warning, ""}};
    EXPECT_EQ(camera_quality({}, analysis).grade, Grade::poor) << warning;
  }
}

TEST(CameraQuality, has_a_distinct_name_for_every_aspect) {
  std::set<std::string> names;
  const CameraQuality camera = camera_quality(lying_frames(), {});
  for (const Aspect& each : camera.aspects) names.insert(std::string(name(each.id)));
  EXPECT_EQ(names.size(), 9U);
}

TEST(CameraQuality, reports_the_found_share_of_the_pictures) {
  engine::Analysis analysis;
  analysis.frames = 200;
  analysis.frames_with_pose = 150;
  const CameraQuality camera = camera_quality(lying_frames(), analysis);
  EXPECT_EQ(aspect(camera, AspectId::found).value, 0.75);
}

TEST(FrameRate, is_the_mean_over_the_recording) {
  std::vector<pose::PoseFrame> frames(3);
  frames[1].time = base::Seconds(0.1);
  frames[2].time = base::Seconds(0.4);
  EXPECT_NEAR(frame_rate_hz(frames).value_or(0.0), 5.0, 1e-9);
  EXPECT_FALSE(frame_rate_hz({frames.data(), 1}));
  for (pose::PoseFrame& frame : frames) frame.time = base::Seconds(1.0);
  EXPECT_FALSE(frame_rate_hz(frames));
}

}  // namespace
}  // namespace matside::report
