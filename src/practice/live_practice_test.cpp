#include "practice/live_practice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::practice {
namespace {

using ::testing::Contains;
using ::testing::Not;

constexpr base::ImageSize kPicture{64, 48};

image::Image grey_picture(std::uint8_t value) {
  image::Image picture{kPicture, {}};
  picture.rgb.assign(picture.stride_bytes() * static_cast<std::size_t>(kPicture.height_px),
                     value);
  return picture;
}

LivePractice practice() {
  return LivePractice::create(support::single_leg_kick(), {.level = 1, .repetitions = 2})
      .value();
}

PoseEstimator nobody(int quarter_turns) {
  return [quarter_turns](const image::View&) -> base::Result<blazepose::TrackedPose> {
    return blazepose::TrackedPose{std::nullopt, quarter_turns};
  };
}

TEST(LivePractice, numbers_and_rounds_the_frames_of_poses) {
  LivePractice live = practice();
  live.begin();
  pose::PoseFrame frame;
  frame.frame_index = 40;
  frame.time = base::Seconds(0.12345678);
  frame.image_size = kPicture;
  live.push(frame);
  frame.time = base::Seconds(0.2);
  live.push(frame);
  EXPECT_EQ(live.frames(), 2);
  EXPECT_EQ(live.last_frame().frame_index, 1);
  EXPECT_EQ(live.last_frame().time.value(), 0.2);
  EXPECT_TRUE(live.knees().empty());
}

TEST(LivePractice, counts_poses_as_a_lesson_counts_them) {
  support::Practice plan;
  plan.steps = support::alternating(6);
  LivePractice live = practice();
  auto lesson = coaching::Lesson::create(support::single_leg_kick(), live.request());
  ASSERT_TRUE(lesson);
  live.begin();
  lesson.value().begin();
  std::size_t events = 0;
  for (const pose::PoseFrame& frame : support::perform(plan).frames) {
    const std::size_t expected = lesson.value().push(pose::rounded(frame)).size();
    const std::size_t pushed = live.push(frame).size();
    ASSERT_EQ(pushed, expected);
    events += pushed;
  }
  EXPECT_GT(events, 0U);
  EXPECT_EQ(live.lesson().counts().left, lesson.value().counts().left);
  EXPECT_EQ(live.lesson().counts().right, lesson.value().counts().right);
}

TEST(LivePractice, keeps_the_quarter_turns_of_a_live_picture) {
  LivePractice live = practice();
  ASSERT_TRUE(live.push(grey_picture(100), base::Seconds(0.0), nobody(1)));
  EXPECT_EQ(live.last_frame().quarter_turns, 1);
  EXPECT_EQ(live.last_frame().image_size, (base::ImageSize{48, 64}));
}

TEST(LivePractice, samples_the_knees_of_live_pictures_at_most_every_60_ms) {
  LivePractice live = practice();
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(live.push(grey_picture(100), base::Seconds(0.03 * i), nobody(0)));
  }
  EXPECT_EQ(live.frames(), 10);
  EXPECT_EQ(live.knees().size(), 5U);
}

/// What is said while nobody is seen in these pictures.
std::vector<std::string> said_of(const image::View& picture) {
  LivePractice live = practice();
  live.begin();
  std::vector<std::string> said;
  for (int i = 0; i < 300; ++i) {
    const auto events = live.push(picture, base::Seconds(0.1 * i), nobody(0));
    for (const coaching::LessonEvent& event : events.value()) {
      const auto* speak = std::get_if<coaching::Speak>(&event);
      if (speak != nullptr) said.emplace_back(speak->id);
    }
  }
  return said;
}

TEST(LivePractice, says_that_it_is_dark_of_rgb_pictures_and_of_planes) {
  constexpr std::size_t kPixels = 64 * 48;
  const std::vector<std::uint8_t> neutral(kPixels, 128);
  const auto planes_of = [&neutral](const std::vector<std::uint8_t>& luma) {
    image::Planes planes;
    planes.y = luma.data();
    planes.u = neutral.data();
    planes.v = neutral.data();
    planes.y_stride_bytes = kPicture.width_px;
    planes.uv_stride_bytes = kPicture.width_px / 2;
    planes.stored = kPicture;
    return planes;
  };
  const std::vector<std::uint8_t> dark(kPixels, 5);
  const std::vector<std::uint8_t> bright(kPixels, 120);
  const auto dark_is_said = Contains("too_dark");
  EXPECT_THAT(said_of(grey_picture(5)), dark_is_said);
  EXPECT_THAT(said_of(planes_of(dark)), dark_is_said);
  EXPECT_THAT(said_of(grey_picture(120)), Not(dark_is_said));
  EXPECT_THAT(said_of(planes_of(bright)), Not(dark_is_said));
}

TEST(LivePractice, ends_when_it_is_finished) {
  LivePractice live = practice();
  live.begin();
  EXPECT_FALSE(live.ended());
  live.finish();
  EXPECT_TRUE(live.ended());
}

TEST(LivePractice, passes_on_the_error_of_the_estimator) {
  LivePractice live = practice();
  const PoseEstimator broken = [](const image::View&) -> base::Result<blazepose::TrackedPose> {
    return base::Error{base::ErrorKind::model, "no network"};
  };
  const auto events = live.push(grey_picture(100), base::Seconds(0.0), broken);
  ASSERT_FALSE(events);
  EXPECT_EQ(events.error().kind, base::ErrorKind::model);
  EXPECT_EQ(live.frames(), 0);
}

}  // namespace
}  // namespace matside::practice
