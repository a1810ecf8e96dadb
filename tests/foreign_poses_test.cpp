// One practice, as other programs would have saved its poses: each file is read, and the same
// repetitions are counted. The files are written here, from the formats' own descriptions.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "formats/openpose.h"
#include "formats/pose_file.h"
#include "tests/foreign_practice.h"
#include "tests/support/practice.h"

namespace matside {
namespace {

using formats::PoseFileHints;
using formats::read_pose_file;
using pose::Landmark;
using pose::Pose;
using ::testing::HasSubstr;
using tests::expect_counted;
using tests::kFps;
using tests::kHeight;
using tests::kWidth;
using tests::pictures;
using tests::practice;

/// Somebody kneeling beside, upright and larger than the one who lies.
Pose helper() {
  support::Posture kneeling;
  kneeling.upright_deg = 90.0;
  support::Camera near;
  near.size = {1280, 720};
  near.distance_m = 1.8;
  return support::seen_by(near, support::Body{}, kneeling);
}

template <std::size_t n>
std::string numbers(const Pose& pose, const std::array<Landmark, n>& joints, std::size_t count,
                    const std::string& third) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = pose[joints[i]].position;
    text += fmt::format("{}{:.3f},{:.3f},{}", i == 0 ? "" : ",", at.x_px, at.y_px, third);
  }
  return "[" + text + "]";
}

TEST(ForeignPoses, OfOpenPoseWithABystanderAreCountedAlike) {
  formats::OpenPoseReader reader({base::ImageSize{1280, 720}, kFps});
  for (const auto& frame : practice().frames) {
    const auto person = [](const Pose& pose) {
      return R"({"person_id":[-1],"pose_keypoints_2d":)" +
             numbers(pose, tests::kBody25, 25, "0.8") +
             R"(,"face_keypoints_2d":[],"pose_keypoints_3d":[]})";
    };
    const std::string text =
        R"({"version":1.3,"people":[)" + person(helper()) + "," + person(*frame.pose) + "]}";
    const auto taken = reader.take(frame.frame_index, text, "f.json");
    ASSERT_TRUE(taken.ok()) << taken.error().message;
  }
  expect_counted(std::move(reader.poses()), "openpose-body-25");
}

TEST(ForeignPoses, InAWideTableOfNumberedLandmarksAreCountedAlike) {
  std::string text = "class";
  for (int i = 1; i <= 33; ++i) text += fmt::format(",x{0},y{0},z{0},v{0}", i);
  text += "\r\n";
  for (const auto& frame : practice().frames) {
    text += "kick";
    for (const auto& k : frame.pose->keypoints) {
      fmt::format_to(std::back_inserter(text), ",{},{},-0.1,0.99", k.position.x_px / kWidth,
                     k.position.y_px / kHeight);
    }
    text += "\r\n";
  }
  expect_counted(read_pose_file(text, "t.csv", pictures()), "mediapipe-33");
}

TEST(ForeignPoses, InATableOfOneLandmarkARowAreCountedAlike) {
  std::string text = "\"frame\";\"timestamp\";\"landmark\";\"x\";\"y\";\"z\";\"visibility\"\n";
  for (const auto& frame : practice().frames) {
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
      std::string name(pose::name(static_cast<Landmark>(i)));
      for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      const auto at = frame.pose->keypoints[i].position;
      fmt::format_to(std::back_inserter(text), "{};{:.1f};\"{}\";{};{};0;1\n",
                     frame.frame_index, frame.time.value() * 1000.0, name, at.x_px / kWidth,
                     at.y_px / kHeight);
    }
  }
  expect_counted(read_pose_file(text, "t.csv", {{base::ImageSize{1280, 720}, {}}, {}}),
                 "mediapipe-33");
}

TEST(ForeignPoses, OfMediaPipesTasksAreCountedAlike) {
  std::string text = "[";
  for (const auto& frame : practice().frames) {
    std::string landmarks;
    for (const auto& k : frame.pose->keypoints) {
      landmarks += fmt::format(R"({}{{"x":{},"y":{},"z":0.1,"visibility":0.9}})",
                               landmarks.empty() ? "" : ",", k.position.x_px / kWidth,
                               k.position.y_px / kHeight);
    }
    text += fmt::format(R"({}{{"timestampMs":{},"landmarks":[[{}]],"worldLandmarks":[[]]}})",
                        text.size() > 1 ? "," : "", frame.time.value() * 1000.0, landmarks);
  }
  text += "]";
  expect_counted(read_pose_file(text, "t.json", {{base::ImageSize{1280, 720}, {}}, {}}),
                 "mediapipe-33");
}

