// Damaged and hostile files: each gives a clear error and none crashes.
#include "vision/network/model_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "digest/digest.h"
#include "vision/network/model_builder.h"
#include "vision/network/network.h"

namespace matside::network {
namespace {

using Bytes = std::vector<std::byte>;

/// Parses the bytes; a network that parses must also run.
/// @returns whether it ran
bool parse_and_run(const Bytes& bytes) {
  const auto model = ModelFile::parse_unchecked(bytes, "test");
  if (!model.ok()) {
    EXPECT_EQ(model.error().kind, base::ErrorKind::model);
    EXPECT_EQ(model.error().message.find('\n'), std::string::npos);
    return false;
  }
  auto net = Network::create(model.value(), {0});
  if (!net.ok()) return false;
  const bool ran = net.value().run().ok();
  EXPECT_TRUE(ran);
  return ran;
}

std::string refusal(const Bytes& bytes) {
  const auto model = ModelFile::parse_unchecked(bytes, "test");
  return model.ok() ? "accepted" : model.error().message;
}

Bytes read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto* data = reinterpret_cast<const std::byte*>(text.data());
  return {data, data + text.size()};
}

const std::filesystem::path kLite =
    std::filesystem::path(MATSIDE_SOURCE_DIR) /
    "web/node_modules/@mediapipe/pose/pose_landmark_lite.tflite";

TEST(ModelFile, truncated_at_any_length_is_refused) {
  const Bytes whole = every_operator_model();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_NE(refusal(cut), "accepted") << size;
  }
}

TEST(ModelFile, with_any_byte_changed_is_refused_or_runs) {
  const Bytes whole = every_operator_model();
  std::size_t tried = 0;
  std::size_t ran = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int change : {0x01, 0x80, 0xff}) {
      Bytes changed = whole;
      changed[at] ^= static_cast<std::byte>(change);
      ++tried;
      if (parse_and_run(changed)) ++ran;
    }
  }
  EXPECT_GT(ran, 0U);
  EXPECT_LT(ran, tried);
}

TEST(ModelFile, of_the_published_network_truncated_is_refused_and_changed_does_not_crash) {
  const Bytes whole = read(kLite);
  ASSERT_GT(whole.size(), 2'000'000U);
  for (std::size_t i = 1; i <= 40; ++i) {
    const Bytes cut(whole.begin(),
                    whole.begin() + static_cast<std::ptrdiff_t>(whole.size() * i / 41));
    EXPECT_NE(refusal(cut), "accepted");
    // The tables are at the end of the file, after the weights.
    Bytes changed = whole;
    changed[whole.size() - i * 997] ^= std::byte{0x41};
    EXPECT_EQ(refusal(changed).find('\n'), std::string::npos);
  }
}

