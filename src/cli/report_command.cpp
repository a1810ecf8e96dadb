#include "cli/report_command.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>
#include <vector>

#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/load_practice.h"
#include "cli/output_file.h"
#include "cli/pdf.h"
#include "cli/program_data.h"
#include "cli/progress_bar.h"
#include "cli/report_parts.h"
#include "cli/user_data_folder.h"
#include "report/page.h"
#include "report/pictures/picture_extraction.h"
#include "report/practice_report.h"
#include "vision/video/video_reader.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using report::PictureMode;
using report::Report;

/// Everything the report needs besides the practice, checked before the work starts.
struct ReportInputs {
  ProgramData data;
  ReportParts parts;
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
  auto data = load_program_data(command.exercise);
  if (!data) return data.error();
  inputs.data = std::move(data).value();
  auto parts = load_report_parts(inputs.data.folder);
  if (!parts) return parts.error();
  inputs.parts = std::move(parts).value();
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

base::Error stopped() { return {base::ErrorKind::input, "stopped"}; }

base::Result<void> add_pictures(const LoadedPractice& practice, const ReportCommand& command,
                                Report& report) {
  if (!practice.video) return {};
  report.pictures = command.pictures;
  if (command.pictures == PictureMode::left_out || !report.crop) return {};
  auto reader = video::VideoReader::open(
      *practice.video, {.threads = 2, .planes = true, .stop = &stop_requested()});
  if (!reader) return reader.error();
  ProgressBar bar(!command.quiet);
  const auto faces = command.pictures == PictureMode::blurred ? pictures::FaceMode::blurred
                                                              : pictures::FaceMode::unchanged;
  return pictures::extract_pictures(
      reader.value(), practice.frames, *report.crop, faces, report.shown,
      [&](std::int64_t frames, double done) { bar.show(frames, done); }, stop_requested());
}

base::Result<Report> saved_report(records::Id id, const ReportCommand& command,
                                  const ReportInputs& inputs) {
  const auto folder = user_data_folder(command.data);
  if (!folder) return folder.error();
  const auto records = open_records(folder.value());
  if (!records) return records.error();
  return report::saved_practice_report(*records.value(), id, inputs.data.exercises(),
                                       report_stamp());
}

/// @param recognised  set as LoadedPractice::recognised
base::Result<Report> make_report(const ReportCommand& command, const ReportInputs& inputs,
                                 std::string& recognised) {
  if (const auto id = saved_practice_number(command.source)) {
    return saved_report(*id, command, inputs);
  }
  auto practice = load_practice({command.source, command.practice, command.data, command.quiet},
                                inputs.data);
  if (!practice) return practice.error();
  if (stop_requested()) return stopped();
  Report report = report::practice_report(practice.value().name, practice.value().record,
                                          practice.value().frames, practice.value().exercise,
                                          report_stamp());
  recognised = practice.value().recognised;
  if (auto added = add_pictures(practice.value(), command, report); !added) {
    return added.error();
  }
  return report;
}

base::Result<void> write(OutputFile& file, std::string_view bytes) {
  if (auto written = file.write(bytes); !written) return written;
  return file.commit();
}

/// @param wrote set once a file has been saved
base::Result<void> run(const ReportCommand& command, bool& wrote) {
  auto prepared = prepare_report(command);
  if (!prepared) return prepared.error();
  ReportInputs inputs = std::move(prepared).value();
  std::string summary;
  const auto report = make_report(command, inputs, summary);
  if (!report) return report.error();
  if (stop_requested()) return stopped();
  const auto exercise = inputs.data.exercises().find(report.value().record.exercise_id);
  if (!exercise) return exercise.error();
  const std::string page = report::embed_report(
      inputs.parts.page,
      report::report_json(report.value(), *exercise.value(), inputs.parts.sources));
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
