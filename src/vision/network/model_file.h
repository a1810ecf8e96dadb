// Loads a TFLite network file after verifying its checksum.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "vision/network/graph.h"

namespace matside::network {

/// A network read from a TFLite file, with its weights. A Network made from it does not need it
/// afterwards.
class ModelFile {
 public:
  /// Reads the file once, compares its SHA-256 with `expected_sha256` (64 lower-case
  /// hexadecimal digits) and parses it. Fails with ErrorKind::model when the file is missing,
  /// unreadable, truncated, changed, or not a supported network. The message names the file and
  /// how to reinstall it.
  static base::Result<ModelFile> load(const std::string& path,
                                      std::string_view expected_sha256);

  /// Parses bytes without a checksum, for tests and fuzzing. `name` is used in messages. Fails
  /// with ErrorKind::model when the bytes are not a supported network.
  static base::Result<ModelFile> parse_unchecked(std::span<const std::byte> bytes,
                                                 std::string name);

  /// Attaches the head `top` to tensors of `below` (see network::attach_head). Fails with
  /// ErrorKind::model when they do not fit together.
  static base::Result<ModelFile> attach_head(ModelFile below, const ModelFile& top,
                                             const std::vector<TensorId>& input_tensors);

  /// The same network with these tensors as its outputs. Fails with ErrorKind::model when one
  /// does not exist or is not computed.
  static base::Result<ModelFile> with_outputs(ModelFile model, std::vector<TensorId> tensors);

  /// The validated graph.
  [[nodiscard]] const Graph& graph() const { return graph_; }
  /// The file's path or given name, for messages.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  ModelFile(std::string name, Graph graph) : name_(std::move(name)), graph_(std::move(graph)) {}

  std::string name_;
  Graph graph_;
};

}  // namespace matside::network
