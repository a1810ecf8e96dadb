#include "server/video_analysis.h"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "formats/analysis_json.h"
#include "practice/analysis.h"
#include "practice/recording/video_source.h"

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

Analyser video_analyser(std::filesystem::path models, exercise::Definition exercise) {
  recording::PracticeOptions options;
  options.models.folder = std::move(models);
  options.threads = std::max(static_cast<int>(std::thread::hardware_concurrency()), 1);
  return [options, exercise = std::move(exercise)](
             const AnalysisRequest& request) -> base::Result<protocol::AnalysisResult> {
    protocol::AnalysisResult result;
    protocol::RecordingWriter poses;
    const auto analyse = [&]() -> base::Result<formats::AnalysisRecord> {
      auto source = recording::VideoSource::open(request.path, options, *request.stop);
      if (!source) return source.error();
      return practice::analyse(
          *source.value(), exercise, request.level,
          [&](const practice::AnalysedFrame& analysed) -> base::Result<void> {
            result.frames.emplace_back(analysed.source.pose);
            poses.add_frame(analysed.source.pose);
            if (analysed.source.completed) request.progress(*analysed.source.completed);
            return {};
          },
          *request.stop);
    };
    auto record = analyse();
    if (!record) return with_recording_name(record.error(), request.path);
    record.value().source.path = kRecordingName;
    result.result = formats::analysis_json(record.value());
    result.recording = {request.level, record.value().pose_model, record.value().eye,
                        poses.finish()};
    return result;
  };
}

}  // namespace matside::server
