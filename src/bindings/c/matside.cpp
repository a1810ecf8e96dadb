// The functions of matside.h: they check the arguments, and let no exception out.
#include <matside/matside.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "bindings/c/exercises.h"
#include "bindings/c/session.h"
#include "core/pose/landmark.h"
#include "formats/pose_message.h"
#include "generated/matside_built_in.h"

namespace {

using matside::base::Error;
using matside::base::ErrorKind;
using matside::base::Result;
using matside::c::SharedExercise;

matside_status status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return MATSIDE_USAGE;
    case ErrorKind::input:
      return MATSIDE_INPUT;
    case ErrorKind::not_found:
    case ErrorKind::conflict:  // Of records, which this library has none of.
    case ErrorKind::model:
      return MATSIDE_EXERCISE;
    case ErrorKind::output:
      break;
  }
  return MATSIDE_INTERNAL;
}

/// Fills the error. A message that is too long is cut between two UTF-8 characters.
matside_status report(matside_error* error, matside_status status, std::string_view message) {
  if (error == nullptr) return status;
  std::size_t length = std::min(message.size(), sizeof error->message - 1);
  const auto inside_character = [&](std::size_t at) {
    return at < message.size() && (static_cast<unsigned char>(message[at]) & 0xC0U) == 0x80U;
  };
  while (length > 0 && inside_character(length)) --length;
  error->status = status;
  std::memcpy(error->message, message.data(), length);
  error->message[length] = '\0';
  return status;
}

/// Runs `work`, which returns a Result<void>, and catches every exception.
template <class Work>
matside_status guarded(matside_error* error, Work work) {
  try {
    const Result<void> done = work();
    if (!done) return report(error, status_of(done.error().kind), done.error().message);
    return report(error, MATSIDE_OK, "");
  } catch (const std::bad_alloc&) {
    return report(error, MATSIDE_NO_MEMORY, "out of memory");
  } catch (...) {
    return report(error, MATSIDE_INTERNAL, "this is a bug in libmatside; please report it");
  }
}

/// guarded() on a session, which has failed once an exception was thrown.
template <class Session, class Work>
matside_status guarded(Session* session, matside_error* error, Work work) {
  if (session == nullptr) return report(error, MATSIDE_USAGE, "session: is NULL");
  if (session->failed) {
    return report(error, MATSIDE_USAGE, "session: has failed and can only be freed");
  }
  const matside_status status = guarded(error, work);
  if constexpr (!std::is_const_v<Session>) {
    if (status == MATSIDE_NO_MEMORY || status == MATSIDE_INTERNAL) session->failed = true;
  }
  return status;
}

/// Checks that this version knows the caller's struct.
template <class Struct>
Result<void> known(const Struct* given, const char* name) {
  if (given == nullptr) return Error{ErrorKind::usage, std::string(name) + ": is NULL"};
  if (given->struct_size == sizeof(Struct)) return {};
  return Error{ErrorKind::usage, std::string(name) + ": its struct_size is " +
                                     std::to_string(given->struct_size) + ", but libmatside " +
                                     matside::generated::kLibraryVersion + " expects " +
                                     std::to_string(sizeof(Struct)) +
                                     "; initialize it with its MATSIDE_..._INIT"};
}

/// The versions of matside_counts so far: 24 bytes, without `both`, and today's.
constexpr std::uint32_t kFirstCountsSize = offsetof(matside_counts, both);

Result<void> known_counts(const matside_counts* given) {
  if (given != nullptr && given->struct_size == kFirstCountsSize) return {};
  return known(given, "counts");
}

/// Gives the exercise that `make` returns to the caller.
template <class Make>
matside_status make_exercise(matside_exercise** exercise, matside_error* error, Make make) {
  if (exercise == nullptr) return report(error, MATSIDE_USAGE, "exercise: is NULL");
  *exercise = nullptr;
  return guarded(error, [&]() -> Result<void> {
    Result<SharedExercise> made = make();
    if (!made) return made.error();
    *exercise = new matside_exercise(std::move(made).value());  // NOLINT: the caller's
    return {};
  });
}

}  // namespace

static_assert(MATSIDE_POSE_MESSAGE_FRAMES == matside::formats::kMaxPoseMessageFrames);
static_assert(MATSIDE_POSE_MESSAGE_BYTES ==
              matside::formats::pose_message_bytes(MATSIDE_POSE_MESSAGE_FRAMES));
static_assert(MATSIDE_POSES_PROTOCOL == matside::formats::kPoseMessageProtocol);

const char* matside_version() { return matside::generated::kLibraryVersion; }

const char* matside_landmark_name(int landmark) {
  if (landmark < 0 || landmark >= MATSIDE_LANDMARKS) return nullptr;
  return matside::pose::name(static_cast<matside::pose::Landmark>(landmark)).data();
}

matside_status matside_exercise_parse(const char* exercise_json, size_t exercise_length,
                                      const char* cues_json, size_t cues_length,
                                      matside_exercise** exercise, matside_error* error) {
  return make_exercise(exercise, error, [&]() -> Result<SharedExercise> {
    if (exercise_json == nullptr || cues_json == nullptr) {
      return Error{ErrorKind::usage, "exercise_json or cues_json: is NULL"};
    }
    return matside::c::parse_exercise({exercise_json, exercise_length},
                                      {cues_json, cues_length});
  });
}

matside_status matside_exercise_read(const char* json, size_t length,
                                     matside_exercise** exercise, matside_error* error) {
  return make_exercise(exercise, error, [&]() -> Result<SharedExercise> {
    if (json == nullptr) return Error{ErrorKind::usage, "json: is NULL"};
    return matside::c::read_exercise({json, length});
  });
}

