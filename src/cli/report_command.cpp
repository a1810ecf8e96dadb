#include "cli/report_command.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>
#include <vector>

#include "cli/clock.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/load_practice.h"
#include "cli/output_file.h"
#include "cli/pdf.h"
#include "cli/program_data.h"
#include "cli/progress_bar.h"
#include "cli/summary.h"
#include "cli/user_data_folder.h"
#include "core/coaching/practice_feedback.h"
#include "formats/catalog/catalog.h"
#include "generated/build_info.h"
#include "records/local_time.h"
#include "records/today.h"
#include "report/page.h"
#include "report/picture_extraction.h"
#include "report/snapshots.h"
#include "vision/video/video_reader.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Definition;
using report::PictureMode;
using report::Report;

constexpr const char* kSelfReported =
    "This practice used no camera. The counts are self-reported.";

/// Everything the report needs besides the practice, checked before the work starts.
struct ReportInputs {
  ProgramData data;
  std::vector<catalog::Source> sources;
  std::string page;
  std::optional<OutputFile> html;
  std::optional<OutputFile> pdf;
  fs::path chromium;
};

base::Result<std::optional<OutputFile>> open_output(const std::optional<fs::path>& path,
                                                    const OverwritePolicy& overwriting) {
  if (!path) return std::optional<OutputFile>();
  auto file = OutputFile::open(*path, overwriting);
  if (!file) return file.error();
  return std::optional(std::move(file).value());
}

base::Result<ReportInputs> prepare_report(const ReportCommand& command) {
  ReportInputs inputs;
  auto data = load_program_data();
  if (!data) return data.error();
  inputs.data = std::move(data).value();
  auto sources = catalog::load_sources(inputs.data.folder.sources().string());
  if (!sources) return sources.error();
  inputs.sources = std::move(sources).value();
  auto page = report::load_page(inputs.data.folder.report_page());
  if (!page) return page.error();
  inputs.page = std::move(page).value();
  if (command.pdf) {
    auto chromium = find_chromium();
    if (!chromium) return chromium.error();
    inputs.chromium = std::move(chromium).value();
  }
  const std::vector<fs::path> sources_to_keep{command.source};
  const OverwritePolicy overwriting{.forced = command.force, .inputs = sources_to_keep};
  auto html = open_output(command.html, overwriting);
  if (!html) return html.error();
  inputs.html = std::move(html).value();
  auto pdf = open_output(command.pdf, overwriting);
  if (!pdf) return pdf.error();
  inputs.pdf = std::move(pdf).value();
  return inputs;
}

/// What the records hold about a practice besides its measurements.
base::Result<report::RecordedPractice> saved_details(const records::Practice& practice,
                                                     const std::optional<fs::path>& data) {
  const auto folder = user_data_folder(data);
  if (!folder) return folder.error();
  const auto records = open_records(folder.value());
  if (!records) return records.error();
  const auto person = records.value()->person(practice.person);
  if (!person) return person.error();
  const auto repetitions = records.value()->repetitions(practice.id);
  if (!repetitions) return repetitions.error();
  const auto poses = records.value()->poses(practice.id);
  if (!poses) return poses.error();
  report::RecordedPractice recorded;
  recorded.person = person.value().name;
  recorded.start = records::iso_text(practice.start, practice.utc_offset_min);
  recorded.origin = name(practice.origin);
  recorded.ended_by = practice.ended_by ? name(*practice.ended_by) : "open";
  recorded.goal_repetitions = practice.goal_repetitions;
  recorded.comfort_before = practice.comfort.before;
  recorded.comfort_after = practice.comfort.after;
  recorded.leg_symptoms = practice.comfort.leg_symptoms;
  recorded.next_day = name(practice.comfort.next_day);
  recorded.judged_by = practice.scoring.engine;
  if (practice.corrected) {
    recorded.corrected = report::RecordedPractice::CorrectedCounts{practice.corrected->left,
                                                                   practice.corrected->right};
  }
  for (const records::SavedRepetition& each : repetitions.value()) {
    if (each.corrected) recorded.corrected_sides.push_back({each.index, *each.corrected});
  }
  for (const records::PoseChunk& chunk : poses.value()) {
    if (chunk.full_kick) recorded.full_kick_deg = chunk.full_kick->value();
  }
  return recorded;
}

/// The counts that a person reported after a practice without a camera.
void add_self_reported(const records::Practice& practice, const Definition& exercise,
                       report::Summary& summary) {
  const records::SideCounts counts = records::effective_counts(practice);
  summary.rows.push_back({coaching::phrase_text(exercise, "label_repetitions"),
                          coaching::phrase_text(exercise, "sides",
                                                {{"left", std::to_string(counts.left)},
                                                 {"right", std::to_string(counts.right)}})});
  if (practice.origin == records::Origin::sound) summary.notes.emplace_back(kSelfReported);
}

