// One request for records, and the response to it, free of any network type.
//
// Values and pure functions: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "protocol/pin_tokens.h"
#include "records/repository.h"

namespace matside::protocol {

/// A request to a route of records.schema.json.
struct RecordsRequest {
  bool post = false;   ///< POST, otherwise GET.
  std::string target;  ///< Path and query: "/api/today?person=1".
  std::string body;
  std::string token;           ///< Value of the header Matside-Unlocked; empty without one.
  int device = kThisComputer;  ///< That asks.
};

/// What to send back.
struct RecordsResponse {
  unsigned status = 200;  ///< HTTP status code.
  std::string type = "application/json";
  std::string body;
  std::string file_name;  ///< To be saved under; empty for data that the page reads itself.
};

/// HTTP status codes that records use.
struct RecordsStatus {
  static constexpr unsigned bad_request = 400;
  static constexpr unsigned forbidden = 403;
  static constexpr unsigned not_found = 404;
  static constexpr unsigned method_not_allowed = 405;
  static constexpr unsigned conflict = 409;
  static constexpr unsigned length_required = 411;
  static constexpr unsigned too_large = 413;
  static constexpr unsigned unavailable = 503;
  static constexpr unsigned insufficient_storage = 507;
};

/// A response of status 200 whose body is this JSON text.
RecordsResponse json_response(std::string body);
/// {"error": message}
RecordsResponse error_response(unsigned status, std::string_view message);
/// The error's message, with the HTTP status of its kind.
RecordsResponse to_response(const base::Error& error);

/// The integer in a query that is exactly "?key=INTEGER"; nothing for any other query.
std::optional<records::Id> query_id(std::string_view target, std::string_view key);

/// A repetition of a practice, from 1.
struct QueriedRepetition {
  records::Id practice = 0;
  int index = 0;
};
/// From a query that is exactly "?practice=INTEGER&index=INTEGER", the index within
/// kMaxRepetitionIndex; nothing for any other query.
std::optional<QueriedRepetition> query_repetition(std::string_view target);

}  // namespace matside::protocol
