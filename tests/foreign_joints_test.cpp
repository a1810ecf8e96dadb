// One practice as MMPose, YOLO, DeepLabCut and SLEAP save its joints. The files are written
// here, from the formats' own descriptions; the same repetitions are counted.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "formats/picture_files.h"
#include "formats/pose_file.h"
#include "tests/foreign_practice.h"
#include "tests/support/practice.h"

namespace matside {
namespace {

using formats::read_pose_file;
using pose::Landmark;
using ::testing::HasSubstr;
using tests::expect_counted;
using tests::kHeight;
using tests::kJoints;
using tests::kWidth;
using tests::NamedJoint;
using tests::pictures;
using tests::practice;

/// x, y of the joints in the order of a skeleton, as far as `joints` goes, and zeros after
/// that.
template <std::size_t n>
std::vector<std::array<double, 2>> places(const pose::Pose& pose,
                                          const std::array<Landmark, n>& joints,
                                          std::size_t all) {
  std::vector<std::array<double, 2>> at(all);
  for (std::size_t i = 0; i < std::min(n, all); ++i) {
    at[i] = {pose[joints[i]].position.x_px, pose[joints[i]].position.y_px};
  }
  return at;
}

std::string pairs(const std::vector<std::array<double, 2>>& places) {
  std::string text;
  for (const auto& [x, y] : places) text += fmt::format(",[{:.2f},{:.2f}]", x, y);
  return "[" + text.substr(1) + "]";
}

std::string ones(std::size_t count) {
  std::string text = "[0.9";
  for (std::size_t i = 1; i < count; ++i) text += ",0.9";
  return text + "]";
}

TEST(ForeignJoints, OfMmPoseAreCountedWithEachOfItsSkeletons) {
  for (const auto& [all, skeleton] :
       {std::pair{std::size_t{17}, "coco-17"}, std::pair{std::size_t{26}, "halpe-26"},
        std::pair{std::size_t{136}, "halpe-136"}}) {
    std::string text = R"({"meta_info":{"dataset_name":"coco"},"instance_info":[)";
    for (const auto& frame : practice().frames) {
      text += fmt::format(
          R"({}{{"frame_id":{},"instances":[{{"keypoints":{},"keypoint_scores":{},"bbox_score":0.9}}]}})",
          frame.frame_index == 0 ? "" : ",", frame.frame_index + 1,
          pairs(places(*frame.pose, tests::kHalpe26, all)), ones(all));
    }
    expect_counted(read_pose_file(text + "]}", "m.json", pictures()), skeleton);
  }
}

TEST(ForeignJoints, OfCocoWholeBodyAreCounted) {
  auto joints = tests::kHalpe26;
  for (std::size_t i = 0; i < 6; ++i) {
    constexpr std::array kFeet{Landmark::left_foot_index,  Landmark::left_foot_index,
                               Landmark::left_heel,        Landmark::right_foot_index,
                               Landmark::right_foot_index, Landmark::right_heel};
    joints[17 + i] = kFeet[i];
  }
  std::string text = "[";
  for (const auto& frame : practice().frames) {
    std::string numbers;
    for (const auto& [x, y] : places(*frame.pose, joints, 133)) {
      numbers += fmt::format(",{:.2f},{:.2f},0.9", x, y);
    }
    text += fmt::format(R"({}{{"image_id":{},"category_id":1,"keypoints":[{}],"score":1}})",
                        text.size() > 1 ? "," : "", frame.frame_index, numbers.substr(1));
  }
  expect_counted(read_pose_file(text + "]", "w.json", pictures()), "coco-wholebody-133");
}

TEST(ForeignJoints, OfYoloInAFolderOfLabelsAreCounted) {
  formats::PictureFileReader reader(pictures().poses);
  for (const auto& frame : practice().frames) {
    std::string line = "0 0.5 0.5 0.4 0.2";
    for (const auto& [x, y] : places(*frame.pose, tests::kHalpe26, 17)) {
      line += fmt::format(" {:.6f} {:.6f} 0.95", x / kWidth, y / kHeight);
    }
    const auto taken = reader.take(frame.frame_index + 1, line + "\n", "clip_1.txt");
    ASSERT_TRUE(taken.ok()) << taken.error().message;
  }
  expect_counted(reader.take_poses(), "coco-17");
}

TEST(ForeignJoints, OfUltralyticsJsonAreCounted) {
  std::string text = "[";
  for (const auto& frame : practice().frames) {
    std::string x;
    std::string y;
    for (const auto& [at_x, at_y] : places(*frame.pose, tests::kHalpe26, 17)) {
      x += fmt::format(",{:.3f}", at_x);
      y += fmt::format(",{:.3f}", at_y);
    }
    text += fmt::format(
        R"({}[{{"name":"person","class":0,"confidence":0.9,"box":{{"x1":1,"y1":2,"x2":3,"y2":4}},"keypoints":{{"x":[{}],"y":[{}],"visible":{}}}}}])",
        text.size() > 1 ? "," : "", x.substr(1), y.substr(1), ones(17));
  }
  expect_counted(read_pose_file(text + "]", "y.json", pictures()), "coco-17");
}

/// The joints as a user of DeepLabCut or SLEAP might name them.
std::string user_name(const NamedJoint& joint) {
  const std::string name = joint.name;
  if (name == "Nose") return name;
  return name.substr(1) + "_" + (name.front() == 'L' ? "left" : "right");
}

TEST(ForeignJoints, OfDeepLabCutAreCountedWithAndWithoutIndividuals) {
  for (const bool individuals : {false, true}) {
    std::string scorer = "scorer";
    std::string individual = "individuals";
    std::string parts = "bodyparts";
    std::string coords = "coords";
    for (const NamedJoint& joint : kJoints) {
      for (const char* coordinate : {"x", "y", "likelihood"}) {
        scorer += ",DLC_resnet50";
        individual += ",anna";
        parts += "," + user_name(joint);
        coords += std::string(",") + coordinate;
      }
    }
    std::string text =
        scorer + "\n" + (individuals ? individual + "\n" : "") + parts + "\n" + coords + "\n";
    for (const auto& frame : practice().frames) {
      text += std::to_string(frame.frame_index);
      for (const NamedJoint& joint : kJoints) {
        const auto at = (*frame.pose)[joint.landmark].position;
        text += fmt::format(",{:.4f},{:.4f},0.98", at.x_px, at.y_px);
      }
      text += "\n";
    }
    expect_counted(read_pose_file(text, "d.csv", pictures()), "deeplabcut");
  }
}

TEST(ForeignJoints, OfSleapWithABystanderAreCounted) {
  std::string text = "track,frame_idx,instance.score";
  for (const NamedJoint& joint : kJoints) {
    for (const char* part : {"x", "y", "score"}) text += "," + user_name(joint) + "." + part;
  }
  text += "\n";
  const auto add = [&](const char* track, const auto& frame, double turned) {
    text += fmt::format("{},{},0.9", track, frame.frame_index);
    for (const NamedJoint& joint : kJoints) {
      const auto at = (*frame.pose)[joint.landmark].position;
      // The bystander is upright: the same joints, turned by a quarter.
      const double x = turned > 0.0 ? at.y_px : at.x_px;
      const double y = turned > 0.0 ? kHeight - 0.5 * at.x_px : at.y_px;
      text += fmt::format(",{:.3f},{:.3f},0.98", x, y);
    }
    text += "\n";
  };
  for (const auto& frame : practice().frames) add("anna", frame, 0.0);
  for (const auto& frame : practice().frames) add("bo", frame, 1.0);
  expect_counted(read_pose_file(text, "s.csv", pictures()), "sleap");
}

TEST(ForeignJoints, OutsideTheSizeThatIsGivenAreRefusedWithASizeThatFits) {
  std::string text = "frame,time_s,left_knee_x_px,left_knee_y_px\n";
  for (int i = 0; i < 30; ++i) text += fmt::format("{},{:.3f},200,{}\n", i, i / 30.0, 400 + i);
  const auto refused = read_pose_file(text, "t.csv", {{base::ImageSize{640, 360}, {}}, {}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::usage);
  EXPECT_THAT(refused.error().message,
              HasSubstr("of the joints are outside a picture of 640x360"));
  EXPECT_THAT(refused.error().message, HasSubstr("--size, such as 360x640"));
  EXPECT_TRUE(read_pose_file(text, "t.csv", {{base::ImageSize{360, 640}, {}}, {}}).ok());
}

TEST(ForeignJoints, AFileOfAnglesIsRefusedWithAdvice) {
  const std::string mot =
      "Coordinates\nversion=1\nnRows=1\nnColumns=2\ninDegrees=yes\nendheader\n"
      "time\tknee_angle_r\n0.0\t12.5\n";
  const auto read = read_pose_file(mot, "k.mot", {});
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(read.error().message, HasSubstr("contains joint angles, not positions"));
  EXPECT_THAT(read.error().message, HasSubstr("analyse the TRC or C3D file"));
}

}  // namespace
}  // namespace matside
