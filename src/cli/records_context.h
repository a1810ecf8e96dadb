// What every command on the records needs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/plan_rules.h"
#include "records/local_time.h"
#include "records/repository.h"

namespace matside::cli {

/// The open records, with the exercise and the rules of the plan.
struct RecordsContext {
  std::filesystem::path folder;
  exercise::Definition exercise;
  plan::Rules rules;
  std::unique_ptr<records::Repository> records;
  records::LocalTime now;

  /// The person of that name; for an empty name the only person there is.
  /// @returns as records::find_or_create_person
  base::Result<records::Person> person(const std::string& name) const;
};

/// Opens the records of user_data_folder(requested).
/// @returns ErrorKind::model where the program's own data is missing or damaged; else as
///   open_records()
base::Result<RecordsContext> open_records_context(
    const std::optional<std::filesystem::path>& requested);

}  // namespace matside::cli
