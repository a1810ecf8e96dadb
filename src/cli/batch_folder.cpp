#include "cli/batch_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <span>
#include <system_error>

#include "cli/output_file.h"
#include "cli/output_folder.h"
#include "digest/digest.h"
#include "files/input_file.h"
#include "formats/strict_json/node.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Result;

constexpr const char* kDatasetMark = "{\"schema\": \"matside.dataset/1\"}\n";
constexpr const char* kBatchSchema = "matside.batch/1";
constexpr std::size_t kMaxResultFile_bytes = std::size_t{256} << 20;

Error dataset_error(const fs::path& path, const std::string& what) {
  return {ErrorKind::output, path.string() + ": " + what};
}

/// Refuses a folder with files in it that no batch wrote.
Result<void> check_is_dataset(const fs::path& path) {
  std::error_code why;
  if (!fs::exists(path / "dataset.json", why)) {
    for (fs::directory_iterator at(path, why), end; !why && at != end; at.increment(why)) {
      const std::string name = at->path().filename().string();
      if (name != ".lock" && !name.starts_with(".matside-")) {
        return dataset_error(path, "contains " + name +
                                       ", which no batch wrote; choose a new folder for the "
                                       "dataset");
      }
    }
    if (why) return dataset_error(path, why.message());
    auto mark = OutputFile::open(path / "dataset.json", {});
    if (!mark) return mark.error();
    if (auto written = mark.value().write(kDatasetMark); !written) return written;
    return mark.value().commit();
  }
  const auto text = files::read_file(path / "dataset.json", std::size_t{1} << 20);
  if (!text) return text.error();
  if (text.value() == kDatasetMark) return {};
  return dataset_error(path, "is a dataset of another version of Matside; choose a new folder");
}

/// Removes files and folders that were being written when an earlier batch was killed.
void remove_unfinished(const fs::path& folder) {
  std::error_code why;
  std::vector<fs::path> unfinished;
  for (fs::directory_iterator at(folder, why), end; !why && at != end; at.increment(why)) {
    if (at->path().filename().string().starts_with(".matside-")) {
      unfinished.push_back(at->path());
    }
  }
  for (const fs::path& each : unfinished) fs::remove_all(each, why);
}

std::string part_digest(const std::string& text) {
  return digest::sha256_hex(std::as_bytes(std::span(text)));
}

std::string read_part(const fs::path& file) {
  auto text = files::read_file(file, kMaxResultFile_bytes);
  return text ? std::move(text).value() : std::string();
}

}  // namespace

base::Result<BatchFolder> BatchFolder::open(const std::filesystem::path& path) {
  std::error_code why;
  fs::create_directories(path / "", why);
  if (why) return dataset_error(path, "cannot be created: " + why.message());
  const int lock = ::open((path / ".lock").c_str(),  // NOLINT(*-vararg)
                          O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (lock < 0) {
    return dataset_error(path, "cannot be written: " + std::generic_category().message(errno));
  }
  BatchFolder folder(path, path / "results", lock);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    return Error{ErrorKind::usage,
                 path.string() +
                     ": another matside batch is writing this dataset; wait for it, "
                     "or choose another folder"};
  }
  if (auto ours = check_is_dataset(path); !ours) return ours.error();
  fs::create_directory(path / "results", why);
  if (why) return dataset_error(path / "results", "cannot be created: " + why.message());
  remove_unfinished(path);
  remove_unfinished(path / "results");
  return folder;
}

BatchFolder BatchFolder::join(const std::filesystem::path& path,
                              const std::filesystem::path& unfinished) {
  return {path, unfinished, -1};
}

BatchFolder::BatchFolder(BatchFolder&& other) noexcept
    : path_(std::move(other.path_)),
      unfinished_(std::move(other.unfinished_)),
      lock_(std::exchange(other.lock_, -1)) {}

BatchFolder::~BatchFolder() {
  if (lock_ >= 0) ::close(lock_);
}

fs::path BatchFolder::result_folder(const std::string& key) const {
  return path_ / "results" / key;
}

std::optional<SavedResult> BatchFolder::read(const std::string& key) const {
  const fs::path folder = result_folder(key);
  const std::string text = read_part(folder / "result.json");
  strict_json::FirstError problem(key);
  const nlohmann::json document = strict_json::parse_strictly(text, problem);
  const strict_json::Node root(document, problem);
  SavedResult result;
  if (root["schema"].text() != kBatchSchema || root["key"].text() != key) return std::nullopt;
  const strict_json::Node failure = root["failure"];
  if (!failure.is_null()) {
    result.failure_kind = failure["kind"].text();
    result.reason = failure["reason"].text();
    if (result.failure_kind.empty()) return std::nullopt;
  }
  if (problem.first()) return std::nullopt;
  if (!result.failure_kind.empty()) return result;
  result.analysis = read_part(folder / "analysis.json");
  result.knee_angles = read_part(folder / "knee_angles.csv");
  const bool intact = root["analysis_sha256"].text() == part_digest(result.analysis) &&
                      root["knee_angles_sha256"].text() == part_digest(result.knee_angles);
  if (!intact || problem.first()) return std::nullopt;
  return result;
}

base::Result<void> BatchFolder::remove_damaged(const std::string& key) const {
  const fs::path damaged = result_folder(key);
  std::error_code why;
  if (!fs::exists(damaged, why) || read(key)) return {};
  // Moved away first: a folder is never seen with only some of its files.
  std::string away = (unfinished_ / ".matside-damaged-XXXXXX").string();
  if (::mkdtemp(away.data()) == nullptr) {
    return dataset_error(unfinished_,
                         "cannot be written: " + std::generic_category().message(errno));
  }
  fs::rename(damaged, away, why);
  if (why) return dataset_error(damaged, "cannot be replaced: " + why.message());
  fs::remove_all(away, why);
  return {};
}

base::Result<void> BatchFolder::save(const std::string& key, const SavedResult& result) const {
  const auto ours = [](const std::string& name) {
    return name == "result.json" || name == "analysis.json" || name == "knee_angles.csv" ||
           name == "report.html";
  };
  auto folder = OutputFolder::open(result_folder(key), true, ours, unfinished_);
  if (!folder) return folder.error();
  nlohmann::ordered_json document = {
      {"schema", kBatchSchema}, {"key", key}, {"failure", nullptr}};
  if (!result.failure_kind.empty()) {
    document["failure"] = {{"kind", result.failure_kind}, {"reason", result.reason}};
  } else {
    document["analysis_sha256"] = part_digest(result.analysis);
    document["knee_angles_sha256"] = part_digest(result.knee_angles);
  }
  const std::string text =
      document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  for (const auto& [name, part] :
       {std::pair<const char*, const std::string*>{"result.json", &text},
        {"analysis.json", &result.analysis},
        {"knee_angles.csv", &result.knee_angles},
        {"report.html", &result.report}}) {
    if (part->empty()) continue;
    if (auto written = folder.value().write(name, *part); !written) return written;
  }
  if (auto removed = remove_damaged(key); !removed) return removed;
  return folder.value().commit_unless_there();
}

std::string BatchFolder::report_of(const std::string& key) const {
  std::error_code ignored;
  const fs::path page = fs::path("results") / key / "report.html";
  return fs::is_regular_file(path_ / page, ignored) ? page.string() : std::string();
}

}  // namespace matside::cli
