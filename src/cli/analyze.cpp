#include "cli/analyze.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include "cli/data_folder.h"
#include "cli/diary.h"
#include "cli/exit_code.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/outputs.h"
#include "cli/own_folder.h"
#include "cli/progress.h"
#include "cli/summary.h"
#include "formats/catalog/catalog.h"
#include "formats/pose_csv.h"
#include "records/exchange.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Definition;
using formats::AnalysisRecord;

/// Writes the poses as they come, and shows how far it is.
base::Result<AnalysisRecord> follow(Input& input, Outputs& outputs, bool quiet,
                                    std::vector<pose::PoseFrame>* kept) {
  ProgressBar bar(!quiet);
  std::optional<OutputFile>& poses = outputs.poses;
  if (poses) {
    if (auto written = poses->write(formats::pose_csv_header()); !written) {
      return written.error();
    }
  }
  std::int64_t frames = 0;
  return input.analyze(
      [&](const pose::PoseFrame& frame, std::optional<double> done) -> base::Result<void> {
        bar.show(++frames, done);
        if (kept != nullptr) kept->push_back(frame);
        if (!poses) return {};
        return poses->write(formats::pose_csv_row(frame));
      });
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
                                 const Definition& exercise, const fs::path& input) {
  std::string text = summary_text(record, exercise, input.filename().string()) + "\n";
  const auto add = [&](const char* label, const OutputFile& file) {
    text += fmt::format("{}: {}\n", exercise.phrase(label)->text, file.path().string());
  };
  if (outputs.poses) add("label_poses", *outputs.poses);
  add("label_result", *outputs.result);
  return write_to_standard_output(text + "\n");
}

base::Result<void> file_as_practice(const AnalyzeCommand& command, const AnalysisRecord& record,
                                    const std::vector<pose::PoseFrame>& frames) {
  const auto diary = open_diary(command.data);
  if (!diary) return diary.error();
  const auto person = diary.value().person(command.person);
  if (!person) return person.error();
  records::Ongoing::Wish wish;
  wish.person = person.value().id;
  wish.level = command.practice.level;
  wish.origin = records::Origin::recording;
  const auto id =
      records::import_poses(*diary.value().records, wish, frames, diary.value().now,
                            engine(record.pose_model, record.eye), diary.value().exercise);
  if (!id) return id.error();
  if (command.quiet) return {};
  return write_to_standard_output(fmt::format("Kept as practice {}.\n", id.value()));
}

base::Result<void> analyze_one(const AnalyzeCommand& command, const fs::path& path,
                               const DataFolder& data, const Definition& exercise) {
  const auto input = open_input(path, command.practice, data, exercise);
  if (!input) return input.error();
  auto opened = open_outputs({command.json, command.poses, path, input.value()->sha256(),
                              command.force, command.inputs});
  if (!opened) return opened.error();
  Outputs outputs = std::move(opened).value();
  std::vector<pose::PoseFrame> frames;
  const auto record =
      follow(*input.value(), outputs, command.quiet, command.record ? &frames : nullptr);
  if (!record) return record.error();
  if (auto written = write_outputs(outputs, record.value()); !written) return written;
  if (command.record) {
    if (auto filed = file_as_practice(command, record.value(), frames); !filed) return filed;
  }
  if (command.quiet || !outputs.result) return {};
  return print_summary(outputs, record.value(), exercise, path);
}

}  // namespace

int analyze(const AnalyzeCommand& command) {
  const auto data = find_data_folder();
  if (!data) return fail(data.error());
  const auto exercise =
      catalog::load_exercise(data.value().exercise().string(), data.value().words().string());
  if (!exercise) return fail(exercise.error());
  int code = kExitOk;
  for (const fs::path& input : command.inputs) {
    const auto done = analyze_one(command, input, data.value(), exercise.value());
    if (stop_requested()) return say_interrupted(input, done.ok());
    if (!done) {
      const int failure = fail(done.error());
      if (code == kExitOk) code = failure;
    }
  }
  return code;
}

}  // namespace matside::cli
