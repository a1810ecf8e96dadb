// A body that kicks with known joint angles, as the markers of a laboratory in any axes. The
// angles measured are those angles, for both legs.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "core/base/point3d.h"
#include "core/engine/session.h"
#include "formats/mot.h"
#include "formats/pose_csv.h"
#include "formats/pose_file.h"
#include "tests/foreign_practice.h"
#include "tests/support/c3d_writer.h"
#include "tests/support/exercise.h"
#include "tests/support/joint_motion.h"
#include "tests/support/random.h"

namespace matside {
namespace {

using base::Point3d;
using pose::Landmark;
using pose::Side;
using support::Random;
using tests::kJoints;

constexpr double kRate_hz = 50.0;
constexpr std::size_t kBothLegs = 2;

double radians(double deg) { return deg * std::numbers::pi / 180.0; }

/// Where the legs are beside the plane in which they kick, and how the laboratory sees them.
struct Setting {
  double splay_deg = 6.0;    ///< Of each thigh, away from the other.
  double turned_deg = 15.0;  ///< The plane in which a knee bends, outward.
  double straight_deg = 5.0;
  double peak_deg = 105.0;
  double head_deg = 0.0;     ///< Where the head is, about the vertical.
  int first_axis = 0;        ///< Which axis of the laboratory is the room's x, y, z ...
  bool mirrored_up = false;  ///< ... and whether up is its negative end.
  double noise_m = 0.0;
  std::uint64_t seed = 1;
};

/// What each leg does: the knee's flexion and the thigh's lift, minimum-jerk.
struct LegMotion {
  std::array<support::MotionTrack, kBothLegs> knee_deg;
  std::array<support::MotionTrack, kBothLegs> thigh_deg;
  double length_s = 0.0;
};

/// Rest, then two kicks and a slow lowering of each leg in turn; the last two lift the thigh.
LegMotion kicking(const Setting& setting) {
  LegMotion motion;
  const double rest = setting.straight_deg;
  const double peak = setting.peak_deg;
  motion.knee_deg = {support::MotionTrack(rest), support::MotionTrack(rest)};
  double t = 3.0;
  for (int repetition = 0; repetition < 4; ++repetition) {
    const std::size_t leg = repetition % 2;
    auto& knee = motion.knee_deg[leg];
    knee.move(t, t + 1.0, peak);
    knee.move(t + 1.0, t + 1.35, peak - 30.0);
    knee.move(t + 1.35, t + 1.7, peak);
    knee.move(t + 1.8, t + 4.2, rest);
    if (repetition >= 2) {
      motion.thigh_deg[leg].move(t, t + 1.0, 14.0);
      motion.thigh_deg[leg].move(t + 1.8, t + 4.2, 0.0);
    }
    t += 5.5;
  }
  motion.length_s = t + 1.0;
  return motion;
}

using JointsInSpace = std::array<Point3d, pose::kLandmarkCount>;

/// In the room: x to the head, y up, z to the person's right, in metres.
JointsInSpace body_at(const Setting& setting, const LegMotion& motion, double time_s) {
  JointsInSpace joints{};
  const auto put = [&](Landmark left_twin, Side side, const Point3d& at) {
    joints[pose::index(pose::on_side(left_twin, side))] = at;
  };
  constexpr double kSlope_deg = -5.0;  // The hip is higher than the knee.
  for (const Side side : pose::kSides) {
    const std::size_t leg = pose::index(side);
    const double out = side == Side::right ? 1.0 : -1.0;
    const double thigh = radians(kSlope_deg + motion.thigh_deg[leg].at(time_s));
    const double splay = radians(setting.splay_deg);
    const double knee = radians(motion.knee_deg[leg].at(time_s));
    const Point3d along{-std::cos(thigh) * std::cos(splay), std::sin(thigh),
                        out * std::cos(thigh) * std::sin(splay)};
    const Point3d up = *base::direction(base::square_to({0.0, 1.0, 0.0}, along));
    const Point3d outward = base::cross(along, up) * -out;
    const Point3d bend = up * std::cos(radians(setting.turned_deg)) +
                         outward * std::sin(radians(setting.turned_deg));
    const Point3d hip{0.0, 0.1, 0.09 * out};
    const Point3d knee_joint = hip + along * 0.41;
    const Point3d shank = along * std::cos(knee) + bend * std::sin(knee);
    const Point3d foot = bend * std::cos(knee) - along * std::sin(knee);
    const Point3d ankle = knee_joint + shank * 0.42;
    put(Landmark::left_hip, side, hip);
    put(Landmark::left_knee, side, knee_joint);
    put(Landmark::left_ankle, side, ankle);
    put(Landmark::left_heel, side, ankle + shank * 0.03 + foot * 0.05);
    put(Landmark::left_foot_index, side, ankle + shank * 0.12 - foot * 0.08);
    put(Landmark::left_shoulder, side, {0.42, 0.33, 0.19 * out});
    put(Landmark::left_elbow, side, {0.45, 0.03, 0.22 * out});
    put(Landmark::left_wrist, side, {0.70, 0.03, 0.15 * out});
    put(Landmark::left_ear, side, {0.58, 0.48, 0.07 * out});
  }
  joints[pose::index(Landmark::nose)] = {0.68, 0.46, 0.0};
  return joints;
}

/// In the laboratory: turned about the vertical, moved, and in other axes.
Point3d in_laboratory(const Setting& setting, const Point3d& room) {
  const double c = std::cos(radians(setting.head_deg));
  const double s = std::sin(radians(setting.head_deg));
  // So far from the origin that only the axis that is up can be.
  Point3d p{c * room.x + s * room.z + 2.5, room.y, c * room.z - s * room.x - 1.9};
  if (setting.mirrored_up) p = {p.x, -p.y, -p.z};
  for (int i = 0; i < setting.first_axis; ++i) p = {p.z, p.x, p.y};
  return p;
}

struct Recorded {
  std::vector<std::vector<Point3d>> markers;  ///< Of kJoints, frame by frame.
  LegMotion motion;
};

Recorded recorded(const Setting& setting) {
  Recorded out{{}, kicking(setting)};
  Random random(setting.seed);
  const auto frames = static_cast<int>(out.motion.length_s * kRate_hz);
  for (int i = 0; i < frames; ++i) {
    const JointsInSpace joints = body_at(setting, out.motion, i / kRate_hz);
    std::vector<Point3d> markers;
    for (const tests::NamedJoint& joint : kJoints) {
      const Point3d error{setting.noise_m * random.normal(), setting.noise_m * random.normal(),
                          setting.noise_m * random.normal()};
      markers.push_back(in_laboratory(setting, joints[pose::index(joint.landmark)] + error));
    }
    out.markers.push_back(std::move(markers));
  }
  return out;
}

std::string trc_of(const Recorded& practice) {
  std::string text = fmt::format(
      "PathFileType\t4\t(X/Y/Z)\tk.trc\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\n"
      "{0}\t{0}\t{1}\t{2}\tm\nFrame#\tTime",
      kRate_hz, practice.markers.size(), kJoints.size());
  for (const tests::NamedJoint& joint : kJoints) text += fmt::format("\t{}\t\t", joint.name);
  text += "\n\n";
  for (std::size_t f = 0; f < practice.markers.size(); ++f) {
    text += fmt::format("{}\t{:.4f}", f + 1, static_cast<double>(f) / kRate_hz);
    for (const Point3d& p : practice.markers[f]) {
      text += fmt::format("\t{:.5f}\t{:.5f}\t{:.5f}", p.x, p.y, p.z);
    }
    text += "\n";
  }
  return text;
}

std::string c3d_of(const Recorded& practice) {
  std::vector<std::string> labels;
  for (const tests::NamedJoint& joint : kJoints) labels.emplace_back(joint.name);
  std::vector<support::C3dFrame> frames;
  for (const auto& markers : practice.markers) {
    support::C3dFrame frame;
    for (const Point3d& p : markers) {
      frame.emplace_back(std::array{1000.0 * p.x, 1000.0 * p.y, 1000.0 * p.z});
    }
    frames.push_back(std::move(frame));
  }
  support::C3dForm form;
  form.rate_hz = kRate_hz;
  return support::c3d_bytes(form, labels, frames);
}

engine::Analysis analysed(const std::vector<pose::PoseFrame>& frames, int level = 1) {
  auto session = engine::Session::create(support::single_leg_kick(), level);
  for (const auto& frame : frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

struct KneeError {
  double mean_deg = 0.0;      ///< Mean absolute error.
  double greatest_deg = 0.0;  ///< At any time.
};

/// Of the exported angles, which are smoothed, against the angles performed.
std::array<KneeError, kBothLegs> knee_errors(const std::vector<pose::PoseFrame>& frames,
                                             const LegMotion& performed) {
  const auto angles =
      formats::joint_angles(frames, analysed(frames), support::single_leg_kick().measurement);
  std::array<KneeError, kBothLegs> errors;
  for (std::size_t leg = 0; leg < kBothLegs; ++leg) {
    for (const formats::JointAngles& now : angles) {
      EXPECT_TRUE(now.knee_flexion[leg]) << now.time.value();
      if (!now.knee_flexion[leg]) return errors;
      const double off = std::abs(now.knee_flexion[leg]->value() -
                                  performed.knee_deg[leg].at(now.time.value()));
      errors[leg].mean_deg += off / static_cast<double>(angles.size());
      errors[leg].greatest_deg = std::max(errors[leg].greatest_deg, off);
    }
  }
  return errors;
}

/// All that is measured in space is right: angles of knees and hips, kicks, sides, lifts.
void expect_measured(const Setting& setting, const base::Result<formats::ImportedPoses>& read) {
  const LegMotion performed = kicking(setting);
  ASSERT_TRUE(read.ok()) << read.error().message;
  const auto& frames = read.value().frames;
  const engine::Analysis analysis = analysed(frames);
  EXPECT_EQ(analysis.frames_in_space, static_cast<std::int64_t>(frames.size()));
  EXPECT_EQ(tests::counted(frames), "left 2, right 2, left 2, right 2, ");
  const auto errors = knee_errors(frames, performed);
  for (const KneeError& error : errors) {
    EXPECT_LT(error.mean_deg, 0.1);
    EXPECT_LT(error.greatest_deg, 0.5);
  }
  for (const exercise::Repetition& repetition : analysis.repetitions) {
    EXPECT_GT(repetition.side_confidence, 0.95);
    for (const exercise::Kick& kick : repetition.kicks) {
      EXPECT_NEAR(kick.knee_flexion.value(), setting.peak_deg - setting.straight_deg, 1.0);
    }
    ASSERT_TRUE(repetition.thigh_lift);
    EXPECT_NEAR(repetition.thigh_lift->lift.value(), repetition.index > 2 ? 14.0 : 0.0, 1.0);
    const bool found = std::ranges::any_of(
        repetition.faults, [](const auto& fault) { return fault.id == "thigh_lift"; });
    EXPECT_EQ(found, repetition.index > 2) << repetition.index;
  }
}

TEST(MarkersInSpace, GiveTheAnglesPerformedWhicheverWayTheAxesPoint) {
  for (int first_axis = 0; first_axis < 3; ++first_axis) {
    for (const bool mirrored : {false, true}) {
      for (const double head_deg : {0.0, 90.0, 215.0}) {
        SCOPED_TRACE(fmt::format("axes {} {} head {}", first_axis, mirrored, head_deg));
        Setting setting;
        setting.first_axis = first_axis;
        setting.mirrored_up = mirrored;
        setting.head_deg = head_deg;
        expect_measured(setting,
                        formats::read_pose_file(trc_of(recorded(setting)), "k.trc", {}));
      }
    }
  }
}

TEST(MarkersInSpace, GiveTheAnglesPerformedByAnyBody) {
  Random random(7);
  for (int body = 0; body < 40; ++body) {
    Setting setting;
    setting.splay_deg = random.uniform(-3.0, 18.0);
    setting.turned_deg = random.uniform(-35.0, 35.0);
    setting.straight_deg = random.uniform(2.0, 12.0);
    setting.peak_deg = random.uniform(95.0, 125.0);
    setting.head_deg = random.uniform(0.0, 360.0);
    setting.first_axis = static_cast<int>(random.below(3));
    setting.noise_m = 0.0005;
    setting.seed = random.bits();
    SCOPED_TRACE(fmt::format(
        "body {}: splay {:.1f}, turned {:.1f}, straight {:.1f}, peak {:.1f}", body,
        setting.splay_deg, setting.turned_deg, setting.straight_deg, setting.peak_deg));
    expect_measured(setting, formats::read_pose_file(c3d_of(recorded(setting)), "k.c3d", {}));
  }
}

TEST(MarkersInSpace, GiveTheHipsFlexionOfTheThighAgainstTheTrunk) {
  Setting setting;
  const Recorded practice = recorded(setting);
  const auto read = formats::read_pose_file(trc_of(practice), "k.trc", {});
  ASSERT_TRUE(read.ok()) << read.error().message;
  const auto& frames = read.value().frames;
  const auto angles =
      formats::joint_angles(frames, analysed(frames), support::single_leg_kick().measurement);
  // The trunk rises to the shoulders, and a thigh whose knee is lower than its hip is in line
  // with it but for the difference; splayed legs look steeper from the side.
  const double trunk_deg = std::atan2(0.33 - 0.1, 0.42) * 180.0 / std::numbers::pi;
  for (std::size_t leg = 0; leg < kBothLegs; ++leg) {
    for (const formats::JointAngles& now : angles) {
      ASSERT_TRUE(now.hip_flexion[leg]);
      const double thigh = radians(-5.0 + practice.motion.thigh_deg[leg].at(now.time.value()));
      const double from_side_deg =
          std::atan2(std::sin(thigh), std::cos(thigh) * std::cos(radians(setting.splay_deg))) *
          180.0 / std::numbers::pi;
      EXPECT_NEAR(now.hip_flexion[leg]->value(), -trunk_deg - from_side_deg, 0.05);
    }
  }
}

TEST(MarkersInSpace, GiveTheSameAgainFromATableOfTheirPoses) {
  const auto read = formats::read_pose_file(trc_of(recorded({})), "k.trc", {});
  ASSERT_TRUE(read.ok()) << read.error().message;
  const auto& frames = read.value().frames;
  std::string table = formats::pose_csv_header(formats::LegColumns::in_space);
  for (const auto& frame : frames) {
    table += formats::pose_csv_row(frame, formats::LegColumns::in_space);
  }
  const auto again = formats::read_pose_csv(table, "poses.csv", frames.front().image_size);
  ASSERT_TRUE(again.ok()) << again.error().message;
  const engine::Analysis first = analysed(frames);
  const engine::Analysis second = analysed(again.value());
  EXPECT_EQ(second.frames_in_space, first.frames_in_space);
  ASSERT_EQ(second.repetitions.size(), first.repetitions.size());
  for (std::size_t i = 0; i < first.repetitions.size(); ++i) {
    EXPECT_EQ(second.repetitions[i].greatest_bend, first.repetitions[i].greatest_bend);
    EXPECT_EQ(second.repetitions[i].thigh_lift->lift, first.repetitions[i].thigh_lift->lift);
  }
}

TEST(MarkersInSpace, OfOnePlaneAreAPicture) {
  Recorded practice = recorded({});
  for (auto& frame : practice.markers) {
    for (Point3d& p : frame) p.z = 0.0;
  }
  const auto read = formats::read_pose_file(trc_of(practice), "k.trc", {});
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(analysed(read.value().frames).frames_in_space, 0);
}

}  // namespace
}  // namespace matside
