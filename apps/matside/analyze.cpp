#include "apps/matside/analyze.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apps/matside/exit_code.h"
#include "apps/matside/interrupt.h"
#include "apps/matside/messages.h"
#include "apps/matside/outputs.h"
#include "apps/matside/progress.h"
#include "apps/matside/summary.h"
#include "catalog/catalog.h"
#include "digest/digest.h"
#include "interchange/pose_csv.h"

namespace matside::app {
namespace {

namespace fs = std::filesystem;
using exercise::Definition;
using interchange::AnalysisRecord;

// Decoding is light beside the networks; more threads only cost memory.
constexpr int kMostDecoderThreads = 2;

/// A recording with everything that is needed to analyse it, all of it known to be good.
struct Prepared {
  video::VideoReader reader;
  blazepose::PoseTracker tracker;
  engine::Session session;
  Outputs outputs;
  std::string sha256;
};

base::Result<Prepared> prepare(const AnalyzeCommand& command, const fs::path& input,
                               const DataFolder& data, const Definition& exercise) {
  auto reader = video::VideoReader::open(
      input, {.threads = std::clamp(command.threads / 2, 1, kMostDecoderThreads),
              .planes = true,
              .stop = &stop_requested()});
  if (!reader) return reader.error();
  auto tracker = blazepose::PoseTracker::create(
      {.folder = data.models(), .variant = command.model, .eye = command.eye},
      {.threads = command.threads});
  if (!tracker) return tracker.error();
  auto session = engine::Session::create(exercise, command.level);
  if (!session) return session.error();
  auto sha256 = digest::sha256_file(input);
  if (!sha256) return sha256.error();
  auto outputs =
      open_outputs({command.json, command.poses, input, sha256.value(), command.inputs});
  if (!outputs) return outputs.error();
  return Prepared{std::move(reader).value(), std::move(tracker).value(),
                  std::move(session).value(), std::move(outputs).value(),
                  std::move(sha256).value()};
}

/// The share of the span that lies before `time`; nothing where the length is not known.
std::optional<double> share_done(const video::VideoInfo& info, const Span& span,
                                 base::Seconds time) {
  if (info.photo || (!info.duration && !span.to)) return std::nullopt;
  const base::Seconds from = span.from.value_or(base::Seconds(0.0));
  base::Seconds to = span.to ? *span.to : *info.duration;
  if (info.duration) to = std::min(to, *info.duration);
  if (to <= from) return std::nullopt;
  return (time - from) / (to - from);
}

base::Result<Pass> follow(Prepared& prepared, const AnalyzeCommand& command) {
  ProgressBar bar(!command.quiet);
  std::optional<OutputFile>& poses = prepared.outputs.poses;
  if (poses) {
    if (auto written = poses->write(interchange::pose_csv_header()); !written) {
      return written.error();
    }
  }
  std::int64_t frames = 0;
  const OnFrame on_frame = [&](const pose::PoseFrame& frame) -> base::Result<void> {
    bar.show(++frames, share_done(prepared.reader.info(), command.span, frame.time));
    if (!poses) return {};
    return poses->write(interchange::pose_csv_row(frame));
  };
  return run_pipeline(prepared.reader, prepared.tracker, prepared.session, command.span,
                      on_frame, stop_requested());
}

void add_warning(AnalysisRecord& record, const Definition& exercise, const std::string& id) {
  const exercise::Phrase* phrase = exercise.phrase("warning_" + id);
  record.analysis.warnings.push_back({id, phrase == nullptr ? id : phrase->text});
}

AnalysisRecord make_record(const Prepared& prepared, const Pass& pass,
                           const AnalyzeCommand& command, const fs::path& input,
                           const Definition& exercise) {
  AnalysisRecord record;
  record.complete = !pass.stopped;
  record.source = {input.string(), prepared.sha256, prepared.reader.info().size, pass.frames,
                   pass.covered()};
  record.eye = command.eye && command.model == blazepose::kEyeVariant;
  record.pose_model = fmt::format("blazepose-{}", blazepose::name(command.model));
  record.exercise_id = exercise.id;
  record.analysis = prepared.session.analysis();
  if (prepared.reader.truncated()) {
    add_warning(record, exercise, "input_truncated");
  } else if (prepared.reader.damaged() > 0) {
    add_warning(record, exercise, "input_damaged");
  }
  return record;
}

base::Result<void> write_outputs(Outputs& outputs, const AnalysisRecord& record) {
  if (outputs.poses) {
    if (auto written = outputs.poses->commit(); !written) return written;
  }
  const std::string text = interchange::analysis_json(record);
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

base::Result<void> analyze_one(const AnalyzeCommand& command, const fs::path& input,
                               const DataFolder& data, const Definition& exercise) {
  auto prepared = prepare(command, input, data, exercise);
  if (!prepared) return prepared.error();
  const auto pass = follow(prepared.value(), command);
  if (!pass) return pass.error();
  if (pass.value().frames == 0 && !pass.value().stopped) {
    return base::Error{base::ErrorKind::input,
                       input.string() + ": has no pictures between --from and --to"};
  }
  const AnalysisRecord record =
      make_record(prepared.value(), pass.value(), command, input, exercise);
  Outputs& outputs = prepared.value().outputs;
  if (auto written = write_outputs(outputs, record); !written) return written;
  if (command.quiet || !outputs.result) return {};
  return print_summary(outputs, record, exercise, input);
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

}  // namespace matside::app
