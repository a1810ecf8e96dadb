// Arrays for NumPy, written row by row.
#pragma once

#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace matside::bodyrender {

/// One .npy file whose first dimension is known beforehand.
class NpyFile {
 public:
  /// `type` is NumPy's name of the element type, as "|u1" or "<f4".
  /// Fails when the file can't be written.
  static base::Result<NpyFile> create(const std::string& path, const std::string& type,
                                      const std::vector<std::size_t>& shape);

  void append(std::span<const std::uint8_t> bytes);
  void append(std::span<const float> values);
  /// Fails when anything could not be written, as on a full disk.
  base::Result<void> close();

 private:
  NpyFile() = default;
  std::string path_;
  std::ofstream out_;
};

}  // namespace matside::bodyrender
