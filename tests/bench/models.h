// What the measuring programs share: networks as the tracker runs them.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "vision/blazepose/eye.h"
#include "vision/blazepose/model.h"
#include "vision/network/network.h"

namespace matside::bench {

template <typename T>
T value_or_stop(base::Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::cerr << result.error().message << "\n";
  std::exit(1);
}

/// From words of a command line.
inline blazepose::Networks networks_of(const std::string& folder, std::string_view variant,
                                       std::string_view eye) {
  blazepose::Networks networks{.folder = folder, .eye = eye == "with-eye"};
  for (const auto known : {blazepose::Variant::lite, blazepose::Variant::heavy}) {
    if (variant == blazepose::name(known)) networks.variant = known;
  }
  return networks;
}

/// The landmark network, with the eye on it where there is one, and nothing round it; its input
/// is grey.
inline network::Network bare_network(const blazepose::Networks& networks) {
  auto model = value_or_stop(
      blazepose::load_model(networks.folder, blazepose::landmark_file(networks.variant)));
  std::vector<std::size_t> wanted = {0, 1, 3};
  if (networks.with_eye()) {
    const auto eye = value_or_stop(blazepose::load_model(networks.folder, blazepose::kEyeFile));
    model =
        value_or_stop(network::ModelFile::stack(std::move(model), eye, blazepose::kEyePlaces));
    wanted.insert(wanted.end(), {5, 6});
  }
  auto net = value_or_stop(network::Network::create(model, wanted));
  std::ranges::fill(net.input(), 0.4F);
  return net;
}

}  // namespace matside::bench
