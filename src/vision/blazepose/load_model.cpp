#include "generated/model_checksums.h"
#include "vision/blazepose/pose_models.h"

namespace matside::blazepose {

std::string_view expected_sha256(std::string_view file) {
  for (const auto& entry : generated::kModelChecksums) {
    if (entry.file == file) return entry.sha256;
  }
  return {};
}

base::Result<network::ModelFile> load_model(const std::string& models_dir,
                                            std::string_view file) {
  return network::ModelFile::load(models_dir + "/" + std::string(file), expected_sha256(file));
}

}  // namespace matside::blazepose
