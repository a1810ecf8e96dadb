#include "vision/blazepose/pose_networks.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "vision/blazepose/eye.h"

namespace matside::blazepose {
namespace {

using network::ModelFile;
using Tensors = std::vector<network::TensorId>;

/// Tensors of pose_landmark_full.tflite that feed the finder's inputs, in order.
const Tensors& finder_input_tensors() {
  static const Tensors ids = {226, 251, 269};
  return ids;
}

base::Result<ModelFile> with_head(ModelFile below, const PoseModels& models,
                                  std::string_view head_file, const Tensors& input_tensors) {
  const auto head = load_model(models.folder, head_file);
  if (!head.ok()) return head.error();
  return ModelFile::attach_head(std::move(below), head.value(), input_tensors);
}

/// The model with its outputs numbered `kept`.
base::Result<ModelFile> with_only(base::Result<ModelFile> model, std::string_view file,
                                  const std::vector<std::size_t>& kept) {
  if (!model.ok()) return model;
  const Tensors& all = model.value().graph().outputs;
  Tensors outputs;
  for (const std::size_t i : kept) {
    if (i >= all.size()) return unexpected_network(file);
    outputs.push_back(all[i]);
  }
  return ModelFile::with_outputs(std::move(model).value(), std::move(outputs));
}

base::Result<ModelFile> landmark_network(const PoseModels& models) {
  const std::string_view file = landmark_file(models.variant);
  auto model = load_model(models.folder, file);
  if (!model.ok()) return model;
  // Outputs of the file: 0 landmarks, 1 score of a body, 2 mask, 3 heatmaps, 4 landmarks in
  // metres; then the eye's maps and posture.
  if (!models.with_eye()) return with_only(std::move(model), file, {0, 1, 3});
  return with_only(with_head(std::move(model).value(), models, kEyeFile, kEyeInputTensors),
                   file, {0, 1, 3, 5, 6});
}

base::Result<ModelFile> finder_network(const PoseModels& models) {
  auto below = load_model(models.folder, landmark_file(kEyeVariant));
  if (!below.ok()) return below;
  const std::size_t output = below.value().graph().outputs.size();
  return with_only(
      with_head(std::move(below).value(), models, kFinderFile, finder_input_tensors()),
      kFinderFile, {output});
}

}  // namespace

base::Result<ModelFile> pose_network_model(PoseNetwork which, const PoseModels& models) {
  switch (which) {
    case PoseNetwork::detector:
      return with_only(load_model(models.folder, kDetectorFile), kDetectorFile, {0, 1});
    case PoseNetwork::landmarks:
      return landmark_network(models);
    case PoseNetwork::finder:
      return finder_network(models);
  }
  return unexpected_network("");
}

base::Result<std::vector<network::Network>> create_pose_networks(PoseNetwork which,
                                                                 const PoseModels& models,
                                                                 std::size_t count) {
  const auto model = pose_network_model(which, models);
  if (!model.ok()) return model.error();
  std::vector<std::size_t> wanted(model.value().graph().outputs.size());
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  std::vector<network::Network> networks;
  for (std::size_t i = 0; i < count; ++i) {
    auto net = network::Network::create(model.value(), wanted);
    if (!net.ok()) return net.error();
    networks.push_back(std::move(net).value());
  }
  return networks;
}

}  // namespace matside::blazepose
