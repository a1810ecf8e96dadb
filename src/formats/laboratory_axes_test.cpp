#include "formats/laboratory_axes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::HasSubstr;

constexpr std::array kAxes{UpAxis::x,       UpAxis::y,       UpAxis::z,
                           UpAxis::minus_x, UpAxis::minus_y, UpAxis::minus_z};

/// Somebody who lies face down along x with the right side along z, `high` above the floor.
MarkerFrame lying(double high_m, bool bent = false) {
  MarkerFrame frame;
  const auto put = [&](Landmark left_twin, double x, double y, double half_width) {
    for (const pose::Side side : pose::kSides) {
      const double z = side == pose::Side::left ? -half_width : half_width;
      frame.points[pose::index(pose::on_side(left_twin, side))] =
          Point3d{x, high_m + y, 0.9 + z};
    }
  };
  put(Landmark::left_shoulder, 0.5, 0.25, 0.18);
  put(Landmark::left_elbow, 0.55, 0.0, 0.2);
  put(Landmark::left_hip, 0.0, 0.1, 0.09);
  put(Landmark::left_knee, -0.4, 0.06, 0.09);
  put(Landmark::left_ankle, bent ? -0.35 : -0.8, bent ? 0.45 : 0.06, 0.09);
  return frame;
}

/// The inverse of turned_y_up(): three turns about the same axis, or one half turn.
MarkerFrame with_up(MarkerFrame frame, UpAxis up) {
  for (auto& point : frame.points) {
    if (!point) continue;
    const Point3d p = *point;
    for (const UpAxis axis : kAxes) {
      const Point3d back = turned_y_up(p, axis);
      const Point3d again = turned_y_up(back, up);
      if (again.x == p.x && again.y == p.y && again.z == p.z) point = back;
    }
  }
  return frame;
}

TEST(UpAxis, HasTheNamesOfTheOption) {
  for (const UpAxis axis : kAxes) EXPECT_EQ(up_axis_named(axis_name(axis)), axis);
  EXPECT_EQ(up_axis_named("+Z"), UpAxis::z);
  EXPECT_EQ(up_axis_named("-X "), UpAxis::minus_x);
  for (const char* other : {"", "up", "w", "--y", "zz", "+"}) {
    EXPECT_EQ(up_axis_named(other), std::nullopt) << other;
  }
}

TEST(UpAxis, TurnsToYAndKeepsHandedness) {
  for (const UpAxis axis : kAxes) {
    const Point3d x = turned_y_up({1, 0, 0}, axis);
    const Point3d y = turned_y_up({0, 1, 0}, axis);
    const Point3d z = turned_y_up({0, 0, 1}, axis);
    const double determinant = x.x * (y.y * z.z - y.z * z.y) - x.y * (y.x * z.z - y.z * z.x) +
                               x.z * (y.x * z.y - y.y * z.x);
    EXPECT_EQ(determinant, 1.0) << axis_name(axis);
  }
  EXPECT_EQ(turned_y_up({0, 0, 5}, UpAxis::z).y, 5.0);
  EXPECT_EQ(turned_y_up({0, -5, 0}, UpAxis::minus_y).y, 5.0);
}

TEST(UpAxis, IsFoundByTheBackAndByBendsOfTheKnees) {
  for (const bool bent : {false, true}) {
    for (const UpAxis up : kAxes) {
      const std::vector<MarkerFrame> frames(10, with_up(lying(0.0, bent), up));
      const auto found = find_up_axis(frames, {}, "k.trc");
      ASSERT_TRUE(found.ok()) << found.error().message;
      EXPECT_EQ(axis_name(found.value()), axis_name(up)) << "bent: " << bent;
    }
  }
}

TEST(UpAxis, IsTheExpectedOneWhereTheBodyShowsNothing) {
  EXPECT_EQ(find_up_axis({}, {UpAxis::z, false}, "k").value(), UpAxis::z);
  std::vector<MarkerFrame> frames(10);
  EXPECT_EQ(find_up_axis(frames, {UpAxis::minus_y, true}, "k").value(), UpAxis::minus_y);
}

TEST(UpAxis, IsNotFoundByAPersonWhoStandsOnTheFloor) {
  // Prone along x with y up, seen as standing: x is up, and the feet are at 0.
  const std::vector<MarkerFrame> frames(10, [] {
    MarkerFrame frame = lying(0.4);
    for (auto& point : frame.points) {
      if (point) point = Point3d{-point->y, point->x + 0.8, point->z};
    }
    return frame;
  }());
  EXPECT_EQ(find_up_axis(frames, {}, "k.trc").value(), UpAxis::y);
}

TEST(UpAxis, IsAskedForWhereTwoFit) {
  const std::vector<MarkerFrame> frames(10, [] {
    MarkerFrame frame = lying(0.0);
    for (auto& point : frame.points) {
      if (point) point = Point3d{-point->y, point->x + 0.8, point->z};
    }
    return frame;
  }());
  const auto found = find_up_axis(frames, {}, "k.trc");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind, base::ErrorKind::usage);
  EXPECT_THAT(found.error().message, HasSubstr("add --up=-x or --up=y"));
}

TEST(UpAxis, OfAPictureIsYOrItsOpposite) {
  std::vector<MarkerFrame> frames(10, with_up(lying(0.0), UpAxis::minus_y));
  for (MarkerFrame& frame : frames) {
    for (auto& point : frame.points) {
      if (point) point->z = 0.0;
    }
  }
  EXPECT_EQ(find_up_axis(frames, {UpAxis::y, true}, "k").value(), UpAxis::minus_y);
  for (MarkerFrame& frame : frames) {
    for (auto& point : frame.points) {
      if (point) point = Point3d{point->y, point->x, 0.0};
    }
  }
  EXPECT_EQ(find_up_axis(frames, {UpAxis::minus_y, true}, "k").value(), UpAxis::minus_y)
      << "a picture is never turned on its side";
}

}  // namespace
}  // namespace matside::formats
