// Prepares a live practice: its records and its lesson.
//
// One thread at a time; opening the records may take a while.
#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "protocol/client_messages.h"
#include "protocol/lesson_stream.h"
#include "protocol/pin_tokens.h"
#include "protocol/records_setup.h"

namespace matside::protocol {

/// A lesson that is ready for its first frame.
struct StartedLesson {
  LessonStream stream;
  std::optional<base::Error> save_error;  ///< Why it is not saved, where it should be.
};

/// Starts what the hello asks for. A lesson that can't be saved still starts. A resumed one
/// continues from the counts on disk.
/// @param exercise must outlive the lesson
/// @returns ErrorKind::usage for a level that the exercise does not have
base::Result<StartedLesson> start_lesson(const RecordsSetup& setup,
                                         const exercise::Definition& exercise,
                                         PinTokens& pin_tokens, const ClientHello& hello);

}  // namespace matside::protocol
