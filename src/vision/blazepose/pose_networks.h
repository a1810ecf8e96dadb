// The networks of the pose pipeline, ready to run. The program makes them from the network
// files; in a browser JavaScript runs the file that write_web_networks wrote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "vision/blazepose/pose_models.h"
#include "vision/network/model_file.h"
#include "vision/network/network.h"

namespace matside::blazepose {

/// A network and the outputs that are read from it.
enum class PoseNetwork : std::uint8_t {
  detector,   ///< Coordinates of each anchor; their logits.
  landmarks,  ///< Landmarks, score of a body, heatmaps; with the eye also its maps and posture.
  finder,     ///< Chance and direction of a lying body in each cell.
};

/// The network's name in the file that write_web_networks writes.
constexpr std::string_view name(PoseNetwork which) {
  switch (which) {
    case PoseNetwork::detector:
      return "detector";
    case PoseNetwork::landmarks:
      return "landmarks";
    case PoseNetwork::finder:
      return "finder";
  }
  return "";
}

/// The network's model with only those outputs. Fails with ErrorKind::model when a file is
/// missing, changed, or does not fit.
base::Result<network::ModelFile> pose_network_model(PoseNetwork which,
                                                    const PoseModels& models);

/// `count` independent networks, or in a browser as many as JavaScript runs beside each other,
/// at least one; the files are read and checked once. Fails as pose_network_model, and when a
/// network cannot run here.
base::Result<std::vector<network::Network>> create_pose_networks(PoseNetwork which,
                                                                 const PoseModels& models,
                                                                 std::size_t count);

}  // namespace matside::blazepose
