#include "vision/network/model_builder.h"

#include <cstring>
#include <string>

namespace matside::network {
namespace {

template <class Value>
std::span<const std::uint8_t> bytes_of(const std::vector<Value>& values) {
  return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size() * sizeof(Value)};
}

tflite::Padding padding_of(const Window& window) {
  return window.same_padding ? tflite::Padding::SAME : tflite::Padding::VALID;
}

int narrow(std::size_t value) { return static_cast<int>(value); }

/// As the format's own schema demands for weights.
constexpr std::size_t kBufferAlignment_bytes = 16;

/// Distinct small weights.
std::vector<float> ramp(std::size_t count) {
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = static_cast<float>(static_cast<int>(i * 7 % 11) - 5) / 8.0F;
  }
  return values;
}

}  // namespace

ModelBuilder::ModelBuilder() { buffers_.push_back(tflite::CreateBuffer(file_)); }

std::uint32_t ModelBuilder::buffer(std::span<const std::uint8_t> bytes) {
  const auto next = static_cast<std::uint32_t>(buffers_.size());
  const auto [entry, is_new] = buffer_of_.try_emplace({bytes.begin(), bytes.end()}, next);
  if (!is_new) return entry->second;
  file_.ForceVectorAlignment(bytes.size(), 1, kBufferAlignment_bytes);
  buffers_.push_back(
      tflite::CreateBuffer(file_, file_.CreateVector(bytes.data(), bytes.size())));
  return next;
}

int ModelBuilder::append(const std::vector<int>& shape, tflite::TensorType type,
                         std::uint32_t buffer, flatbuffers::Offset<tflite::Sparsity> sparsity) {
  const auto sizes = file_.CreateVector(shape);
  // Other readers find inputs and outputs by name.
  const auto name = file_.CreateString("tensor_" + std::to_string(tensors_.size()));
  tflite::TensorBuilder tensor(file_);
  tensor.add_shape(sizes);
  tensor.add_type(type);
  tensor.add_buffer(buffer);
  tensor.add_name(name);
  tensor.add_sparsity(sparsity);
  tensors_.push_back(tensor.Finish());
  return narrow(tensors_.size() - 1);
}

int ModelBuilder::tensor(const std::vector<int>& shape) {
  return append(shape, tflite::TensorType::FLOAT32, 0, 0);
}

int ModelBuilder::half_tensor(const std::vector<int>& shape) {
  return append(shape, tflite::TensorType::FLOAT16, 0, 0);
}

int ModelBuilder::stored(const std::vector<int>& shape, tflite::TensorType type,
                         std::span<const std::uint8_t> bytes) {
  return append(shape, type, buffer(bytes), 0);
}

int ModelBuilder::floats(const std::vector<int>& shape, const std::vector<float>& values) {
  return stored(shape, tflite::TensorType::FLOAT32, bytes_of(values));
}

int ModelBuilder::halves(const std::vector<int>& shape,
                         const std::vector<std::uint16_t>& values) {
  return stored(shape, tflite::TensorType::FLOAT16, bytes_of(values));
}

int ModelBuilder::integers(const std::vector<std::int32_t>& values) {
  return integers({narrow(values.size())}, values);
}

int ModelBuilder::integers(const std::vector<int>& shape,
                           const std::vector<std::int32_t>& values) {
  return stored(shape, tflite::TensorType::INT32, bytes_of(values));
}

int ModelBuilder::sparse_halves(const std::vector<int>& shape,
                                const std::vector<SparseLevel>& levels,
                                const std::vector<std::uint16_t>& values) {
  std::vector<std::int32_t> order;
  std::vector<flatbuffers::Offset<tflite::DimensionMetadata>> dimensions;
  for (const SparseLevel& level : levels) {
    order.push_back(narrow(level.dimension));
    if (level.dense) {
      dimensions.push_back(tflite::CreateDimensionMetadata(
          file_, tflite::DimensionFormat::DENSE, shape.at(level.dimension)));
      continue;
    }
    // Uses all three widths of stored indices.
    std::vector<std::uint16_t> segments(level.segments.begin(), level.segments.end());
    std::vector<std::uint8_t> small(level.indices.begin(), level.indices.end());
    std::vector<std::int32_t> large(level.indices.begin(), level.indices.end());
    const auto segment_vector =
        tflite::CreateUint16Indices(file_, file_.CreateVector(segments)).Union();
    const bool narrow_indices = level.dimension % 2 == 1;
    const auto index_vector =
        narrow_indices ? tflite::CreateUint8Indices(file_, file_.CreateVector(small)).Union()
                       : tflite::CreateInt32Indices(file_, file_.CreateVector(large)).Union();
    dimensions.push_back(tflite::CreateDimensionMetadata(
        file_, tflite::DimensionFormat::SPARSE_CSR, 0, tflite::IndexVector::Uint16Indices,
        segment_vector,
        narrow_indices ? tflite::IndexVector::Uint8Indices : tflite::IndexVector::Int32Indices,
        index_vector));
  }
  const auto sparsity = tflite::CreateSparsity(file_, file_.CreateVector(order), 0,
                                               file_.CreateVector(dimensions));
  return append(shape, tflite::TensorType::FLOAT16, buffer(bytes_of(values)), sparsity);
}

