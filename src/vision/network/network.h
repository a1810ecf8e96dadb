// Runs a network with XNNPACK, or in a browser with what JavaScript gives; inputs and outputs
// are spans of floats.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "vision/network/model_file.h"

namespace matside::network {

/// A runnable network with its buffers; runs on the caller's thread. Not for use by two threads
/// at once, but different networks may run at the same time. XNNPACK's own thread pool is not
/// used: its threads spin while they wait, and with a busy core a frame takes up to 100 times
/// longer.
class Network {
 public:
  /// Builds the part of the model needed for the outputs numbered `wanted`, in the file's
  /// order. The model is not needed afterwards. Fails with ErrorKind::model when the network
  /// has more than one input, an output does not exist, or XNNPACK rejects the graph.
  static base::Result<Network> create(const ModelFile& model,
                                      const std::vector<std::size_t>& wanted);

  /// Only in a browser, where there is no `create`: the network that JavaScript loaded under
  /// this name, with all its outputs. Fails with ErrorKind::model when there is none.
  static base::Result<Network> open(std::string_view name);

  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;
  ~Network();

  /// The input to fill before each run: `input_shape()`, row-major.
  [[nodiscard]] std::span<float> input();
  /// Shape of the input.
  [[nodiscard]] const Shape& input_shape() const;

  /// Computes the outputs from the input. Fails with ErrorKind::model when XNNPACK fails.
  base::Result<void> run();

  /// Begins a run; finish() returns its result. In a browser that runs the networks in Workers,
  /// the run takes place in the background, and the input may be filled again. Elsewhere
  /// finish() does all the work.
  void start();
  /// Waits for the outputs. Fails as run().
  base::Result<void> finish();

  /// The last run's values of `wanted[i]`, row-major; zeros before the first run.
  [[nodiscard]] std::span<const float> output(std::size_t i) const;
  /// Shape of `wanted[i]`.
  [[nodiscard]] const Shape& output_shape(std::size_t i) const;

 private:
  class Runtime;
  explicit Network(std::unique_ptr<Runtime> runtime);
  std::unique_ptr<Runtime> runtime_;
};

}  // namespace matside::network
