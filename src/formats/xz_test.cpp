#include "formats/xz.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace matside::formats {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string error_of(const std::string& bytes, std::size_t most = 1'000'000) {
  const auto read = xz_decompressed(bytes, most, "the data");
  if (read) return "no error";
  EXPECT_EQ(read.error().kind, base::ErrorKind::input);
  return read.error().message;
}

TEST(Xz, RestoresTheBytes) {
  std::string binary;
  for (unsigned i = 0; i < 100'000; ++i) binary += static_cast<char>(i * i);
  for (const std::string& bytes : {std::string(), std::string("a"), binary}) {
    const auto restored = xz_decompressed(xz_compressed(bytes), bytes.size(), "x");
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(restored.value(), bytes);
  }
}

TEST(Xz, MakesRepeatedBytesSmallAndIsDeterministic) {
  const std::string zeros(1'000'000, '\0');
  EXPECT_LT(xz_compressed(zeros).size(), 1000U);
  EXPECT_EQ(xz_compressed(zeros), xz_compressed(zeros));
}

TEST(Xz, RefusesDamagedIncompleteAndTrailingBytes) {
  const std::string good = xz_compressed(std::string(10'000, 'x'));
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_THAT(error_of(good.substr(0, size)), StartsWith("the data: ")) << size;
  }
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string flipped = good;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x20);
    EXPECT_THAT(error_of(flipped), StartsWith("the data: ")) << i;
  }
  EXPECT_THAT(error_of(good + "more"), StartsWith("the data: "));
  EXPECT_THAT(error_of("no xz at all"), StartsWith("the data: "));
}

TEST(Xz, RefusesAResultLargerThanAllowed) {
  const std::string bomb = xz_compressed(std::string(5'000'000, '\0'));
  EXPECT_THAT(error_of(bomb), StartsWith("the data: "));
  EXPECT_EQ(error_of(bomb, 5'000'000), "no error");
  EXPECT_THAT(error_of(bomb, 4'999'999), HasSubstr("too large when decompressed"));
}

}  // namespace
}  // namespace matside::formats