void ModelBuilder::operation(int code, const std::vector<int>& inputs,
                             const std::vector<int>& outputs, tflite::Options type,
                             Options options) {
  tflite::OperatorCodeBuilder code_builder(file_);
  code_builder.add_short_code(static_cast<std::int8_t>(code));
  code_builder.add_code(code);
  codes_.push_back(code_builder.Finish());
  const auto input_vector = file_.CreateVector(inputs);
  const auto output_vector = file_.CreateVector(outputs);
  tflite::OperatorBuilder op(file_);
  op.add_opcode_index(static_cast<std::uint32_t>(codes_.size() - 1));
  op.add_inputs(input_vector);
  op.add_outputs(output_vector);
  op.add_options_type(type);
  op.add_options(options);
  operators_.push_back(op.Finish());
}

void ModelBuilder::plain(int code, const std::vector<int>& inputs,
                         const std::vector<int>& outputs) {
  operation(code, inputs, outputs, tflite::Options::NONE, 0);
}

void ModelBuilder::conv2d(int picture, int filter, int bias, int output, const Window& w,
                          tflite::Activation activation) {
  const auto options =
      tflite::CreateConv2DOptions(file_, padding_of(w), narrow(w.stride_x), narrow(w.stride_y),
                                  activation, narrow(w.dilation_x), narrow(w.dilation_y));
  operation(kConv2d, {picture, filter, bias}, {output}, tflite::Options::Conv2DOptions,
            options.Union());
}

void ModelBuilder::depthwise_conv2d(int picture, int filter, int bias, int output,
                                    const Window& w, tflite::Activation activation,
                                    int multiplier) {
  const auto options = tflite::CreateDepthwiseConv2DOptions(
      file_, padding_of(w), narrow(w.stride_x), narrow(w.stride_y), multiplier, activation,
      narrow(w.dilation_x), narrow(w.dilation_y));
  operation(kDepthwiseConv2d, {picture, filter, bias}, {output},
            tflite::Options::DepthwiseConv2DOptions, options.Union());
}

void ModelBuilder::max_pool(int picture, int output, const Window& w,
                            tflite::Activation activation) {
  const auto options =
      tflite::CreatePool2DOptions(file_, padding_of(w), narrow(w.stride_x), narrow(w.stride_y),
                                  narrow(w.width), narrow(w.height), activation);
  operation(kMaxPool2d, {picture}, {output}, tflite::Options::Pool2DOptions, options.Union());
}

void ModelBuilder::add(int a, int b, int output, tflite::Activation activation) {
  operation(kAdd, {a, b}, {output}, tflite::Options::AddOptions,
            tflite::CreateAddOptions(file_, activation).Union());
}

void ModelBuilder::resize(int picture, int size, int output, bool align_corners,
                          bool half_pixel) {
  const auto options =
      tflite::CreateResizeBilinearOptions(file_, 0, 0, align_corners, half_pixel);
  operation(kResizeBilinear, {picture, size}, {output}, tflite::Options::ResizeBilinearOptions,
            options.Union());
}

void ModelBuilder::concatenate(const std::vector<int>& pieces, int output, int axis) {
  operation(kConcatenation, pieces, {output}, tflite::Options::ConcatenationOptions,
            tflite::CreateConcatenationOptions(file_, axis).Union());
}

void ModelBuilder::depth_to_space(int picture, int output, int block) {
  operation(kDepthToSpace, {picture}, {output}, tflite::Options::DepthToSpaceOptions,
            tflite::CreateDepthToSpaceOptions(file_, block).Union());
}

