#include "vision/network/model_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "digest/digest.h"
#include "vision/network/parse.h"

namespace matside::network {
namespace {

constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{1} << 28;

base::Error error(const std::string& name, const std::string& problem) {
  return {base::ErrorKind::model,
          name + ": " + problem + ". Run matside doctor to see how to reinstall it"};
}

base::Result<std::vector<std::byte>> read_file(const std::filesystem::path& path) {
  const auto refuse = [&](const char* problem) { return error(path.string(), problem); };
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) {
    return refuse("the network file is missing");
  }
  const std::uintmax_t size = std::filesystem::file_size(path, code);
  if (code || size > kMaxFileBytes) return refuse("is not a Matside network file");
  std::vector<std::byte> bytes(size);
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!file || static_cast<std::uintmax_t>(file.gcount()) != size) {
    return refuse("the network file cannot be read");
  }
  return bytes;
}

}  // namespace

base::Result<ModelFile> ModelFile::load(const std::string& path,
                                        std::string_view expected_sha256) {
  const auto bytes = read_file(path);
  if (!bytes.ok()) return bytes.error();
  if (digest::sha256_hex(bytes.value()) != expected_sha256) {
    return error(path, "the network file does not match its checksum");
  }
  return parse_unchecked(bytes.value(), path);
}

base::Result<ModelFile> ModelFile::parse_unchecked(std::span<const std::byte> bytes,
                                                   std::string name) {
  auto graph = parse(bytes);
  if (!graph.ok()) {
    return error(name, "is not a network that Matside can run: " + graph.error().message);
  }
  return ModelFile(std::move(name), std::move(graph).value());
}

base::Result<ModelFile> ModelFile::attach_head(ModelFile below, const ModelFile& top,
                                               const std::vector<TensorId>& input_tensors) {
  auto graph = network::attach_head(std::move(below.graph_), top.graph_, input_tensors);
  if (!graph) return error(top.name_, "does not fit on " + below.name_);
  return ModelFile(top.name_, std::move(*graph));
}

base::Result<ModelFile> ModelFile::with_outputs(ModelFile model,
                                                std::vector<TensorId> tensors) {
  for (const TensorId id : tensors) {
    const auto computes = [id](const Node& node) { return node.output == id; };
    if (std::ranges::none_of(model.graph_.nodes, computes)) {
      return error(model.name_, "does not compute tensor " + std::to_string(id));
    }
  }
  model.graph_.outputs = std::move(tensors);
  return model;
}

}  // namespace matside::network
