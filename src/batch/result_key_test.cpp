#include "batch/result_key.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>

namespace matside::batch {
namespace {

namespace fs = std::filesystem;

const std::atomic<bool> kGoOn{false};

TEST(ResultKey, DependsOnContentAndSettingsAndNothingElse) {
  EXPECT_EQ(result_key("a", "b"), result_key("a", "b"));
  EXPECT_EQ(result_key("a", "b").size(), 32U);
  EXPECT_NE(result_key("a", "b"), result_key("a", "c"));
  EXPECT_NE(result_key("ab", "c"), result_key("a", "bc"));
  EXPECT_NE(practice_id("k", "Ada"), practice_id("k", "Bo"));
  EXPECT_EQ(practice_id("k", "Ada").size(), 16U);
}

TEST(ContentDigest, OfAFolderChangesWithItsPoseFilesOnly) {
  const fs::path folder = fs::path(::testing::TempDir()) / "content_digest";
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::ofstream(folder / "x_000000000000_keypoints.json") << "{}";
  const auto digest = content_digest(folder, kGoOn);
  ASSERT_TRUE(digest) << digest.error().message;
  EXPECT_EQ(digest.value().size(), 64U);
  std::ofstream(folder / "readme.md") << "notes";
  EXPECT_EQ(content_digest(folder, kGoOn).value(), digest.value());
  std::ofstream(folder / "x_000000000001_keypoints.json") << "{}";
  EXPECT_NE(content_digest(folder, kGoOn).value(), digest.value());
  EXPECT_FALSE(content_digest(folder / "gone", kGoOn));
  const std::atomic<bool> stop{true};
  EXPECT_FALSE(content_digest(folder, stop));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace matside::batch
