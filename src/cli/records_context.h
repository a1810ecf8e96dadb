// What every command on the records needs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/plan_rules.h"
#include "records/exercises.h"
#include "records/local_time.h"
#include "records/repository.h"

namespace matside::cli {

/// The open records, with the exercises and the rules of the plan.
struct RecordsContext {
  std::filesystem::path folder;
  exercise::Definition exercise;                ///< The single-leg kick.
  std::vector<exercise::Definition> installed;  ///< All; the single-leg kick first.
  plan::Rules rules;
  std::unique_ptr<records::Repository> records;
  records::LocalTime now;

  /// The person of that name; for an empty name the only person there is.
  /// @returns as records::find_or_create_person
  base::Result<records::Person> person(const std::string& name) const;
  /// Refers to `installed`.
  records::Exercises exercises() const {
    return records::Exercises(std::span<const exercise::Definition>(installed));
  }
  /// The exercise that --exercise names; the single-leg kick where it isn't given.
  /// @returns ErrorKind::usage, which names the installed ones, if it isn't among them
  base::Result<const exercise::Definition*> chosen(const std::optional<std::string>& id) const;
};

/// Opens the records of user_data_folder(requested).
/// @returns ErrorKind::model where the program's own data is missing or damaged; else as
///   open_records()
base::Result<RecordsContext> open_records_context(
    const std::optional<std::filesystem::path>& requested);

}  // namespace matside::cli
