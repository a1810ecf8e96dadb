#include "cli/data_folder.h"

#include <cstdlib>
#include <string>
#include <system_error>

namespace matside::cli {

namespace fs = std::filesystem;
namespace {

constexpr const char* kPackaged = "/usr/share/matside";

}  // namespace

base::Result<DataFolder> find_data_folder() {
  std::error_code error;
  const char* const named = std::getenv("MATSIDE_DATA_DIR");
  const bool by_name = named != nullptr && *named != '\0';
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path root =
      by_name ? fs::path(named) : program.parent_path().parent_path() / "share" / "matside";
  if (fs::is_directory(root, error)) return DataFolder{root};
  return base::Error{base::ErrorKind::model,
                     root.string() +
                         ": no such folder; it should contain models and exercises. " +
                         (by_name ? std::string("Correct MATSIDE_DATA_DIR")
                                  : std::string("To fix it: ") + repair_command(root))};
}

const char* repair_command(const fs::path& root) {
  if (root == kPackaged) return "sudo apt-get install --reinstall matside";
  return "rm -rf web/node_modules && git checkout data/models && ./run doctor (in Matside's "
         "source folder)";
}

}  // namespace matside::cli
