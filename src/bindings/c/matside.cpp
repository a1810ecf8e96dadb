// The functions of matside.h: arguments checked, nothing thrown.
#include <matside/matside.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "bindings/c/session.h"
#include "core/pose/landmark.h"
#include "formats/catalog/catalog.h"
#include "generated/matside_built_in.h"

namespace {

using matside::base::Error;
using matside::base::ErrorKind;
using matside::base::Result;
using matside::exercise::Definition;

matside_status status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return MATSIDE_USAGE;
    case ErrorKind::input:
      return MATSIDE_INPUT;
    case ErrorKind::model:
      return MATSIDE_EXERCISE;
    case ErrorKind::output:
      break;
  }
  return MATSIDE_INTERNAL;
}

/// Cut where it is too long, but in no letter's middle.
matside_status report(matside_error* error, matside_status status, std::string_view message) {
  if (error == nullptr) return status;
  std::size_t length = std::min(message.size(), sizeof error->message - 1);
  const auto in_a_letter = [&](std::size_t at) {
    return at < message.size() && (static_cast<unsigned char>(message[at]) & 0xC0U) == 0x80U;
  };
  while (length > 0 && in_a_letter(length)) --length;
  error->status = status;
  std::memcpy(error->message, message.data(), length);
  error->message[length] = '\0';
  return status;
}

/// Runs `work`, which gives a Result<void>; whatever is thrown within ends here.
template <class Work>
matside_status guarded(matside_error* error, Work work) {
  try {
    const Result<void> done = work();
    if (!done) return report(error, status_of(done.error().kind), done.error().message);
    return report(error, MATSIDE_OK, "");
  } catch (const std::bad_alloc&) {
    return report(error, MATSIDE_NO_MEMORY, "there is no memory left");
  } catch (...) {
    return report(error, MATSIDE_INTERNAL, "a mistake in libmatside; please report it");
  }
}

/// guarded() on a session, which is broken once something was thrown.
template <class Session, class Work>
matside_status guarded(Session* session, matside_error* error, Work work) {
  if (session == nullptr) return report(error, MATSIDE_USAGE, "session: is NULL");
  if (session->broken) {
    return report(error, MATSIDE_USAGE, "session: failed before; it can only be freed");
  }
  const matside_status status = guarded(error, work);
  if constexpr (!std::is_const_v<Session>) {
    if (status == MATSIDE_NO_MEMORY || status == MATSIDE_INTERNAL) session->broken = true;
  }
  return status;
}

/// Whether the caller's struct is one this version knows.
template <class Struct>
Result<void> known(const Struct* given, const char* name) {
  if (given == nullptr) return Error{ErrorKind::usage, std::string(name) + ": is NULL"};
  if (given->struct_size == sizeof(Struct)) return {};
  return Error{ErrorKind::usage, std::string(name) + ": its struct_size is " +
                                     std::to_string(given->struct_size) + ", and libmatside " +
                                     matside::generated::kLibraryVersion + " knows " +
                                     std::to_string(sizeof(Struct)) +
                                     "; begin with its MATSIDE_..._INIT"};
}

Result<std::shared_ptr<const Definition>> parse(std::string_view exercise,
                                                std::string_view words) {
  auto parsed = matside::catalog::parse_exercise({"exercise", exercise}, {"words", words});
  if (!parsed) return parsed.error();
  return std::make_shared<const Definition>(std::move(parsed).value());
}

}  // namespace

const char* matside_version() { return matside::generated::kLibraryVersion; }

const char* matside_landmark_name(int landmark) {
  if (landmark < 0 || landmark >= MATSIDE_LANDMARKS) return nullptr;
  return matside::pose::name(static_cast<matside::pose::Landmark>(landmark)).data();
}

matside_status matside_exercise_parse(const char* exercise_json, size_t exercise_length,
                                      const char* words_json, size_t words_length,
                                      matside_exercise** exercise, matside_error* error) {
  if (exercise == nullptr) return report(error, MATSIDE_USAGE, "exercise: is NULL");
  *exercise = nullptr;
  return guarded(error, [&]() -> Result<void> {
    if (exercise_json == nullptr || words_json == nullptr) {
      return Error{ErrorKind::usage, "exercise_json or words_json: is NULL"};
    }
    auto definition = parse({exercise_json, exercise_length}, {words_json, words_length});
    if (!definition) return definition.error();
    *exercise = new matside_exercise{std::move(definition).value()};  // NOLINT: the caller's
    return {};
  });
}

void matside_exercise_free(matside_exercise* exercise) { delete exercise; }  // NOLINT

matside_status matside_session_new(const matside_exercise* exercise, int level,
                                   matside_session** session, matside_error* error) {
  if (session == nullptr) return report(error, MATSIDE_USAGE, "session: is NULL");
  *session = nullptr;
  return guarded(error, [&]() -> Result<void> {
    using matside::generated::kExercise;
    using matside::generated::kWords;
    auto definition = exercise != nullptr ? exercise->definition : parse(kExercise, kWords);
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
  if (session == nullptr || session->broken) return 0;
  return static_cast<int>(session->events().size());
}

const matside_event* matside_session_event(const matside_session* session, int index) {
  if (index < 0 || index >= matside_session_event_count(session)) return nullptr;
  return &session->events()[static_cast<std::size_t>(index)];
}

matside_status matside_session_counts(const matside_session* session, matside_counts* counts,
                                      matside_error* error) {
  return guarded(session, error, [&]() -> Result<void> {
    if (auto fits = known(counts, "counts"); !fits) return fits;
    *counts = session->counts();
    return {};
  });
}

matside_status matside_session_moment(const matside_session* session, matside_moment* moment,
                                      matside_error* error) {
  return guarded(session, error, [&]() -> Result<void> {
    if (auto fits = known(moment, "moment"); !fits) return fits;
    *moment = session->moment();
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
