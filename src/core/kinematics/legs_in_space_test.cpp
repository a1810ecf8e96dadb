#include "core/kinematics/legs_in_space.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace matside::kinematics {
namespace {

using base::Point3d;
using pose::Landmark;
using pose::Side;

double rad(double deg) { return deg * std::numbers::pi / 180.0; }

/// Joint angles of a prone leg. x is toward the head, y up, z to the person's right.
struct Angles {
  double knee = 0.0;
  double thigh = 0.0;   ///< Above the floor.
  double splay = 0.0;   ///< Of the thigh, away from the other one.
  double turned = 0.0;  ///< The plane in which the knee bends, outward.
};

/// A body whose trunk is level, with one leg at these angles and the other one straight.
LandmarksInSpace posed_legs(Side side, const Angles& a) {
  LandmarksInSpace points;
  const auto put = [&](Landmark left_twin, Side of, const Point3d& at) {
    points[pose::index(pose::on_side(left_twin, of))] = at;
  };
  for (const Side each : pose::kSides) {
    const double out = each == Side::right ? 1.0 : -1.0;
    const Angles angles = each == side ? a : Angles{};
    const Point3d hip{0.0, 0.1, 0.09 * out};
    const Point3d along{-std::cos(rad(angles.thigh)) * std::cos(rad(angles.splay)),
                        std::sin(rad(angles.thigh)),
                        out * std::cos(rad(angles.thigh)) * std::sin(rad(angles.splay))};
    const Point3d up = *base::direction(base::square_to({0.0, 1.0, 0.0}, along));
    const Point3d outward = base::cross(along, up) * -out;
    const Point3d bend =
        up * std::cos(rad(angles.turned)) + outward * std::sin(rad(angles.turned));
    const Point3d knee = hip + along * 0.4;
    put(Landmark::left_hip, each, hip);
    put(Landmark::left_knee, each, knee);
    put(Landmark::left_ankle, each,
        knee + (along * std::cos(rad(angles.knee)) + bend * std::sin(rad(angles.knee))) * 0.42);
    put(Landmark::left_shoulder, each, {0.5, 0.1, 0.18 * out});
  }
  return points;
}

pose::LegInSpace measured_leg(Side side, const Angles& a) {
  const auto leg = legs_in_space(posed_legs(side, a))[pose::index(side)];
  EXPECT_TRUE(leg.has_value());
  return leg.value_or(pose::LegInSpace{});
}

TEST(LegsInSpace, HaveTheKneesAngleWhateverPlaneItBendsIn) {
  for (const Side side : pose::kSides) {
    for (const double knee : {0.0, 5.0, 45.0, 90.0, 130.0}) {
      for (const double splay : {0.0, 25.0}) {
        for (const double turned : {-40.0, 0.0, 40.0}) {
          const auto leg = measured_leg(
              side, {.knee = knee, .thigh = 8.0, .splay = splay, .turned = turned});
          EXPECT_NEAR(leg.knee_flexion.value(), knee, 1e-6) << splay << " " << turned;
        }
      }
    }
  }
}

TEST(LegsInSpace, AreNegativeOnlyWhereTheKneeBendsForward) {
  for (const Side side : pose::kSides) {
    EXPECT_NEAR(measured_leg(side, {.knee = -6.0}).knee_flexion.value(), -6.0, 1e-6);
    EXPECT_NEAR(measured_leg(side, {.knee = -6.0, .turned = 30.0}).knee_flexion.value(), -6.0,
                1e-6);
    // Bow legs and knock knees.
    EXPECT_NEAR(measured_leg(side, {.knee = 6.0, .turned = 90.0}).knee_flexion.value(), 6.0,
                1e-6);
    EXPECT_NEAR(measured_leg(side, {.knee = 6.0, .turned = -90.0}).knee_flexion.value(), 6.0,
                1e-6);
  }
}

TEST(LegsInSpace, HaveTheHipsFlexionApartFromItsSplay) {
  for (const Side side : pose::kSides) {
    // A lifted thigh extends the hip.
    EXPECT_NEAR(measured_leg(side, {.thigh = 15.0}).hip_flexion.value(), -15.0, 1e-6);
    EXPECT_NEAR(measured_leg(side, {.thigh = -40.0}).hip_flexion.value(), 40.0, 1e-6);
    EXPECT_NEAR(measured_leg(side, {.splay = 30.0}).hip_flexion.value(), 0.0, 1e-6);
    EXPECT_NEAR(measured_leg(side, {.thigh = 15.0, .splay = 30.0}).thigh.value(), 15.0, 1e-6);
  }
}

TEST(LegsInSpace, DoNotDependOnTheUnitOrOnWhereTheHeadIs) {
  const Angles angles{.knee = 70.0, .thigh = 10.0, .splay = 12.0, .turned = 20.0};
  const auto plain = measured_leg(Side::left, angles);
  for (const double turn_deg : {30.0, 135.0, 250.0}) {
    LandmarksInSpace points = posed_legs(Side::left, angles);
    const double c = std::cos(rad(turn_deg));
    const double s = std::sin(rad(turn_deg));
    for (auto& p : points) {
      if (p)
        p = Point3d{c * p->x + s * p->z, p->y, c * p->z - s * p->x} * 1000.0 + Point3d{7, 8, 9};
    }
    const auto leg = legs_in_space(points)[pose::index(Side::left)];
    ASSERT_TRUE(leg);
    EXPECT_NEAR(leg->knee_flexion.value(), plain.knee_flexion.value(), 1e-6);
    EXPECT_NEAR(leg->hip_flexion.value(), plain.hip_flexion.value(), 1e-6);
    EXPECT_NEAR(leg->thigh.value(), plain.thigh.value(), 1e-6);
  }
}

TEST(LegsInSpace, NeedOnlyTheMarkersOfOneSide) {
  LandmarksInSpace points = posed_legs(Side::left, {.knee = 80.0, .thigh = 12.0});
  for (const Landmark twin : {Landmark::left_hip, Landmark::left_knee, Landmark::left_ankle,
                              Landmark::left_shoulder}) {
    points[pose::index(pose::on_side(twin, Side::right))].reset();
  }
  const auto legs = legs_in_space(points);
  EXPECT_FALSE(legs[pose::index(Side::right)]);
  ASSERT_TRUE(legs[pose::index(Side::left)]);
  EXPECT_NEAR(legs[pose::index(Side::left)]->knee_flexion.value(), 80.0, 1e-6);
  EXPECT_NEAR(legs[pose::index(Side::left)]->hip_flexion.value(), -12.0, 0.25)
      << "the trunk's own direction is not known exactly";
}

TEST(LegsInSpace, AreAbsentWhereAJointIsMissingOrJointsCoincide) {
  LandmarksInSpace points = posed_legs(Side::left, {});
  points[pose::index(Landmark::left_ankle)].reset();
  points[pose::index(Landmark::right_knee)] = points[pose::index(Landmark::right_hip)];
  for (const auto& leg : legs_in_space(points)) EXPECT_FALSE(leg);
  points = posed_legs(Side::left, {});
  for (const Side side : pose::kSides) {
    points[pose::index(pose::on_side(Landmark::left_shoulder, side))].reset();
  }
  for (const auto& leg : legs_in_space(points)) EXPECT_FALSE(leg);
  for (const auto& leg : legs_in_space({})) EXPECT_FALSE(leg);
}

}  // namespace
}  // namespace matside::kinematics