matside_status matside_exercise_find(const char* id, matside_exercise** exercise,
                                     matside_error* error) {
  return make_exercise(exercise, error, [&]() -> Result<SharedExercise> {
    if (id == nullptr) return Error{ErrorKind::usage, "id: is NULL"};
    return matside::c::built_in_exercise(id);
  });
}

const char* matside_exercise_built_in(int index) { return matside::c::built_in_id(index); }

const char* matside_exercise_id(const matside_exercise* exercise) {
  return exercise == nullptr ? nullptr : exercise->definition()->id.c_str();
}

const char* matside_exercise_name(const matside_exercise* exercise) {
  return exercise == nullptr ? nullptr : exercise->definition()->name.c_str();
}

int matside_exercise_level_count(const matside_exercise* exercise) {
  return exercise == nullptr ? 0 : static_cast<int>(exercise->levels().size());
}

const matside_level* matside_exercise_level(const matside_exercise* exercise, int index) {
  if (index < 0 || index >= matside_exercise_level_count(exercise)) return nullptr;
  return &exercise->levels()[static_cast<std::size_t>(index)];
}

void matside_exercise_free(matside_exercise* exercise) { delete exercise; }  // NOLINT

matside_status matside_session_new(const matside_exercise* exercise, int level,
                                   matside_session** session, matside_error* error) {
  if (session == nullptr) return report(error, MATSIDE_USAGE, "session: is NULL");
  *session = nullptr;
  return guarded(error, [&]() -> Result<void> {
    Result<SharedExercise> definition =
        exercise != nullptr ? exercise->definition() : matside::c::single_leg_kick();
    if (!definition) return definition.error();
    auto created = matside_session::create(std::move(definition).value(), level);
    if (!created) return created.error();
    *session = created.value().release();
    return {};
  });
}

void matside_session_free(matside_session* session) { delete session; }  // NOLINT

matside_status matside_session_push(matside_session* session, const matside_frame* frame,
                                    matside_error* error) {
  return guarded(session, error, [&]() -> Result<void> {
    if (auto fits = known(frame, "frame"); !fits) return fits;
    return session->push(*frame);
  });
}

matside_status matside_session_finish(matside_session* session, matside_error* error) {
  return guarded(session, error, [&]() -> Result<void> {
    session->finish();
    return {};
  });
}

int matside_session_event_count(const matside_session* session) {
  if (session == nullptr || session->failed) return 0;
  return static_cast<int>(session->events().size());
}

const matside_event* matside_session_event(const matside_session* session, int index) {
  if (index < 0 || index >= matside_session_event_count(session)) return nullptr;
  return &session->events()[static_cast<std::size_t>(index)];
}

matside_status matside_session_counts(const matside_session* session, matside_counts* counts,
                                      matside_error* error) {
  return guarded(session, error, [&]() -> Result<void> {
    if (auto fits = known_counts(counts); !fits) return fits;
    const std::uint32_t size = counts->struct_size;
    const matside_counts filled = session->counts();
    std::memcpy(counts, &filled, size);
    counts->struct_size = size;
    return {};
  });
}

matside_status matside_session_frame_state(const matside_session* session,
                                           matside_frame_state* frame_state,
                                           matside_error* error) {
  return guarded(session, error, [&]() -> Result<void> {
    if (auto fits = known(frame_state, "frame_state"); !fits) return fits;
    *frame_state = session->frame_state();
    return {};
  });
}

matside_status matside_session_result(matside_session* session, const matside_source* source,
                                      const char** json, matside_error* error) {
  if (json == nullptr) return report(error, MATSIDE_USAGE, "json: is NULL");
  *json = nullptr;
  return guarded(session, error, [&]() -> Result<void> {
    if (source != nullptr) {
      if (auto fits = known(source, "source"); !fits) return fits;
    }
    const auto text = session->result(source);
    if (!text) return text.error();
    *json = text.value();
    return {};
  });
}

matside_status matside_pose_message(const matside_frame* frames, int frame_count,
                                    uint32_t first_index, uint8_t* message, size_t capacity,
                                    size_t* size, matside_error* error) {
  if (size == nullptr) return report(error, MATSIDE_USAGE, "size: is NULL");
  *size = 0;
  return guarded(error, [&]() -> Result<void> {
    if (message == nullptr) return Error{ErrorKind::usage, "message: is NULL"};
    if (frame_count < 1 || frame_count > MATSIDE_POSE_MESSAGE_FRAMES) {
      return Error{ErrorKind::usage, "frame_count: is " + std::to_string(frame_count) +
                                         "; a message has 1 to 60 frames"};
    }
    const auto count = static_cast<std::size_t>(frame_count);
    const std::size_t needed = matside::formats::pose_message_bytes(count);
    if (capacity < needed) {
      return Error{ErrorKind::usage, "capacity: is " + std::to_string(capacity) +
                                         " bytes; this message needs " +
                                         std::to_string(needed)};
    }
    matside::formats::PoseMessageWriter writer(first_index);
    for (std::size_t i = 0; i < count; ++i) {
      if (auto fits = known(frames == nullptr ? nullptr : frames + i, "frame"); !fits)
        return fits;
      if (auto added = writer.add(matside::c::pose_frame(frames[i], 0)); !added) return added;
    }
    std::memcpy(message, writer.bytes().data(), needed);
    *size = needed;
    return {};
  });
}