/// Saved faults have no text; adds it from the exercise.
void add_fault_text(const Definition& exercise, engine::Analysis& analysis) {
  for (exercise::Repetition& repetition : analysis.repetitions) {
    for (exercise::DetectedFault& fault : repetition.faults) {
      const exercise::FaultText* words = exercise.words_for(fault.id);
      if (fault.cue.empty()) fault.cue = words != nullptr ? words->cue : fault.id;
    }
  }
}

/// Adds what the poses give: curve, camera quality, skeletons.
void draw(const LoadedPractice& practice, const exercise::MeasurementRules& rules,
          Report& report) {
  if (practice.frames.empty()) return;
  const engine::Analysis& analysis = practice.record.analysis;
  report.curve = engine::knee_curve(practice.frames, analysis, rules, report::kCurveStep);
  report.camera = report::camera_quality(practice.frames, analysis);
  report.frame_rate_hz = report::frame_rate_hz(practice.frames);
  const auto shown = report::snapshots(practice.frames, analysis.repetitions, *report.curve);
  report.crop = report::crop_for(practice.frames, shown);
  if (report.crop)
    report.shown = report::snapshot_pictures(practice.frames, shown, *report.crop);
}

base::Result<void> add_pictures(const LoadedPractice& practice, const ReportCommand& command,
                                Report& report) {
  if (!practice.video) return {};
  report.pictures = command.pictures;
  if (command.pictures == PictureMode::left_out || !report.crop) return {};
  auto reader = video::VideoReader::open(
      *practice.video, {.threads = 2, .planes = true, .stop = &stop_requested()});
  if (!reader) return reader.error();
  ProgressBar bar(!command.quiet);
  const auto faces = command.pictures == PictureMode::blurred ? report::FaceMode::blurred
                                                              : report::FaceMode::unchanged;
  return report::extract_pictures(
      reader.value(), practice.frames, *report.crop, faces, report.shown,
      [&](std::int64_t frames, double done) { bar.show(frames, done); }, stop_requested());
}

base::Result<Report> make_report(LoadedPractice practice, const ReportCommand& command,
                                 const ReportInputs& inputs) {
  add_fault_text(inputs.data.exercise, practice.record.analysis);
  Report report;
  report.name = practice.saved ? fmt::format("Practice {}", practice.saved->id) : practice.name;
  const records::LocalTime made = now();
  report.made = records::iso_text(made.instant, made.utc_offset_min);
  report.program = std::string("matside ") + generated::kVersion;
  report.build = generated::kBuild;
  report.summary = summarise(practice.record, inputs.data.exercise);
  draw(practice, inputs.data.exercise.measurement, report);
  if (auto added = add_pictures(practice, command, report); !added) return added.error();
  if (practice.saved) {
    auto recorded = saved_details(*practice.saved, command.data);
    if (!recorded) return recorded.error();
    report.recorded = std::move(recorded).value();
    if (practice.record.analysis.repetitions.empty()) {
      add_self_reported(*practice.saved, inputs.data.exercise, report.summary);
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

/// @param wrote set once a file has been saved
base::Result<void> run(const ReportCommand& command, bool& wrote) {
  auto prepared = prepare_report(command);
  if (!prepared) return prepared.error();
  ReportInputs inputs = std::move(prepared).value();
  auto practice = load_practice({command.source, command.practice, command.data, command.quiet},
                                inputs.data);
  if (!practice) return practice.error();
  if (stop_requested()) return stopped();
  const auto report = make_report(std::move(practice).value(), command, inputs);
  if (!report) return report.error();
  if (stop_requested()) return stopped();
  const std::string page = report::embed_report(
      inputs.page, report::report_json(report.value(), inputs.data.exercise, inputs.sources));
  std::string summary;
  if (inputs.html) {
    if (auto written = write(*inputs.html, page); !written) return written;
    wrote = true;
    summary += fmt::format("Report: {}\n", inputs.html->path().string());
  }
  if (inputs.pdf) {
    const auto pdf =
        print_to_pdf(inputs.chromium, page, command.paper == Paper::letter ? "letter" : "a4");
    if (!pdf) return pdf.error();
    if (auto written = write(*inputs.pdf, pdf.value()); !written) return written;
    summary += fmt::format("PDF: {}\n", inputs.pdf->path().string());
  }
  return command.quiet ? base::Result<void>() : write_to_standard_output(summary);
}

}  // namespace

int report_practice(const ReportCommand& command) {
  bool wrote = false;
  const auto done = run(command, wrote);
  if (stop_requested() && !done) return report_interrupted(command.source, wrote);
  return done ? kExitOk : fail(done.error());
}

}  // namespace matside::cli
