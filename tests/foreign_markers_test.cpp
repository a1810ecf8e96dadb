// One practice as markers in space, as TRC and C3D in any axes. The files are written here,
// from the formats' own descriptions; the same repetitions are counted.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "formats/laboratory_axes.h"
#include "formats/pose_file.h"
#include "tests/foreign_practice.h"
#include "tests/support/c3d_writer.h"
#include "tests/support/practice.h"

namespace matside {
namespace {

using formats::Point3d;
using formats::PoseFileHints;
using formats::read_pose_file;
using formats::UpAxis;
using pose::Landmark;
using support::C3dForm;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tests::expect_counted;
using tests::kJoints;
using tests::NamedJoint;
using tests::practice;

/// A joint in the room: x to the head, y up, z to the right of the person; 0.3 m and 0.4 m off
/// the origin along the floor.
Point3d in_room(std::size_t frame, Landmark landmark) {
  const auto& p = practice().world_landmarks[frame][pose::index(landmark)];
  return {p.x_m + 0.3, p.y_m, p.z_m + 0.4};
}

/// The room's point in a laboratory whose axis `up` points up: the inverse of turned_y_up().
Point3d in_laboratory(const Point3d& p, UpAxis up) {
  switch (up) {
    case UpAxis::x:
      return {p.y, -p.x, p.z};
    case UpAxis::y:
      return p;
    case UpAxis::z:
      return {p.x, -p.z, p.y};
    case UpAxis::minus_x:
      return {-p.y, p.x, p.z};
    case UpAxis::minus_y:
      return {p.x, -p.y, -p.z};
    case UpAxis::minus_z:
      break;
  }
  return {p.x, p.z, -p.y};
}

constexpr std::array kAllAxes{UpAxis::x,       UpAxis::y,       UpAxis::z,
                              UpAxis::minus_x, UpAxis::minus_y, UpAxis::minus_z};

/// A TRC file in metres; `mark` stands between the fields of the frames.
std::string trc_of(UpAxis up, const std::string& mark = "\t",
                   const std::string& first = "PathFileType\t4\t(X/Y/Z)\tkick.trc") {
  std::string text = first + "\nDataRate" + mark + "CameraRate" + mark + "NumFrames" + mark +
                     "NumMarkers" + mark + "Units\n";
  text += fmt::format("30{0}30{0}{1}{0}{2}{0}m\nFrame#{0}Time", mark, practice().frames.size(),
                      kJoints.size());
  for (const NamedJoint& joint : kJoints) {
    text += mark + joint.name + (mark == "  " ? "" : mark + mark);
  }
  text += "\n\n";
  for (std::size_t f = 0; f < practice().frames.size(); ++f) {
    text += fmt::format("{}{}{:.5f}", f + 1, mark, practice().frames[f].time.value());
    for (const NamedJoint& joint : kJoints) {
      const Point3d p = in_laboratory(in_room(f, joint.landmark), up);
      text += fmt::format("{0}{1:.5f}{0}{2:.5f}{0}{3:.5f}", mark, p.x, p.y, p.z);
    }
    text += "\n";
  }
  return text;
}

TEST(ForeignMarkers, AreCountedWhicheverAxisPointsUp) {
  for (const UpAxis up : kAllAxes) {
    SCOPED_TRACE(formats::axis_name(up));
    const auto read = read_pose_file(trc_of(up), "kick.trc", {});
    expect_counted(read, "markers");
    if (up == UpAxis::y) {
      EXPECT_THAT(read.value().notes, IsEmpty());
    } else {
      EXPECT_EQ(read.value().notes.size(), 1U) << "a note names the axis";
    }
  }
}

TEST(ForeignMarkers, FollowTheAxisThatIsAskedFor) {
  PoseFileHints hints;
  hints.up = UpAxis::z;
  const auto asked = read_pose_file(trc_of(UpAxis::z), "kick.trc", hints);
  expect_counted(asked, "markers");
  EXPECT_THAT(asked.value().notes, IsEmpty());
  hints.up = UpAxis::minus_z;
  const auto wrong = read_pose_file(trc_of(UpAxis::z), "kick.trc", hints);
  ASSERT_TRUE(wrong.ok());
  EXPECT_NE(tests::counted(wrong.value().frames), tests::truth());
}

TEST(ForeignMarkers, InEachDialectOfTrcAreCountedAlike) {
  const std::string spaces = "PathFileType  4 (X/Y/Z) C:/My Files/kick.trc";
  for (const std::string mark : {"\t", "\t\t", ",", ";", "  "}) {
    for (const std::string& first :
         {"PathFileType" + mark + "4" + mark + "(X/Y/Z)" + mark + "kick.trc", spaces}) {
      SCOPED_TRACE(mark + first);
      expect_counted(read_pose_file(trc_of(UpAxis::y, mark, first), "kick.trc", {}), "markers");
    }
  }
}

/// The practice as C3D, in millimetres, with the labels and positions of `markers`.
using MarkersOf = std::function<std::vector<Point3d>(std::size_t frame)>;
std::string c3d_of(C3dForm form, UpAxis up, const std::vector<std::string>& labels,
                   const MarkersOf& markers) {
  form.rate_hz = tests::kFps;
  constexpr double kMillimetres = 1000.0;
  std::vector<support::C3dFrame> frames;
  for (std::size_t f = 0; f < practice().frames.size(); ++f) {
    support::C3dFrame frame;
    for (const Point3d& room : markers(f)) {
      const Point3d p = in_laboratory(room, up);
      frame.push_back(std::array{kMillimetres * p.x, kMillimetres * p.y, kMillimetres * p.z});
    }
    // A marker that was not measured in this frame.
    if (f % 40 == 3) frame.back().reset();
    frames.push_back(std::move(frame));
  }
  return support::c3d_bytes(form, labels, frames);
}

std::vector<std::string> joint_labels(const std::string& prefix = "") {
  std::vector<std::string> labels;
  for (const NamedJoint& joint : kJoints) labels.push_back(prefix + joint.name);
  return labels;
}

std::vector<Point3d> joint_points(std::size_t frame) {
  std::vector<Point3d> points;
  for (const NamedJoint& joint : kJoints) points.push_back(in_room(frame, joint.landmark));
  return points;
}

TEST(ForeignMarkers, InC3dOfEachProcessorAndNumberTypeAreCountedAlike) {
  using enum C3dForm::Processor;
  for (const auto processor : {intel, dec, mips}) {
    for (const bool reals : {true, false}) {
      for (const int analogue : {0, 12}) {
        SCOPED_TRACE(fmt::format("processor {}, reals {}, {} analogue",
                                 static_cast<int>(processor), reals, analogue));
        C3dForm form;
        form.processor = processor;
        form.reals = reals;
        form.analogue_per_frame = analogue;
        const auto read = read_pose_file(
            c3d_of(form, UpAxis::z, joint_labels("Anna:"), joint_points), "k.c3d", {});
        expect_counted(read, "markers");
        EXPECT_THAT(read.value().notes, ElementsAre("poses_up_z"));
      }
    }
  }
}

TEST(ForeignMarkers, InC3dThatSaysWhichAxisIsUpNeedNoNote) {
  for (const auto& [axis, up] : {std::pair{"+Z", UpAxis::z}, std::pair{"+Y", UpAxis::y},
                                 std::pair{"-X", UpAxis::minus_x}}) {
    C3dForm form;
    form.y_screen = axis;
    const auto read =
        read_pose_file(c3d_of(form, up, joint_labels(), joint_points), "k.c3d", {});
    expect_counted(read, "markers");
    EXPECT_THAT(read.value().notes, IsEmpty()) << axis;
  }
}

TEST(ForeignMarkers, InC3dThatIsCutOffAreReadUpToTheCut) {
  std::string bytes = c3d_of({}, UpAxis::z, joint_labels(), joint_points);
  bytes.resize(bytes.size() / 2);
  const auto read = read_pose_file(bytes, "k.c3d", {});
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_LT(read.value().frames.size(), practice().frames.size());
  EXPECT_THAT(read.value().notes, ElementsAre("input_truncated", "poses_up_z"));
}

/// Plug-in Gait's pelvis around two hips; the rest of its markers are at the joints.
std::vector<Point3d> plug_in_gait_points(std::size_t frame) {
  const Point3d left = in_room(frame, Landmark::left_hip);
  const Point3d right = in_room(frame, Landmark::right_hip);
  // The person lies face down: the front is below, the head along x, the right side along z.
  constexpr double kHipsOfWidth = 1.0 - 2.0 * 0.14;
  const double width = (right.z - left.z) / kHipsOfWidth;
  const double x = 0.5 * (left.x + right.x) + 0.30 * width;
  const double y = 0.5 * (left.y + right.y) - 0.19 * width;
  const double z = 0.5 * (left.z + right.z);
  std::vector<Point3d> points{{x, y, z - 0.5 * width},
                              {x, y, z + 0.5 * width},
                              {x, y + 0.7 * width, z - 0.1 * width},
                              {x, y + 0.7 * width, z + 0.1 * width}};
  for (const Landmark joint :
       {Landmark::left_shoulder, Landmark::right_shoulder, Landmark::left_elbow,
        Landmark::right_elbow, Landmark::left_wrist, Landmark::left_wrist,
        Landmark::right_wrist, Landmark::right_wrist, Landmark::left_knee, Landmark::right_knee,
        Landmark::left_ankle, Landmark::right_ankle, Landmark::left_heel, Landmark::right_heel,
        Landmark::left_foot_index, Landmark::right_foot_index}) {
    points.push_back(in_room(frame, joint));
  }
  return points;
}

TEST(ForeignMarkers, OfPlugInGaitNeedNoTable) {
  const std::vector<std::string> labels{"LASI", "RASI", "LPSI", "RPSI", "LSHO", "RSHO", "LELB",
                                        "RELB", "LWRA", "LWRB", "RWRA", "RWRB", "LKNE", "RKNE",
                                        "LANK", "RANK", "LHEE", "RHEE", "LTOE", "RTOE"};
  C3dForm form;
  form.y_screen = "+Z";
  expect_counted(
      read_pose_file(c3d_of(form, UpAxis::z, labels, plug_in_gait_points), "k.c3d", {}),
      "markers");
}

}  // namespace
}  // namespace matside
