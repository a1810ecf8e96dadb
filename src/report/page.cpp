#include "report/page.h"

#include <cassert>
#include <fstream>
#include <iterator>

namespace matside::report {
namespace {

// What stands in the page where the document goes.
constexpr std::string_view kPlace = "\"MATSIDE_REPORT\"";

}  // namespace

base::Result<std::string> load_page(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::size_t place = page.find(kPlace);
  if (place == std::string::npos || page.find(kPlace, place + 1) != std::string::npos) {
    return base::Error{base::ErrorKind::model,
                       path.string() + ": is no page for reports; run ./run once more"};
  }
  return page;
}

std::string page_with(std::string page, std::string_view document) {
  assert(document.find('<') == std::string_view::npos);
  const std::size_t place = page.find(kPlace);
  assert(place != std::string::npos);
  return page.replace(place, kPlace.size(), document);
}

}  // namespace matside::report
