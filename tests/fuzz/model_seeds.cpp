// Writes the seeds of fuzz_model into a folder: model_seeds FOLDER
#include <filesystem>
#include <fstream>

#include "vision/network/model_builder.h"

namespace {

using matside::network::ModelBuilder;
using matside::network::Window;

bool write(const std::filesystem::path& path, const std::vector<std::byte>& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  return file.good();
}

std::vector<std::byte> one_convolution() {
  ModelBuilder b;
  const int in = b.tensor({1, 4, 4, 2});
  const int out = b.tensor({1, 2, 2, 3});
  b.conv2d(in, b.floats({3, 2, 2, 2}, std::vector<float>(24, 0.5F)),
           b.floats({3}, {0.0F, 1.0F, 2.0F}), out,
           Window{.height = 2, .width = 2, .stride_y = 2, .stride_x = 2, .same_padding = true});
  return b.finish({in}, {out});
}

std::vector<std::byte> sparse_weights() {
  ModelBuilder b;
  const int in = b.tensor({1, 2, 2, 4});
  const int packed = b.sparse_halves({3, 1, 1, 4},
                                     {{0, false, {0, 2}, {0, 2}},
                                      {3, false, {0, 2, 3}, {1, 3, 0}},
                                      {1, true, {}, {}},
                                      {2, true, {}, {}}},
                                     {0x3c00, 0x4000, 0x4200});
  const int filter = b.tensor({3, 1, 1, 4});
  b.plain(matside::network::kDensify, {packed}, {filter});
  const int out = b.tensor({1, 2, 2, 3});
  b.conv2d(in, filter, b.floats({3}, {0.0F, 0.0F, 0.0F}), out, Window{});
  return b.finish({in}, {out});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  const bool written =
      write(folder / "every_operator", matside::network::every_operator_model()) &&
      write(folder / "one_convolution", one_convolution()) &&
      write(folder / "sparse_weights", sparse_weights());
  return written ? 0 : 1;
}
