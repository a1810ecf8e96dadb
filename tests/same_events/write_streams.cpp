// write_streams FOLDER COUNT: writes simulated practices as pose tables, for every build to
// process.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "formats/pose_csv.h"
#include "tests/support/random_practice.h"

int main(int argc, char** argv) {
  using namespace matside;  // NOLINT(google-build-using-namespace)
  if (argc != 3) return EXIT_FAILURE;
  const std::uint64_t practices = std::strtoull(argv[2], nullptr, 10);
  const std::string folder = std::string(argv[1]) + "/";
  std::ofstream list(folder + "streams.txt");
  for (std::uint64_t seed = 1; seed <= practices; ++seed) {
    const auto practice =
        support::random_practice(seed, {.fewest_repetitions = 4, .most_repetitions = 5});
    const std::string name = "practice_" + std::to_string(seed) + ".csv";
    std::ofstream table(folder + name);
    table << formats::pose_csv_header();
    for (const auto& frame : perform(practice).frames) {
      table << formats::pose_csv_row(frame);
    }
    list << name << ' ' << practice.level << ' ' << practice.camera.size.width_px << ' '
         << practice.camera.size.height_px << '\n';
    if (!table.flush()) return EXIT_FAILURE;
  }
  if (!list.flush()) return EXIT_FAILURE;
  std::cout << practices << " practices in " << folder << '\n';
  return EXIT_SUCCESS;
}
