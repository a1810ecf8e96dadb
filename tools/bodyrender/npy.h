// Writes NumPy arrays row by row.
#pragma once

#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace matside::bodyrender {

/// An .npy file whose shape is known in advance.
class NpyFile {
 public:
  /// `type` is NumPy's element type, such as "|u1" or "<f4". Fails with ErrorKind::output when
  /// the file can't be written.
  static base::Result<NpyFile> create(const std::string& path, const std::string& type,
                                      const std::vector<std::size_t>& shape);

  /// Appends values in row-major order.
  void append(std::span<const std::uint8_t> bytes);
  void append(std::span<const float> values);
  /// Fails with ErrorKind::output when any data could not be written, as on a full disk.
  base::Result<void> close();

 private:
  NpyFile() = default;
  std::string path_;
  std::ofstream out_;
};

}  // namespace matside::bodyrender