void ModelBuilder::end_subgraph(const std::string& name, const std::vector<int>& inputs,
                                const std::vector<int>& outputs) {
  const auto named = [&](const char* kind, const std::vector<int>& tensors) {
    std::vector<flatbuffers::Offset<tflite::TensorName>> names;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      names.push_back(tflite::CreateTensorName(file_,
                                               file_.CreateString(kind + std::to_string(i)),
                                               static_cast<std::uint32_t>(tensors[i])));
    }
    return file_.CreateVector(names);
  };
  const auto input_names = named("input_", inputs);
  const auto output_names = named("output_", outputs);
  signatures_.push_back(tflite::CreateSignature(file_, input_names, output_names,
                                                file_.CreateString(name), 0,
                                                static_cast<std::uint32_t>(subgraphs_.size())));
  const auto tensors = file_.CreateVector(tensors_);
  const auto input_vector = file_.CreateVector(inputs);
  const auto output_vector = file_.CreateVector(outputs);
  const auto operators = file_.CreateVector(operators_);
  subgraphs_.push_back(tflite::CreateSubGraph(file_, tensors, input_vector, output_vector,
                                              operators, file_.CreateString(name)));
  tensors_.clear();
  operators_.clear();
}

std::vector<std::byte> ModelBuilder::finish(const std::vector<int>& inputs,
                                            const std::vector<int>& outputs) {
  end_subgraph("main", inputs, outputs);
  return finish();
}

std::vector<std::byte> ModelBuilder::finish() {
  const auto codes = file_.CreateVector(codes_);
  const auto subgraphs = file_.CreateVector(subgraphs_);
  const auto buffers = file_.CreateVector(buffers_);
  const auto signatures = file_.CreateVector(signatures_);
  tflite::FinishModelBuffer(
      file_, tflite::CreateModel(file_, 3, codes, subgraphs, 0, buffers, 0, 0, signatures));
  std::vector<std::byte> bytes(file_.GetSize());
  std::memcpy(bytes.data(), file_.GetBufferPointer(), bytes.size());
  return bytes;
}

std::vector<std::byte> every_operator_model() {
  ModelBuilder b;
  const Window valid3{.height = 3, .width = 3};
  const Window same3{.height = 3, .width = 3, .same_padding = true};
  const Window halving{.height = 2, .width = 2, .stride_y = 2, .stride_x = 2};
  const int picture = b.tensor({1, 8, 8, 3});
  const int padded = b.tensor({1, 10, 10, 3});
  b.plain(kPad, {picture, b.integers({4, 2}, {0, 0, 1, 1, 1, 1, 0, 0})}, {padded});

  const int halves = b.halves({4, 3, 3, 3}, std::vector<std::uint16_t>(108, 0x3000));
  const int filter = b.tensor({4, 3, 3, 3});
  b.plain(kDequantize, {halves}, {filter});
  const int first = b.tensor({1, 8, 8, 4});
  b.conv2d(padded, filter, b.floats({4}, ramp(4)), first, valid3, tflite::Activation::RELU6);

  const int second = b.tensor({1, 8, 8, 4});
  b.depthwise_conv2d(first, b.floats({1, 3, 3, 4}, ramp(36)), b.floats({4}, ramp(4)), second,
                     same3);
  const int sum = b.tensor({1, 8, 8, 4});
  b.add(first, second, sum, tflite::Activation::RELU);
  const int pooled = b.tensor({1, 4, 4, 4});
  b.max_pool(sum, pooled, halving);
  const int enlarged = b.tensor({1, 8, 8, 4});
  b.resize(pooled, b.integers({8, 8}), enlarged, false, true);

  const int packed = b.sparse_halves({2, 1, 1, 4},
                                     {{0, true, {}, {}},
                                      {1, true, {}, {}},
                                      {2, true, {}, {}},
                                      {3, false, {0, 2, 3}, {0, 3, 1}}},
                                     {0x3c00, 0x4000, 0xbc00});
  const int dense_halves = b.half_tensor({2, 1, 1, 4});
  b.plain(kDensify, {packed}, {dense_halves});
  const int dense = b.tensor({2, 1, 1, 4});
  b.plain(kDequantize, {dense_halves}, {dense});
  const int narrow_tensor = b.tensor({1, 4, 4, 2});
  b.conv2d(pooled, dense, b.floats({2}, ramp(2)), narrow_tensor, Window{});
  const int joined = b.tensor({1, 4, 4, 8});
  b.concatenate({narrow_tensor, pooled, narrow_tensor}, joined, 3);
  const int spread = b.tensor({1, 8, 8, 2});
  b.depth_to_space(joined, spread, 2);
  const int small = b.tensor({1, 4, 4, 2});
  b.max_pool(spread, small, halving);
  const int flat = b.tensor({1, 32});
  b.plain(kReshape, {small, b.integers({1, 32})}, {flat});
  const int chance = b.tensor({1, 32});
  b.plain(kLogistic, {flat}, {chance});
  return b.finish({picture}, {chance, enlarged});
}

}  // namespace matside::network
