// What every report is made with, besides the practice.
#pragma once

#include <string>
#include <vector>

#include "cli/data_folder.h"
#include "core/base/result.h"
#include "formats/catalog/catalog.h"
#include "report/practice_report.h"

namespace matside::cli {

struct ReportParts {
  std::vector<catalog::Source> sources;
  std::string page;  ///< The template, as from report::load_page().
};

/// @returns ErrorKind::model where a file of the program is missing or damaged
base::Result<ReportParts> load_report_parts(const DataFolder& folder);

/// This program and the present time.
report::Stamp report_stamp();

}  // namespace matside::cli
