// A JSON text read strictly: every look at it is checked, and the first thing wrong is kept
// with its path.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace matside::strict_json {

/// The first thing wrong in a file.
class FirstError {
 public:
  explicit FirstError(std::string file) : file_(std::move(file)) {}

  void report(const std::string& path, const std::string& what);
  [[nodiscard]] const std::optional<std::string>& first() const { return first_; }

 private:
  std::string file_;
  std::optional<std::string> first_;  ///< One line: file, path, what is wrong.
};

/// `text` as a JSON string, quotes and all, so that it fits on one line.
std::string quote(std::string_view text);

/// `"a", "b", "c"`.
std::string comma_separated(std::span<const std::string_view> words);

/// Parses `text`; anything that is not JSON, and any key given twice, is a problem.
nlohmann::json parse_strictly(std::string_view text, FirstError& problem);

/// A place in a parsed file. Reading what is not there reports a problem and gives an empty
/// value, so that a whole file can be read in a straight line and judged at the end. The value
/// and the problem outlive the node.
class Node {
 public:
  Node(const nlohmann::json& value, FirstError& problem) : value_(&value), problem_(&problem) {}

  /// The member of that name; a problem when this is no object or has none.
  [[nodiscard]] Node operator[](std::string_view key) const;
  [[nodiscard]] std::optional<Node> optional(std::string_view key) const;
  /// A problem when this is no object or has a key beyond `keys`.
  void allow_only(std::span<const std::string_view> keys) const;
  [[nodiscard]] std::vector<std::string> keys() const;
  /// A problem when this is no array or an empty one.
  [[nodiscard]] std::vector<Node> elements() const;

  /// The same of an array that may be empty.
  [[nodiscard]] std::vector<Node> elements_or_empty() const;
  [[nodiscard]] bool is_null() const { return value_->is_null(); }
  [[nodiscard]] bool is_array() const { return value_->is_array(); }
  [[nodiscard]] bool is_object() const { return value_->is_object(); }
  [[nodiscard]] bool is_number() const { return value_->is_number(); }

  /// A problem unless it is one line of printable text.
  [[nodiscard]] std::string text() const;
  /// text() that must be one of `words`; the first of them when it is not.
  [[nodiscard]] std::string one_of(std::span<const std::string_view> words) const;
  [[nodiscard]] double number() const;
  /// Of an array of numbers; empty with a problem where it is anything else.
  [[nodiscard]] std::vector<double> numbers() const;
  [[nodiscard]] int whole_number(int lowest, int highest) const;
  [[nodiscard]] double number_within(double lowest, double highest) const;
  [[nodiscard]] bool boolean() const;

  void report(const std::string& what) const { problem_->report(path_, what); }
  /// Whether anything was wrong up to now, here or elsewhere.
  [[nodiscard]] bool has_error() const { return problem_->first().has_value(); }

 private:
  Node(const nlohmann::json* value, FirstError* problem, std::string path)
      : value_(value), problem_(problem), path_(std::move(path)) {}
  [[nodiscard]] Node child(const nlohmann::json& value, std::string_view step) const;

  const nlohmann::json* value_;
  FirstError* problem_;
  std::string path_;  ///< JSON Pointer.
};

}  // namespace matside::strict_json
