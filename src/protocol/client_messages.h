// Messages from the page: the text messages of practice.schema.json, and frames with a picture.
//
// Values and pure functions: any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/coaching/practice_request.h"
#include "records/exercises.h"

namespace matside::protocol {

/// An exercise asked for, with its level and repetitions.
struct AskedExercise {
  std::string exercise;  ///< its id
  int level = 0;
  int repetitions = 1;
};
/// The first message: what to practise, and whose practice it is.
struct ClientHello {
  std::string exercise{records::kFirstExercise};
  coaching::PracticeRequest request;
  std::vector<AskedExercise> then;     ///< Exercises that follow, in their order.
  bool camera = true;                  ///< False for a practice by sound alone.
  std::optional<std::int64_t> person;  ///< Whose records to save it in; absent: not saved.
  std::optional<int> comfort_before;   ///< 0 no discomfort, 10 the worst.
  std::optional<std::int64_t> resume;  ///< An unfinished practice of this person.
  std::string pin_token;               ///< From PinTokens, for a person with a PIN.
};
/// The person pauses.
struct Pause {};
/// The person continues after a pause.
struct Resume {};
/// The camera was disconnected and is back.
struct CameraBack {};
/// The page says a sentence of its own.
struct PageSays {
  std::string id;
  std::string text;
  base::Seconds time;  ///< When it begins, as the frames' times.
};
/// The person says how it feels.
struct Comfort {
  bool comfortable = true;
};
/// Repetitions as the person counted them, in a practice without a camera.
struct SelfReported {
  int left = 0;
  int right = 0;
};
/// The person ends the practice.
struct Stop {};
using ClientMessage =
    std::variant<ClientHello, Pause, Resume, CameraBack, PageSays, Comfort, SelfReported, Stop>;

/// @param exercises that can be asked for
/// @returns ErrorKind::input for text that the schema does not allow: not a JSON object, an
///   unknown type, a member that is missing, unknown, of another type or out of range; for an
///   exercise that isn't installed, and a level that it doesn't have
base::Result<ClientMessage> parse_message(std::string_view text,
                                          const records::Exercises& exercises);

/// A frame as it arrived. `jpeg` refers to the message's bytes.
struct ClientFrame {
  std::uint32_t index = 0;  ///< The page's own number of it.
  base::Seconds time;       ///< Of capture, from 0.
  std::span<const std::uint8_t> jpeg;
};

/// Reads a frame: index (uint32), time in seconds (float64), both little-endian, then a JPEG.
/// @returns ErrorKind::input when there is no picture, or the time is negative or not finite
base::Result<ClientFrame> parse_frame(std::span<const std::uint8_t> message);

}  // namespace matside::protocol
