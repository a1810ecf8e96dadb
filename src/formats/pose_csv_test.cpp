#include "formats/pose_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace matside::formats {
namespace {

using ::testing::StartsWith;

constexpr base::ImageSize kSize{640, 360};

pose::PoseFrame frame_at(std::int64_t index, double time_s) {
  pose::PoseFrame frame{index, base::Seconds(time_s), kSize, pose::Pose{}};
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const auto n = static_cast<double>(i);
    frame.pose->keypoints[i] = {{n * 10.5 - 7.25, 300.75 - n}, n / 40.0};
  }
  return frame;
}

std::string table_of(const std::vector<pose::PoseFrame>& frames,
                     LegColumns legs = LegColumns::none) {
  std::string text = pose_csv_header(legs);
  for (const pose::PoseFrame& frame : frames) text += pose_csv_row(frame, legs);
  return text;
}

std::string error_of(const std::string& text) {
  const auto result = read_pose_csv(text, "poses.csv", kSize);
  return result ? "no error" : result.error().message;
}

TEST(PoseCsv, NamesEachColumnByItsLandmark) {
  const std::string header = pose_csv_header();
  EXPECT_THAT(header, StartsWith("frame,t_s,nose_x,nose_y,nose_score,left_eye_inner_x,"));
  EXPECT_TRUE(
      header.ends_with(",left_knee_flexion_deg,left_knee_flexion_sd_deg,"
                       "right_knee_flexion_deg,right_knee_flexion_sd_deg\n"));
  EXPECT_EQ(std::ranges::count(header, ','), 104);
}

TEST(PoseCsv, LeavesTheFieldsEmptyWhereNobodyIsSeen) {
  EXPECT_EQ(pose_csv_row({7, base::Seconds(0.25), kSize, std::nullopt}),
            "7,0.250000" + std::string(103, ',') + "\n");
}

TEST(PoseCsv, ReadsBackLegsInSpace) {
  std::vector<pose::PoseFrame> frames{frame_at(0, 0.0), frame_at(1, 0.1), frame_at(2, 0.2)};
  frames[0].pose->legs_in_space = {
      pose::LegInSpace{base::Degrees(101.27), base::Degrees(-9.99), base::Degrees(0.5)},
      pose::LegInSpace{base::Degrees(-3.0), base::Degrees(4.0), base::Degrees(-5.0)}};
  frames[1].pose.reset();
  frames[2].pose->legs_in_space[1] = frames[0].pose->legs_in_space[0];
  const std::string table = table_of(frames, LegColumns::in_space);
  const auto result = read_pose_csv(table, "poses.csv", kSize);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(table_of(result.value(), LegColumns::in_space), table);
  EXPECT_FALSE(result.value()[1].pose);
  EXPECT_FALSE(result.value()[2].pose->legs_in_space[0]);
  const auto& leg = result.value()[2].pose->legs_in_space[1];
  ASSERT_TRUE(leg);
  EXPECT_EQ(leg->knee_flexion.value(), 101.27);
  EXPECT_EQ(leg->hip_flexion.value(), -9.99);
  EXPECT_EQ(leg->thigh.value(), 0.5);
  std::string wild = table;
  wild.replace(wild.find("101.27"), 6, "961.27");
  EXPECT_EQ(
      error_of(wild),
      "poses.csv: line 2: left_knee_flexion_in_space_deg: the leg's angles are impossible");
}

