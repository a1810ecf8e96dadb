// Restores arbitrary bytes as a backup: refused with one line, or the records can be used.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/printable_text.h"
#include "records/import_export.h"
#include "records/progress.h"
#include "records/sqlite/backup.h"
#include "records/sqlite/repository.h"
#include "tests/support/exercise.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)
namespace fs = std::filesystem;

void must(bool held) {
  if (!held) std::abort();
}

/// A folder in memory, for this process.
const fs::path& folder() {
  static const fs::path path = "/dev/shm/matside_restore_fuzz_" + std::to_string(::getpid());
  return path;
}

/// Reads everything that a page or a command would.
void use(const std::string& file) {
  constexpr records::Instant kNow{1'767'600'000};
  const auto records = records::sqlite::open(file);
  must(records.ok());
  const auto persons = records.value()->persons();
  must(persons.ok());
  for (const records::Person& each : persons.value()) {
    (void)records::progress(*records.value(), each.id, {kNow, 0}, support::plan_rules());
    (void)records::export_json(*records.value(), each.id);
  }
  must(records.value()->erase_all().ok());
  must(!records.value()->erasure_pending());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fs::remove_all(folder());
  fs::create_directory(folder());
  const std::string backup = folder() / "backup.db";
  const std::string file = folder() / "matside.db";
  std::ofstream(backup, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto restored = records::sqlite::restore(backup, file, {0});
  if (!restored) {
    must(base::is_visible(restored.error().message));
  } else {
    use(file);
  }
  fs::remove_all(folder());
  return 0;
}
