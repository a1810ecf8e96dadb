// The network files' names, and loading them with checksum verification.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "vision/network/model_file.h"

namespace matside::blazepose {

/// Size of the landmark network: lite is the fastest, heavy the most accurate.
enum class Variant : std::uint8_t { lite, full, heavy };

/// The variant's name: "lite", "full" or "heavy".
std::string_view name(Variant variant);

/// File of the person detector.
inline constexpr std::string_view kDetectorFile = "pose_solution_packed_assets.data";
/// The landmark network's file name.
std::string_view landmark_file(Variant variant);

/// This project's own heads for lying bodies, and the landmark network they attach to.
inline constexpr std::string_view kEyeFile = "eye.tflite";
inline constexpr std::string_view kFinderFile = "finder.tflite";
inline constexpr Variant kEyeVariant = Variant::full;

/// Which networks to run: their folder, the landmark network's variant, and whether to attach
/// the eye if there is one for that variant.
struct PoseModels {
  std::string folder;
  Variant variant = Variant::full;
  bool eye = true;

  /// Whether the eye (and with it the finder) is used.
  [[nodiscard]] bool with_eye() const { return eye && variant == kEyeVariant; }
};

/// The recorded SHA-256 of a network file, in hexadecimal; empty for an unknown name.
/// @source ../../../data/models/SHA256SUMS
std::string_view expected_sha256(std::string_view file);

/// Loads a network file from `models_dir` and verifies its checksum. Fails with
/// ErrorKind::model when it is missing, unreadable, changed, or not a supported network.
base::Result<network::ModelFile> load_model(const std::string& models_dir,
                                            std::string_view file);

/// The error for a network whose inputs or outputs have unexpected shapes.
base::Error unexpected_network(std::string_view file);

}  // namespace matside::blazepose
