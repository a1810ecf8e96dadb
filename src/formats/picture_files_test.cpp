#include "formats/picture_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "formats/instance_lists.h"
#include "formats/pose_file.h"
#include "formats/yolo_labels.h"

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::HasSubstr;

constexpr base::ImageSize kPicture{640, 360};
const PoseHints kPictures{kPicture, 25.0};

std::string label(const std::string& joint, int joints, const std::string& end = "") {
  std::string line = "0 0.5 0.5 0.2 0.2";
  for (int i = 0; i < joints; ++i) line += " " + joint;
  return line + end + "\n";
}

std::string instance(const std::string& keypoints, const std::string& scores = "") {
  return R"([{"keypoints":)" + keypoints + scores + "}]";
}

std::string list(const std::string& element, int count) {
  std::string text = "[" + element;
  for (int i = 1; i < count; ++i) text += "," + element;
  return text + "]";
}

std::string error_of(const std::string& text) {
  const auto read = read_pose_file(text, "f", {kPictures, {}});
  return read ? "was read" : read.error().message;
}

TEST(PictureNumber, IsTheNumberAtTheEndOfAnyName) {
  EXPECT_EQ(picture_number("cam01_000012.json"), 12);
  EXPECT_EQ(picture_number("cam01.00012.json"), 12);
  EXPECT_EQ(picture_number("x_000000000012_keypoints.json"), 12);
  EXPECT_EQ(picture_number("clip_7.txt"), 7);
  EXPECT_EQ(picture_number("000003.json"), 3);
  for (const char* other : {"classes.txt", "cam01.json.bak", "12.png", ".json", "readme_1.md",
                            "x_99999999999999999999.json"}) {
    EXPECT_EQ(picture_number(other), std::nullopt) << other;
  }
}

TEST(YoloLabels, AreReadWithAndWithoutVisibility) {
  for (const std::string& text : {label("0.5 0.25 0.8", 17),
                                  label("0.5 0.25 0.8", 17, " 0.9 3"), label("0.5 0.25", 17)}) {
    ASSERT_TRUE(is_yolo_labels(text));
    const pose::Skeleton* skeleton = nullptr;
    const auto read = read_yolo_labels(text, "l.txt", kPicture, skeleton);
    ASSERT_TRUE(read.ok()) << read.error().message;
    ASSERT_EQ(read.value().size(), 1U);
    EXPECT_EQ(skeleton, &pose::kCoco17);
    EXPECT_EQ(read.value()[0][Landmark::left_knee].position.x_px, 320.0);
    EXPECT_EQ(read.value()[0][Landmark::left_knee].position.y_px, 90.0);
  }
  const pose::Skeleton* skeleton = nullptr;
  const auto unseen = read_yolo_labels(label("0 0 0", 17), "l.txt", kPicture, skeleton);
  EXPECT_EQ(unseen.value()[0][Landmark::left_knee].score, 0.0);
}

TEST(YoloLabels, AreRefusedWithTheirLine) {
  const auto error = [](const std::string& text) {
    const pose::Skeleton* skeleton = nullptr;
    const auto read = read_yolo_labels(text, "l.txt", kPicture, skeleton);
    return read ? "was read" : read.error().message;
  };
  EXPECT_THAT(error("0 0.5 0.5 0.2 0.2\n"), HasSubstr("l.txt: line 1: has 5 numbers"));
  EXPECT_THAT(error(label("0.5 0.25 0.8", 17) + label("0.5 0.25 0.8", 26)),
              HasSubstr("l.txt: line 2: has 83 numbers"));
  EXPECT_THAT(error("0 x\n"), HasSubstr("line 1: has a word that is not a number"));
  EXPECT_THAT(error(label("500 0.25 0.8", 17)), HasSubstr("far outside the picture"));
  std::string crowd;
  for (int i = 0; i <= 1000; ++i) crowd += label("0.5 0.25", 17);
  EXPECT_THAT(error(crowd), HasSubstr("there are more than 1000 persons"));
  EXPECT_FALSE(is_yolo_labels("time,x0,y0\n"));
}

TEST(InstanceLists, AreReadInEachOfTheirShapes) {
  const std::string pairs = list("[320,90]", 17);
  const std::string scores = R"(,"keypoint_scores":)" + list("0.8", 17);
  const std::string one = instance(pairs, scores);
  for (const std::string& text :
       {R"({"instance_info":)" + one + "}",                              //
        R"([{"frame_id":1,"instances":)" + one + "}]",                   //
        one,                                                             //
        R"({"instances":)" + instance("[" + pairs + "]", scores) + "}",  //
        instance(list("[320,90,0.8]", 17), R"(,"box":{})"),              //
        instance(list("320,90,0.8", 17), R"(,"box":{})"),                //
        instance(R"({"x":)" + list("320", 17) + R"(,"y":)" + list("90", 17) + R"(,"visible":)" +
                     list("0.8", 17) + "}",
                 R"(,"box":{})"),
        instance(R"({"x":)" + list("0.5", 17) + R"(,"y":)" + list("0.25", 17) +
                     R"(,"visible":)" + list("0.8", 17) + "}",
                 R"(,"box":{})")}) {
    const auto read = read_pose_file(text, "i.json", {kPictures, {}});
    ASSERT_TRUE(read.ok()) << read.error().message << "\n" << text.substr(0, 80);
    ASSERT_EQ(read.value().frames.size(), 1U);
    ASSERT_TRUE(read.value().frames[0].pose.has_value()) << text.substr(0, 80);
    const pose::Keypoint& knee = (*read.value().frames[0].pose)[Landmark::left_knee];
    EXPECT_EQ(knee.position.x_px, 320.0);
    EXPECT_EQ(knee.position.y_px, 90.0);
    EXPECT_EQ(knee.score, 0.8);
  }
}

