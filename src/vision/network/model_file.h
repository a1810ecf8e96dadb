// A network file, checked against its checksum and read.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "vision/network/graph.h"

namespace matside::network {

/// A network read from a TFLite file. Holds its weights until it is destroyed; a Network made
/// from it does not need it any more.
class ModelFile {
 public:
  /// Reads the file once, compares its SHA-256 with `expected_sha256` (64 lower-case
  /// hexadecimal digits) and parses it.
  /// Fails with ErrorKind::model when it is missing, unreadable, cut short, changed, or no
  /// network Matside can run; the message names the file and how to install it again.
  static base::Result<ModelFile> load(const std::filesystem::path& path,
                                      std::string_view expected_sha256);

  /// Parses bytes of any origin, without a checksum: for tests and fuzzing. `name` stands for
  /// the file in messages. Fails as `load` does.
  static base::Result<ModelFile> parse_unchecked(std::span<const std::byte> bytes,
                                                 std::string name);

  /// `below` with `top` on it, as `stacked` does with their graphs.
  /// Fails with ErrorKind::model when they do not fit.
  static base::Result<ModelFile> stack(ModelFile below, const ModelFile& top,
                                       const std::vector<TensorId>& places);

  /// The same network, giving these tensors in place of the file's outputs.
  /// Fails with ErrorKind::model when one does not exist or is not computed.
  static base::Result<ModelFile> giving(ModelFile model, std::vector<TensorId> tensors);

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  ModelFile(std::string name, Graph graph) : name_(std::move(name)), graph_(std::move(graph)) {}

  std::string name_;
  Graph graph_;
};

}  // namespace matside::network
