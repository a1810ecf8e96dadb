#include "apps/matside/data_folder.h"

#include <cstdlib>
#include <string>
#include <system_error>

namespace matside::app {

namespace fs = std::filesystem;

base::Result<DataFolder> find_data_folder() {
  std::error_code error;
  const char* const named = std::getenv("MATSIDE_DATA_DIR");
  const bool by_name = named != nullptr && *named != '\0';
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path root =
      by_name ? fs::path(named) : program.parent_path().parent_path() / "share" / "matside";
  if (fs::is_directory(root, error)) return DataFolder{root};
  return base::Error{base::ErrorKind::model,
                     root.string() + ": no such folder; it should hold models and exercises: " +
                         (by_name ? "set MATSIDE_DATA_DIR to it" : "run ./run to set it up")};
}

}  // namespace matside::app
