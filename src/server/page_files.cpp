#include "server/page_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

namespace matside::server {
namespace {

struct PageAsset {
  std::string_view target;
  std::string_view file;
  std::string_view type;
};

constexpr std::array<PageAsset, 6> kPageAssets = {{
    {"/", "index.html", "text/html; charset=utf-8"},
    {"/page.js", "page.js", "text/javascript; charset=utf-8"},
    {"/hearing.js", "hearing.js", "text/javascript; charset=utf-8"},
    {"/page.css", "page.css", "text/css; charset=utf-8"},
    {"/icon.svg", "icon.svg", "image/svg+xml"},
    {"/body.bin", "body.bin", "application/octet-stream"},
}};

base::Result<std::string> read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string body{std::istreambuf_iterator<char>(in), {}};
  if (!in || body.empty()) {
    return base::Error{base::ErrorKind::model,
                       path.string() + ": can't be read; build or install Matside again"};
  }
  return body;
}

/// The clips in `folder` and the list of their lengths, sorted by name; none where there is no
/// such folder.
std::vector<std::filesystem::path> clips_in(const std::filesystem::path& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> clips;
  for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    const std::filesystem::path extension = at->path().extension();
    if (extension == ".ogg" || extension == ".json") clips.push_back(at->path());
  }
  std::ranges::sort(clips);
  return clips;
}

}  // namespace

base::Result<Page> Page::load(const std::filesystem::path& folder) {
  Page page;
  for (const PageAsset& known : kPageAssets) {
    auto body = read(folder / known.file);
    if (!body) return body.error();
    page.files_.push_back({std::string(known.target), known.type, std::move(body).value()});
  }
  for (const std::filesystem::path& clip : clips_in(folder / "voice")) {
    auto body = read(clip);
    if (!body) return body.error();
    const bool is_list = clip.extension() == ".json";
    page.files_.push_back({"/voice/" + clip.filename().string(),
                           is_list ? "application/json" : "audio/ogg",
                           std::move(body).value()});
  }
  return page;
}

const PageFile* Page::find(std::string_view target) const {
  const auto found = std::ranges::find(files_, target, &PageFile::target);
  return found == files_.end() ? nullptr : &*found;
}

}  // namespace matside::server
