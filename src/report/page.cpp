#include "report/page.h"

#include <cassert>

namespace matside::report {
namespace {

// The placeholder for the document.
constexpr std::string_view kPlace = "\"MATSIDE_REPORT\"";

}  // namespace

base::Result<std::string> checked_page(std::string page, std::string_view name) {
  const std::size_t place = page.find(kPlace);
  if (place == std::string::npos || page.find(kPlace, place + 1) != std::string::npos) {
    return base::Error{
        base::ErrorKind::model,
        std::string(name) + ": is not a report page. Build Matside again with ./run"};
  }
  return page;
}

std::string embed_report(std::string page, std::string_view document) {
  assert(document.find('<') == std::string_view::npos);
  const std::size_t place = page.find(kPlace);
  assert(place != std::string::npos);
  return page.replace(place, kPlace.size(), document);
}

}  // namespace matside::report
