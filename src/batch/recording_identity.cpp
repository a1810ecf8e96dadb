#include "batch/recording_identity.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <system_error>
#include <utility>

#include "batch/result_key.h"
#include "files/input_file.h"
#include "formats/picture_files.h"

namespace matside::batch {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t kMaxKnownFile_bytes = std::size_t{1} << 30;

/// Size and time of change as text; nothing for a file that can't be opened.
Result<std::string> state_of(const fs::path& file) {
  const auto opened = files::InputFile::open(file);
  if (!opened) return opened.error();
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    return Error{ErrorKind::input,
                 file.string() + ": " + std::generic_category().message(errno)};
  }
  std::ostringstream text;
  text << status.st_size << ' ' << status.st_mtim.tv_sec << ' ' << status.st_mtim.tv_nsec;
  return text.str();
}

Result<std::string> state_of_folder(const fs::path& folder) {
  std::error_code why;
  std::map<std::string, fs::path> files;
  for (fs::directory_iterator at(folder, why), end; !why && at != end; at.increment(why)) {
    const std::string name = at->path().filename().string();
    if (formats::picture_number(name)) files.emplace(name, at->path());
  }
  if (why) return Error{ErrorKind::input, folder.string() + ": " + why.message()};
  std::string all;
  for (const auto& [name, file] : files) {
    const auto state = state_of(file);
    if (!state) return state.error();
    all += name + '\0' + state.value() + '\0';
  }
  return all;
}

}  // namespace

base::Result<std::string> recording_identity(const std::filesystem::path& path, int level,
                                             std::string_view settings) {
  std::error_code why;
  const auto state = fs::is_directory(path, why) ? state_of_folder(path) : state_of(path);
  if (!state) return state.error();
  std::string known =
      fs::absolute(path, why).string() + '\0' + state.value() + '\0' + std::to_string(level);
  return result_key(known, settings);
}

KnownRecordings::KnownRecordings(std::filesystem::path file) : file_(std::move(file)) {
  const auto text = files::read_file(file_, kMaxKnownFile_bytes);
  if (!text) return;
  std::istringstream lines(text.value());
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) continue;
    const std::string identity = line.substr(0, space);
    const std::string key = line.substr(space + 1);
    if (is_result_key(identity) && is_result_key(key)) keys_[identity] = key;
  }
}

std::optional<std::string> KnownRecordings::key_of(const std::string& identity) const {
  const auto found = keys_.find(identity);
  if (found == keys_.end()) return std::nullopt;
  return found->second;
}

base::Result<void> KnownRecordings::add(
    const std::map<std::string, std::string>& keys_by_identity) {
  if (keys_by_identity.empty()) return {};
  // The first line end finishes a line that a crash left unfinished.
  std::string text = "\n";
  for (const auto& [identity, key] : keys_by_identity) {
    text += identity + ' ' + key + '\n';
    keys_[identity] = key;
  }
  const int descriptor =
      ::open(file_.c_str(),  // NOLINT(*-vararg)
             O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return Error{ErrorKind::output, file_.string() + ": cannot be written"};
  const bool written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (written) return {};
  return Error{ErrorKind::output, file_.string() + ": cannot be written; the disk may be full"};
}

}  // namespace matside::batch
