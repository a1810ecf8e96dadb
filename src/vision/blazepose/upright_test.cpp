#include "vision/blazepose/upright.h"

#include <gtest/gtest.h>

namespace matside::blazepose {
namespace {

using pose::Landmark;

constexpr base::ImageSize kSize{400, 300};

void put(pose::Pose& pose, Landmark left, base::ImagePoint near, base::ImagePoint far) {
  pose[left].position = far;
  pose[pose::on_side(left, pose::Side::right)].position = near;
}

/// Prone with the head at the picture's right, so that the right side is near, on the forearms
/// or flat, the near foot raised or not.
Body prone(bool on_forearms, bool foot_up) {
  Body body;
  body.pose.by_eye = true;
  body.near_is_right = true;
  pose::Pose& pose = body.pose;
  put(pose, Landmark::left_shoulder, {300, on_forearms ? 170.0 : 200.0},
      {302, on_forearms ? 168.0 : 196.0});
  put(pose, Landmark::left_elbow, {305, 210}, {307, 205});
  put(pose, Landmark::left_hip, {200, 205}, {201, 202});
  put(pose, Landmark::left_knee, {140, 208}, {141, 205});
  put(pose, Landmark::left_ankle, {foot_up ? 135.0 : 90.0, foot_up ? 150.0 : 205.0}, {91, 203});
  return body;
}

/// As the same picture stored turned counter-clockwise would show it, its joints' sides by the
/// picture's own up.
Body stored_turned(Body body, int quarters) {
  body.near_is_right.reset();  // places only
  body.pose = turned(body, 4 - quarters, kSize);
  body.near_is_right = quarters != 2;
  if (quarters != 2) return body;
  for (const Landmark left : {Landmark::left_shoulder, Landmark::left_elbow, Landmark::left_hip,
                              Landmark::left_knee, Landmark::left_ankle}) {
    std::swap(body.pose[left], body.pose[pose::on_side(left, pose::Side::right)]);
  }
  return body;
}

TEST(Upright, is_told_by_the_elbows_or_a_raised_foot_however_the_picture_is_stored) {
  for (int quarters = 0; quarters < 4; ++quarters) {
    EXPECT_EQ(quarters_told_by(stored_turned(prone(true, false), quarters)), quarters);
    EXPECT_EQ(quarters_told_by(stored_turned(prone(true, true), quarters)), quarters);
    EXPECT_EQ(quarters_told_by(stored_turned(prone(false, true), quarters)), quarters);
  }
}

TEST(Upright, is_not_told_by_who_lies_flat_or_was_not_seen_by_the_eye) {
  Body flat = prone(false, false);
  put(flat.pose, Landmark::left_elbow, {350, 196}, {352, 194});
  EXPECT_FALSE(quarters_told_by(flat));
  Body unseen = prone(true, true);
  unseen.pose.by_eye = false;
  EXPECT_FALSE(quarters_told_by(unseen));
}

TEST(Upright, turns_only_when_enough_frames_in_a_row_tell_the_same) {
  Upright upright;
  const Body turned_right = stored_turned(prone(true, false), 1);
  for (int i = 1; i < Upright::kFramesToTell; ++i) upright.see(turned_right);
  EXPECT_EQ(upright.quarters(), 0);
  upright.see(prone(true, false));
  for (int i = 1; i < Upright::kFramesToTell; ++i) upright.see(turned_right);
  EXPECT_EQ(upright.quarters(), 0);
  upright.see(turned_right);
  EXPECT_EQ(upright.quarters(), 1);
}

TEST(Turned, gives_back_the_pose_of_the_upright_picture_with_its_sides) {
  const Body upright = prone(true, true);
  for (int quarters = 0; quarters < 4; ++quarters) {
    const Body stored = stored_turned(upright, quarters);
    const auto back = turned(stored, quarters, turned(kSize, quarters));
    for (const Landmark left :
         {Landmark::left_shoulder, Landmark::left_elbow, Landmark::left_hip,
          Landmark::left_knee, Landmark::left_ankle}) {
      for (const auto side : {pose::Side::left, pose::Side::right}) {
        const Landmark landmark = pose::on_side(left, side);
        EXPECT_EQ(back[landmark].position.x_px, upright.pose[landmark].position.x_px)
            << quarters;
        EXPECT_EQ(back[landmark].position.y_px, upright.pose[landmark].position.y_px)
            << quarters;
      }
    }
  }
}

}  // namespace
}  // namespace matside::blazepose
