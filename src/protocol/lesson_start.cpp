#include "protocol/lesson_start.h"

#include <memory>
#include <utility>

#include "protocol/practice_recorder.h"

namespace matside::protocol {

base::Result<StartedLesson> start_lesson(const RecordsSetup& setup,
                                         const exercise::Definition& exercise,
                                         PinTokens& pin_tokens, const ClientHello& hello) {
  coaching::PracticeRequest request = hello.request;
  std::optional<base::Error> save_error;
  std::unique_ptr<PracticeRecorder> recorder;
  auto begun = PracticeRecorder::begin(setup, exercise, pin_tokens, hello);
  if (begun) {
    recorder = std::move(begun).value();
  } else {
    save_error = begun.error();
  }
  // The page may know less than the disk.
  if (recorder && hello.resume) request.carried = recorder->counts_before();
  auto stream = LessonStream::create(exercise, request, std::move(recorder));
  if (!stream) return stream.error();
  return StartedLesson{std::move(stream).value(), std::move(save_error)};
}

}  // namespace matside::protocol