TEST(PoseCsv, ReadsBackWhatItWrote) {
  std::vector<pose::PoseFrame> frames{frame_at(0, 0.0), frame_at(1, 1001.0 / 30000.0),
                                      frame_at(3, 0.1)};
  frames[1].pose.reset();
  frames[2].pose->knees[1] = {base::Degrees(-104.26), base::Degrees(3.21)};
  const auto result = read_pose_csv(table_of(frames), "poses.csv", kSize);
  ASSERT_TRUE(result) << result.error().message;
  const auto& read = result.value();
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[2].frame_index, 3);
  EXPECT_NEAR(read[1].time.value(), 1001.0 / 30000.0, 1e-6);
  EXPECT_FALSE(read[1].pose);
  EXPECT_EQ(read[0].image_size.width_px, 640);
  ASSERT_TRUE(read[2].pose);
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const pose::Keypoint& wrote = frames[2].pose->keypoints[i];
    const pose::Keypoint& got = read[2].pose->keypoints[i];
    EXPECT_NEAR(got.position.x_px, wrote.position.x_px, 0.005);
    EXPECT_NEAR(got.position.y_px, wrote.position.y_px, 0.005);
    EXPECT_NEAR(got.score, wrote.score, 0.00005);
  }
  EXPECT_NEAR(read[2].pose->score, 0.4, 1e-9);
  EXPECT_FALSE(read[2].pose->knees[0]);
  ASSERT_TRUE(read[2].pose->knees[1]);
  EXPECT_NEAR(read[2].pose->knees[1]->flexion.value(), -104.3, 1e-9);
  EXPECT_NEAR(read[2].pose->knees[1]->deviation.value(), 3.2, 1e-9);
}

TEST(PoseCsv, ReadsTablesOfBeforeTheKnees) {
  std::string header = pose_csv_header();
  header.resize(header.find(",left_knee_flexion_deg"));
  std::string row = pose_csv_row(frame_at(0, 0.0));
  row.resize(row.size() - 5);  // Four empty fields and the line's end.
  EXPECT_EQ(error_of(header + "\n" + row + "\n"), "no error");
}

TEST(PoseCsv, ReadsLinesEndedTheWindowsWay) {
  std::string text = table_of({frame_at(0, 0.0)});
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
    text.replace(at, 1, "\r\n");
  }
  EXPECT_EQ(error_of(text), "no error");
}

TEST(PoseCsv, SaysWhereATableIsWrong) {
  const std::string header = pose_csv_header();
  const std::string row = pose_csv_row(frame_at(5, 1.0));
  EXPECT_EQ(error_of(""),
            "poses.csv: line 0: empty file; a pose table starts with frame,t_s,nose_x");
  EXPECT_EQ(error_of("frame,time\n"),
            "poses.csv: line 1: column 2 of a pose table must be \"t_s\"");
  EXPECT_EQ(error_of(header.substr(0, header.size() - 1) + ",more\n"),
            "poses.csv: line 1: more columns than a pose table has");
  EXPECT_EQ(error_of(header + row + "6,1.1\n"), "poses.csv: line 3: 2 fields instead of 105");
  EXPECT_EQ(error_of(header + row + row),
            "poses.csv: line 3: frame: frame numbers must increase");
  EXPECT_EQ(error_of(header + row + pose_csv_row(frame_at(6, 1.0))),
            "poses.csv: line 3: t_s: times must increase");
}

TEST(PoseCsv, RefusesFieldsThatAreNoNumbersOrOutOfRange) {
  const std::string header = pose_csv_header();
  const std::string row = pose_csv_row(frame_at(0, 0.0));
  const auto with_nose_x = [&](const std::string& field) {
    std::string changed = row;
    const std::size_t start = std::string("0,0.000000,").size();
    return header + changed.replace(start, row.find(',', start) - start, field);
  };
  EXPECT_EQ(error_of(with_nose_x("1.5")), "no error");
  for (const std::string field : {"", "x", "1.5x", "nan", "inf", " 1", "1e999"}) {
    EXPECT_EQ(error_of(with_nose_x(field)), "poses.csv: line 2: nose_x: not a number") << field;
  }
  std::string without = row;
  without.replace(without.size() - 5, 4, ",90.0,0,,");
  EXPECT_EQ(error_of(header + without),
            "poses.csv: line 2: left_knee_flexion_sd_deg: a standard deviation must be greater "
            "than 0");
  std::string high = row;
  high.replace(row.find(",0.0000,"), 8, ",1.5000,");
  EXPECT_EQ(error_of(header + high),
            "poses.csv: line 2: nose_score: a score must be from 0 to 1");
  EXPECT_EQ(error_of(header + "0.5" + row.substr(1)), "poses.csv: line 2: frame: not a number");
}

}  // namespace
}  // namespace matside::formats
