#include "server/practice_start.h"

#include <utility>

#include "protocol/lesson_start.h"

namespace matside::server {

base::Result<StartedPractice> start_practice(ServerContext& context,
                                             const protocol::ClientHello& hello) {
  const Setup& setup = context.setup;
  auto pose_estimator = setup.pose_estimator_factory();
  if (!pose_estimator) return pose_estimator.error();
  auto jpegs = video::JpegDecoder::start();
  if (!jpegs) return jpegs.error();
  auto lesson =
      protocol::start_lesson(setup.records, setup.exercises(), context.pin_tokens, hello);
  if (!lesson) return lesson.error();
  return StartedPractice{
      CameraPractice(std::move(lesson.value().stream), std::move(jpegs).value(),
                     std::move(pose_estimator).value()),
      std::move(lesson.value().save_error)};
}

}  // namespace matside::server
