#include "batch/recording_list.h"

#include <glob.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "files/input_file.h"
#include "formats/picture_files.h"

namespace matside::batch {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t kMaxManifest_bytes = std::size_t{256} << 20;
constexpr std::array<std::string_view, 15> kVideoEndings{
    ".mp4", ".mov", ".m4v",  ".mkv", ".webm", ".avi", ".mts", ".m2ts",
    ".ts",  ".mpg", ".mpeg", ".3gp", ".wmv",  ".flv", ".mxf"};
constexpr std::array<std::string_view, 5> kPoseEndings{".csv", ".json", ".trc", ".c3d", ".txt"};

std::string ending_of(const fs::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return std::tolower(c); });
  return ending;
}

bool is_one_of(std::span<const std::string_view> endings, const fs::path& path) {
  return std::ranges::find(endings, ending_of(path)) != endings.end();
}

Error list_error(const fs::path& path, const std::string& what) {
  return {ErrorKind::input, path.string() + ": " + what};
}

/// The entries of a folder, without hidden ones.
Result<std::vector<fs::directory_entry>> entries_of(const fs::path& folder) {
  std::error_code why;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator at(folder, why), end; !why && at != end; at.increment(why)) {
    if (!at->path().filename().string().starts_with('.')) entries.push_back(*at);
    if (entries.size() > kMaxRecordings) return list_error(folder, "has too many files");
  }
  if (why) return list_error(folder, why.message());
  return entries;
}

/// Whether a folder's files are the pictures of one recording.
bool is_pose_folder(const std::vector<fs::directory_entry>& entries) {
  bool numbered = false;
  for (const fs::directory_entry& entry : entries) {
    if (is_one_of(kVideoEndings, entry.path())) return false;
    numbered =
        numbered || formats::picture_number(entry.path().filename().string()).has_value();
  }
  return numbered;
}

/// Collects recordings, each path once.
class RecordingCollector {
 public:
  RecordingCollector(const fs::path& not_in, int highest_level)
      : highest_level_(highest_level) {
    std::error_code ignored;
    not_in_ = fs::weakly_canonical(not_in, ignored);
  }

  Result<void> add_input(const std::string& input);
  std::vector<ListedRecording> sorted() {
    std::ranges::stable_sort(found_, {}, [](const auto& each) { return each.path.native(); });
    return std::move(found_);
  }

 private:
  Result<void> add(ListedRecording listed);
  Result<void> add_path(const fs::path& path);
  Result<void> add_folder(const fs::path& folder);
  Result<void> add_file(const fs::path& path);
  Result<void> add_glob(const std::string& pattern);

  int highest_level_;
  fs::path not_in_;
  std::set<std::string> known_;
  std::vector<ListedRecording> found_;
};

Result<void> RecordingCollector::add(ListedRecording listed) {
  if (found_.size() >= kMaxRecordings) {
    return list_error(listed.path, "is one recording too many for one batch; divide it");
  }
  // A manifest may have one recording for several persons.
  if (known_
          .insert(listed.path.lexically_normal().string() + std::string(1, '\0') +
                  listed.person)
          .second) {
    found_.push_back(std::move(listed));
  }
  return {};
}

Result<void> RecordingCollector::add_file(const fs::path& path) {
  if (ending_of(path) == ".csv") {
    // Files that can't be opened are failures of their own, later.
    if (auto file = files::InputFile::open(path)) {
      std::array<char, 4096> start{};
      const auto got = file.value().read(std::as_writable_bytes(std::span(start)));
      if (got && is_manifest({start.data(), got.value()})) {
        const auto text = files::read_file(path, kMaxManifest_bytes);
        if (!text) return text.error();
        auto listed =
            read_manifest(text.value(), path.string(), path.parent_path(), highest_level_);
        if (!listed) return listed.error();
        for (ListedRecording& each : listed.value()) {
          if (auto added = add(std::move(each)); !added) return added;
        }
        return {};
      }
    }
  }
  return add({.path = path});
}

Result<void> RecordingCollector::add_folder(const fs::path& folder) {
  std::error_code ignored;
  if (fs::weakly_canonical(folder, ignored) == not_in_) return {};
  const auto entries = entries_of(folder);
  if (!entries) return entries.error();
  if (is_pose_folder(entries.value())) return add({.path = folder});
  for (const fs::directory_entry& entry : entries.value()) {
    if (entry.is_directory(ignored)) {
      if (entry.is_symlink(ignored)) continue;
      if (auto added = add_folder(entry.path()); !added) return added;
    } else if (is_one_of(kVideoEndings, entry.path()) ||
               is_one_of(kPoseEndings, entry.path())) {
      // Pipes, devices and links to nowhere are failures of their own, later.
      if (auto added = add({.path = entry.path()}); !added) return added;
    }
  }
  return {};
}

Result<void> RecordingCollector::add_path(const fs::path& path) {
  std::error_code why;
  return fs::is_directory(path, why) ? add_folder(path) : add_file(path);
}

Result<void> RecordingCollector::add_glob(const std::string& pattern) {
  glob_t matches{};
  const int failed = ::glob(pattern.c_str(), 0, nullptr, &matches);
  const std::unique_ptr<glob_t, void (*)(glob_t*)> freed(&matches, ::globfree);
  if (failed != 0) return list_error(pattern, "no such file or folder, and no name matches it");
  for (std::size_t i = 0; i < matches.gl_pathc; ++i) {
    if (auto added = add_path(matches.gl_pathv[i]); !added) return added;
  }
  return {};
}

Result<void> RecordingCollector::add_input(const std::string& input) {
  std::error_code why;
  const std::size_t before = known_.size();
  const bool there = fs::exists(fs::symlink_status(input, why));
  auto added = there ? add_path(input) : add_glob(input);
  if (added && known_.size() == before && found_.empty()) {
    return list_error(input,
                      "has no recording; videos and pose files are found by the ends of "
                      "their names, such as .mp4 or .csv");
  }
  return added;
}

}  // namespace

base::Result<std::vector<ListedRecording>> list_recordings(std::span<const std::string> inputs,
                                                           const std::filesystem::path& not_in,
                                                           int highest_level) {
  RecordingCollector collector(not_in, highest_level);
  for (const std::string& input : inputs) {
    if (auto added = collector.add_input(input); !added) return added.error();
  }
  return collector.sorted();
}

}  // namespace matside::batch
