// Builds TFLite files: the browser's networks, and small ones for tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "generated/tflite_generated.h"
#include "vision/network/parse_tensors.h"
#include "vision/network/weights.h"

namespace matside::network {

/// A TFLite file under construction. Functions that add a tensor return its number, counted
/// from 0 in the order of the calls. Shapes and options are not checked, so damaged files can
/// be built.
class ModelBuilder {
 public:
  ModelBuilder();

  /// A computed tensor of floats.
  int tensor(const std::vector<int>& shape);
  /// A computed tensor of half-precision floats, as DENSIFY produces.
  int half_tensor(const std::vector<int>& shape);
  /// A constant tensor with these raw bytes.
  int stored(const std::vector<int>& shape, tflite::TensorType type,
             std::span<const std::uint8_t> bytes);
  /// A constant tensor of floats.
  int floats(const std::vector<int>& shape, const std::vector<float>& values);
  /// A constant tensor of half-precision floats, given as their bits.
  int halves(const std::vector<int>& shape, const std::vector<std::uint16_t>& values);
  /// A constant one-dimensional INT32 tensor, and one of any shape.
  int integers(const std::vector<std::int32_t>& values);
  int integers(const std::vector<int>& shape, const std::vector<std::int32_t>& values);
  /// A constant sparse tensor of half-precision floats.
  int sparse_halves(const std::vector<int>& shape, const std::vector<SparseLevel>& levels,
                    const std::vector<std::uint16_t>& values);

  /// Each adds one operator on tensors by number.
  void conv2d(int picture, int filter, int bias, int output, const Window& window,
              tflite::Activation activation = tflite::Activation::NONE);
  void depthwise_conv2d(int picture, int filter, int bias, int output, const Window& window,
                        tflite::Activation activation = tflite::Activation::NONE,
                        int multiplier = 1);
  void max_pool(int picture, int output, const Window& window,
                tflite::Activation activation = tflite::Activation::NONE);
  void add(int a, int b, int output, tflite::Activation activation = tflite::Activation::NONE);
  void resize(int picture, int size, int output, bool align_corners, bool half_pixel);
  void concatenate(const std::vector<int>& pieces, int output, int axis);
  void depth_to_space(int picture, int output, int block);
  /// Adds the operator with this code, without options.
  void plain(int code, const std::vector<int>& inputs, const std::vector<int>& outputs);

  /// Ends a subgraph, which others find under this name. Tensors are counted from 0 again.
  void end_subgraph(const std::string& name, const std::vector<int>& inputs,
                    const std::vector<int>& outputs);
  /// The bytes of a file of ended subgraphs. Use the builder only once.
  std::vector<std::byte> finish();
  /// The bytes of a file of one subgraph with these input and output tensors.
  std::vector<std::byte> finish(const std::vector<int>& inputs,
                                const std::vector<int>& outputs);

 private:
  using Options = flatbuffers::Offset<void>;

  int append(const std::vector<int>& shape, tflite::TensorType type, std::uint32_t buffer,
             flatbuffers::Offset<tflite::Sparsity> sparsity);
  std::uint32_t buffer(std::span<const std::uint8_t> bytes);
  void operation(int code, const std::vector<int>& inputs, const std::vector<int>& outputs,
                 tflite::Options type, Options options);

  flatbuffers::FlatBufferBuilder file_;
  std::vector<flatbuffers::Offset<tflite::Buffer>> buffers_;
  std::vector<flatbuffers::Offset<tflite::Tensor>> tensors_;
  std::vector<flatbuffers::Offset<tflite::Operator>> operators_;
  std::vector<flatbuffers::Offset<tflite::OperatorCode>> codes_;
  std::vector<flatbuffers::Offset<tflite::SubGraph>> subgraphs_;
  std::vector<flatbuffers::Offset<tflite::Signature>> signatures_;
  std::map<std::string, std::uint32_t> buffer_of_;  ///< By content: subgraphs share weights.
};

/// A file with every supported operator and every storage of weights: input 1x8x8x3, outputs
/// 1x32 and 1x8x8x4.
std::vector<std::byte> every_operator_model();

}  // namespace matside::network
