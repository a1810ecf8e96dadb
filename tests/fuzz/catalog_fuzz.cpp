// Reads arbitrary bytes as the exercise's files: must be refused with one line, or read whole.
// The first byte selects the file; the others of the pair are the real ones.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "core/base/printable_text.h"
#include "formats/catalog/catalog.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)

void must(bool held) {
  if (!held) std::abort();
}

std::string text_of(const char* name) {
  std::ifstream in(std::string(MATSIDE_SOURCE_DIR "/data/exercises/") + name);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  must(!text.empty());
  return text;
}

template <class Read>
void check(const Read& read) {
  if (read) return;
  must(read.error().kind == base::ErrorKind::model);
  must(read.error().message.starts_with("fuzzed") || read.error().message.starts_with("real"));
  must(base::is_visible(read.error().message));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string exercise = text_of("single_leg_kick.json");
  static const std::string words = text_of("cues.en.json");
  if (size == 0) return 0;
  const catalog::NamedText fuzzed{
      "fuzzed", std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1)};
  switch (data[0] % 4) {
    case 0:
      check(catalog::parse_exercise(fuzzed, {"real", words}));
      break;
    case 1:
      check(catalog::parse_exercise({"real", exercise}, fuzzed));
      break;
    case 2:
      check(catalog::parse_plan_rules(fuzzed));
      break;
    default:
      check(catalog::parse_sources(fuzzed));
  }
  return 0;
}
