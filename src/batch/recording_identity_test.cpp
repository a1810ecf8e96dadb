#include "batch/recording_identity.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

namespace matside::batch {
namespace {

namespace fs = std::filesystem;

class RecordingIdentityTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "matside_identity_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    std::ofstream(folder_ / "a.csv") << "content";
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string identity(const fs::path& path, int level = 1,
                       const std::string& settings = "{}") {
    const auto result = recording_identity(path, level, settings);
    EXPECT_TRUE(result) << result.error().message;
    return result ? result.value() : "";
  }

  fs::path folder_;
};

TEST_F(RecordingIdentityTest, ChangesWithThePathTheTimeTheLevelAndTheSettings) {
  const std::string first = identity(folder_ / "a.csv");
  EXPECT_EQ(first.size(), 32U);
  EXPECT_EQ(identity(folder_ / "a.csv"), first);
  EXPECT_NE(identity(folder_ / "a.csv", 2), first);
  EXPECT_NE(identity(folder_ / "a.csv", 1, "{1}"), first);
  fs::last_write_time(folder_ / "a.csv",
                      fs::file_time_type::clock::now() - std::chrono::hours(1));
  const std::string older = identity(folder_ / "a.csv");
  EXPECT_NE(older, first);
  fs::rename(folder_ / "a.csv", folder_ / "b.csv");
  EXPECT_NE(identity(folder_ / "b.csv"), older);
}

TEST_F(RecordingIdentityTest, OfAFolderIsThatOfItsPictureFiles) {
  fs::create_directory(folder_ / "poses");
  std::ofstream(folder_ / "poses" / "x_000000000001_keypoints.json") << "{}";
  const std::string first = identity(folder_ / "poses");
  std::ofstream(folder_ / "poses" / "notes") << "not a picture";
  EXPECT_EQ(identity(folder_ / "poses"), first);
  std::ofstream(folder_ / "poses" / "x_000000000002_keypoints.json") << "{}";
  EXPECT_NE(identity(folder_ / "poses"), first);
}

TEST_F(RecordingIdentityTest, OfWhatCannotBeOpenedIsAnError) {
  const auto missing = recording_identity(folder_ / "missing.mp4", 1, "{}");
  ASSERT_FALSE(missing);
  EXPECT_TRUE(missing.error().message.ends_with("missing.mp4: no such file"));
}

TEST_F(RecordingIdentityTest, IsRememberedWithItsKeyWhateverACrashLeft) {
  const std::string identity(32, 'a');
  const std::string other(32, 'b');
  const std::string key(32, '1');
  const fs::path file = folder_ / "known.txt";
  KnownRecordings known(file);
  EXPECT_FALSE(known.key_of(identity));
  ASSERT_TRUE(known.add({{identity, key}}));
  EXPECT_EQ(known.key_of(identity), key);
  std::ofstream(file, std::ios::app) << other << " 22";
  KnownRecordings later(file);
  EXPECT_EQ(later.key_of(identity), key);
  EXPECT_FALSE(later.key_of(other));
  ASSERT_TRUE(later.add({{other, key}}));
  EXPECT_EQ(KnownRecordings(file).key_of(other), key);
}

}  // namespace
}  // namespace matside::batch
