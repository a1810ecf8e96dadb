#include "cli/user_data_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "records/sqlite/repository.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): never set by us
  return value == nullptr ? "" : value;
}

}  // namespace

base::Result<fs::path> user_data_folder(const std::optional<fs::path>& requested) {
  if (requested) return *requested;
  if (const fs::path data = variable("XDG_DATA_HOME"); data.is_absolute()) {
    return data / "matside";
  }
  if (const fs::path home = variable("HOME"); home.is_absolute()) {
    return home / ".local" / "share" / "matside";
  }
  return Error{ErrorKind::usage,
               "there is no home folder for the records; name a folder with --data DIR"};
}

fs::path records_file(const fs::path& folder) { return folder / "matside.db"; }

void keep_private(const fs::path& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0 || status.st_uid != ::geteuid()) return;
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) ::chmod(folder.c_str(), S_IRWXU);
}

base::Result<std::unique_ptr<records::Repository>> open_records(const fs::path& folder) {
  const auto usual = user_data_folder(std::nullopt);
  if (usual && usual.value() == folder) keep_private(folder);
  return records::sqlite::open(records_file(folder).string());
}

}  // namespace matside::cli
