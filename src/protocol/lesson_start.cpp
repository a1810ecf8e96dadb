#include "protocol/lesson_start.h"

#include <memory>
#include <utility>
#include <vector>

#include "protocol/practice_recorder.h"

namespace matside::protocol {
namespace {

/// How the practice of an exercise that follows is saved.
ClientHello hello_of(const LessonStream::Part& part, ClientHello hello) {
  hello.exercise = part.exercise->id;
  hello.request = part.request;
  hello.resume.reset();
  hello.comfort_before.reset();
  return hello;
}

}  // namespace

base::Result<std::vector<LessonStream::Part>> parts_of(const ClientHello& hello,
                                                       const records::Exercises& exercises) {
  std::vector<LessonStream::Part> parts;
  const auto add = [&](const std::string& id, coaching::PracticeRequest request) {
    const auto exercise = exercises.find(id);
    if (exercise) parts.push_back({exercise.value(), request});
    return exercise;
  };
  if (const auto first = add(hello.exercise, hello.request); !first) return first.error();
  for (const AskedExercise& asked : hello.then) {
    coaching::PracticeRequest request = hello.request;
    request.level = asked.level;
    request.repetitions = asked.repetitions;
    request.carried = {};
    request.follows = true;
    if (const auto next = add(asked.exercise, request); !next) return next.error();
  }
  for (LessonStream::Part& part : parts) part.request.goes_on = &part != &parts.back();
  return parts;
}

base::Result<StartedLesson> start_lesson(const RecordsSetup& setup,
                                         const records::Exercises& exercises,
                                         PinTokens& pin_tokens, const ClientHello& hello) {
  auto parts = parts_of(hello, exercises);
  if (!parts) return parts.error();
  std::optional<base::Error> save_error;
  std::unique_ptr<PracticeRecorder> recorder;
  auto begun =
      PracticeRecorder::begin(setup, *parts.value().front().exercise, pin_tokens, hello);
  if (begun) {
    recorder = std::move(begun).value();
  } else {
    save_error = begun.error();
  }
  // The page may know less than the disk.
  if (recorder && hello.resume)
    parts.value().front().request.carried = recorder->counts_before();
  const auto begin_next = [&setup, &pin_tokens, hello](const LessonStream::Part& part) {
    return PracticeRecorder::begin(setup, *part.exercise, pin_tokens, hello_of(part, hello));
  };
  const bool saved = recorder != nullptr;
  auto stream = LessonStream::create(std::move(parts).value(), std::move(recorder),
                                     saved ? LessonStream::BeginRecorder(begin_next) : nullptr);
  if (!stream) return stream.error();
  return StartedLesson{std::move(stream).value(), std::move(save_error)};
}

}  // namespace matside::protocol
