#include "protocol/lesson_stream.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::protocol {
namespace {

using nlohmann::json;

constexpr int kWidth_px = 64;
constexpr int kHeight_px = 48;

coaching::PracticeRequest request() {
  coaching::PracticeRequest request;
  request.level = 1;
  request.repetitions = 5;
  request.guided = false;
  return request;
}

LessonStream stream() {
  auto made = LessonStream::create({{&support::single_leg_kick(), request()}});
  EXPECT_TRUE(made.ok());
  return std::move(made).value();
}

image::Image picture() {
  image::Image picture{{kWidth_px, kHeight_px}, {}};
  picture.rgb.resize(picture.stride_bytes() * kHeight_px, 128);
  return picture;
}

base::Result<blazepose::TrackedPose> nobody(const image::View& /*picture*/) {
  return blazepose::TrackedPose{};
}

base::Result<blazepose::TrackedPose> somebody(const image::View& picture) {
  blazepose::TrackedPose seen;
  seen.pose.emplace();
  for (pose::Keypoint& keypoint : seen.pose->keypoints) {
    keypoint = {{picture.size().width_px / 4.0, picture.size().height_px / 2.0}, 0.9};
  }
  return seen;
}

json last(const LessonStream::Reply& reply) {
  return reply.messages.empty() ? json() : json::parse(reply.messages.back());
}

TEST(LessonStream, starts_with_ready_and_a_stage) {
  LessonStream lesson = stream();
  const LessonStream::Reply reply = lesson.start();
  ASSERT_GE(reply.messages.size(), 2U);
  EXPECT_EQ(json::parse(reply.messages[0])["type"], "ready");
  EXPECT_EQ(json::parse(reply.messages[0])["repetitions"], 5);
  EXPECT_EQ(json::parse(reply.messages[0])["practice"], nullptr);
  EXPECT_FALSE(reply.ended);
}

TEST(LessonStream, needs_a_level_of_the_exercise) {
  coaching::PracticeRequest wrong = request();
  wrong.level = support::single_leg_kick().highest_level() + 1;
  const auto refused = LessonStream::create({{&support::single_leg_kick(), wrong}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::usage);
}

TEST(LessonStream, each_picture_ends_with_its_frame_done) {
  LessonStream lesson = stream();
  lesson.start();
  const auto empty = lesson.push(41, base::Seconds(0.0), picture(), nobody);
  ASSERT_TRUE(empty.ok());
  EXPECT_EQ(last(empty.value())["type"], "frame_done");
  EXPECT_EQ(last(empty.value())["index"], 41);
  EXPECT_EQ(last(empty.value())["person"], false);
  const auto seen = lesson.push(42, base::Seconds(0.1), picture(), somebody);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(last(seen.value())["person"], true);
  EXPECT_EQ(last(seen.value())["points"][0], 0.25);
  EXPECT_EQ(last(seen.value())["points"][1], 0.5);
  EXPECT_EQ(lesson.frames(), 2);
}

TEST(LessonStream, a_network_that_fails_is_an_error) {
  LessonStream lesson = stream();
  lesson.start();
  const auto failed =
      lesson.push(0, base::Seconds(0.0), picture(),
                  [](const image::View&) -> base::Result<blazepose::TrackedPose> {
                    return base::Error{base::ErrorKind::model, "the network failed"};
                  });
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().kind, base::ErrorKind::model);
}

TEST(LessonStream, a_stop_ends_it_with_a_summary) {
  LessonStream lesson = stream();
  lesson.start();
  ASSERT_TRUE(lesson.push(0, base::Seconds(0.0), picture(), nobody).ok());
  const LessonStream::Reply reply = lesson.handle(Stop{});
  EXPECT_TRUE(reply.ended);
  EXPECT_EQ(last(reply)["type"], "summary");
  EXPECT_EQ(last(reply)["frames"], 1);
  EXPECT_EQ(last(reply)["ended_by"], "person");
  EXPECT_EQ(last(reply)["curve"]["times_s"].size(), 1U);
}

TEST(LessonStream, discomfort_ends_it_and_comfort_does_not) {
  LessonStream lesson = stream();
  lesson.start();
  EXPECT_FALSE(lesson.handle(Comfort{true}).ended);
  const LessonStream::Reply reply = lesson.handle(Comfort{false});
  EXPECT_TRUE(reply.ended);
  EXPECT_EQ(last(reply)["ended_by"], "discomfort");
}

TEST(LessonStream, a_pause_asks_how_it_feels) {
  LessonStream lesson = stream();
  lesson.start();
  const LessonStream::Reply reply = lesson.handle(Pause{});
  bool asked = false;
  for (const std::string& message : reply.messages) {
    asked = asked || json::parse(message)["type"] == "comfort_asked";
  }
  EXPECT_TRUE(asked);
  EXPECT_FALSE(reply.ended);
  EXPECT_FALSE(lesson.handle(Resume{}).ended);
}

TEST(LessonStream, goes_on_when_the_camera_is_back) {
  const auto slow_after_gap = [](bool said_so) {
    LessonStream lesson = stream();
    lesson.start();
    bool slow = false;
    for (const double time_s : {0.0, 0.04, 20.0, 20.04}) {
      if (said_so && time_s == 20.0) EXPECT_FALSE(lesson.handle(CameraBack{}).ended);
      pose::PoseFrame frame;
      frame.time = base::Seconds(time_s);
      frame.image_size = {640, 360};
      for (const std::string& message : lesson.push(frame).messages) {
        slow = slow || json::parse(message).value("id", "") == "frames_missing";
      }
    }
    return slow;
  };
  EXPECT_TRUE(slow_after_gap(false));
  EXPECT_FALSE(slow_after_gap(true));
}

TEST(LessonStream, waits_while_the_page_itself_says_something) {
  const auto welcomed_at_s = [](bool page_speaks) {
    LessonStream lesson = stream();
    lesson.start();
    const std::string text(page_speaks ? 200 : 0, 'x');
    lesson.handle(PageSays{"other", text, base::Seconds(0.0)});
    for (double time_s = 0.0; time_s < 20.0; time_s += 0.04) {
      pose::PoseFrame frame;
      frame.time = base::Seconds(time_s);
      frame.image_size = {640, 360};
      for (const std::string& message : lesson.push(frame).messages)
        if (json::parse(message)["type"] == "say") return time_s;
    }
    return 20.0;
  };
  EXPECT_LT(welcomed_at_s(false), welcomed_at_s(true));
}

TEST(LessonStream, of_poses_has_no_knee_curve) {
  LessonStream lesson = stream();
  lesson.start();
  pose::PoseFrame frame;
  frame.time = base::Seconds(0.0);
  frame.image_size = {640, 360};
  lesson.push(frame);
  EXPECT_EQ(lesson.frames(), 1);
  EXPECT_EQ(last(lesson.handle(Stop{}))["curve"]["times_s"].size(), 0U);
}

}  // namespace
}  // namespace matside::protocol
