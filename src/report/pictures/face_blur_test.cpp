#include "report/pictures/face_blur.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace matside::pictures {
namespace {

using pose::Landmark;

constexpr base::ImageSize kSize{320, 160};
constexpr std::array kFace{Landmark::nose,
                           Landmark::left_eye_inner,
                           Landmark::left_eye,
                           Landmark::left_eye_outer,
                           Landmark::right_eye_inner,
                           Landmark::right_eye,
                           Landmark::right_eye_outer,
                           Landmark::left_ear,
                           Landmark::right_ear,
                           Landmark::mouth_left,
                           Landmark::mouth_right};

/// A lying body with the head at the right and a trunk of 80 pixels; frames are 1/30 s apart.
pose::PoseFrame frame(int index, double head_x_px = 250.0) {
  pose::Pose pose;
  const auto put = [&](Landmark landmark, double x_px, double y_px) {
    pose[landmark] = {{x_px, y_px}, 0.9};
  };
  for (const Landmark landmark : kFace) put(landmark, head_x_px, 70.0);
  put(Landmark::nose, head_x_px + 8.0, 74.0);
  put(Landmark::left_shoulder, 220.0, 90.0);
  put(Landmark::right_shoulder, 222.0, 92.0);
  put(Landmark::left_hip, 140.0, 100.0);
  put(Landmark::right_hip, 142.0, 102.0);
  return {index, base::Seconds(index / 30.0), kSize, pose};
}

pose::PoseFrame without_head(int index) {
  pose::PoseFrame out = frame(index);
  for (const Landmark landmark : kFace) (*out.pose)[landmark].score = 0.05;
  return out;
}

/// Strong small contrasts, like a bright face on a dark ground.
image::Image checkered() {
  image::Image picture{kSize, {}};
  for (int y = 0; y < kSize.height_px; ++y) {
    for (int x = 0; x < kSize.width_px; ++x) {
      const std::uint8_t value = (x / 3 + y / 3) % 2 == 0 ? 250 : 20;
      picture.rgb.insert(picture.rgb.end(), {value, value, value});
    }
  }
  return picture;
}

/// Greatest difference between neighbouring pixels inside the circle.
int contrast_in(const image::Image& picture, const Circle& circle) {
  int most = 0;
  for (int y = 1; y < picture.size.height_px; ++y) {
    for (int x = 1; x < picture.size.width_px; ++x) {
      if (std::hypot(x - circle.centre.x_px, y - circle.centre.y_px) > circle.radius_px - 2.0) {
        continue;
      }
      const int here = picture.row(y)[3 * x];
      most = std::max({most, std::abs(here - picture.row(y)[3 * (x - 1)]),
                       std::abs(here - picture.row(y - 1)[3 * x])});
    }
  }
  return most;
}

TEST(HeadCircle, contains_the_head_with_a_margin) {
  const auto head = head_circle(*frame(0).pose);
  ASSERT_TRUE(head);
  // A head is about 0.22 of the body's height, a trunk 0.29: 60 pixels here.
  EXPECT_GE(head->radius_px, 30.0 + 8.0);
  for (const Landmark landmark : kFace) {
    const base::ImagePoint place = (*frame(0).pose)[landmark].position;
    EXPECT_LT(base::length(place - head->centre), 0.6 * head->radius_px);
  }
}

TEST(HeadCircle, is_absent_at_an_impossible_position) {
  EXPECT_FALSE(head_circle(*without_head(0).pose));
  EXPECT_FALSE(head_circle(*frame(0, 20.0).pose));  // at the feet
  pose::PoseFrame no_trunk = frame(0);
  for (const Landmark hip : {Landmark::left_hip, Landmark::right_hip}) {
    (*no_trunk.pose)[hip].score = 0.0;
  }
  EXPECT_FALSE(head_circle(*no_trunk.pose));
}

TEST(HeadCircle, of_a_frame_includes_those_of_neighbouring_frames) {
  const std::vector frames{frame(0, 245.0), frame(1, 250.0), frame(2, 255.0), frame(60, 200.0)};
  const auto heads = head_circles_at(frames, 1);
  ASSERT_EQ(heads.size(), 3U);
  EXPECT_LT(heads[0].centre.x_px, heads[2].centre.x_px);
}

TEST(HeadCircle, of_a_hidden_head_comes_enlarged_from_the_nearest_frames) {
  std::vector frames{frame(0, 240.0)};
  for (int i = 1; i < 25; ++i) frames.push_back(without_head(i));
  frames.push_back(frame(25, 255.0));
  const double usual_px = head_circle(*frames[0].pose)->radius_px;
  const auto heads = head_circles_at(frames, 12);
  ASSERT_EQ(heads.size(), 2U);
  for (const Circle& head : heads) EXPECT_GT(head.radius_px, 1.4 * usual_px);
  EXPECT_NEAR(heads[0].centre.x_px, 240.0, 2.0);
  EXPECT_NEAR(heads[1].centre.x_px, 255.0, 2.0);
}

TEST(HeadCircle, is_unknown_without_a_head_within_a_second) {
  std::vector frames{frame(0)};
  for (int i = 1; i <= 80; ++i) frames.push_back(without_head(i));
  frames.push_back({81, base::Seconds(81 / 30.0), kSize, std::nullopt});
  EXPECT_TRUE(head_circles_at(frames, 60).empty());
  EXPECT_TRUE(head_circles_at(frames, 81).empty());
}

TEST(Blur, removes_all_detail_and_changes_nothing_else) {
  const image::Image before = checkered();
  const Circle face{{250.0, 70.0}, 40.0};
  ASSERT_GT(contrast_in(before, face), 200);
  image::Image after = before;
  blur(after, std::array{face});
  EXPECT_LT(contrast_in(after, face), 8);
  int changed_outside = 0;
  for (int y = 0; y < kSize.height_px; ++y) {
    for (int x = 0; x < kSize.width_px; ++x) {
      const bool outside = std::hypot(x + 0.5 - face.centre.x_px, y + 0.5 - face.centre.y_px) >
                           face.radius_px + 0.01;
      if (outside && after.row(y)[3 * x] != before.row(y)[3 * x]) ++changed_outside;
    }
  }
  EXPECT_EQ(changed_outside, 0);
}

TEST(Blur, works_at_the_pictures_edge_and_beyond) {
  image::Image picture = checkered();
  const Circle corner{{2.0, 1.0}, 30.0};
  const std::array circles{corner, Circle{{-500.0, 1e7}, 30.0}};
  blur(picture, circles);
  EXPECT_LT(contrast_in(picture, corner), 12);
}

}  // namespace
}  // namespace matside::pictures
