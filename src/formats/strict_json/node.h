// Strict reading of JSON: every access is checked, and the first error is kept with its path.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace matside::strict_json {

/// The first error of a file.
class FirstError {
 public:
  explicit FirstError(std::string file) : file_(std::move(file)) {}

  /// Keeps the error, if it is the first.
  /// @param path  JSON Pointer to the place; empty: the whole file
  void report(const std::string& path, const std::string& what);
  [[nodiscard]] const std::optional<std::string>& first() const { return first_; }

 private:
  std::string file_;
  std::optional<std::string> first_;  ///< One line: file, path, what is wrong.
};

/// @returns `text` as a JSON string with its quotes, which fits on one line
std::string quote(std::string_view text);

/// @returns the words in quotes: `"a", "b", "c"`
std::string comma_separated(std::span<const std::string_view> words);

/// How deep arrays and objects may be nested: nlohmann::json recurses to write a value.
inline constexpr int kMaxDepth = 64;

/// How large a text may be. It is measured before anything is built from it: a value of two
/// bytes, such as `0,`, takes up to 150 bytes of memory.
struct Limits {
  std::size_t bytes = 256U << 20U;
  std::size_t values = 4'000'000;  ///< Objects, arrays, strings, numbers, keys ...
};

/// Parses `text`. Reports an error if it isn't JSON, has a duplicate key, is nested deeper
/// than kMaxDepth or exceeds `limits`. @returns null after an error
nlohmann::json parse_strictly(std::string_view text, FirstError& problem,
                              const Limits& limits = {});

/// @returns whether parse_strictly() accepts `text`
bool is_strict_json(std::string_view text, const Limits& limits = {});

/// A place in a parsed file. A failed access reports an error and returns an empty value, so
/// that a file can be read in one pass and checked for an error at the end. The value and the
/// FirstError must outlive the node.
class Node {
 public:
  Node(const nlohmann::json& value, FirstError& problem) : value_(&value), problem_(&problem) {}

  /// The member of that name. Reports an error if this isn't an object or lacks it.
  [[nodiscard]] Node operator[](std::string_view key) const;
  /// The member of that name; none if this lacks it or isn't an object. Reports nothing.
  [[nodiscard]] std::optional<Node> optional(std::string_view key) const;
  /// Reports an error if this isn't an object or has a key that is not in `keys`.
  void allow_only(std::span<const std::string_view> keys) const;
  [[nodiscard]] std::vector<std::string> keys() const;
  /// The elements. Reports an error if this isn't an array or is empty.
  [[nodiscard]] std::vector<Node> elements() const;
  /// The elements. Reports an error if this isn't an array.
  [[nodiscard]] std::vector<Node> elements_or_empty() const;
  [[nodiscard]] bool is_null() const { return value_->is_null(); }
  [[nodiscard]] bool is_array() const { return value_->is_array(); }
  [[nodiscard]] bool is_object() const { return value_->is_object(); }
  [[nodiscard]] bool is_number() const { return value_->is_number(); }

  /// The string. Reports an error unless it is one line of printable text.
  [[nodiscard]] std::string text() const;
  /// The string. Reports an error, and returns the first of `words`, if it isn't one of them.
  [[nodiscard]] std::string one_of(std::span<const std::string_view> words) const;
  /// The number. Reports an error if this isn't a finite number.
  [[nodiscard]] double number() const;
  /// The numbers of an array. Reports an error, and returns none, if this is anything else.
  [[nodiscard]] std::vector<double> numbers() const;
  /// The number. Reports an error if it isn't a whole number from `lowest` to `highest`.
  [[nodiscard]] int whole_number(int lowest, int highest) const;
  /// The number. Reports an error if it isn't from `lowest` to `highest`.
  [[nodiscard]] double number_within(double lowest, double highest) const;
  /// Reports an error if this isn't true or false.
  [[nodiscard]] bool boolean() const;

  /// Reports an error at this place.
  void report(const std::string& what) const { problem_->report(path_, what); }
  /// @returns whether an error was reported, here or elsewhere in the file
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
