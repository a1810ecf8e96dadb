#include "cli/analyze_command.h"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "cli/analysis_outputs.h"
#include "cli/clock.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/program_data.h"
#include "cli/progress_bar.h"
#include "cli/recording_date.h"
#include "cli/records_context.h"
#include "formats/pose_csv.h"
#include "practice/analysis.h"
#include "practice/recording/recording.h"
#include "records/import_export.h"
#include "report/summary.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Definition;
using formats::AnalysisRecord;

/// Analyses the source; writes the poses as they come, and shows the progress.
/// @param frames receives every frame; null where they aren't needed
base::Result<practice::GuessedAnalysis> run_source(practice::Source& source,
                                                   std::span<const Definition> exercises,
                                                   const AnalyzeCommand& command,
                                                   Outputs& outputs,
                                                   std::vector<pose::PoseFrame>* frames) {
  ProgressBar bar(!command.quiet);
  std::optional<OutputFile>& poses = outputs.poses;
  const auto legs =
      source.info().in_space ? formats::LegColumns::in_space : formats::LegColumns::none;
  if (poses) {
    if (auto written = poses->write(formats::pose_csv_header(legs)); !written) {
      return written.error();
    }
  }
  std::int64_t count = 0;
  return practice::analyse_any(
      source, exercises, command.practice.level,
      [&](const practice::AnalysedFrame& analysed) -> base::Result<void> {
        const pose::PoseFrame& frame = analysed.source.pose;
        bar.show(++count, analysed.source.completed);
        if (frames != nullptr) frames->push_back(frame);
        if (!poses) return {};
        return poses->write(formats::pose_csv_row(frame, legs));
      },
      stop_requested());
}

base::Result<void> write_outputs(Outputs& outputs, const AnalysisRecord& record) {
  if (outputs.poses) {
    if (auto written = outputs.poses->commit(); !written) return written;
  }
  const std::string text = formats::analysis_json(record);
  if (!outputs.result) return write_to_standard_output(text);
  if (auto written = outputs.result->write(text); !written) return written;
  return outputs.result->commit();
}

base::Result<void> print_summary(const Outputs& outputs, const AnalysisRecord& record,
                                 const Definition& exercise, const fs::path& input,
                                 const records::LocalTime& date) {
  std::string text = report::summary_text(record, exercise, input.filename().string()) + "\n";
  const auto add = [&](const char* label, const OutputFile& file) {
    text += fmt::format("{}: {}\n", exercise.phrase(label)->text, file.path().string());
  };
  if (record.source.date.time) {
    text += fmt::format("Recorded: {}\n", dated_text(date, record.source.date.from));
  }
  if (outputs.poses) add("label_poses", *outputs.poses);
  add("label_result", *outputs.result);
  return write_to_standard_output(text + "\n");
}

base::Result<void> save_to_records(const AnalyzeCommand& command, const AnalysisRecord& record,
                                   const std::vector<pose::PoseFrame>& frames,
                                   const records::LocalTime& date, const Definition& exercise) {
  const auto context = open_records_context(command.data);
  if (!context) return context.error();
  const auto person = context.value().person(command.person);
  if (!person) return person.error();
  records::PracticeDraft::Plan plan;
  plan.person = person.value().id;
  plan.level = command.practice.level;
  plan.origin = records::Origin::recording;
  plan.start = date;
  plan.save_again = command.again;
  const auto saved =
      records::import_poses(*context.value().records, plan, frames, context.value().now,
                            engine_info(record.pose_model, record.eye), exercise);
  if (!saved) return saved.error();
  if (command.quiet) return {};
  if (saved.value().already_saved) {
    return write_to_standard_output(
        fmt::format("Already saved as practice {}: the records have this recording. To save it "
                    "once more, add --again.\n",
                    saved.value().practice));
  }
  return write_to_standard_output(fmt::format("Saved as practice {}, dated {}.\n",
                                              saved.value().practice,
                                              dated_text(date, record.source.date.from)));
}

base::Result<void> analyze_one(const AnalyzeCommand& command, const fs::path& path,
                               const ProgramData& data) {
  const auto source = recording::open(path, data.resolve(command.practice), stop_requested());
  if (!source) return source.error();
  auto opened = open_outputs({command.json, command.poses, path, source.value()->info().sha256,
                              command.force, command.inputs});
  if (!opened) return opened.error();
  Outputs outputs = std::move(opened).value();
  std::vector<pose::PoseFrame> frames;
  auto analysed = run_source(*source.value(), data.candidates(), command, outputs,
                             command.record ? &frames : nullptr);
  if (!analysed) return analysed.error();
  AnalysisRecord& record = analysed.value().record;
  const Definition& exercise = *analysed.value().exercise;
  const records::LocalTime date = date_practice(record, command.date, now());
  if (auto written = write_outputs(outputs, record); !written) return written;
  if (command.record) {
    if (auto saved = save_to_records(command, record, frames, date, exercise); !saved) {
      return saved;
    }
  }
  if (command.quiet || !outputs.result) return {};
  if (auto told = write_to_standard_output(recognised_text(exercise, data)); !told) return told;
  return print_summary(outputs, record, exercise, path, date);
}

}  // namespace

int analyze(const AnalyzeCommand& command) {
  const auto data = load_program_data(command.exercise);
  if (!data) return fail(data.error());
  int code = kExitOk;
  for (const fs::path& input : command.inputs) {
    const auto done = analyze_one(command, input, data.value());
    if (stop_requested()) return report_interrupted(input, done.ok());
    if (!done) {
      const int failure = fail(done.error());
      if (code == kExitOk) code = failure;
    }
  }
  return code;
}

}  // namespace matside::cli