TEST(ForeignPoses, OfAlphaPosesHalpeAreCountedAlike) {
  std::string text = "[";
  for (const auto& frame : practice().frames) {
    text +=
        fmt::format(R"({}{{"image_id":"{}.jpg","category_id":1,"keypoints":{},"score":2.9}})",
                    text.size() > 1 ? "," : "", frame.frame_index,
                    numbers(*frame.pose, tests::kHalpe26, 26, "1.02"));
  }
  expect_counted(read_pose_file(text + "]", "t.json", pictures()), "halpe-26");
}

TEST(ForeignPoses, OfACocoDataSetAreCountedAlikeAndItsFeetAreMissed) {
  std::string images;
  std::string annotations;
  for (const auto& frame : practice().frames) {
    const char* comma = images.empty() ? "" : ",";
    images += fmt::format(R"({}{{"id":{},"width":1280,"height":720,"file_name":"a.jpg"}})",
                          comma, frame.frame_index + 7);
    annotations += fmt::format(R"({}{{"id":{},"image_id":{},"category_id":1,"keypoints":{}}})",
                               comma, frame.frame_index, frame.frame_index + 7,
                               numbers(*frame.pose, tests::kHalpe26, 17, "2"));
  }
  const std::string text =
      R"({"images":[)" + images + R"(],"annotations":[)" + annotations + "]}";
  const auto read = read_pose_file(text, "t.json", {{{}, kFps}, {}});
  expect_counted(read, "coco-17");
  EXPECT_EQ(formats::missing_joint_warnings(read.value().frames),
            std::vector<std::string>{"poses_without_feet"});
}

/// A laboratory's markers: two on each knee and ankle, others that mean nothing here.
struct Marker {
  const char* name;
  std::optional<Landmark> joint;
  double across_m = 0.0;  ///< to the person's right of the joint
};
constexpr double kHalfKnee_m = 0.05;
std::vector<Marker> markers() {
  std::vector<Marker> all{
      {"Top.Head", {}},
      {"Rear.Head", {}},
      {"R.Ear", Landmark::right_ear},
      {"L.Ear", Landmark::left_ear},
      {"Nose", Landmark::nose},
      {"R.Shoulder", Landmark::right_shoulder},
      {"R.Elbow", Landmark::right_elbow},
      {"R.Wrist", Landmark::right_wrist},
      {"L.Shoulder", Landmark::left_shoulder},
      {"L.Elbow", Landmark::left_elbow},
      {"L.Wrist", Landmark::left_wrist},
      {"R.HJC", Landmark::right_hip},
      {"L.HJC", Landmark::left_hip},
      {"R.Kn.A", Landmark::right_knee, kHalfKnee_m},
      {"R.Kn.B", Landmark::right_knee, -kHalfKnee_m},
      {"L.Kn.A", Landmark::left_knee, -kHalfKnee_m},
      {"L.Kn.B", Landmark::left_knee, kHalfKnee_m},
      {"R.An.A", Landmark::right_ankle, kHalfKnee_m},
      {"R.An.B", Landmark::right_ankle, -kHalfKnee_m},
      {"L.An.A", Landmark::left_ankle, -kHalfKnee_m},
      {"L.An.B", Landmark::left_ankle, kHalfKnee_m},
      {"R.Heel", Landmark::right_heel},
      {"R.Toe", Landmark::right_foot_index},
      {"L.Heel", Landmark::left_heel},
      {"L.Toe", Landmark::left_foot_index},
  };
  for (const char* name :
       {"V.Sacral", "R.ASIS", "L.ASIS", "R.Scapula", "Sternum", "R.Thigh.Upper",
        "R.Thigh.Front", "R.Thigh.Rear", "L.Thigh.Upper", "L.Thigh.Front", "L.Thigh.Rear",
        "R.Shank.Upper", "R.Shank.Front", "R.Shank.Rear", "L.Shank.Upper", "L.Shank.Front"}) {
    all.push_back({name, {}});
  }
  return all;
}

