#include "report/page_file.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "report/page.h"

namespace matside::report {

base::Result<std::string> load_page(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string page{std::istreambuf_iterator<char>(file), {}};
  return checked_page(std::move(page), path.string());
}

}  // namespace matside::report
