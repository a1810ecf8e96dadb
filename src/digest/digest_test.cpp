#include "digest/digest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>

#include "digest/browser/portable_sha256.h"
#include "digest/file_digest.h"

namespace matside::digest {
namespace {

std::string sha256_of(std::string_view text) {
  return sha256_hex(std::as_bytes(std::span(text.data(), text.size())));
}

// Vectors of FIPS 180-4's examples.
TEST(Sha256, agrees_with_the_published_vectors) {
  EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, is_the_same_without_a_library) {
  std::string text;
  for (int i = 0; i < 300; ++i, text += static_cast<char>(i)) {
    const auto bytes = std::as_bytes(std::span(text));
    EXPECT_EQ(portable_sha256_hex(bytes), sha256_hex(bytes)) << i;
  }
}

TEST(Sha256, is_the_same_in_pieces_of_any_size) {
  const std::string text(1000, 'a');
  const auto bytes = std::as_bytes(std::span(text));
  for (std::size_t piece = 1; piece <= 200; ++piece) {
    PortableSha256 sum;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      sum.add(bytes.subspan(at, std::min(piece, bytes.size() - at)));
    }
    EXPECT_EQ(sum.hex(), sha256_hex(bytes)) << piece;
  }
}

TEST(Sha256, of_a_file_longer_than_one_piece_agrees_with_the_published_vector) {
  const std::filesystem::path path = testing::TempDir() + "/matside_million_a";
  std::ofstream(path) << std::string(1'000'000, 'a');
  const auto digest = sha256_file(path);
  ASSERT_TRUE(digest.ok()) << digest.error().message;
  EXPECT_EQ(digest.value(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  std::filesystem::remove(path);
}

TEST(Sha256, of_what_is_no_file_is_an_error_that_names_it) {
  const auto missing = sha256_file("no_such_file");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, base::ErrorKind::input);
  EXPECT_NE(missing.error().message.find("no_such_file"), std::string::npos);
  EXPECT_FALSE(sha256_file(testing::TempDir()).ok());
}

TEST(Sha256, of_a_huge_sparse_file_ends_when_the_person_stops) {
  const std::filesystem::path path = testing::TempDir() + "/matside_sparse";
  std::ofstream(path) << "";
  std::filesystem::resize_file(path, std::uintmax_t{1} << 42U);
  const std::atomic<bool> stop = true;
  const auto digest = sha256_file(path, &stop);
  ASSERT_FALSE(digest.ok());
  EXPECT_EQ(digest.error().message, path.string() + ": stopped");
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace matside::digest
