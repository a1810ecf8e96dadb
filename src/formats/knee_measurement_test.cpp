#include "formats/knee_measurement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace matside::formats {
namespace {

using exercise::KickingSide;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

KneeMeasurement only_practice(std::string_view text) {
  EXPECT_TRUE(is_knee_measurement(text));
  const auto read = read_knee_measurements(text, "file");
  if (!read) {
    ADD_FAILURE() << read.error().message;
    return {};
  }
  EXPECT_EQ(read.value().size(), 1U);
  return read.value().front();
}

std::string refusal(std::string_view text) {
  const auto read = read_knee_measurements(text, "file");
  return read ? "was read" : read.error().message;
}

void expect_knee(const std::vector<signal::Sample>& knee,
                 const std::vector<std::pair<double, double>>& expected) {
  ASSERT_EQ(knee.size(), expected.size());
  for (std::size_t i = 0; i < knee.size(); ++i) {
    EXPECT_NEAR(knee[i].time.value(), expected[i].first, 1e-9);
    EXPECT_NEAR(knee[i].value, expected[i].second, 1e-9);
  }
}

TEST(KneeMeasurement, ReadsAGoniometersTable) {
  const auto practice = only_practice(
      "time_s,side,knee_flexion_deg\n0.0,left,10\n0.0,right,11.5\n0.1,left,\n0.1,R,12\n"
      "0.2,L,30.25\n");
  expect_knee(practice.knees[0], {{0.0, 10.0}, {0.2, 30.25}});
  expect_knee(practice.knees[1], {{0.0, 11.5}, {0.1, 12.0}});
  EXPECT_FALSE(practice.repetitions);
}

TEST(KneeMeasurement, ReadsATableWithAColumnForEachKnee) {
  for (const char* header :
       {"time_s,left_deg,right_deg", "t;knee_flexion_left;Knee Flexion Right",
        "Time\tleft_knee_flexion\tright_knee_flexion"}) {
    const char mark = header[1] == ';' ? ';' : header[0] == 'T' ? '\t' : ',';
    std::string text = std::string(header) + "\r\n0,1,2\r\n0.5,,4\r\n";
    if (mark != ',') {
      const std::size_t rows = text.find('\n');
      std::replace(text.begin() + static_cast<long>(rows), text.end(), ',', mark);
    }
    const auto practice = only_practice(text);
    expect_knee(practice.knees[0], {{0.0, 1.0}});
    expect_knee(practice.knees[1], {{0.0, 2.0}, {0.5, 4.0}});
  }
}

TEST(KneeMeasurement, ReadsATableOfOneKnee) {
  const auto practice = only_practice("time_s,right_knee_flexion_deg\n0,5\n1,6\n");
  EXPECT_TRUE(practice.knees[0].empty());
  EXPECT_EQ(practice.knees[1].size(), 2U);
}

TEST(KneeMeasurement, ReadsTheTablesOfADataset) {
  const auto angles = read_knee_measurements(
      "practice,time_s,side,knee_flexion_deg\nb,0,left,1\na,0,left,2\nb,1,left,3\n", "file");
  ASSERT_TRUE(angles);
  ASSERT_EQ(angles.value().size(), 2U);
  EXPECT_EQ(angles.value()[0].practice, "a");
  EXPECT_EQ(angles.value()[1].knees[0].size(), 2U);
  const auto repetitions = only_practice(
      "practice,repetition,side,side_confidence,start_s,end_s,greatest_bend_deg\n"
      "a,2,unsure,0.5,9,12,\na,1,left,0.9,4,8.5,101.5\n");
  ASSERT_TRUE(repetitions.repetitions);
  ASSERT_EQ(repetitions.repetitions->size(), 2U);
  const ListedRepetition& first = repetitions.repetitions->front();
  EXPECT_EQ(first.side, KickingSide::left);
  EXPECT_EQ(first.end, base::Seconds(8.5));
  EXPECT_EQ(first.greatest_bend_deg, 101.5);
  EXPECT_FALSE(repetitions.repetitions->back().greatest_bend_deg);
}

TEST(KneeMeasurement, ReadsMotionsInDegreesAndRadians) {
  const auto degrees = only_practice(
      "practice\nversion=1\nnRows=2\nnColumns=3\ninDegrees=yes\nendheader\n"
      "time\tknee_angle_r\tknee_angle_l\n0.0\t10\t20\n0.1\tnan\t21\n");
  expect_knee(degrees.knees[0], {{0.0, 20.0}, {0.1, 21.0}});
  expect_knee(degrees.knees[1], {{0.0, 10.0}});
  const auto radians = only_practice(
      "Coordinates\ninDegrees=no\nendheader\n"
      "time  /jointset/walker_knee_r/knee_angle_r/value\n 0.0   1.5707963267948966\n");
  expect_knee(radians.knees[1], {{0.0, 90.0}});
}

TEST(KneeMeasurement, CountsFlexionAsPositiveInEveryModel) {
  const auto practice =
      only_practice("x\ninDegrees=yes\nendheader\ntime knee_angle_l\n0 3\n0.1 -110\n0.2 -8\n");
  expect_knee(practice.knees[0], {{0.0, -3.0}, {0.1, 110.0}, {0.2, 8.0}});
}

TEST(KneeMeasurement, ReadsTheRepetitionsOfAResultFile) {
  std::ifstream file(MATSIDE_SOURCE_DIR "/src/formats/golden/analysis.json");
  ASSERT_TRUE(file);
  std::stringstream text;
  text << file.rdbuf();
  const auto practice = only_practice(text.str());
  EXPECT_FALSE(practice.has_curves());
  ASSERT_TRUE(practice.repetitions);
  EXPECT_EQ(practice.repetitions->front().greatest_bend_deg, 110.0);
  EXPECT_FALSE(practice.repetitions->back().greatest_bend_deg);
}

TEST(KneeMeasurement, NamesTheLineOfWhatIsWrong) {
  const std::string header = "time_s,side,knee_flexion_deg\n";
  EXPECT_THAT(refusal(header + "0,left,10\n0,left,11\n"),
              AllOf(StartsWith("file: line 3"), HasSubstr("not later")));
  EXPECT_THAT(refusal(header + "0,middle,10\n"),
              AllOf(StartsWith("file: line 2, column 2"), HasSubstr("left or right")));
  EXPECT_THAT(refusal(header + "0,left,1000\n"), HasSubstr("not the angle of a knee"));
  EXPECT_THAT(refusal(header + "0,left,\"10,5\"\n"), HasSubstr("decimals need a point"));
  EXPECT_THAT(refusal(header + ",left,10\n"), HasSubstr("time: a number is missing"));
  EXPECT_THAT(refusal("side,start_s,end_s,greatest_bend_deg\nleft,5,4,90\n"),
              HasSubstr("ends before it begins"));
  EXPECT_THAT(refusal("x\nendheader\ntime pelvis_tilt\n0 1\n"),
              HasSubstr("no column knee_angle_l or knee_angle_r"));
  EXPECT_THAT(refusal("frame,x,y\n1,2,3\n"), HasSubstr("has no knee angles"));
  EXPECT_FALSE(is_knee_measurement("frame,x,y\n1,2,3\n"));
  EXPECT_FALSE(is_knee_measurement("time_s,left_knee_x,left_knee_y,left_knee_flexion_deg\n"));
  EXPECT_FALSE(is_knee_measurement(""));
}

TEST(KneeMeasurement, RefusesMoreRepetitionsThanAPracticeHas) {
  std::string text = "side,start_s,end_s,greatest_bend_deg\n";
  for (std::size_t i = 0; i <= kMaxListedRepetitions; ++i) text += "left,1,2,90\n";
  EXPECT_THAT(refusal(text), HasSubstr("more than 2000 repetitions"));
}

}  // namespace
}  // namespace matside::formats
