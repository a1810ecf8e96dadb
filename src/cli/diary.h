// What the commands on records share: the data, the records, whose they are.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/rules.h"
#include "records/repository.h"
#include "records/wall_clock.h"

namespace matside::cli {

struct Diary {
  std::filesystem::path folder;
  exercise::Definition exercise;
  plan::Rules rules;
  std::unique_ptr<records::Repository> records;
  records::Now now;

  /// @returns as records::person_called
  base::Result<records::Person> person(const std::string& name) const;
};

/// @returns ErrorKind::model for the program's own data; else as open_records()
base::Result<Diary> open_diary(const std::optional<std::filesystem::path>& data);

/// A line from standard input, without its end; nothing where it has ended.
std::optional<std::string> ask(const std::string& question);
/// A whole number; nothing where the person gives none.
std::optional<int> ask_number(const std::string& question, int least, int most);

}  // namespace matside::cli
