// A result file read back, as far as practices are compared by it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/exercise/measured.h"

namespace matside::records {

/// matside.analysis/1
struct ResultDocument {
  struct Repetition {
    std::string side;
    std::size_t kicks = 0;
    std::string status;
    std::vector<std::string> faults;

    friend bool operator==(const Repetition&, const Repetition&) = default;
  };
  std::string source;  ///< As the file tells it.
  int level = 0;
  base::Seconds duration;
  int left = 0;
  int right = 0;
  int unsure = 0;
  int kicks = 0;
  int clean = 0;
  std::vector<Repetition> repetitions;
  /// By their names in the file, those of `set.mean` and of `set`; null ones are absent. All of
  /// the deviation counts as systematic.
  std::map<std::string, exercise::Measured> measures;
};

/// @returns ErrorKind::input naming file and place
base::Result<ResultDocument> read_result(std::string_view text, const std::string& name);

}  // namespace matside::records
