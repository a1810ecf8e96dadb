#include "protocol/analysis_protocol.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <span>

#include "tests/support/exercise.h"

namespace matside::protocol {
namespace {

using nlohmann::json;

pose::PoseFrame frame(double time_s) {
  pose::PoseFrame frame;
  frame.time = base::Seconds(time_s);
  frame.image_size = {640, 360};
  frame.pose.emplace();
  for (auto& keypoint : frame.pose->keypoints) keypoint = {{320.0, 90.0}, 0.5};
  return frame;
}

std::string all_of(AnalysisResult result, const std::string& name = "9f") {
  AnalysisWriter writer(std::move(result), name);
  std::string text;
  for (std::string part = writer.next(); !part.empty(); part = writer.next()) text += part;
  return text;
}

TEST(AnalysisProtocol, a_recording_is_analysed_at_a_level_as_any_or_a_named_exercise) {
  const records::Exercises installed{
      std::span<const exercise::Definition>(support::installed_exercises())};
  EXPECT_EQ(analysis_query("", installed), AnalysisQuery{1});
  EXPECT_EQ(analysis_query("?level=0", installed), AnalysisQuery{0});
  EXPECT_EQ(analysis_query("?level=3", installed), AnalysisQuery{3});
  const AnalysisQuery swan{0, "swan-preparation"};
  EXPECT_EQ(analysis_query("?level=0&exercise=swan-preparation", installed), swan);
  EXPECT_EQ(analysis_query("?exercise=swan-preparation&level=0", installed), swan);
  for (const char* query :
       {"?level=4", "?level=-1", "?level=", "?level=10", "?level=x", "?level=1&more=1",
        "?other=1", "?", "?level=1&&", "?exercise=swan",
        "?exercise=", "?level=3&exercise=swan-preparation", "?exercise=../../etc/passwd"}) {
    EXPECT_FALSE(analysis_query(query, installed).has_value()) << query;
  }
  EXPECT_FALSE(analysis_query("?exercise=swan-preparation", support::single_leg_kick()));
}

TEST(AnalysisProtocol, lines_are_json_with_one_line_break) {
  EXPECT_EQ(progress_line(0.25), "{\"type\":\"progress\",\"share\":0.25}\n");
  EXPECT_EQ(failure_line("a \"b\"\n"),
            "{\"type\":\"failure\",\"message\":\"a \\\"b\\\"\\n\"}\n");
  EXPECT_EQ(json::parse(failure_line("\xff"))["message"], "\xEF\xBF\xBD");
}

TEST(AnalysisProtocol, the_analysis_is_one_line_with_shares_of_the_picture) {
  const std::string text =
      all_of({"{\n  \"a\": 1\n}\n", {FrameLandmarks(frame(0.5)), FrameLandmarks({})}});
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const json line = json::parse(text);
  EXPECT_EQ(line["type"], "analysis");
  EXPECT_EQ(line["result"], json::parse(R"({"a":1})"));
  EXPECT_EQ(line["recording"], "9f");
  EXPECT_TRUE(line["exercise"].is_null());
  ASSERT_EQ(line["frames"].size(), 2U);
  EXPECT_EQ(line["frames"][0]["time_s"], 0.5);
  ASSERT_EQ(line["frames"][0]["points"].size(), 99U);
  EXPECT_EQ(line["frames"][0]["points"][0], 0.5);
  EXPECT_EQ(line["frames"][0]["points"][1], 0.25);
  EXPECT_EQ(line["frames"][0]["points"][2], 0.5);
  EXPECT_EQ(line["frames"][1]["points"], json::array());
}

TEST(AnalysisProtocol, a_long_analysis_comes_in_parts_and_is_complete) {
  AnalysisResult result{"{}", {}};
  constexpr std::size_t kFrames = 1000;
  for (std::size_t i = 0; i < kFrames; ++i) {
    result.frames.emplace_back(frame(static_cast<double>(i)));
  }
  AnalysisWriter writer(result, "");
  const std::string first = writer.next();
  EXPECT_GT(first.size(), 64U * 1024);
  EXPECT_LT(first.size(), 66U * 1024);
  const json line = json::parse(all_of(std::move(result)));
  ASSERT_EQ(line["frames"].size(), kFrames);
  EXPECT_EQ(line["frames"].back()["time_s"], 999.0);
}

TEST(AnalysisProtocol, a_recording_without_frames_has_an_analysis_too) {
  EXPECT_EQ(json::parse(all_of({"{}", {}}))["frames"], json::array());
}

}  // namespace
}  // namespace matside::protocol
