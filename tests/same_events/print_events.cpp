// print_events FOLDER EXERCISES: processes the streams that FOLDER/streams.txt lists, as they
// are and damaged, and prints every bit of every event and the results. EXERCISES is
// data/exercises.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "core/engine/session.h"
#include "formats/analysis_json.h"
#include "formats/catalog/catalog.h"
#include "formats/pose_csv.h"
#include "tests/support/event_text.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)
using Frames = std::vector<pose::PoseFrame>;

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Drops a fifth of the frames, and gives some of the others an invalid time or joint.
Frames damaged(const Frames& frames) {
  Frames out;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (i * 7 % 10 < 2) continue;
    out.push_back(frames[i]);
    if (i % 97 == 0) out.back().time = base::Seconds(std::numeric_limits<double>::quiet_NaN());
    if (i % 89 == 0 && out.back().pose) {
      out.back().pose->keypoints[i % pose::kLandmarkCount].position.x_px =
          std::numeric_limits<double>::infinity();
    }
  }
  return out;
}

void process(const exercise::Definition& exercise, const Frames& frames, int level) {
  auto session = engine::Session::create(exercise, level);
  if (!session) std::abort();
  const auto print = [](std::span<const engine::Event> events) {
    for (const engine::Event& event : events) std::cout << support::text(event) << '\n';
  };
  for (const pose::PoseFrame& frame : frames) print(session.value().push(frame));
  print(session.value().finish());
  formats::AnalysisRecord record;
  record.exercise_id = "single-leg-kick";
  record.analysis = session.value().analysis();
  std::cout << formats::analysis_json(record);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  const std::string folder = std::string(argv[1]) + "/";
  const std::string exercise_text = text_of(std::string(argv[2]) + "/single_leg_kick.json");
  const std::string words = text_of(std::string(argv[2]) + "/cues.en.json");
  const auto exercise =
      catalog::parse_exercise({"single_leg_kick.json", exercise_text}, {"cues.en.json", words});
  if (!exercise) {
    std::cerr << exercise.error().message << '\n';
    return EXIT_FAILURE;
  }
  std::ifstream list(folder + "streams.txt");
  std::string name;
  int level = 0;
  int streams = 0;
  base::ImageSize size;
  while (list >> name >> level >> size.width_px >> size.height_px) {
    const auto frames = formats::read_pose_csv(text_of(folder + name), name, size);
    if (!frames) {
      std::cerr << frames.error().message << '\n';
      return EXIT_FAILURE;
    }
    std::cout << name << '\n';
    process(exercise.value(), frames.value(), level);
    process(exercise.value(), damaged(frames.value()), level);
    ++streams;
  }
  return streams > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
