#include "server/page.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

namespace matside::server {
namespace {

struct Known {
  std::string_view target;
  std::string_view file;
  std::string_view type;
};

constexpr std::array<Known, 4> kKnown = {{
    {"/", "index.html", "text/html; charset=utf-8"},
    {"/page.js", "page.js", "text/javascript; charset=utf-8"},
    {"/page.css", "page.css", "text/css; charset=utf-8"},
    {"/icon.svg", "icon.svg", "image/svg+xml"},
}};

}  // namespace

base::Result<Page> Page::load(const std::filesystem::path& folder) {
  Page page;
  for (const Known& known : kKnown) {
    const std::filesystem::path path = folder / known.file;
    std::ifstream in(path, std::ios::binary);
    std::string body{std::istreambuf_iterator<char>(in), {}};
    if (!in || body.empty()) {
      return base::Error{base::ErrorKind::model,
                         path.string() + ": can't be read; build or install Matside again"};
    }
    page.files_.push_back({known.target, known.type, std::move(body)});
  }
  return page;
}

const PageFile* Page::find(std::string_view target) const {
  const auto found = std::ranges::find(files_, target, &PageFile::target);
  return found == files_.end() ? nullptr : &*found;
}

}  // namespace matside::server
