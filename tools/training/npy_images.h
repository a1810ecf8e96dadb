// Reads an .npy file of N x 256 x 256 x 3 bytes, as the renderer writes it.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace matside::training {

inline constexpr std::size_t kPictureSide = 256;
inline constexpr std::size_t kPictureBytes = kPictureSide * kPictureSide * 3;

/// Reads the pictures in order. Not for use by two threads at once.
class NpyImages {
 public:
  /// Fails with ErrorKind::input when the file is missing or not of that format.
  static base::Result<NpyImages> open(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::array<unsigned char, 10> head{};
    file.read(reinterpret_cast<char*>(head.data()), head.size());
    // Magic number, version 1.0, and the header's length in two bytes.
    if (!file || head[0] != 0x93 || head[1] != 'N' || head[6] != 1) {
      return base::Error{base::ErrorKind::input,
                         path.string() + ": not an .npy file of version 1"};
    }
    const std::size_t start = head.size() + head[8] + std::size_t{256} * head[9];
    const std::size_t count = (std::filesystem::file_size(path) - start) / kPictureBytes;
    return NpyImages(std::move(file), start, count);
  }

  [[nodiscard]] std::size_t count() const { return count_; }

  /// The next picture's bytes, row by row; fewer when the file is truncated.
  std::vector<unsigned char> read(std::size_t index) {
    std::vector<unsigned char> bytes(kPictureBytes);
    file_.seekg(static_cast<std::streamoff>(start_ + index * kPictureBytes));
    file_.read(reinterpret_cast<char*>(bytes.data()),
               static_cast<std::streamsize>(kPictureBytes));
    bytes.resize(static_cast<std::size_t>(file_.gcount()));
    return bytes;
  }

 private:
  NpyImages(std::ifstream file, std::size_t start, std::size_t count)
      : file_(std::move(file)), start_(start), count_(count) {}

  std::ifstream file_;
  std::size_t start_;
  std::size_t count_;
};

}  // namespace matside::training
