// The command line's part that is about records.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "apps/matside/records_command.h"
#include "core/base/result.h"

namespace CLI {
class App;
}

namespace matside::app {

/// What CLI11 fills in.
struct TypedRecords {
  std::string data;
  std::string person;
  bool json = false;
  bool csv = false;
  bool all = false;
  bool yes = false;
  bool no_camera = false;
  std::optional<std::int64_t> id;
  std::string file;
  std::optional<int> level;
  std::optional<int> repetitions;
  std::string size;
};

void describe_records(CLI::App& app, TypedRecords& typed);

/// The command that was typed, where it is one of those on records.
/// @returns ErrorKind::usage with one line
std::optional<base::Result<RecordsCommand>> records_command(const CLI::App& app,
                                                            const TypedRecords& typed);

}  // namespace matside::app