/// A laboratory's TRC in millimetres: the person lies along its -z, the room's x is to the left
/// of that. Every 50th frame has lost a marker that means nothing, and the left heel.
std::string laboratory_trc(const char* decimal_point = ".") {
  const std::vector<Marker> all = markers();
  std::string text = "PathFileType\t4\t(X/Y/Z)\tC:\\data\\kick 1.trc\r\n";
  text +=
      "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
      "OrigNumFrames\r\n";
  text += fmt::format("30\t30\t{}\t{}\tmm\t30\t1\t{}\r\nFrame#\tTime", practice().frames.size(),
                      all.size(), practice().frames.size());
  for (const Marker& marker : all) text += std::string("\t") + marker.name + "\t\t";
  text += "\t\r\n\t";
  for (std::size_t i = 1; i <= all.size(); ++i) text += fmt::format("\tX{0}\tY{0}\tZ{0}", i);
  text += "\r\n\r\n";
  for (std::size_t f = 0; f < practice().frames.size(); ++f) {
    text += fmt::format("{}\t{:.5f}", f + 1, practice().frames[f].time.value());
    for (const Marker& marker : all) {
      const bool blank = f % 50 == 9 && (!marker.joint || *marker.joint == Landmark::left_heel);
      if (blank) {
        text += "\t\t\t";
        continue;
      }
      const auto& at =
          practice().world_landmarks[f][pose::index(marker.joint.value_or(Landmark::nose))];
      const double right_m = at.z_m + marker.across_m;
      text += fmt::format("\t{:.3f}\t{:.3f}\t{:.3f}", 1000.0 * (2.0 + right_m), 1000.0 * at.y_m,
                          1000.0 * (1.0 - at.x_m));
    }
    text += "\r\n";
  }
  if (*decimal_point != '.') {
    const std::size_t first = text.find('.', text.find("\r\n\r\n"));
    text.replace(text.find('.', first + 1), 1, decimal_point);
  }
  return text;
}

PoseFileHints laboratory() {
  const auto table = formats::read_marker_table(
      "# whose is which\nR.Kn.A,right_knee\nR.Kn.B,right_knee\nL.Kn.A,left_knee\n"
      "L.Kn.B,left_knee\nR.An.A,right_ankle\nR.An.B,right_ankle\n"
      "L.An.A,left_ankle\nL.An.B,left_ankle\n",
      "markers.csv");
  EXPECT_TRUE(table.ok());
  return {{}, table.value()};
}

TEST(ForeignPoses, OfFortyOneMarkersWithBlankCellsAreCountedAlike) {
  ASSERT_EQ(markers().size(), 41U);
  expect_counted(read_pose_file(laboratory_trc(), "kick.trc", laboratory()), "markers");
}

TEST(ForeignPoses, OfMarkersThatNobodyNamedAreRefusedWithWhatIsThere) {
  const auto read = read_pose_file(laboratory_trc(), "kick.trc", {});
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().kind, base::ErrorKind::input);
  EXPECT_THAT(read.error().message, HasSubstr("no marker has a known name for knee, ankle"));
  EXPECT_THAT(read.error().message, HasSubstr("--markers FILE"));
  EXPECT_THAT(read.error().message, HasSubstr("R.Kn.A, R.Kn.B"));
}

TEST(ForeignPoses, WithACommaForAPointAreRefusedWithLineAndColumn) {
  const auto read = read_pose_file(laboratory_trc(","), "kick.trc", laboratory());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().kind, base::ErrorKind::input);
  EXPECT_THAT(read.error().message, HasSubstr("kick.trc: line 7, column 3: Top.Head X: \""));
  EXPECT_THAT(read.error().message, HasSubstr("decimals need a point, not a comma"));
}

TEST(ForeignPoses, WithoutThePicturesSizeAreAskedForIt) {
  const std::string table = "frame,time,x0,y0,x12,y12\n0,0,0.5,0.5,0.4,0.4\n";
  const auto no_size = read_pose_file(table, "t.csv", {{{}, kFps}, {}});
  ASSERT_FALSE(no_size.ok());
  EXPECT_EQ(no_size.error().kind, base::ErrorKind::usage);
  EXPECT_THAT(no_size.error().message, HasSubstr("add --size WIDTHxHEIGHT"));
  const auto no_rate =
      read_pose_file("x0,y0\n0.5,0.5\n", "t.csv", {{base::ImageSize{64, 64}, {}}, {}});
  ASSERT_FALSE(no_rate.ok());
  EXPECT_EQ(no_rate.error().kind, base::ErrorKind::usage);
  EXPECT_THAT(no_rate.error().message, HasSubstr("--fps"));
}

}  // namespace
}  // namespace matside
