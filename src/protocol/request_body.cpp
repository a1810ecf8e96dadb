#include "protocol/request_body.h"

#include "formats/strict_json/node.h"

namespace matside::protocol {

using nlohmann::json;

RequestBody::RequestBody(const std::string& text) {
  strict_json::FirstError error("request");
  object_ = strict_json::parse_strictly(text, error);
  problem_ = error.first().value_or("");
  if (!object_.is_object()) add_problem("must be a JSON object");
}

std::string RequestBody::text(const char* key) {
  const json* value = find(key);
  if (value != nullptr && value->is_string()) return value->get<std::string>();
  add_problem(std::string(key) + " must be text");
  return {};
}

records::Id RequestBody::id(const char* key) {
  const json* value = find(key);
  if (value != nullptr && value->is_number_integer()) return value->get<records::Id>();
  add_problem(std::string(key) + " must be an integer");
  return 0;
}

int RequestBody::integer(const char* key, int min, int max) {
  return static_cast<int>(whole(key, min, max));
}

std::int64_t RequestBody::whole(const char* key, std::int64_t min, std::int64_t max) {
  const records::Id value = id(key);
  if (value >= min && value <= max) return value;
  add_problem(std::string(key) + " must be from " + std::to_string(min) + " to " +
              std::to_string(max));
  return min;
}

std::optional<int> RequestBody::optional_integer(const char* key, int min, int max) {
  if (is_null(key)) return std::nullopt;
  return integer(key, min, max);
}

bool RequestBody::boolean(const char* key) {
  const json* value = find(key);
  if (value != nullptr && value->is_boolean()) return value->get<bool>();
  add_problem(std::string(key) + " must be true or false");
  return false;
}

std::string RequestBody::object(const char* key) {
  const json* value = find(key);
  if (value != nullptr && value->is_object()) return value->dump();
  add_problem(std::string(key) + " must be an object");
  return {};
}

bool RequestBody::is_null(const char* key) const {
  const json* value = find(key);
  return value != nullptr && value->is_null();
}

void RequestBody::add_problem(const std::string& what) {
  if (problem_.empty()) problem_ = "request: " + what;
}

base::Result<void> RequestBody::check() const {
  if (problem_.empty()) return {};
  return base::Error{base::ErrorKind::input, problem_};
}

const json* RequestBody::find(const char* key) const {
  if (!object_.is_object()) return nullptr;
  const auto found = object_.find(key);
  return found != object_.end() ? &*found : nullptr;
}

}  // namespace matside::protocol
