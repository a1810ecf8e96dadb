#include "bindings/web/recording_analysis.h"

#include <utility>

#include "formats/analysis_json.h"
#include "practice/following_estimator.h"
#include "practice/pose_frame_of.h"
#include "records/json_documents.h"
#include "vision/blazepose/pose_models.h"

namespace matside::web {
namespace {

// The page needs no name of the file; the server's results have this one, too.
constexpr const char* kRecordingName = "recording";

std::string pose_model_of(const blazepose::PoseModels& models) {
  return "blazepose-" + std::string(blazepose::name(models.variant));
}

}  // namespace

base::Result<std::unique_ptr<RecordingAnalysis>> RecordingAnalysis::open(
    std::span<const exercise::Definition> exercises, const RecordedVideo& video) {
  auto analysis = practice::GuessingAnalysis::create(exercises, video.level);
  if (!analysis) return analysis.error();
  auto estimator = practice::create_recording_estimator({});
  if (!estimator) return estimator.error();
  return std::unique_ptr<RecordingAnalysis>(
      new RecordingAnalysis(video, std::move(analysis).value(), std::move(estimator).value()));
}

image::View RecordingAnalysis::view_of(const DecodedPicture& picture) {
  if (!converter_) {
    size_ = image::upright_size(media::square_pixel_size(picture.stored, video_.aspect),
                                video_.orientation);
    const base::ImageSize analysed = media::limit_size(size_, media::kMaxAnalysedSide_px);
    converter_.emplace(image::upright_size(analysed, video_.orientation), video_.orientation);
  }
  return converter_->view_of(picture);
}

void RecordingAnalysis::look_ahead(const DecodedPicture& picture, base::Seconds timestamp) {
  if (timeline_ahead_.next(timestamp.value())) estimator_.look_ahead(view_of(picture));
}

base::Result<void> RecordingAnalysis::add_picture(const DecodedPicture& picture,
                                                  base::Seconds timestamp) {
  ++index_;
  const auto time = timeline_.next(timestamp.value());
  if (!time) return {};
  const image::View view = view_of(picture);
  const auto tracked = estimator_.estimate(view);
  if (!tracked) return tracked.error();
  const pose::PoseFrame frame =
      practice::pose_frame_of(index_, *time, view.size(), size_, tracked.value());
  analysis_.push(frame);
  frames_.emplace_back(frame);
  poses_.add_frame(frame);
  return {};
}

protocol::AnalysisResult RecordingAnalysis::finish(std::span<const std::string> warnings) {
  const blazepose::PoseModels models;
  practice::SourceInfo info;
  info.path = kRecordingName;
  info.sha256 = sha256_.hex();
  info.pose_model = pose_model_of(models);
  info.eye = models.with_eye();
  info.size = size_;
  info.recorded = recorded_;
  const practice::GuessedAnalysis guessed = analysis_.finish(info, warnings, /*complete=*/true);
  const formats::AnalysisRecord& record = guessed.record;
  protocol::AnalysisResult result;
  result.result = formats::analysis_json(record);
  result.frames = std::move(frames_);
  result.exercise = records::exercise_json(*guessed.exercise);
  result.recording = {video_.level, record.pose_model, record.eye, poses_.finish(),
                      record.exercise_id};
  return result;
}

}  // namespace matside::web
