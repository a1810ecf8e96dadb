// Writes the frozen landmark network's features of each crop, for training heads on top of it:
//   extract_features MODELS_DIR lite|full|heavy IMAGES.npy OUT_PREFIX THREADS [TENSOR...]
// IMAGES.npy holds N x 256 x 256 x 3 bytes. OUT_PREFIX_features.f16 gets the given tensors of
// each crop in half precision; OUT_PREFIX_reference.f32 gets the reference's 33 x (x, y, score)
// in pixels of the crop, and its presence.

#include <immintrin.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tools/training/npy_images.h"
#include "tools/training/value_or_exit.h"
#include "vision/blazepose/landmark_model.h"
#include "vision/blazepose/pose_models.h"
#include "vision/network/network.h"

namespace {

using namespace matside;
using training::exit_with_error;
using training::value_or_exit;

constexpr double kSide = training::kPictureSide;
constexpr std::size_t kReferenceValues = pose::kLandmarkCount * 3 + 1;
/// Outputs of the reference itself, before the requested tensors.
constexpr std::size_t kOwnOutputs = 3;

network::Network open_network(const std::filesystem::path& models, blazepose::Variant variant,
                              const std::vector<std::size_t>& tensors) {
  auto model = value_or_exit(blazepose::load_model(models, blazepose::landmark_file(variant)));
  const auto& outputs = model.graph().outputs;
  std::vector<std::size_t> given = {outputs[0], outputs[1], outputs[3]};
  given.insert(given.end(), tensors.begin(), tensors.end());
  model = value_or_exit(network::ModelFile::with_outputs(std::move(model), given));
  std::vector<std::size_t> all(given.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  return value_or_exit(network::Network::create(model, all));
}

std::vector<std::uint16_t> features(const network::Network& net, std::size_t tensors) {
  std::vector<std::uint16_t> halves;
  for (std::size_t i = 0; i < tensors; ++i) {
    for (const float value : net.output(kOwnOutputs + i)) {
      halves.push_back(_cvtss_sh(value, _MM_FROUND_TO_NEAREST_INT));
    }
  }
  return halves;
}

std::array<float, kReferenceValues> reference(const network::Network& net) {
  auto landmarks = blazepose::decode_landmarks(net.output(0));
  blazepose::refine(net.output(2), landmarks);
  std::array<float, kReferenceValues> values{};
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const auto& l = landmarks[i];
    values[3 * i] = static_cast<float>(l.u * kSide);
    values[3 * i + 1] = static_cast<float>(l.v * kSide);
    values[3 * i + 2] = static_cast<float>(l.visibility * l.presence);
  }
  values.back() = net.output(1)[0];
  return values;
}

template <typename T>
void write_at(std::ofstream& file, std::size_t record, const T& values) {
  const std::size_t bytes = values.size() * sizeof(values[0]);
  file.seekp(static_cast<std::streamoff>(record * bytes));
  file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(bytes));
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() < 5)
    exit_with_error(
        "usage: extract_features MODELS_DIR lite|full|heavy IMAGES.npy OUT_PREFIX THREADS "
        "[TENSOR...]");
  auto variant = blazepose::Variant::full;
  if (args[1] == "lite") variant = blazepose::Variant::lite;
  if (args[1] == "heavy") variant = blazepose::Variant::heavy;
  std::vector<std::size_t> tensors;
  for (std::size_t i = 5; i < args.size(); ++i) tensors.push_back(std::stoul(args[i]));

  auto images = value_or_exit(training::NpyImages::open(args[2]));
  std::ofstream features_file(args[3] + "_features.f16", std::ios::binary);
  std::ofstream reference_file(args[3] + "_reference.f32", std::ios::binary);
  std::mutex files;
  std::size_t next = 0;

  const auto work = [&](network::Network net) {
    while (true) {
      std::vector<unsigned char> crop;
      std::size_t mine;
      {
        const std::lock_guard lock(files);
        if (next == images.count()) return;
        mine = next++;
        crop = images.read(mine);
        if (mine % 1000 == 0) std::cerr << mine << " of " << images.count() << "\n";
      }
      if (crop.size() != net.input().size()) exit_with_error("IMAGES is truncated");
      for (std::size_t i = 0; i < crop.size(); ++i) {
        net.input()[i] = static_cast<float>(crop[i]) / 255.0F;
      }
      if (!net.run().ok()) exit_with_error("the network failed");
      const auto record = features(net, tensors.size());
      const auto landmarks = reference(net);
      const std::lock_guard lock(files);
      write_at(features_file, mine, record);
      write_at(reference_file, mine, landmarks);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < std::stoi(args[4]); ++i) {
    threads.emplace_back(work, open_network(args[0], variant, tensors));
  }
  for (std::thread& thread : threads) thread.join();
  if (!features_file || !reference_file) exit_with_error("a file could not be written");
}
