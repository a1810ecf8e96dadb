// Files in the shape that other programs write, in tests/data/foreign: each gives what was
// performed, or the true reason why nothing is counted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/engine/session.h"
#include "formats/picture_files.h"
#include "formats/pose_file.h"
#include "tests/foreign_practice.h"
#include "tests/support/exercise.h"

namespace matside {
namespace {

namespace fs = std::filesystem;
using formats::read_pose_file;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tests::counted;

const fs::path kCases = MATSIDE_SOURCE_DIR "/tests/data/foreign";

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

formats::ImportedPoses read_case(const std::string& name,
                                 const formats::PoseFileHints& hints = {}) {
  const auto read = read_pose_file(bytes_of(kCases / name), name, hints);
  EXPECT_TRUE(read.ok()) << read.error().message;
  return read.ok() ? read.value() : formats::ImportedPoses{};
}

std::vector<std::string> warnings_of(const std::vector<pose::PoseFrame>& frames) {
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  for (const auto& frame : frames) session.value().push(frame);
  session.value().finish();
  std::vector<std::string> ids;
  for (const auto& warning : session.value().analysis().warnings) ids.push_back(warning.id);
  return ids;
}

TEST(ForeignCases, ATrcWhoseFirstLineHasSpacesIsCounted) {
  const auto read = read_case("trc_opensim_first_line_spaces.trc");
  EXPECT_EQ(counted(read.frames), "left 2, right 2, ");
  EXPECT_THAT(read.notes, IsEmpty());
}

TEST(ForeignCases, ATrcInPixelsWithYDownwardIsCountedAndSaysSo) {
  const auto read = read_case("trc_sports2d_px_y_down.trc");
  EXPECT_EQ(counted(read.frames), "left 2, right 2, ");
  EXPECT_THAT(read.notes, ElementsAre("poses_up_minus_y"));
}

TEST(ForeignCases, ATrcInPixelsStaysInItsPictureWhereTheSizeIsGiven) {
  formats::PoseFileHints hints;
  hints.poses.size = {640, 360};
  const auto read = read_case("trc_sports2d_px_y_down.trc", hints);
  ASSERT_FALSE(read.frames.empty());
  EXPECT_EQ(read.frames.front().image_size.width_px, 640);
  EXPECT_EQ((*read.frames.front().pose)[pose::Landmark::nose].position.x_px, 516.86);
  EXPECT_EQ((*read.frames.front().pose)[pose::Landmark::nose].position.y_px, 258.62);
  EXPECT_EQ(counted(read.frames), "left 2, right 2, ");
}

TEST(ForeignCases, ATrcWithZUpwardIsCountedAndSaysSo) {
  const auto read = read_case("trc_z_up_few_kicks.trc");
  EXPECT_THAT(read.notes, ElementsAre("poses_up_z"));
  // Single bends of alternate legs, as the knee angles of the markers show.
  EXPECT_EQ(counted(read.frames),
            "right 1, left 1, right 1, left 1, right 1, left 1, right 1, left 1, ");
}

TEST(ForeignCases, LegsThatNeverRestAreNamedAsTheReason) {
  const auto read = read_case("trc_continuous_alternating_bends_no_rest.trc");
  EXPECT_EQ(counted(read.frames), "");
  EXPECT_THAT(warnings_of(read.frames), Contains("no_rest"));
}

TEST(ForeignCases, AFolderOfPose2SimIsReadInTheOrderOfItsNumbers) {
  std::map<std::int64_t, fs::path> files;
  for (const auto& entry : fs::directory_iterator(kCases / "pose2sim_cam01_json")) {
    const auto number = formats::picture_number(entry.path().filename().string());
    ASSERT_TRUE(number) << entry.path();
    files[*number] = entry.path();
  }
  formats::PictureFileReader reader({base::ImageSize{640, 360}, tests::kFps});
  for (const auto& [number, path] : files) {
    const auto taken = reader.take(number, bytes_of(path), path.string());
    ASSERT_TRUE(taken.ok()) << taken.error().message;
  }
  const auto poses = reader.take_poses();
  EXPECT_EQ(poses.skeleton, "openpose-body-25");
  ASSERT_EQ(poses.frames.size(), 3U);
  for (const auto& frame : poses.frames) EXPECT_TRUE(frame.pose.has_value());
}

TEST(ForeignCases, MmPosesInstancesHaveAPersonInEachFrame) {
  const auto read =
      read_case("mmpose_instance_info.json", {{base::ImageSize{640, 360}, tests::kFps}, {}});
  EXPECT_EQ(read.skeleton, "coco-17");
  ASSERT_EQ(read.frames.size(), 3U);
  for (const auto& frame : read.frames) ASSERT_TRUE(frame.pose.has_value());
  const auto& nose = (*read.frames.front().pose)[pose::Landmark::nose];
  EXPECT_EQ(nose.position.x_px, 516.86);
  EXPECT_EQ(nose.score, 0.995);
}

}  // namespace
}  // namespace matside
