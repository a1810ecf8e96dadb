// Prepares a live practice: its records and its lesson.
//
// One thread at a time; opening the records may take a while.
#pragma once

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "protocol/client_messages.h"
#include "protocol/lesson_stream.h"
#include "protocol/pin_tokens.h"
#include "protocol/records_setup.h"
#include "records/exercises.h"

namespace matside::protocol {

/// A lesson that is ready for its first frame.
struct StartedLesson {
  LessonStream stream;
  std::optional<base::Error> save_error;  ///< Why it is not saved, where it should be.
};

/// The exercises that the hello asks for, each with its own request.
/// @returns ErrorKind::input for an exercise that isn't installed
base::Result<std::vector<LessonStream::Part>> parts_of(const ClientHello& hello,
                                                       const records::Exercises& exercises);

/// Starts what the hello asks for. A lesson that can't be saved still starts. A resumed one
/// continues from the counts on disk.
/// @param exercises, pin_tokens  must outlive the lesson; each following exercise is saved as a
///   practice of its own
/// @returns ErrorKind::usage for a level that an exercise does not have, ErrorKind::input for
///   an exercise that isn't installed
base::Result<StartedLesson> start_lesson(const RecordsSetup& setup,
                                         const records::Exercises& exercises,
                                         PinTokens& pin_tokens, const ClientHello& hello);

}  // namespace matside::protocol
