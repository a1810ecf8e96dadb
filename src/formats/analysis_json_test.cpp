#include "formats/analysis_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace matside::formats {
namespace {

using nlohmann::json;

AnalysisRecord small_practice() {
  exercise::Repetition first;
  first.index = 1;
  first.side = exercise::KickingSide::left;
  first.side_confidence = 0.9666;
  first.start = base::Seconds(4.4666666);
  first.end = base::Seconds(8.41);
  first.lowering_start = base::Seconds(6.2);
  first.kicks = {{base::Seconds(5.55), base::Degrees(112.42)},
                 {base::Seconds(6.18), base::Degrees(114.0)}};
  first.lowering = base::Seconds(2.21);
  first.transit_70_20 = base::Seconds(0.61);
  first.hip_rise_thigh_lengths = 0.1104;
  first.thigh_lift = exercise::ThighLift{base::Degrees(-0.04), base::Degrees(1.5), {}};
  first.measures.greatest_bend_deg = {110.04, 2.1, 4.5};
  first.measures.rise_s = {0.8712, 0.047, 0.011};
  first.measures.hips_still_share = {0.7312, 0.052, 0.0};
  first.faults = {
      {"hips_lift", 0.1104, 0.07, "thigh_length", "Smaller kick. Keep your hips heavy."}};
  first.status = exercise::RepetitionStatus::faulty;
  first.confidence = 0.96;

  exercise::Repetition second;
  second.index = 2;
  second.start = base::Seconds(9.0);
  second.end = base::Seconds(10.5);
  second.lowering_start = base::Seconds(9.9);
  second.kicks = {{base::Seconds(9.8), base::Degrees(48.0)}};
  second.status = exercise::RepetitionStatus::partial;
  second.side_confidence = 0.5;
  second.confidence = 0.4;

  engine::Analysis analysis;
  analysis.level = 1;
  analysis.view = {pose::Side::right, pose::Side::left, base::Degrees(4.2), base::Degrees(7.9)};
  analysis.frames = 1282;
  analysis.frames_with_pose = 1280;
  analysis.frames_by_eye = 1201;
  analysis.repetitions = {first, second};
  analysis.set_faults = {{"same_side_twice", base::Seconds(12.1)}};
  analysis.warnings = {{"camera_oblique", "The camera looks from an angle."}};
  analysis.counts = {1, 0, 1, 3, 0};
  analysis.set.mean = first.measures;
  analysis.set.left = first.measures;
  analysis.set.rhythm_variation = {0.1204, 0.021, 0.0};
  analysis.set.bend_symmetry = {{-3.04, 7.4, false}, {3.21, 2.2, 7.5}};
  analysis.set.chest_change_deg = {-4.12, 0.61, true};
  return {true,
          {"practice/x.mp4",
           std::string(64, 'a'),
           {640, 360},
           1282,
           base::Seconds(42.7333),
           {DateSource::file, base::ZonedTime{1'767'601'800, 60}}},
          "blazepose-full",
          true,
          "single-leg-kick",
          analysis};
}

TEST(AnalysisJson, WritesTheFileUsersKnowByteForByte) {
  const std::string path = MATSIDE_SOURCE_DIR "/src/formats/golden/analysis.json";
  const std::string text = analysis_json(small_practice());
  // MATSIDE_REWRITE_GOLDEN=1 build/release/src/formats/formats_test rewrites it.
  if (std::getenv("MATSIDE_REWRITE_GOLDEN") != nullptr) std::ofstream(path) << text;
  std::ostringstream golden;
  golden << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, golden.str());
}

TEST(AnalysisJson, SaysNullForWhatWasNotMeasured) {
  AnalysisRecord record = small_practice();
  record.analysis.view = {};
  const json file = json::parse(analysis_json(record));
  EXPECT_TRUE(file["view"]["near_side"].is_null());
  EXPECT_TRUE(file["view"]["head"].is_null());
  for (const char* key :
       {"lowering_s", "transit_70_20_s", "hip_rise_thigh_lengths", "thigh_lift_deg"}) {
    EXPECT_TRUE(file["repetitions"][1].at(key).is_null()) << key;
  }
  for (const auto& [name, value] : file["repetitions"][1]["measures"].items()) {
    EXPECT_TRUE(value.is_null()) << name;
  }
  EXPECT_TRUE(file["set"]["transit_symmetry"].is_null());
  EXPECT_TRUE(file["set"]["bend_change_deg"].is_null());
}

TEST(AnalysisJson, SaysWhereTheDateIsFrom) {
  AnalysisRecord record = small_practice();
  record.source.date = {};
  json recorded = json::parse(analysis_json(record))["source"]["recorded"];
  EXPECT_TRUE(recorded["time"].is_null());
  EXPECT_EQ(recorded["from"], "analysis");
  record.source.date = {DateSource::given, base::ZonedTime{1'767'601'800, std::nullopt}};
  recorded = json::parse(analysis_json(record))["source"]["recorded"];
  EXPECT_EQ(recorded["time"], "2026-01-05T08:30:00+00:00");
  EXPECT_EQ(recorded["from"], "given");
}

TEST(AnalysisJson, SaysWhenItIsIncomplete) {
  AnalysisRecord record = small_practice();
  record.complete = false;
  EXPECT_EQ(json::parse(analysis_json(record))["complete"], false);
}

TEST(AnalysisJson, StaysJsonWhenThePathIsNotUtf8OrHoldsQuotes) {
  AnalysisRecord record = small_practice();
  record.source.path = "a\"b\xff\n.mp4";
  EXPECT_EQ(json::parse(analysis_json(record))["source"]["path"], "a\"b\xEF\xBF\xBD\n.mp4");
}

}  // namespace
}  // namespace matside::formats
