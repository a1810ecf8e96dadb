#include "protocol/records_response.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "protocol/limits.h"

namespace matside::protocol {
namespace {

using base::ErrorKind;
using nlohmann::json;

unsigned status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::not_found:
      return RecordsStatus::not_found;
    case ErrorKind::conflict:
      return RecordsStatus::conflict;
    case ErrorKind::output:
      return RecordsStatus::insufficient_storage;
    default:
      return RecordsStatus::bad_request;
  }
}

}  // namespace

RecordsResponse json_response(std::string body) {
  RecordsResponse response;
  response.body = std::move(body);
  return response;
}

RecordsResponse error_response(unsigned status, std::string_view message) {
  RecordsResponse response;
  response.status = status;
  response.body = json{{"error", message}}.dump(-1, ' ', false, json::error_handler_t::replace);
  return response;
}

RecordsResponse to_response(const base::Error& error) {
  return error_response(status_of(error.kind), error.message);
}

std::optional<records::Id> query_id(std::string_view target, std::string_view key) {
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return std::nullopt;
  std::string_view query = target.substr(question + 1);
  const std::string prefix = std::string(key) + "=";
  if (!query.starts_with(prefix)) return std::nullopt;
  query.remove_prefix(prefix.size());
  records::Id id = 0;
  const auto [end, failed] = std::from_chars(query.data(), query.data() + query.size(), id);
  if (failed != std::errc() || end != query.data() + query.size()) return std::nullopt;
  return id;
}

std::optional<QueriedRepetition> query_repetition(std::string_view target) {
  const std::size_t split = target.find('&');
  if (split == std::string_view::npos) return std::nullopt;
  const auto practice = query_id(target.substr(0, split), "practice");
  const auto index = query_id("?" + std::string(target.substr(split + 1)), "index");
  if (!practice || !index || *index < 1 || *index > kMaxRepetitionIndex) return std::nullopt;
  return QueriedRepetition{*practice, static_cast<int>(*index)};
}

}  // namespace matside::protocol