TEST(InstanceLists, AreRefusedWithTheirPlace) {
  EXPECT_THAT(
      error_of(R"({"instance_info":[{"frame_id":0,"instances":[{"keypoints":[[1,2]]}]}]})"),
      HasSubstr("/instance_info/0/instances/0/keypoints: has 1 joints; Matside knows"));
  EXPECT_THAT(error_of(R"({"instance_info":[{"keypoints":[[1,2,3,4]]}]})"),
              HasSubstr("must have x and y, perhaps with a score"));
  EXPECT_THAT(error_of(R"({"instance_info":[{"keypoints":[[1,2]],"keypoint_scores":[1,1]}]})"),
              HasSubstr("has 2 numbers, but there are 1 joints"));
  EXPECT_THAT(error_of(R"([{"keypoints":[1,2,1,3],"box":{}}])"),
              HasSubstr("must have three numbers for each joint"));
  EXPECT_THAT(error_of(R"([{"keypoints":{"x":[1,2],"y":[1]},"box":{}}])"),
              HasSubstr("must have as many x as y and visible"));
  EXPECT_THAT(error_of(instance(list("[320,1e9,0.8]", 17), R"(,"box":{})")),
              HasSubstr("has a joint far outside any picture"));
  EXPECT_THAT(error_of(R"({"instance_info":[{"frame_id":-1,"instances":[]}]})"),
              HasSubstr("/instance_info/0/frame_id"));
  EXPECT_THAT(error_of(R"({"instance_info":[{"bbox":[]}]})"),
              HasSubstr("\"instances\" is missing"));
  std::string crowd = R"([{"keypoints":[],"box":0})";
  for (int i = 0; i < 1000; ++i) crowd += R"(,{"keypoints":[]})";
  EXPECT_THAT(error_of(crowd + "]"), HasSubstr("has more than 1000 persons"));
  const auto no_size = read_pose_file(R"({"instance_info":[]})", "i.json", {});
  EXPECT_EQ(no_size.error().kind, base::ErrorKind::usage);
}

TEST(PictureFileReader, ReadsFoldersOfEachKindAndRefusesAMixture) {
  const std::string people = R"({"people":[]})";
  const std::string persons = instance(list("[320,90]", 17));
  PictureFileReader labels(kPictures);
  EXPECT_TRUE(labels.take(1, label("0.5 0.25 0.8", 17), "a_1.txt").ok());
  EXPECT_TRUE(labels.take(5, "", "a_5.txt").ok()) << "nobody was found";
  EXPECT_THAT(labels.take(6, persons, "a_6.json").error().message,
              HasSubstr("a_6.json: is not of the same kind"));
  const ImportedPoses poses = labels.take_poses();
  ASSERT_EQ(poses.frames.size(), 2U);
  EXPECT_TRUE(poses.frames[0].pose.has_value());
  EXPECT_FALSE(poses.frames[1].pose.has_value());
  EXPECT_EQ(poses.frames[1].time.value(), 0.2);
  PictureFileReader lists(kPictures);
  EXPECT_TRUE(lists.take(0, persons, "a_0.json").ok());
  EXPECT_THAT(lists.take(1, people, "a_1.json").error().message, HasSubstr("same kind"));
  PictureFileReader without_size({});
  EXPECT_EQ(without_size.take(0, persons, "a_0.json").error().kind, base::ErrorKind::usage);
}

TEST(OpenPoseFolder, MayHaveTheJointsOfOtherModels) {
  for (const auto& [joints, name] :
       {std::pair{18, "openpose-coco-18"}, std::pair{26, "halpe-26"},
        std::pair{133, "coco-wholebody-133"}}) {
    PictureFileReader reader(kPictures);
    const std::string numbers = list("320,90,0.5", joints);
    const auto taken = reader.take(0, R"({"people":[{"pose_keypoints_2d":)" + numbers + "}]}",
                                   "cam01_000000.json");
    ASSERT_TRUE(taken.ok()) << taken.error().message;
    const ImportedPoses poses = reader.take_poses();
    EXPECT_EQ(poses.skeleton, name);
    EXPECT_EQ((*poses.frames[0].pose)[Landmark::right_knee].position.x_px, 320.0);
  }
}

}  // namespace
}  // namespace matside::formats
