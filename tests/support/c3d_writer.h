// Writes C3D files as each kind of processor did, for tests of the reader.
// @source The C3D File Format User Guide, c3d.org
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace matside::support {

/// What a file is written as, and what it says about itself.
struct C3dForm {
  enum class Processor : std::uint8_t { intel = 84, dec = 85, mips = 86 };
  Processor processor = Processor::intel;
  bool reals = true;
  double scale = 0.1;  ///< Of integers: the unit of a step.
  std::string units = "mm";
  std::string y_screen;  ///< Empty: the file doesn't say which axis is up.
  double rate_hz = 100.0;
  bool many_frames = false;    ///< Number them in TRIAL, as where 16 bits are too few.
  int analogue_per_frame = 0;  ///< Samples between the points of two frames.
};

/// Positions of the labelled markers in one frame; none where a marker was not measured.
using C3dFrame = std::vector<std::optional<std::array<double, 3>>>;

/// @returns the bytes of a file with these markers
std::string c3d_bytes(const C3dForm& form, const std::vector<std::string>& labels,
                      const std::vector<C3dFrame>& frames);

}  // namespace matside::support
