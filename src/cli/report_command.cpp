#include "cli/report_command.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>
#include <vector>

#include "cli/data_folder.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/output_file.h"
#include "cli/own_folder.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/seen_practice.h"
#include "cli/summary.h"
#include "core/coaching/closing.h"
#include "formats/catalog/catalog.h"
#include "generated/build_info.h"
#include "records/today.h"
#include "records/wall_clock.h"
#include "report/film.h"
#include "report/instants.h"
#include "report/page.h"
#include "vision/video/video_reader.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Definition;
using report::Pictures;
using report::Report;

constexpr const char* kSelfReported =
    "Nobody watched this practice: it was counted by the person's own word.";

/// All that is needed beside the practice, made sure of before the work starts.
struct Desk {
  DataFolder data;
  Definition exercise;
  std::vector<catalog::Source> sources;
  std::string page;
  std::optional<OutputFile> html;
  std::optional<OutputFile> pdf;
  fs::path chromium;
};

base::Result<std::optional<OutputFile>> open_output(const std::optional<fs::path>& path,
                                                    const Overwriting& overwriting) {
  if (!path) return std::optional<OutputFile>();
  auto file = OutputFile::open(*path, overwriting);
  if (!file) return file.error();
  return std::optional(std::move(file).value());
}

base::Result<Desk> make_desk(const ReportCommand& command) {
  Desk desk;
  const auto data = find_data_folder();
  if (!data) return data.error();
  desk.data = data.value();
  auto exercise =
      catalog::load_exercise(desk.data.exercise().string(), desk.data.words().string());
  if (!exercise) return exercise.error();
  desk.exercise = std::move(exercise).value();
  auto sources = catalog::load_sources(desk.data.sources().string());
  if (!sources) return sources.error();
  desk.sources = std::move(sources).value();
  auto page = report::load_page(desk.data.report_page());
  if (!page) return page.error();
  desk.page = std::move(page).value();
  if (command.pdf) {
    auto chromium = find_chromium();
    if (!chromium) return chromium.error();
    desk.chromium = std::move(chromium).value();
  }
  const std::vector<fs::path> inputs{command.source};
  const Overwriting overwriting{.forced = command.force, .inputs = inputs};
  auto html = open_output(command.html, overwriting);
  if (!html) return html.error();
  desk.html = std::move(html).value();
  auto pdf = open_output(command.pdf, overwriting);
  if (!pdf) return pdf.error();
  desk.pdf = std::move(pdf).value();
  return desk;
}

/// What the records say beside what see_practice() told.
base::Result<report::Kept> kept_of(const records::Practice& practice,
                                   const std::optional<fs::path>& data) {
  const auto folder = own_folder(data);
  if (!folder) return folder.error();
  const auto records = open_records(folder.value());
  if (!records) return records.error();
  const auto person = records.value()->person(practice.person);
  if (!person) return person.error();
  const auto repetitions = records.value()->repetitions(practice.id);
  if (!repetitions) return repetitions.error();
  const auto poses = records.value()->poses(practice.id);
  if (!poses) return poses.error();
  report::Kept kept;
  kept.person = person.value().name;
  kept.start = records::iso_text(practice.start, practice.utc_offset_min);
  kept.origin = name(practice.origin);
  kept.ended_by = practice.ended_by ? name(*practice.ended_by) : "open";
  kept.wished = practice.wished;
  kept.comfort_before = practice.comfort.before;
  kept.comfort_after = practice.comfort.after;
  kept.leg_symptoms = practice.comfort.leg_symptoms;
  kept.next_day = name(practice.comfort.next_day);
  kept.judged_by = practice.judgement.engine;
  if (practice.corrected) {
    kept.corrected = report::Kept::Counts{practice.corrected->left, practice.corrected->right};
  }
  for (const records::Repetition& each : repetitions.value()) {
    if (each.corrected) kept.corrected_sides.push_back({each.index, *each.corrected});
  }
  for (const records::PoseChunk& chunk : poses.value()) {
    if (chunk.full_kick) kept.full_kick_deg = chunk.full_kick->value();
  }
  return kept;
}

/// Counts without repetitions, as somebody told them who practised by ear.
void tell_counts(const records::Practice& practice, const Definition& exercise,
                 report::Summary& summary) {
  const records::Correction told = records::told_counts(practice);
  summary.rows.push_back({coaching::phrase_text(exercise, "label_repetitions"),
                          coaching::phrase_text(exercise, "sides",
                                                {{"left", std::to_string(told.left)},
                                                 {"right", std::to_string(told.right)}})});
  if (practice.origin == records::Origin::sound) summary.notes.emplace_back(kSelfReported);
}

