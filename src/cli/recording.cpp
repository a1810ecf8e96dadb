#include "cli/recording.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "digest/digest.h"

namespace matside::cli {
namespace {

using formats::AnalysisRecord;

// Decoding is light beside the networks; more threads only cost memory.
constexpr int kMostDecoderThreads = 2;

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

void add_warning(AnalysisRecord& record, const exercise::Definition& exercise,
                 const std::string& id) {
  const exercise::Phrase* phrase = exercise.phrase("warning_" + id);
  record.analysis.warnings.push_back({id, phrase == nullptr ? id : phrase->text});
}

}  // namespace

base::Result<Recording> Recording::open(const RecordingRequest& request, const DataFolder& data,
                                        const exercise::Definition& exercise) {
  auto reader = video::VideoReader::open(
      request.input,
      {.threads = std::clamp(request.practice.threads / 2, 1, kMostDecoderThreads),
       .planes = true,
       .stop = request.stop});
  if (!reader) return reader.error();
  auto tracker = blazepose::PoseTracker::create(
      {.folder = data.models(), .variant = request.practice.model, .eye = request.practice.eye},
      {.threads = request.practice.threads});
  if (!tracker) return tracker.error();
  auto session = engine::Session::create(exercise, request.practice.level);
  if (!session) return session.error();
  auto sha256 = digest::sha256_file(request.input);
  if (!sha256) return sha256.error();
  return Recording(request, exercise, std::move(reader).value(), std::move(tracker).value(),
                   std::move(session).value(), std::move(sha256).value());
}

base::Result<AnalysisRecord> Recording::analyze(const OnFrame& on_frame) {
  const auto pass = run_pipeline(
      reader_, tracker_, session_, request_.practice.span,
      [&](const Watched& seen) {
        return on_frame(seen,
                        share_done(reader_.info(), request_.practice.span, seen.frame.time));
      },
      *request_.stop);
  if (!pass) return pass.error();
  if (pass.value().frames == 0 && !pass.value().stopped) {
    return base::Error{base::ErrorKind::input,
                       request_.input.string() + ": has no pictures between --from and --to"};
  }
  return record(pass.value());
}

AnalysisRecord Recording::record(const Pass& pass) const {
  AnalysisRecord record;
  record.complete = !pass.stopped;
  record.source = {request_.input.string(), sha256_, reader_.info().size, pass.frames,
                   pass.covered()};
  record.eye = request_.practice.eye && request_.practice.model == blazepose::kEyeVariant;
  record.pose_model = fmt::format("blazepose-{}", blazepose::name(request_.practice.model));
  record.exercise_id = exercise_->id;
  record.analysis = session_.analysis();
  if (reader_.truncated()) {
    add_warning(record, *exercise_, "input_truncated");
  } else if (reader_.damaged() > 0) {
    add_warning(record, *exercise_, "input_damaged");
  }
  return record;
}

}  // namespace matside::cli
