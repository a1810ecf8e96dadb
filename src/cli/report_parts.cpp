#include "cli/report_parts.h"

#include <utility>

#include "cli/clock.h"
#include "generated/build_info.h"
#include "records/local_time.h"
#include "report/page_file.h"

namespace matside::cli {

base::Result<ReportParts> load_report_parts(const DataFolder& folder) {
  auto sources = catalog::load_sources(folder.sources().string());
  if (!sources) return sources.error();
  auto page = report::load_page(folder.report_page());
  if (!page) return page.error();
  return ReportParts{std::move(sources).value(), std::move(page).value()};
}

report::Stamp report_stamp() {
  const records::LocalTime made = now();
  return {records::iso_text(made.instant, made.utc_offset_min),
          std::string("matside ") + generated::kVersion, generated::kBuild};
}

}  // namespace matside::cli
