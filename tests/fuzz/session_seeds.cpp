// Writes the seeds of fuzz_session, one file for each line of LIST: session_seeds LIST FOLDER
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: session_seeds LIST FOLDER\n";
    return EXIT_FAILURE;
  }
  const std::filesystem::path folder = argv[2];
  std::filesystem::create_directories(folder);
  std::ifstream list(argv[1]);
  std::string line;
  for (int number = 1; std::getline(list, line); ++number) {
    std::ofstream seed(folder / ("seed_" + std::to_string(number)), std::ios::binary);
    for (std::size_t i = 0; i + 1 < line.size(); i += 2) {
      seed.put(static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16)));
    }
    if (!seed.flush()) return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
