// Opens arbitrary bytes as the database of the records, as after `restore`: must be refused
// with one line, or everything in it can be read, exported and erased.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/printable_text.h"
#include "records/import_export.h"
#include "records/progress.h"
#include "records/sqlite/repository.h"
#include "records/today.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)
namespace fs = std::filesystem;

const records::LocalTime kNow{{1'767'600'000}, 60};

void must(bool held) {
  if (!held) std::abort();
}

template <class T>
void check(const base::Result<T>& done) {
  if (!done) must(base::is_visible(done.error().message));
}

void read_practice(records::Repository& database, records::Id id) {
  check(database.practice(id));
  check(database.repetitions(id));
  check(database.analysis(id));
  check(database.poses(id));
  check(database.scorings(id));
}

void read_person(records::Repository& database, records::Id id) {
  check(records::progress(database, id, kNow, support::plan_rules()));
  check(records::today(database, id, kNow, support::single_leg_kick(), support::plan_rules()));
  check(records::export_json(database, id));
  const auto practices = database.practices(id);
  check(practices);
  if (!practices) return;
  for (const records::Practice& each : practices.value()) read_practice(database, each.id);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const support::MediaFolder folder;
  const fs::path file = folder.path("matside.db");
  for (const char* part : {"", "-wal", "-shm", "-journal"}) fs::remove(file.string() + part);
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto opened = records::sqlite::open(file.string());
  check(opened);
  if (!opened) return 0;
  records::Repository& database = *opened.value();
  const auto persons = database.persons();
  check(persons);
  if (persons) {
    for (const records::Person& each : persons.value()) read_person(database, each.id);
  }
  check(database.erase_all());
  return 0;
}
