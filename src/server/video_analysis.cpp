#include "server/video_analysis.h"

#include <algorithm>
#include <span>
#include <string>
#include <thread>
#include <utility>

#include "formats/analysis_json.h"
#include "practice/analysis.h"
#include "practice/recording/video_source.h"
#include "records/exercises.h"
#include "records/json_documents.h"

namespace matside::server {
namespace {

constexpr const char* kRecordingName = "recording";

/// The error without the temporary file's path, which means nothing to the page.
base::Error with_recording_name(base::Error error, const std::filesystem::path& path) {
  if (error.message.starts_with(path.string())) {
    error.message.replace(0, path.string().size(), kRecordingName);
  }
  return error;
}

}  // namespace

Analyser video_analyser(std::filesystem::path models,
                        std::vector<exercise::Definition> exercises) {
  recording::PracticeOptions options;
  options.models.folder = std::move(models);
  options.threads = std::max(static_cast<int>(std::thread::hardware_concurrency()), 1);
  return [options, exercises = std::move(exercises)](
             const AnalysisRequest& request) -> base::Result<protocol::AnalysisResult> {
    protocol::AnalysisResult result;
    protocol::RecordingWriter poses;
    const auto analyse = [&]() -> base::Result<practice::GuessedAnalysis> {
      const records::Exercises installed{std::span<const exercise::Definition>(exercises)};
      std::span<const exercise::Definition> candidates = exercises;
      if (!request.as.exercise.empty()) {
        const auto asked = installed.find(request.as.exercise);
        if (!asked) return asked.error();
        candidates = {asked.value(), 1};
      }
      auto source = recording::VideoSource::open(request.path, options, *request.stop);
      if (!source) return source.error();
      return practice::analyse_any(
          *source.value(), candidates, request.as.level,
          [&](const practice::AnalysedFrame& analysed) -> base::Result<void> {
            result.frames.emplace_back(analysed.source.pose);
            poses.add_frame(analysed.source.pose);
            if (analysed.source.completed) request.progress(*analysed.source.completed);
            return {};
          },
          *request.stop);
    };
    auto analysed = analyse();
    if (!analysed) return with_recording_name(analysed.error(), request.path);
    formats::AnalysisRecord& record = analysed.value().record;
    record.source.path = kRecordingName;
    result.result = formats::analysis_json(record);
    result.exercise = records::exercise_json(*analysed.value().exercise);
    result.recording = {request.as.level, record.pose_model, record.eye, poses.finish(),
                        record.exercise_id};
    return result;
  };
}

}  // namespace matside::server
