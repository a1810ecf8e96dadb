#include "report/report_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/engine/session.h"
#include "report/snapshots.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"
#include "tests/support/practice.h"

namespace matside::report {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHostile =
    "</script><script>alert(1)</script><img src=x onerror=alert(2)> \xff & <!-- "
    "\"MATSIDE_REPORT\"";

std::vector<catalog::Source> sources() {
  const auto read = catalog::load_sources(MATSIDE_SOURCE_DIR "/data/exercises/sources.json");
  EXPECT_TRUE(read);
  return read.value();
}

/// A report of a simulated practice with a fault and every optional part.
Report whole_report() {
  support::Practice practice;
  practice.steps = support::alternating(4, {.hip_rise_m = 0.08});
  const auto performed = perform(practice);
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  for (const auto& frame : performed.frames) session.value().push(frame);
  session.value().finish();
  Report report;
  report.name = "practice.mp4";
  report.made = "2026-11-23T09:05:00+01:00";
  report.program = "matside 0.1.0";
  report.build = "Release";
  report.record.analysis = session.value().analysis();
  report.record.source = {
      "/home/anna/practice.mp4", std::string(64, 'a'), {1280, 720}, 900, base::Seconds(30.0)};
  report.record.pose_model = "blazepose-full";
  report.summary = {{{"Kicks", "8"}}, {"Well."}, {"Slowly."}, {"Estimated."}};
  report.curve = engine::knee_curve(performed.frames, report.record.analysis,
                                    support::single_leg_kick().measurement, kCurveStep);
  report.camera = camera_quality(performed.frames, report.record.analysis);
  report.frame_rate_hz = 30.0;
  report.pictures = PictureMode::shown;
  const auto at =
      snapshots(performed.frames, report.record.analysis.repetitions, *report.curve);
  report.crop = crop_for(performed.frames, at);
  report.shown = snapshot_pictures(performed.frames, at, *report.crop);
  report.shown.front().jpeg = std::string("\0\x01\xff", 3);
  report.recorded = RecordedPractice{};
  report.recorded->person = "Anna";
  report.recorded->start = "2026-11-22T09:05:00+01:00";
  report.recorded->origin = "camera";
  report.recorded->ended_by = "goal";
  report.recorded->comfort_after = 2;
  report.recorded->next_day = "better";
  report.recorded->full_kick_deg = 80.0;
  report.recorded->corrected = RecordedPractice::CorrectedCounts{3, 2};
  report.recorded->corrected_sides = {{1, exercise::KickingSide::right}};
  return report;
}

std::string document(const Report& report) {
  return report_json(report, support::single_leg_kick(), sources());
}

void expect_fits_schema(const std::string& text, const std::string& how = "") {
  const support::MediaFolder folder;
  const auto file = folder.write("report.json", text);
  const std::string command = "cd '" MATSIDE_SOURCE_DIR "' && node tests/check_schema.mjs " +
                              how + " src/report/report.schema.json '" + file.string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(ReportDocument, fits_its_strict_schema) {
  expect_fits_schema(document(whole_report()), "--strictly");
}

TEST(ReportDocument, fits_its_schema_without_poses) {
  Report report = whole_report();
  report.record = {};
  report.curve.reset();
  report.camera.reset();
  report.crop.reset();
  report.shown.clear();
  report.frame_rate_hz.reset();
  report.recorded->corrected.reset();
  report.recorded->full_kick_deg.reset();
  expect_fits_schema(document(report));
}

TEST(ReportDocument, has_the_numbers_of_the_result_file) {
  const Report report = whole_report();
  const json told = json::parse(document(report));
  const json result = json::parse(formats::analysis_json(report.record));
  for (const char* part : {"repetitions", "counts", "set", "set_faults", "view", "warnings"}) {
    EXPECT_EQ(told[part], result[part]) << part;
  }
  EXPECT_EQ(told["strips"]["shown"].size(), 16U);
  EXPECT_EQ(told["strips"]["shown"][0]["jpeg"], "AAH/");
  EXPECT_EQ(told["curve"]["left_deg"].size(), told["curve"]["times_s"].size());
}

TEST(ReportDocument, names_the_source_of_every_threshold_and_no_other) {
  const json told = json::parse(document(whole_report()));
  std::set<std::string> named;
  for (const json& source : told["sources"]) named.insert(source["id"]);
  EXPECT_FALSE(named.empty());
  std::set<std::string> wanted;
  for (const json& threshold : told["thresholds"]) wanted.insert(threshold["source"]);
  EXPECT_EQ(named, wanted);
}

TEST(ReportDocument, does_not_contain_the_recordings_path) {
  EXPECT_THAT(document(whole_report()), Not(HasSubstr("/home/anna")));
}

TEST(ReportDocument, escapes_text_that_could_end_the_script_element) {
  Report report = whole_report();
  report.name = kHostile;
  report.recorded->person = kHostile;
  report.summary.advice = {kHostile};
  report.record.analysis.repetitions[0].faults.at(0).cue = kHostile;
  const std::string text = document(report);
  EXPECT_EQ(text.find('<'), std::string::npos);
  expect_fits_schema(text);
  const std::string name = json::parse(text)["name"];
  EXPECT_THAT(name, HasSubstr("</script><script>alert(1)</script>"));
  EXPECT_THAT(name, HasSubstr("\xef\xbf\xbd"));  // for the invalid UTF-8 byte
}

}  // namespace
}  // namespace matside::report
