// Reads arbitrary bytes as the exercise's files: must be refused with one line, or read whole.
// The first byte selects the file; the others of the pair are the real ones.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "core/base/printable_text.h"
#include "core/engine/session.h"
#include "formats/catalog/catalog.h"
#include "tests/support/observed_body.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)

constexpr int kFrames = 240;
constexpr double kTurn = 0.05;

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

/// Whatever a file describes is judged without harm: somebody bends both knees and lifts the
/// chest, twice.
void practise(const exercise::Definition& exercise) {
  auto session = engine::Session::create(exercise, exercise.levels.front().number).value();
  for (int i = 0; i < kFrames; ++i) {
    const double up = std::max(0.0, std::sin(i * kTurn));
    support::Posture posture;
    posture.knee_flexion_deg = {100.0 * up, 90.0 * up};
    posture.thigh_lift_deg = {12.0 * up, 0.0};
    posture.trunk_incline_deg = 25.0 * up;
    session.push(support::pictured(posture, support::square_camera(), base::Seconds(i / 30.0)));
  }
  session.finish();
  must(session.analysis().repetitions.size() < kFrames);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string exercise = text_of("single_leg_kick.json");
  static const std::string words = text_of("cues.en.json");
  static const exercise::Definition common =
      catalog::parse_exercise({"real", exercise}, {"real", words}).value();
  if (size == 0) return 0;
  const catalog::NamedText fuzzed{
      "fuzzed", std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1)};
  switch (data[0] % 5) {
    case 0:
      check(catalog::parse_exercise(fuzzed, {"real", words}));
      break;
    case 1:
      check(catalog::parse_exercise({"real", exercise}, fuzzed));
      break;
    case 2:
      check(catalog::parse_plan_rules(fuzzed));
      break;
    case 3:
      check(catalog::parse_sources(fuzzed));
      break;
    default: {
      const auto read = catalog::parse_cycle_exercise(fuzzed, common);
      check(read);
      if (read) practise(read.value());
    }
  }
  return 0;
}
