// Networks in a browser: JavaScript runs them (web/src/vision/networks.ts), this module imports
// its functions.
#include <cassert>
#include <cstdint>
#include <string>
#include <utility>

#include "vision/network/network.h"

#define MATSIDE_IMPORT(function) \
  __attribute__((import_module("matside"), import_name(#function))) function

extern "C" {
/// The number of the network with this name, or -1 when there is none.
std::int32_t MATSIDE_IMPORT(network_open)(const char* name, std::size_t length);
/// Writes up to `capacity` sizes of output `output`, or of the input for -1; returns how many
/// sizes there are, or -1 when there is no such output.
std::int32_t MATSIDE_IMPORT(network_shape)(std::int32_t network, std::int32_t output,
                                           std::int32_t* sizes, std::size_t capacity);
/// Runs the network on the input's floats and writes all floats of each output. Returns 0, or
/// another number when the network failed.
std::int32_t MATSIDE_IMPORT(network_run)(std::int32_t network, const float* input,
                                         float* const* outputs, std::size_t count);
/// Begins a run on a copy of the input. Returns 0 when network_finish() must give its outputs,
/// or another number when the network can't run beside the module.
std::int32_t MATSIDE_IMPORT(network_start)(std::int32_t network, const float* input);
/// Waits for the run that was begun, and writes and returns as network_run().
std::int32_t MATSIDE_IMPORT(network_finish)(std::int32_t network, float* const* outputs,
                                            std::size_t count);
/// The module needs the network no more.
void MATSIDE_IMPORT(network_close)(std::int32_t network);
}

namespace matside::network {
namespace {

constexpr std::int32_t kInput = -1;
constexpr std::size_t kMaxDimensions = 6;

base::Result<void> ran(bool succeeded) {
  if (succeeded) return {};
  return base::Error{base::ErrorKind::model, "the network failed to run. Reload the page"};
}

}  // namespace

class Network::Runtime {
 public:
  struct Buffer {
    Shape shape;
    std::vector<float> values;
  };

  Runtime() = default;
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  ~Runtime() {
    if (number_ >= 0) network_close(number_);
  }

  /// Whether the network exists and its tensors have usable shapes.
  bool open(std::string_view name) {
    number_ = network_open(name.data(), name.size());
    if (number_ < 0 || !add_shape(kInput, input_)) return false;
    Buffer output;
    for (std::int32_t i = 0; add_shape(i, output); ++i) outputs_.push_back(std::move(output));
    for (Buffer& buffer : outputs_) places_.push_back(buffer.values.data());
    return !outputs_.empty();
  }

  bool run() {
    return network_run(number_, input_.values.data(), places_.data(), places_.size()) == 0;
  }
  void start() { started_ = network_start(number_, input_.values.data()) == 0; }
  bool finish() {
    if (!started_) return run();
    started_ = false;
    return network_finish(number_, places_.data(), places_.size()) == 0;
  }

  Buffer& input() { return input_; }
  [[nodiscard]] const Buffer& output(std::size_t i) const {
    assert(i < outputs_.size());
    return outputs_[i];
  }

 private:
  [[nodiscard]] bool add_shape(std::int32_t tensor, Buffer& buffer) const {
    std::int32_t sizes[kMaxDimensions];
    const std::int32_t rank = network_shape(number_, tensor, sizes, kMaxDimensions);
    if (rank < 1 || static_cast<std::size_t>(rank) > kMaxDimensions) return false;
    buffer.shape.assign(sizes, sizes + rank);
    std::size_t count = 1;
    for (const std::size_t size : buffer.shape) {
      if (size == 0 || size > kMaxElements / count) return false;
      count *= size;
    }
    buffer.values.assign(count, 0.0F);
    return true;
  }

  std::int32_t number_ = -1;
  bool started_ = false;
  Buffer input_;
  std::vector<Buffer> outputs_;
  std::vector<float*> places_;  ///< Of the outputs' values.
};

Network::Network(std::unique_ptr<Runtime> runtime) : runtime_(std::move(runtime)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

base::Result<Network> Network::open(std::string_view name) {
  auto runtime = std::make_unique<Runtime>();
  if (!runtime->open(name)) {
    return base::Error{base::ErrorKind::model,
                       std::string(name) + ": the network is not loaded. Reload the page"};
  }
  return Network(std::move(runtime));
}

std::span<float> Network::input() { return runtime_->input().values; }
const Shape& Network::input_shape() const { return runtime_->input().shape; }

base::Result<void> Network::run() { return ran(runtime_->run()); }
void Network::start() { runtime_->start(); }
base::Result<void> Network::finish() { return ran(runtime_->finish()); }

std::span<const float> Network::output(std::size_t i) const {
  return runtime_->output(i).values;
}
const Shape& Network::output_shape(std::size_t i) const { return runtime_->output(i).shape; }

}  // namespace matside::network
