// The network files by name, and loading them with their checksums.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/base/result.h"
#include "vision/network/model_file.h"

namespace matside::blazepose {

/// Size of the landmark network: lite is the fastest, heavy the most exact.
enum class Variant : std::uint8_t { lite, full, heavy };

/// "lite", "full" or "heavy".
std::string_view name(Variant variant);

inline constexpr std::string_view kDetectorFile = "pose_solution_packed_assets.data";
/// The landmark network's file name.
std::string_view landmark_file(Variant variant);

/// The eye for lying bodies and the finder of lying bodies, the project's own, and the landmark
/// network they stand on.
inline constexpr std::string_view kEyeFile = "eye.tflite";
inline constexpr std::string_view kFinderFile = "finder.tflite";
inline constexpr Variant kEyeVariant = Variant::full;

/// The networks to run: their folder, the landmark network, and whether the eye helps it where
/// there is one for it.
struct Networks {
  std::filesystem::path folder;
  Variant variant = Variant::full;
  bool eye = true;

  [[nodiscard]] bool with_eye() const { return eye && variant == kEyeVariant; }
};

/// The SHA-256 that the project has recorded for a network file; empty for an unknown name.
/// @source ../../models/SHA256SUMS
std::string_view expected_sha256(std::string_view file);

/// Loads a network file of `models_dir`, checked against its recorded checksum.
/// Fails with ErrorKind::model.
base::Result<network::ModelFile> load_model(const std::filesystem::path& models_dir,
                                            std::string_view file);

/// The error for a network whose inputs or outputs are not those Matside was written for.
base::Error unexpected_network(std::string_view file);

}  // namespace matside::blazepose
