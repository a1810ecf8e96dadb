#include "vision/blazepose/pose_models.h"

#include <string>

#include "generated/model_checksums.h"

namespace matside::blazepose {

std::string_view name(Variant variant) {
  switch (variant) {
    case Variant::lite:
      return "lite";
    case Variant::full:
      return "full";
    case Variant::heavy:
      return "heavy";
  }
  return "";
}

std::string_view landmark_file(Variant variant) {
  switch (variant) {
    case Variant::lite:
      return "pose_landmark_lite.tflite";
    case Variant::full:
      return "pose_landmark_full.tflite";
    case Variant::heavy:
      return "pose_landmark_heavy.tflite";
  }
  return "";
}

std::string_view expected_sha256(std::string_view file) {
  for (const auto& entry : generated::kModelChecksums) {
    if (entry.file == file) return entry.sha256;
  }
  return {};
}

base::Result<network::ModelFile> load_model(const std::filesystem::path& models_dir,
                                            std::string_view file) {
  return network::ModelFile::load(models_dir / file, expected_sha256(file));
}

base::Error unexpected_network(std::string_view file) {
  return {base::ErrorKind::model, std::string(file) +
                                      ": the network has unexpected inputs or outputs. "
                                      "Run matside doctor to see how to reinstall it"};
}

}  // namespace matside::blazepose