/// What is kept of a fault holds no words.
void word_faults(const Definition& exercise, engine::Analysis& analysis) {
  for (exercise::Repetition& repetition : analysis.repetitions) {
    for (exercise::FaultFinding& fault : repetition.faults) {
      const exercise::Words* words = exercise.words_for(fault.id);
      if (fault.cue.empty()) fault.cue = words != nullptr ? words->cue : fault.id;
    }
  }
}

/// Of the poses: curve, camera, skeletons.
void draw(const SeenPractice& practice, Report& report) {
  if (practice.frames.empty()) return;
  const engine::Analysis& analysis = practice.record.analysis;
  report.curve = engine::knee_curve(practice.frames, analysis, report::kCurveStep);
  report.camera = report::camera_quality(practice.frames, analysis);
  report.frame_rate_hz = report::frame_rate_hz(practice.frames);
  const auto shown = report::instants(practice.frames, analysis.repetitions, *report.curve);
  report.crop = report::crop_for(practice.frames, shown);
  if (report.crop) report.shown = report::skeletons(practice.frames, shown, *report.crop);
}

base::Result<void> add_pictures(const SeenPractice& practice, const ReportCommand& command,
                                Report& report) {
  if (!practice.video) return {};
  report.pictures = command.pictures;
  if (command.pictures == Pictures::left_out || !report.crop) return {};
  auto reader = video::VideoReader::open(
      *practice.video, {.threads = 2, .planes = true, .stop = &stop_requested()});
  if (!reader) return reader.error();
  ProgressBar bar(!command.quiet);
  const auto faces = command.pictures == Pictures::blurred ? report::Faces::blurred
                                                           : report::Faces::as_they_are;
  return report::fetch_pictures(
      reader.value(), practice.frames, *report.crop, faces, report.shown,
      [&](std::int64_t frames, double done) { bar.show(frames, done); }, stop_requested());
}

base::Result<Report> make_report(SeenPractice practice, const ReportCommand& command,
                                 const Desk& desk) {
  word_faults(desk.exercise, practice.record.analysis);
  Report report;
  report.name = practice.kept ? fmt::format("Practice {}", practice.kept->id) : practice.name;
  const records::Now made = now();
  report.made = records::iso_text(made.instant, made.utc_offset_min);
  report.program = std::string("matside ") + generated::kVersion;
  report.build = generated::kBuild;
  report.summary = summarised(practice.record, desk.exercise);
  draw(practice, report);
  if (auto added = add_pictures(practice, command, report); !added) return added.error();
  if (practice.kept) {
    auto kept = kept_of(*practice.kept, command.data);
    if (!kept) return kept.error();
    report.kept = std::move(kept).value();
    if (practice.record.analysis.repetitions.empty()) {
      tell_counts(*practice.kept, desk.exercise, report.summary);
    }
  }
  report.record = std::move(practice.record);
  return report;
}

base::Error stopped() { return {base::ErrorKind::input, "stopped"}; }

base::Result<void> write(OutputFile& file, std::string_view bytes) {
  if (auto written = file.write(bytes); !written) return written;
  return file.commit();
}

/// @param wrote set once a file is there
base::Result<void> make(const ReportCommand& command, bool& wrote) {
  auto made = make_desk(command);
  if (!made) return made.error();
  Desk desk = std::move(made).value();
  auto practice = see_practice({command.source, command.practice, command.data, command.quiet},
                               desk.data, desk.exercise);
  if (!practice) return practice.error();
  if (stop_requested()) return stopped();
  const auto report = make_report(std::move(practice).value(), command, desk);
  if (!report) return report.error();
  if (stop_requested()) return stopped();
  const std::string page = report::page_with(
      desk.page, report::report_json(report.value(), desk.exercise, desk.sources));
  std::string said;
  if (desk.html) {
    if (auto written = write(*desk.html, page); !written) return written;
    wrote = true;
    said += fmt::format("Report: {}\n", desk.html->path().string());
  }
  if (desk.pdf) {
    const auto pdf =
        printed(desk.chromium, page, command.paper == Paper::letter ? "letter" : "a4");
    if (!pdf) return pdf.error();
    if (auto written = write(*desk.pdf, pdf.value()); !written) return written;
    said += fmt::format("Report: {}\n", desk.pdf->path().string());
  }
  return command.quiet ? base::Result<void>() : write_to_standard_output(said);
}

}  // namespace

int report_practice(const ReportCommand& command) {
  bool wrote = false;
  const auto done = make(command, wrote);
  if (stop_requested() && !done) return say_interrupted(command.source, wrote);
  return done ? kExitOk : fail(done.error());
}

}  // namespace matside::cli
