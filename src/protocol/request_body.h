// The JSON object in a request's body, read member by member.
//
//   RequestBody body(request.body);
//   const int after = body.integer("after", 0, kMaxComfort);
//   if (auto valid = body.check(); !valid) return valid;
//
// Used by one thread at a time.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::protocol {

/// Reads members of the expected type. The first problem is remembered and everything read
/// after it is a placeholder, so that a caller reads all members first and then calls check()
/// once.
class RequestBody {
 public:
  /// Text that strict_json::parse_strictly() refuses, or that isn't an object, is a problem.
  explicit RequestBody(const std::string& text);

  /// A text member; empty after a problem.
  std::string text(const char* key);
  /// An id, any integer; 0 after a problem.
  records::Id id(const char* key);
  /// An integer from `min` to `max`; `min` after a problem.
  int integer(const char* key, int min, int max);
  /// As integer(), for larger numbers.
  std::int64_t whole(const char* key, std::int64_t min, std::int64_t max);
  /// As integer(), or nothing for null.
  std::optional<int> optional_integer(const char* key, int min, int max);
  /// true or false; false after a problem.
  bool boolean(const char* key);
  /// An object member as compact JSON; empty after a problem.
  std::string object(const char* key);
  /// The value among `all` whose name() is the member's text; the first one after a problem.
  template <class Value>
  Value choice(const char* key, std::span<const Value> all) {
    const std::string wanted = text(key);
    for (const Value each : all) {
      if (name(each) == wanted) return each;
    }
    add_problem(std::string(key) + " has an unknown value");
    return all.front();
  }
  /// Whether the member is there and null.
  [[nodiscard]] bool is_null(const char* key) const;

  /// Records what is wrong, unless something was wrong before.
  void add_problem(const std::string& what);
  /// @returns ErrorKind::input with the first problem.
  [[nodiscard]] base::Result<void> check() const;

 private:
  [[nodiscard]] const nlohmann::json* find(const char* key) const;

  nlohmann::json object_;
  std::string problem_;
};

}  // namespace matside::protocol
