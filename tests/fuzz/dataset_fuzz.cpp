// Reads arbitrary bytes as what a batch reads: a manifest, and a result file with its knee
// angles. Each must be refused with one line, or read whole: every row fits its table, and
// every text is one line.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "batch/recording_list.h"
#include "batch/tables.h"
#include "core/base/printable_text.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)

constexpr int kHighestLevel = 3;

void must(bool held) {
  if (!held) std::abort();
}

template <class Read>
bool was_read(const Read& read) {
  if (read) return true;
  must(read.error().kind == base::ErrorKind::input);
  must(base::is_visible(read.error().message));
  return false;
}

void check_rows(const batch::Table& table, const std::vector<batch::Row>& rows) {
  for (const batch::Row& row : rows) {
    must(row.size() == table.columns.size());
    must(batch::csv_row(row).ends_with('\n'));
  }
}

void read_manifest(std::string_view text) {
  const auto read = batch::read_manifest(text, "fuzzed", "folder", kHighestLevel);
  if (!was_read(read)) return;
  for (const batch::ListedRecording& each : read.value()) {
    must(!each.path.empty());
    must(base::is_visible(each.person) && base::is_visible(each.note));
    must(!each.level || (*each.level >= 0 && *each.level <= kHighestLevel));
    must(!each.height_m || (*each.height_m >= 0.5 && *each.height_m <= 2.5));
  }
}

void read_result(std::string_view text) {
  batch::AnalysedRecording recording;
  recording.practice = "fuzzed";
  // Angles after the first line that is a mark.
  constexpr std::string_view kMark = "\n---\n";
  const std::size_t mark = text.find(kMark);
  recording.analysis = text.substr(0, mark);
  if (mark != std::string_view::npos) recording.knee_angles = text.substr(mark + kMark.size());
  const auto rows = batch::rows_of(recording);
  if (!was_read(rows)) return;
  check_rows(batch::practices_table(), {rows.value().practice});
  check_rows(batch::repetitions_table(), rows.value().repetitions);
  check_rows(batch::faults_table(), rows.value().faults);
  check_rows(batch::knee_angles_table(), rows.value().knee_angles);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  (void)batch::is_manifest(text);
  if (data[0] % 2 == 0) {
    read_manifest(text);
  } else {
    read_result(text);
  }
  return 0;
}
