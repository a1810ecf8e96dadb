// Reports of the clips, from the results of score_clips.py --keep in the folder
// MATSIDE_CLIP_RESULTS: compares the curve with the kicks, and writes a page for the browser
// tests.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "core/coaching/practice_feedback.h"
#include "core/engine/session.h"
#include "formats/pose_csv.h"
#include "report/page.h"
#include "report/page_file.h"
#include "report/pictures/picture_extraction.h"
#include "report/report_json.h"
#include "report/snapshots.h"
#include "tests/support/exercise.h"

namespace matside::report {
namespace {

namespace fs = std::filesystem;
using exercise::KickingSide;
using nlohmann::json;

constexpr const char* kHostile =
    "<img src=x onerror=\"document.title='broken'\"></script><script>document.title='broken'"
    "</script>{@html 1}&amp;";

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Clip {
  std::string name;
  std::vector<pose::PoseFrame> frames;
  formats::AnalysisRecord record;
};

std::optional<Clip> clip_of(const fs::path& result_file) {
  const json result = json::parse(text_of(result_file));
  Clip clip{result_file.stem().string(), {}, {}};
  auto frames = formats::read_pose_csv(text_of(fs::path(result_file).replace_extension(".csv")),
                                       clip.name,
                                       {result["source"]["width"], result["source"]["height"]});
  auto session =
      engine::Session::create(support::single_leg_kick(), result["exercise"]["level"]);
  if (!frames || !session) return std::nullopt;
  clip.frames = std::move(frames).value();
  for (const auto& frame : clip.frames) session.value().push(frame);
  session.value().finish();
  clip.record.analysis = session.value().analysis();
  clip.record.source = {clip.name + ".mp4", result["source"]["sha256"],
                        clip.frames.front().image_size, result["source"]["frames"],
                        base::Seconds(result["source"]["duration_s"].get<double>())};
  clip.record.pose_model = result["pose"]["model"];
  clip.record.eye = result["pose"]["eye"];
  return clip;
}

std::vector<Clip> clips() {
  std::vector<Clip> all;
  const char* folder = std::getenv("MATSIDE_CLIP_RESULTS");
  for (const auto& entry : fs::directory_iterator(folder != nullptr ? folder : "/nowhere")) {
    if (entry.path().extension() != ".json") continue;
    auto clip = clip_of(entry.path());
    EXPECT_TRUE(clip) << entry.path();
    if (clip) all.push_back(std::move(*clip));
  }
  return all;
}

TEST(ClipReports, have_a_curve_through_every_kick_within_its_uncertainty) {
  std::size_t kicks = 0;
  double squares = 0.0;
  for (const Clip& clip : clips()) {
    const engine::KneeCurve curve = engine::knee_curve(
        clip.frames, clip.record.analysis, support::single_leg_kick().measurement, kCurveStep);
    for (const exercise::Repetition& r : clip.record.analysis.repetitions) {
      if (r.side == KickingSide::unsure || !r.measures.greatest_bend_deg) continue;
      for (const exercise::Kick& kick : r.kicks) {
        const auto at = std::ranges::lower_bound(curve.times, kick.time) - curve.times.begin();
        const auto& value =
            curve.bend_deg[r.side == KickingSide::left ? 0 : 1][static_cast<std::size_t>(at)];
        ASSERT_TRUE(value) << clip.name;
        const double off_deg = *value - kick.knee_flexion.value();
        EXPECT_LT(std::abs(off_deg), r.measures.greatest_bend_deg->deviation())
            << clip.name << " at " << kick.time.value();
        squares += off_deg * off_deg;
        ++kicks;
      }
    }
  }
  ASSERT_GT(kicks, 5U);
  const double usual_deg = std::sqrt(squares / static_cast<double>(kicks));
  std::printf("%zu kicks, %.2f degrees off the line\n", kicks, usual_deg);
  EXPECT_LT(usual_deg, 0.5);
}

/// A report as `matside report` assembles it, from existing poses.
Report report_of(const Clip& clip) {
  const exercise::Definition& exercise = support::single_leg_kick();
  const engine::Analysis& analysis = clip.record.analysis;
  Report report;
  report.name = clip.name + ".mp4";
  report.made = "2026-11-23T09:05:00+01:00";
  report.program = "matside";
  report.build = "test";
  report.record = clip.record;
  report.summary.praise = coaching::praise(analysis, exercise);
  report.summary.advice = coaching::advice(analysis, exercise);
  report.curve = engine::knee_curve(clip.frames, analysis, exercise.measurement, kCurveStep);
  report.camera = camera_quality(clip.frames, analysis);
  report.frame_rate_hz = frame_rate_hz(clip.frames);
  report.pictures = PictureMode::shown;
  const auto at = snapshots(clip.frames, analysis.repetitions, *report.curve);
  report.crop = crop_for(clip.frames, at);
  report.shown = snapshot_pictures(clip.frames, at, *report.crop);
  auto reader = video::VideoReader::open(MATSIDE_SOURCE_DIR "/tests/data/clips/" + report.name,
                                         {.threads = 2, .planes = true});
  EXPECT_TRUE(reader);
  const std::atomic<bool> stop{false};
  EXPECT_TRUE(pictures::extract_pictures(
      reader.value(), clip.frames, *report.crop, pictures::FaceMode::unchanged, report.shown,
      [](std::int64_t, double) {}, stop));
  return report;
}

void write_page(const Report& report, const std::string& name) {
  const char* folder = std::getenv("MATSIDE_REPORT_PAGES");
  ASSERT_NE(folder, nullptr);
  const auto page = load_page(MATSIDE_BINARY_DIR "/share/matside/report/report.html");
  ASSERT_TRUE(page) << page.error().message;
  const auto sources = catalog::load_sources(MATSIDE_SOURCE_DIR "/data/exercises/sources.json");
  ASSERT_TRUE(sources);
  fs::create_directories(folder);
  std::ofstream(fs::path(folder) / name, std::ios::binary) << embed_report(
      page.value(), report_json(report, support::single_leg_kick(), sources.value()));
}

TEST(ClipReports, are_pages_with_a_picture_of_every_snapshot) {
  const auto all = clips();
  const auto full = std::ranges::find(all, "full_session", &Clip::name);
  ASSERT_NE(full, all.end());
  Report report = report_of(*full);
  ASSERT_EQ(report.shown.size(), 80U);
  for (const SnapshotPicture& shown : report.shown) EXPECT_FALSE(shown.jpeg.empty());
  write_page(report, "full_session.html");

  // The same with hostile text in every external string.
  report.name = kHostile;
  report.recorded = RecordedPractice{};
  report.recorded->person = kHostile;
  report.recorded->start = kHostile;
  report.recorded->origin = "camera";
  report.recorded->ended_by = "goal";
  report.recorded->next_day = "same";
  report.recorded->judged_by = kHostile;
  report.recorded->corrected = RecordedPractice::CorrectedCounts{1, 2};
  report.summary = {{{kHostile, kHostile}}, {kHostile}, {kHostile}, {kHostile}};
  report.record.analysis.repetitions[0].faults = {
      {"hips_lift", 0.1, 0.07, "thigh_length", kHostile}};
  report.record.analysis.repetitions[0].status = exercise::RepetitionStatus::faulty;
  report.record.pose_model = kHostile;
  report.build = kHostile;
  for (SnapshotPicture& shown : report.shown) shown.jpeg.clear();
  write_page(report, "hostile.html");
}

}  // namespace
}  // namespace matside::report
