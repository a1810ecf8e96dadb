// Writes the networks that the page runs in a browser: one TFLite file with a signature for
// each, which computes only what is read, and a list with the file's size and checksum.
//
//   write_web_networks MODELS_FOLDER OUTPUT_FOLDER

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "digest/digest.h"
#include "vision/blazepose/pose_networks.h"
#include "vision/network/model_file.h"
#include "vision/network/write_model.h"

namespace {

using namespace matside;

constexpr std::array kNetworks = {blazepose::PoseNetwork::landmarks,
                                  blazepose::PoseNetwork::detector,
                                  blazepose::PoseNetwork::finder};

int fail(const std::string& problem) {
  std::cerr << problem << '\n';
  return 1;
}

bool write_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  file.close();
  return file.good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return fail("usage: write_web_networks MODELS_FOLDER OUTPUT_FOLDER");
  const std::filesystem::path folder = argv[2];
  std::error_code code;
  std::filesystem::create_directories(folder, code);

  std::vector<network::ModelFile> models;
  for (const blazepose::PoseNetwork which : kNetworks) {
    auto model = blazepose::pose_network_model(which, {.folder = argv[1]});
    if (!model.ok()) return fail(model.error().message);
    models.push_back(std::move(model).value());
  }
  std::vector<network::NamedGraph> graphs;
  for (std::size_t i = 0; i < models.size(); ++i) {
    graphs.push_back({std::string(blazepose::name(kNetworks.at(i))), &models[i].graph()});
  }
  const auto bytes = network::write_model(graphs);
  if (!bytes) return fail("a network cannot be written as a TFLite file");
  const std::string list = R"({"file": "networks.tflite", "bytes": )" +
                           std::to_string(bytes->size()) + R"(, "sha256": ")" +
                           digest::sha256_hex(*bytes) + "\"}\n";
  if (!write_file(folder / "networks.tflite", *bytes) ||
      !write_file(folder / "networks.json", std::as_bytes(std::span(list)))) {
    return fail(folder.string() + ": cannot be written");
  }
  return 0;
}