class OnDisk : public testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + "/matside_model_file_" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    bytes_ = every_operator_model();
    write(bytes_);
    sha256_ = digest::sha256_hex(bytes_);
  }
  void TearDown() override { std::filesystem::remove_all(path_); }
  void write(const Bytes& bytes) const {
    std::ofstream(path_, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  std::string load_refusal() {
    const auto model = ModelFile::load(path_, sha256_);
    if (model.ok()) return "accepted";
    EXPECT_EQ(model.error().kind, base::ErrorKind::model);
    EXPECT_EQ(model.error().message.rfind(path_.string(), 0), 0U);
    EXPECT_NE(model.error().message.find("Run matside doctor to see how to reinstall it"),
              std::string::npos);
    return model.error().message;
  }

  std::filesystem::path path_;
  Bytes bytes_;
  std::string sha256_;
};

TEST_F(OnDisk, is_loaded_when_it_matches_its_checksum) {
  EXPECT_EQ(load_refusal(), "accepted");
}

TEST_F(OnDisk, does_not_match_its_checksum_when_truncated_or_changed) {
  Bytes changed = bytes_;
  changed[changed.size() / 2] ^= std::byte{1};
  write(changed);
  EXPECT_NE(load_refusal().find("does not match its checksum"), std::string::npos);
  write(Bytes(bytes_.begin(), bytes_.begin() + 100));
  EXPECT_NE(load_refusal().find("does not match its checksum"), std::string::npos);
  write({});
  EXPECT_NE(load_refusal().find("does not match its checksum"), std::string::npos);
}

TEST_F(OnDisk, is_missing_when_the_file_does_not_exist_or_is_a_folder) {
  std::filesystem::remove(path_);
  EXPECT_NE(load_refusal().find("missing"), std::string::npos);
  std::filesystem::create_directory(path_);
  EXPECT_NE(load_refusal().find("missing"), std::string::npos);
}

/// A 1 x 1 convolution from 1x4x4x2 to 1x4x4x3 with parts of it chosen by the test.
struct Parts {
  std::vector<int> filter_shape{3, 1, 1, 2};
  std::size_t filter_values = 6;
  std::vector<int> output_shape{1, 4, 4, 3};
  Window window{};
  int picture = 0;  ///< Tensor that the convolution reads; 0 is the input.
  std::vector<int> outputs{3};
};

Bytes convolution(const Parts& parts) {
  ModelBuilder b;
  const int in = b.tensor({1, 4, 4, 2});
  const int filter =
      b.floats(parts.filter_shape, std::vector<float>(parts.filter_values, 1.0F));
  const int bias = b.floats({3}, {0.0F, 0.0F, 0.0F});
  const int out = b.tensor(parts.output_shape);
  b.conv2d(parts.picture, filter, bias, out, parts.window);
  return b.finish({in}, parts.outputs);
}

TEST(HostileModel, the_unmodified_one_is_accepted) {
  EXPECT_EQ(refusal(convolution({})), "accepted");
}

TEST(HostileModel, with_fewer_weights_than_its_shape_is_refused) {
  EXPECT_NE(refusal(convolution({.filter_values = 5})).find("number of weights"),
            std::string::npos);
  EXPECT_NE(refusal(convolution({.filter_values = 0})).find("neither computed nor stored"),
            std::string::npos);
}

TEST(HostileModel, with_shapes_that_do_not_fit_is_refused) {
  const std::string fit = "do not match";
  EXPECT_NE(refusal(convolution({.output_shape = {1, 4, 4, 4}})).find(fit), std::string::npos);
  EXPECT_NE(refusal(convolution({.output_shape = {1, 5, 4, 3}})).find(fit), std::string::npos);
  EXPECT_NE(refusal(convolution({.output_shape = {48}})).find(fit), std::string::npos);
  EXPECT_NE(refusal(convolution({.filter_shape = {6, 1, 1, 1}})).find(fit), std::string::npos);
  EXPECT_NE(refusal(convolution({.filter_shape = {3, 1, 1, 2},
                                 .window = {.stride_y = 9, .stride_x = 9}}))
                .find(fit),
            std::string::npos);
}

TEST(HostileModel, with_sizes_that_are_negative_or_overflow_is_refused) {
  const std::string impossible = "invalid shape";
  for (const std::vector<int>& shape : {std::vector<int>{1, -4, 4, 3},
                                        {1, 0, 4, 3},
                                        {65536, 65536, 65536, 65536},
                                        {1 << 30, 4, 4, 4},
                                        {1, 1, 1, 1, 1, 1, 1}}) {
    EXPECT_NE(refusal(convolution({.output_shape = shape})).find(impossible),
              std::string::npos);
  }
}

TEST(HostileModel, with_options_out_of_range_is_refused) {
  for (const Window& window :
       {Window{.stride_y = 0}, Window{.dilation_x = 0}, Window{.stride_x = 1 << 20}}) {
    EXPECT_NE(refusal(convolution({.window = window})).find("out of range"), std::string::npos);
  }
}

TEST(HostileModel, with_tensors_that_do_not_exist_is_refused) {
  EXPECT_NE(refusal(convolution({.picture = 99})), "accepted");
  EXPECT_NE(refusal(convolution({.picture = -1})), "accepted");
  EXPECT_NE(refusal(convolution({.outputs = {99}})), "accepted");
  EXPECT_NE(refusal(convolution({.outputs = {}})), "accepted");
}

TEST(HostileModel, that_reads_its_own_output_or_outputs_no_computed_tensor_is_refused) {
  EXPECT_NE(refusal(convolution({.picture = 3})).find("neither computed nor stored"),
            std::string::npos);
  EXPECT_NE(refusal(convolution({.outputs = {0}})).find("not computed"), std::string::npos);
  EXPECT_NE(refusal(convolution({.outputs = {1}})).find("not computed"), std::string::npos);
}

TEST(HostileModel, that_sets_a_tensor_twice_is_refused) {
  ModelBuilder b;
  const int in = b.tensor({1, 4, 4, 2});
  const int out = b.tensor({1, 4, 4, 2});
  b.plain(kLogistic, {in}, {out});
  b.plain(kLogistic, {in}, {out});
  EXPECT_NE(refusal(b.finish({in}, {out})).find("computed twice"), std::string::npos);
}

TEST(HostileModel, with_an_unknown_operator_is_refused_with_its_number) {
  ModelBuilder b;
  const int in = b.tensor({1, 4, 4, 2});
  const int out = b.tensor({1, 4, 4, 2});
  b.plain(25, {in}, {out});
  EXPECT_NE(
      refusal(b.finish({in}, {out})).find("operator 0: TFLite operator 25 is not supported"),
      std::string::npos);
}

TEST(HostileModel, with_an_enormous_kernel_is_refused) {
  ModelBuilder b;
  const int in = b.tensor({1, 2048, 2048, 1});
  const int out = b.tensor({1, 2048, 2048, 1});
  b.max_pool(in, out, {.height = 4096, .width = 4096, .same_padding = true});
  EXPECT_NE(refusal(b.finish({in}, {out})).find("exceeds the cost limit"), std::string::npos);
}

TEST(HostileModel, with_negative_or_missing_padding_is_refused) {
  for (const std::vector<std::int32_t>& amounts :
       {std::vector<std::int32_t>{0, 0, -1, 1, 0, 0, 0, 0}, {0, 0, 1, 1}, {}}) {
    ModelBuilder b;
    const int in = b.tensor({1, 4, 4, 2});
    const int out = b.tensor({1, 4, 4, 2});
    b.plain(kPad, {in, b.integers(amounts)}, {out});
    EXPECT_NE(refusal(b.finish({in}, {out})), "accepted");
  }
}

}  // namespace
}  // namespace matside::network
