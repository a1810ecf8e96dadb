// The exercises that a program has installed, for records that name theirs.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/exercise/definition.h"

namespace matside::strict_json {
class Node;
}

namespace matside::records {

/// The exercise of everything that was saved before records named theirs.
inline constexpr std::string_view kFirstExercise = "single-leg-kick";

/// Whether a text has the form of an exercise's id: 1 to 100 letters a to z and hyphens.
bool is_exercise_id(std::string_view text);

/// How a number of repetitions is wished: "4 each side", or "4" where no leg moves alone.
std::string goal_text(int repetitions, const exercise::Definition& exercise);

/// Refers to the installed exercises, which must outlive it.
class Exercises {
 public:
  /// A program with one exercise passes it where several may be passed.
  Exercises(const exercise::Definition& only)
      : all_(&only, 1) {}  // NOLINT(google-explicit-constructor)
  Exercises(exercise::Definition&&) = delete;
  explicit Exercises(std::span<const exercise::Definition> all) : all_(all) {}

  /// Finds an exercise by its id.
  /// @returns ErrorKind::input, which names the installed ones, if it isn't among them
  [[nodiscard]] base::Result<const exercise::Definition*> find(std::string_view id) const;
  /// The exercise whose id a file has at that place. @returns none, with an error there, if it
  /// isn't an id or isn't installed
  [[nodiscard]] const exercise::Definition* named(const strict_json::Node& node) const;
  /// Such as "single-leg-kick, swan-preparation".
  [[nodiscard]] std::string ids() const;
  [[nodiscard]] std::span<const exercise::Definition> all() const { return all_; }

 private:
  std::span<const exercise::Definition> all_;
};

}  // namespace matside::records
