// The networks of the pose pipeline in a browser, where JavaScript has loaded and checked them.
#include "vision/blazepose/pose_networks.h"

#include <string>
#include <utility>

namespace matside::blazepose {

base::Result<std::vector<network::Network>> create_pose_networks(PoseNetwork which,
                                                                 const PoseModels& /*models*/,
                                                                 std::size_t count) {
  std::vector<network::Network> networks;
  for (std::size_t i = 0; i < count; ++i) {
    std::string wanted(name(which));
    if (i > 0) wanted += " " + std::to_string(i + 1);
    auto net = network::Network::open(wanted);
    // Only the first one is always there.
    if (!net.ok() && i > 0) break;
    if (!net.ok()) return net.error();
    networks.push_back(std::move(net).value());
  }
  return networks;
}

}  // namespace matside::blazepose
