// Shared by the benchmark programs: command-line parsing and the bare network.
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
#include "vision/blazepose/pose_models.h"
#include "vision/network/network.h"

namespace matside::bench {

/// The value, or prints the error and exits with 1.
template <typename T>
T value_or_exit(base::Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::cerr << result.error().message << "\n";
  std::exit(1);
}

/// Parses a folder, a variant's name, and with-eye or without-eye.
inline blazepose::PoseModels parse_pose_models(const std::string& folder,
                                               std::string_view variant, std::string_view eye) {
  blazepose::PoseModels models{.folder = folder, .eye = eye == "with-eye"};
  for (const auto known : {blazepose::Variant::lite, blazepose::Variant::heavy}) {
    if (variant == blazepose::name(known)) models.variant = known;
  }
  return models;
}

/// The landmark network alone, with the eye if there is one; its input is grey.
inline network::Network bare_network(const blazepose::PoseModels& models) {
  auto model = value_or_exit(
      blazepose::load_model(models.folder, blazepose::landmark_file(models.variant)));
  std::vector<std::size_t> wanted = {0, 1, 3};
  if (models.with_eye()) {
    const auto eye = value_or_exit(blazepose::load_model(models.folder, blazepose::kEyeFile));
    model = value_or_exit(
        network::ModelFile::attach_head(std::move(model), eye, blazepose::kEyeInputTensors));
    wanted.insert(wanted.end(), {5, 6});
  }
  auto net = value_or_exit(network::Network::create(model, wanted));
  std::ranges::fill(net.input(), 0.4F);
  return net;
}

}  // namespace matside::bench
