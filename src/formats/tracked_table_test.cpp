#include "formats/tracked_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "formats/marker_names.h"
#include "formats/pose_file.h"

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::HasSubstr;

const PoseFileHints kHintsOfTable{{base::ImageSize{640, 360}, 30.0}, {}};

const std::string kSleap =
    "track,frame_idx,instance.score,shoulder_l.x,shoulder_l.y,shoulder_l.score,hip_l.x,hip_l.y,"
    "hip_l.score,knee_l.x,knee_l.y,knee_l.score,ankle_l.x,ankle_l.y,ankle_l.score\n";
const std::string kDeepLabCut =
    "scorer,D,D,D,D,D,D,D,D,D,D,D,D\n"
    "bodyparts,LShoulder,LShoulder,LShoulder,LHip,LHip,LHip,LKnee,LKnee,LKnee,LAnkle,LAnkle,"
    "LAnkle\n"
    "coords,x,y,likelihood,x,y,likelihood,x,y,likelihood,x,y,likelihood\n";

std::string error_of(const std::string& text, const PoseFileHints& hints = kHintsOfTable) {
  const auto read = read_pose_file(text, "t.csv", hints);
  return read ? "was read" : read.error().message;
}

TEST(TrackedTable, OfDeepLabCutIsRead) {
  const auto read = read_pose_file(kDeepLabCut + "0,400,100,1,300,110,0.9,200,120,0.8,,,\n" +
                                       "2,400,100,1,300,110,0.9,200,120,0.8,100,130,0.7\n",
                                   "t.csv", kHintsOfTable);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read.value().skeleton, "deeplabcut");
  ASSERT_EQ(read.value().frames.size(), 2U);
  const pose::Pose& pose = *read.value().frames[0].pose;
  EXPECT_EQ(pose[Landmark::left_knee].position.x_px, 200.0);
  EXPECT_EQ(pose[Landmark::left_knee].score, 0.8);
  EXPECT_EQ(pose[Landmark::left_ankle].score, 0.0);
  EXPECT_NEAR(read.value().frames[1].time.value(), 2.0 / 30.0, 1e-6);
}

TEST(TrackedTable, OfSleapMayHaveSeveralTracks) {
  const std::string lying = ",0.9,400,100,1,300,110,1,200,120,1,100,130,0.5\n";
  const std::string upright = ",0.9,400,100,1,400,200,1,400,280,1,400,350,1\n";
  const auto read = read_pose_file(
      kSleap + "bo,0" + upright + "bo,1" + upright + "anna,0" + lying + "anna,1" + lying,
      "t.csv", kHintsOfTable);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read.value().skeleton, "sleap");
  ASSERT_EQ(read.value().frames.size(), 2U);
  for (const auto& frame : read.value().frames) {
    EXPECT_EQ((*frame.pose)[Landmark::left_ankle].position.x_px, 100.0);
    EXPECT_EQ((*frame.pose)[Landmark::left_ankle].score, 0.5);
  }
}

TEST(TrackedTable, TakesJointsByATableOfTheirNames) {
  std::string text = kSleap;
  for (std::size_t at = 0; (at = text.find("knee_l", at)) != std::string::npos;) {
    text.replace(at, std::string_view("knee_l").size(), "K1");
  }
  text += ",0,0.9,400,100,1,300,110,1,200,120,1,100,130,1\n";
  EXPECT_THAT(error_of(text), HasSubstr("no marker has a known name for"));
  PoseFileHints hints = kHintsOfTable;
  hints.markers = {{"K1", Landmark::left_knee}};
  EXPECT_EQ(error_of(text, hints), "was read");
}

TEST(TrackedTable, NamesTheErrorAndItsPlace) {
  EXPECT_THAT(
      error_of("scorer,D\nbodyparts,a\nx,y\n"),
      HasSubstr("line 3: a DeepLabCut table has the rows scorer, bodyparts and coords"));
  EXPECT_THAT(error_of("scorer,D\nbodyparts,LKnee\ncoords,x\n"),
              HasSubstr("no marker has a known name for shoulder, hip, ankle"));
  EXPECT_THAT(error_of("scorer,D\nbodyparts,LKnee\n"), HasSubstr("ends within its header"));
  EXPECT_THAT(error_of(kDeepLabCut + "labeled-data/a/img1.png,1,2,3\n"),
              HasSubstr("line 4, column 1: the frame number"));
  EXPECT_THAT(error_of(kDeepLabCut + ",1,2,3\n"), HasSubstr("must be a frame number"));
  EXPECT_THAT(error_of(kDeepLabCut + "0,1e12,2,1\n"), HasSubstr("is far outside any picture"));
  EXPECT_THAT(error_of(kDeepLabCut + "0,soon,2,1\n"), HasSubstr("is not a number"));
  EXPECT_THAT(error_of(kDeepLabCut + "0,1,2,1\n", {}), HasSubstr("add --size WIDTHxHEIGHT"));
  std::string crowd = kSleap;
  for (int i = 0; i <= 1000; ++i) crowd += "a,0,1,1,1,1,1,1,1,1,1,1,1,1,1\n";
  EXPECT_THAT(error_of(crowd), HasSubstr("or more than 1000 in a frame"));
  std::string many = "scorer\nbodyparts";
  std::string coords = "coords";
  for (int i = 0; i <= 2000; ++i) {
    many += ",p" + std::to_string(i);
    coords += ",x";
  }
  EXPECT_THAT(error_of("scorer,D\n" + many.substr(7) + "\n" + coords + "\n"),
              HasSubstr("has more than 2000 joints"));
}

TEST(MarkerNames, OfTheUsualSetsNeedNoTable) {
  const auto landmark_of = [](const std::vector<std::string>& markers, Landmark landmark) {
    return markers_by_landmark(markers, {})[pose::index(landmark)];
  };
  using Places = std::vector<std::size_t>;
  EXPECT_EQ(landmark_of({"LKNE", "Anna:RKNE"}, Landmark::right_knee), Places{1});
  EXPECT_EQ(landmark_of({"RLE", "RME"}, Landmark::right_knee), (Places{0, 1}));
  EXPECT_EQ(landmark_of({"RLM", "RMM"}, Landmark::right_ankle), (Places{0, 1}));
  EXPECT_EQ(landmark_of({"RLFC", "RMFC"}, Landmark::right_knee), (Places{0, 1}));
  EXPECT_EQ(landmark_of({"r_knee_study", "r_mknee_study"}, Landmark::right_knee),
            (Places{0, 1}));
  EXPECT_EQ(landmark_of({"R.Knee.Lat", "R.Knee.Med"}, Landmark::right_knee), (Places{0, 1}));
  EXPECT_EQ(landmark_of({"RHJC_study", "RHJC"}, Landmark::right_hip), Places{1});
  EXPECT_EQ(landmark_of({"RWRA", "RWRB"}, Landmark::right_wrist), (Places{0, 1}));
  EXPECT_EQ(landmark_of({"left_big_toe", "LBigToe"}, Landmark::left_foot_index), Places{1});
  EXPECT_EQ(landmark_of({"right_big_toe"}, Landmark::right_foot_index), Places{0});
  EXPECT_EQ(landmark_of({"RTHI", "RTIB"}, Landmark::right_knee), Places{});
  const auto pelvis = pelvis_markers({"LASI", "RASI", "SACR"});
  ASSERT_TRUE(pelvis.has_value());
  EXPECT_EQ(pelvis->right_front, 1U);
  EXPECT_EQ(pelvis->rear, Places{2});
  EXPECT_FALSE(pelvis_markers({"LASI", "RASI"}).has_value());
}

}  // namespace
}  // namespace matside::formats
