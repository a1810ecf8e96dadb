// A network that runs: XNNPACK behind spans of floats.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "vision/network/model_file.h"

namespace matside::network {

/// A runnable network with its buffers, on the caller's thread. Not for use by two threads at
/// once, but any number of networks run side by side. XNNPACK could share one network out over
/// threads, but they wait for each other by spinning: where a core is busy with anything else,
/// such as decoding, a frame then takes up to a hundred times as long.
class Network {
 public:
  /// Builds the part of the model that its outputs numbered `wanted` (in the file's order)
  /// need. `threads` >= 1 in all, the caller's included. The model is not needed afterwards.
  /// Fails with ErrorKind::model when the network takes more than one input, an output does
  /// not exist, or XNNPACK refuses the graph.
  static base::Result<Network> create(const ModelFile& model,
                                      const std::vector<std::size_t>& wanted);

  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;
  ~Network();

  /// The input to fill before each run: `input_shape()`, row-major.
  [[nodiscard]] std::span<float> input();
  [[nodiscard]] const Shape& input_shape() const;

  /// Computes the outputs from the input. Fails with ErrorKind::model when XNNPACK fails.
  base::Result<void> run();

  /// What the last run computed for `wanted[i]`; zeros before the first run.
  [[nodiscard]] std::span<const float> output(std::size_t i) const;
  [[nodiscard]] const Shape& output_shape(std::size_t i) const;

 private:
  class Runtime;
  explicit Network(std::unique_ptr<Runtime> runtime);
  std::unique_ptr<Runtime> runtime_;
};

}  // namespace matside::network
