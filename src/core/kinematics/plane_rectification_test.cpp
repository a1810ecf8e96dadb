#include "core/kinematics/plane_rectification.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "tests/support/observed_body.h"

namespace matside::kinematics {
namespace {

using base::ImagePoint;
using base::ImageSize;
using pose::Side;
using support::Camera;
using Vector = std::array<double, 3>;

constexpr ImageSize kSize{640, 360};

double radians(double deg) { return deg * std::numbers::pi / 180.0; }

/// The way across a body for a camera at this yaw, looking down by this pitch.
Vector across(double yaw_deg, double pitch_deg) {
  return {-std::sin(radians(yaw_deg)) * std::cos(radians(pitch_deg)),
          -std::sin(radians(pitch_deg)),
          std::cos(radians(yaw_deg)) * std::cos(radians(pitch_deg))};
}

PlaneRectification view(double yaw_deg, double pitch_deg) {
  return {across(yaw_deg, pitch_deg), kSize};
}

PlaneRectification estimated(const BodyFrame& body) {
  std::vector<double> scratch;
  return estimate_rectification(std::span(&body, 1), scratch);
}

Camera standing(double yaw_deg, double height_m, Side side) {
  Camera camera;
  camera.yaw_deg = yaw_deg;
  camera.height_m = height_m;
  camera.side = side;
  return camera;
}

TEST(Rectification, by_default_changes_no_point) {
  const PlaneRectification unknown;
  EXPECT_EQ(unknown.rectified(ImagePoint{12.0, 34.0}).x_px, 12.0);
  EXPECT_EQ(unknown.rectified(ImagePoint{12.0, 34.0}).y_px, 34.0);
  EXPECT_EQ(unknown.yaw().value(), 0.0);
  EXPECT_EQ(unknown.pitch().value(), 0.0);
  EXPECT_EQ(unknown.obliquity().value(), 0.0);
}

TEST(Rectification, of_a_square_camera_changes_no_point) {
  const PlaneRectification square({0.0, 0.0, 1.0}, kSize);
  for (const ImagePoint p : {ImagePoint{0.0, 0.0}, ImagePoint{320.0, 180.0},
                             ImagePoint{639.0, 10.0}, ImagePoint{-50.0, 500.0}}) {
    EXPECT_NEAR(square.rectified(p).x_px, p.x_px, 1e-9);
    EXPECT_NEAR(square.rectified(p).y_px, p.y_px, 1e-9);
  }
}

TEST(Rectification, has_the_yaw_and_pitch_it_was_made_of) {
  for (const double yaw_deg : {-30.0, -12.0, 0.0, 25.0}) {
    for (const double pitch_deg : {-5.0, 0.0, 15.0}) {
      const PlaneRectification v = view(yaw_deg, pitch_deg);
      EXPECT_NEAR(v.yaw().value(), yaw_deg, 1e-9);
      EXPECT_NEAR(v.pitch().value(), pitch_deg, 1e-9);
      const double cosine = std::cos(radians(yaw_deg)) * std::cos(radians(pitch_deg));
      EXPECT_NEAR(v.obliquity().value(), std::acos(cosine) * 180.0 / std::numbers::pi, 1e-6);
    }
  }
}

TEST(Rectification, does_not_depend_on_the_length_of_the_way_across) {
  Vector longer = across(20.0, 10.0);
  for (double& x : longer) x *= 7.0;
  const ImagePoint p{100.0, 300.0};
  EXPECT_NEAR(PlaneRectification(longer, kSize).rectified(p).x_px,
              view(20.0, 10.0).rectified(p).x_px, 1e-9);
}

TEST(Rectification, never_squares_a_view_beyond_what_joints_allow) {
  const PlaneRectification steep({-5.0, 0.0, 1.0}, kSize);
  EXPECT_GT(steep.obliquity().value(), 30.0);
  EXPECT_LT(steep.obliquity().value(), 45.0);
  EXPECT_TRUE(std::isfinite(steep.rectified(ImagePoint{0.0, 0.0}).x_px));
}

TEST(Rectification, mirrors_with_the_picture) {
  for (const double pitch_deg : {0.0, 12.0}) {
    const PlaneRectification plain = view(18.0, pitch_deg);
    const PlaneRectification mirror = view(-18.0, pitch_deg);
    for (const ImagePoint p : {ImagePoint{40.0, 50.0}, ImagePoint{500.0, 300.0}}) {
      const ImagePoint a = plain.rectified(p);
      const ImagePoint b = mirror.rectified(ImagePoint{kSize.width_px - p.x_px, p.y_px});
      EXPECT_NEAR(b.x_px, kSize.width_px - a.x_px, 1e-9);
      EXPECT_NEAR(b.y_px, a.y_px, 1e-9);
    }
  }
}

// A square drawn on the plane of movement, seen by a pinhole camera whose picture is 58 degrees
// wide: squared, its sides are equally long again and its corners right angles.
TEST(Rectification, makes_a_square_of_a_square_seen_from_aside_and_above) {
  const double focal_px = 0.5 * kSize.width_px / std::tan(radians(29.0));
  for (const double yaw_deg : {-25.0, 0.0, 15.0}) {
    for (const double pitch_deg : {0.0, 18.0}) {
      const Vector n = across(yaw_deg, pitch_deg);
      const double flat = std::hypot(n[1], n[2]);
      const Vector down{0.0, n[2] / flat, -n[1] / flat};
      const Vector along{down[1] * n[2] - down[2] * n[1], down[2] * n[0], -down[1] * n[0]};
      const auto seen = [&](double u_m, double v_m) {
        const auto at = [&](std::size_t i) {
          return (i == 2 ? 2.4 : 0.0) + u_m * along[i] + v_m * down[i];
        };
        return ImagePoint{0.5 * kSize.width_px + focal_px * at(0) / at(2),
                          0.5 * kSize.height_px + focal_px * at(1) / at(2)};
      };
      const PlaneRectification v = view(yaw_deg, pitch_deg);
      const ImagePoint corner = v.rectified(seen(-0.3, 0.1));
      const base::ImageVector side = v.rectified(seen(0.2, 0.1)) - corner;
      const base::ImageVector edge = v.rectified(seen(-0.3, -0.4)) - corner;
      EXPECT_NEAR(base::length(side) / base::length(edge), 1.0, 0.01) << yaw_deg;
      EXPECT_NEAR(base::angle_between(side, edge).value(), 90.0, 0.7) << yaw_deg;
    }
  }
}

TEST(Rectification, of_a_body_leaves_what_is_no_place_in_the_picture) {
  BodyFrame body = support::observed(support::on_forearms());
  body.elbow.reset();
  body.legs[0].reset();
  body.legs[1]->knee_3d = pose::KneeEstimate{base::Degrees(50.0), base::Degrees(5.0)};
  const BodyFrame out = view(15.0, 10.0).rectified(body);
  EXPECT_FALSE(out.elbow);
  EXPECT_FALSE(out.legs[0]);
  EXPECT_EQ(out.legs[1]->knee_3d->flexion.value(), 50.0);
  EXPECT_EQ(out.head_direction, body.head_direction);
  EXPECT_EQ(out.legs[1]->score, body.legs[1]->score);
  EXPECT_NE(out.legs[1]->thigh_px, body.legs[1]->thigh_px);
}

TEST(EstimateRectification, from_the_bodys_left_is_the_mirror_of_that_from_its_right) {
  for (const double yaw_deg : {-20.0, 0.0, 25.0}) {
    const auto right = estimated(
        support::observed(support::on_forearms(), standing(yaw_deg, 0.6, Side::right)));
    const auto left = estimated(
        support::observed(support::on_forearms(), standing(yaw_deg, 0.6, Side::left)));
    EXPECT_NEAR(left.yaw().value(), -right.yaw().value(), 0.01) << yaw_deg;
    EXPECT_NEAR(left.pitch().value(), right.pitch().value(), 0.01) << yaw_deg;
  }
}

TEST(EstimateRectification, does_not_depend_on_the_pictures_size) {
  const auto frame =
      support::pictured(support::on_forearms(), standing(18.0, 0.9, Side::right));
  const auto plain = estimated(measure(frame, 0.1).value());
  const auto large = estimated(measure(support::transformed(frame, 2.0), 0.1).value());
  EXPECT_NEAR(large.yaw().value(), plain.yaw().value(), 1e-6);
  EXPECT_NEAR(large.pitch().value(), plain.pitch().value(), 1e-6);
}

TEST(EstimateRectification, needs_both_pairs_and_a_leg) {
  const BodyFrame whole =
      support::observed(support::on_forearms(), standing(20.0, 0.9, Side::right));
  EXPECT_GT(estimated(whole).obliquity().value(), 10.0);
  BodyFrame body = whole;
  body.far_shoulder.reset();
  EXPECT_EQ(estimated(body).obliquity().value(), 0.0);
  body = whole;
  body.far_hip.reset();
  EXPECT_EQ(estimated(body).obliquity().value(), 0.0);
  body = whole;
  body.legs[index(Side::right)].reset();
  EXPECT_EQ(estimated(body).obliquity().value(), 0.0);
}

TEST(EstimateRectification, of_nobody_or_a_body_in_one_point_changes_nothing) {
  std::vector<double> scratch;
  EXPECT_EQ(estimate_rectification({}, scratch).obliquity().value(), 0.0);
  BodyFrame point;
  point.image_size = kSize;
  point.far_hip = point.far_shoulder = point.hip;
  point.legs[index(point.head_direction)] = LegFrame{};
  EXPECT_EQ(estimated(point).obliquity().value(), 0.0);
}

}  // namespace
}  // namespace matside::kinematics
