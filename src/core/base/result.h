// Errors as values: bad input gives an Error that says what is wrong and where, never an
// exception.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace matside::base {

/// The kind of an error, by what has to be fixed. The program's exit codes follow from it.
enum class ErrorKind {
  usage,      ///< the command line
  input,      ///< a file, stream or frame that came in
  output,     ///< a place results were to be written to
  model,      ///< a network file or the exercise data: missing, changed or damaged
  not_found,  ///< a stored record that the caller names does not exist
  conflict,   ///< the change contradicts what is stored, such as a name that is taken
};

struct Error {
  ErrorKind kind = ErrorKind::input;
  std::string message;  ///< One line for a person: the offending thing, its place, what to do.
};

/// A T or an Error. Asking for the one that is not there is a programmer's mistake (asserts).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  [[nodiscard]] const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

/// Nothing, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), ok_(false) {}  // NOLINT: implicit

  [[nodiscard]] bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  [[nodiscard]] const Error& error() const {
    assert(!ok_);
    return error_;
  }

 private:
  Error error_;
  bool ok_ = true;
};

}  // namespace matside::base
