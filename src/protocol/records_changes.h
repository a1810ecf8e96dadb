// Changes that a person makes to their records: POST /api/change, the Change types of
// records.schema.json. One table of named handlers; each reads its own members and writes.
//
// One thread at a time.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/result.h"
#include "protocol/request_body.h"
#include "records/exercises.h"
#include "records/repository.h"

namespace matside::protocol {

/// Whose id a change carries, and so which member names it.
enum class ChangeSubject : std::uint8_t { person, practice };

/// What every handler needs.
struct ChangeContext {
  records::Repository& records;
  const records::Exercises& exercises;
  const exercise::Definition& exercise;  ///< The one that the request names, or the first.
  records::Instant now;                  ///< UTC.
};

/// One kind of change.
struct Change {
  std::string_view name;  ///< The value of "change" in the request.
  ChangeSubject subject;
  /// Reads the rest of the body, then writes.
  /// @returns ErrorKind::input or ::usage for a body that is not valid; otherwise what the
  ///   repository returns. Nothing is written after a problem.
  base::Result<void> (*apply)(const ChangeContext& context, records::Id subject,
                              RequestBody& body);
};

/// The change of that name, or null. "erase_person" is not among them: its response differs.
const Change* find_change(std::string_view name);

}  // namespace matside::protocol
