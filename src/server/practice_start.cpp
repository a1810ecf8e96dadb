#include "server/practice_start.h"

#include <memory>
#include <utility>

#include "server/practice_recorder.h"

namespace matside::server {

base::Result<StartedPractice> start_practice(ServerContext& context, const ClientHello& hello) {
  const Setup& setup = context.setup;
  auto pose_estimator = setup.pose_estimator_factory();
  if (!pose_estimator) return pose_estimator.error();
  auto jpegs = video::JpegDecoder::start();
  if (!jpegs) return jpegs.error();
  coaching::PracticeRequest request = hello.request;
  std::optional<base::Error> save_error;
  std::unique_ptr<PracticeRecorder> recorder;
  auto begun =
      PracticeRecorder::begin(setup.records, setup.exercise, context.pin_tokens, hello);
  if (begun) {
    recorder = std::move(begun).value();
  } else {
    save_error = begun.error();
  }
  // The page may know less than the disk.
  if (recorder && hello.resume) request.carried = recorder->counts_before();
  auto stream = LessonStream::create(setup.exercise, request, std::move(recorder));
  if (!stream) return stream.error();
  return StartedPractice{CameraPractice(std::move(stream).value(), std::move(jpegs).value(),
                                        std::move(pose_estimator).value()),
                         std::move(save_error)};
}

}  // namespace matside::server
