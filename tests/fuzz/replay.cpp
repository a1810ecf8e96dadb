// In builds without libFuzzer: runs a fuzz target on the files of folders, once each. Any
// crash, hang or report of a sanitizer fails the test. fuzz_NAME FOLDER...
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" __attribute__((weak)) int LLVMFuzzerInitialize(int* count, char*** arguments);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

int replay(const std::vector<fs::path>& folders) {
  int inputs = 0;
  for (const fs::path& folder : folders) {
    for (const fs::path& file : files_in(folder)) {
      std::ifstream in(file, std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      if (!in.is_open()) throw fs::filesystem_error("unreadable", file, {});
      // Named first: where it crashes, the last line says on what.
      std::printf("%s\n", file.c_str());
      std::fflush(stdout);
      // A copy of exactly this size, so that reading past its end is found.
      const std::vector<std::uint8_t> input(text.begin(), text.end());
      (void)LLVMFuzzerTestOneInput(input.data(), input.size());
      ++inputs;
    }
  }
  std::printf("%d inputs\n", inputs);
  return inputs > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&argc, &argv);
  try {
    return replay({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
  }
}
