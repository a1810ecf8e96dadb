// A study as tables for statistics programs. docs/agree.md describes the columns; their names,
// order and units are stable.
#pragma once

#include <string>
#include <vector>

#include "agreement/study.h"

namespace matside::agreement {

/// One row for each kind, side and range, with a header. @source RFC 4180, with LF line ends
std::string statistics_csv(const std::vector<StudyRow>& rows);

/// One row for each pair, with a header.
std::string pairs_csv(const std::vector<PairedPractice>& practices);

}  // namespace matside::agreement
