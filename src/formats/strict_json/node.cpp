#include "formats/strict_json/node.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/printable_text.h"

namespace matside::strict_json {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestKey = 100;  // In an error message.

bool has_control_characters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (const char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

std::string line_and_column(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, std::min(position, text.size()));
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
  return "line " + std::to_string(line) + ", column " +
         std::to_string(std::max<std::size_t>(before.size() - start, 1));
}

/// Scans the text for what nlohmann::json accepts or does not locate: the place where it stops
/// being JSON, duplicate keys, nesting that is too deep, and more values than allowed. Builds
/// nothing but the keys of the objects that are open.
class StrictJsonValidator : public nlohmann::json_sax<json> {
 public:
  StrictJsonValidator(std::string_view text, FirstError& problem, const Limits& limits)
      : text_(text), problem_(problem), limits_(limits) {}

  bool null() override { return count(); }
  bool boolean(bool /*value*/) override { return count(); }
  bool number_integer(number_integer_t /*value*/) override { return count(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return count(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
    return count();
  }
  bool string(string_t& /*value*/) override { return count(); }
  bool binary(binary_t& /*value*/) override { return count(); }
  bool start_array(std::size_t /*size*/) override { return descend(); }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool start_object(std::size_t /*size*/) override {
    open_.emplace_back();
    return descend();
  }
  bool end_object() override {
    open_.pop_back();
    --depth_;
    return true;
  }
  bool key(string_t& name) override {
    if (depth_ == 1) {
      const bool fits = name.size() <= kLongestKey && !has_control_characters(name);
      member_ = fits ? pointer_step(name) : "";
    }
    if (!count()) return false;
    if (open_.back().insert(name).second) return true;
    problem_.report("", "key " + quote(name) + " appears twice in one object");
    return false;
  }
  bool parse_error(std::size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    problem_.report("", "not valid JSON at " + line_and_column(text_, position));
    return false;
  }

 private:
  bool count() {
    if (++values_ <= limits_.values) return true;
    problem_.report(member_, "has more than " + std::to_string(limits_.values) + " values");
    return false;
  }

  bool descend() {
    if (!count()) return false;
    if (++depth_ <= kMaxDepth) return true;
    problem_.report(member_, "is nested deeper than " + std::to_string(kMaxDepth) + " levels");
    return false;
  }

  std::string_view text_;
  FirstError& problem_;
  Limits limits_;
  std::vector<std::set<std::string>> open_;
  std::size_t values_ = 0;
  int depth_ = 0;
  std::string member_;  ///< The step to the root's member being scanned; empty: no short one.
};

}  // namespace

void FirstError::report(const std::string& path, const std::string& what) {
  if (first_) return;
  first_ = base::printable_line(file_ + ": " + (path.empty() ? "" : path + ": ") + what);
}

std::string quote(std::string_view text) {
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string comma_separated(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

json parse_strictly(std::string_view text, FirstError& problem, const Limits& limits) {
  if (text.size() > limits.bytes) {
    problem.report("", "is larger than " + std::to_string(limits.bytes) + " bytes");
    return nullptr;
  }
  StrictJsonValidator walk(text, problem, limits);
  if (!json::sax_parse(text, &walk)) return nullptr;
  return json::parse(text, nullptr, /*allow_exceptions=*/false);
}

bool is_strict_json(std::string_view text, const Limits& limits) {
  FirstError ignored("");
  StrictJsonValidator walk(text, ignored, limits);
  return text.size() <= limits.bytes && json::sax_parse(text, &walk);
}

Node Node::child(const json& value, std::string_view step) const {
  return {&value, problem_, path_ + pointer_step(step)};
}

std::optional<Node> Node::optional(std::string_view key) const {
  if (!value_->is_object()) return std::nullopt;
  const auto it = value_->find(key);
  if (it == value_->end()) return std::nullopt;
  return child(*it, key);
}

Node Node::operator[](std::string_view key) const {
  static const json kNothing;
  if (!value_->is_object()) {
    report("must be an object");
  } else if (const std::optional<Node> member = optional(key)) {
    return *member;
  } else {
    report("key " + quote(key) + " is missing");
  }
  return child(kNothing, key);
}

void Node::allow_only(std::span<const std::string_view> keys) const {
  if (!value_->is_object()) report("must be an object");
  for (const std::string& key : this->keys()) {
    if (std::ranges::find(keys, key) == keys.end()) {
      problem_->report(path_ + pointer_step(key),
                       "unknown key; the keys here are " + comma_separated(keys));
    }
  }
}

std::vector<std::string> Node::keys() const {
  std::vector<std::string> keys;
  if (!value_->is_object()) return keys;
  for (const auto& [key, value] : value_->items()) keys.push_back(key);
  return keys;
}

std::vector<Node> Node::elements() const {
  if (value_->is_array() && value_->empty()) {
    report("must be an array with at least one element");
  }
  return elements_or_empty();
}

std::vector<Node> Node::elements_or_empty() const {
  std::vector<Node> nodes;
  if (!value_->is_array()) {
    report("must be an array with at least one element");
    return nodes;
  }
  for (std::size_t i = 0; i < value_->size(); ++i) {
    nodes.push_back(child((*value_)[i], std::to_string(i)));
  }
  return nodes;
}

std::string Node::text() const {
  const auto* text = value_->get_ptr<const json::string_t*>();
  if (text == nullptr || text->empty() || has_control_characters(*text)) {
    report("must be one line of text");
    return {};
  }
  return *text;
}

std::string Node::one_of(std::span<const std::string_view> words) const {
  const std::string word = text();
  if (std::ranges::find(words, word) != words.end()) return word;
  report(quote(word) + " is not one of " + comma_separated(words));
  return std::string(words.front());
}

double Node::number() const {
  if (!value_->is_number()) {
    report("must be a number");
    return 0.0;
  }
  return value_->get<double>();
}

std::vector<double> Node::numbers() const {
  std::vector<double> numbers;
  if (!value_->is_array()) report("must be an array of numbers");
  for (std::size_t i = 0; value_->is_array() && i < value_->size(); ++i) {
    const json& each = (*value_)[i];
    if (!each.is_number()) {
      child(each, std::to_string(i)).report("must be a number");
      return {};
    }
    numbers.push_back(each.get<double>());
  }
  return numbers;
}

int Node::whole_number(int lowest, int highest) const {
  const double value = number();
  if (value != std::floor(value) || value < lowest || value > highest) {
    report("must be a whole number from " + std::to_string(lowest) + " to " +
           std::to_string(highest));
    return lowest;
  }
  return static_cast<int>(value);
}

double Node::number_within(double lowest, double highest) const {
  const double value = number();
  if (value >= lowest && value <= highest) return value;
  report("must be from " + json(lowest).dump() + " to " + json(highest).dump());
  return lowest;
}

bool Node::boolean() const {
  if (!value_->is_boolean()) report("must be true or false");
  return value_->is_boolean() && value_->get<bool>();
}

}  // namespace matside::strict_json
