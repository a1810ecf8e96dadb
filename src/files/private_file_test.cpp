#include "files/private_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace matside::files {
namespace {

namespace fs = std::filesystem;

class PrivateFileTest : public ::testing::Test {
 protected:
  PrivateFileTest() {
    std::string name = (fs::temp_directory_path() / "matside-private-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  ~PrivateFileTest() override { fs::remove_all(folder_); }

  [[nodiscard]] static std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] long files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }

  fs::path folder_;
};

TEST_F(PrivateFileTest, IsReplacedAndForItsOwnerOnly) {
  const fs::path path = folder_ / "key";
  std::ofstream(path) << "an older and longer text";
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  ASSERT_FALSE(save_private_file(path, "new"));
  EXPECT_EQ(text_of(path), "new");
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(files(), 1);
}

TEST_F(PrivateFileTest, ReplacesALinkAndNotWhatItPointsTo) {
  std::ofstream(folder_ / "victim") << "untouched";
  fs::create_symlink("victim", folder_ / "key");
  ASSERT_FALSE(save_private_file(folder_ / "key", "new"));
  EXPECT_EQ(text_of(folder_ / "victim"), "untouched");
  EXPECT_EQ(text_of(folder_ / "key"), "new");
}

TEST_F(PrivateFileTest, LeavesNothingWhereItFails) {
  EXPECT_EQ(save_private_file(folder_ / "none" / "key", "new"),
            std::errc::no_such_file_or_directory);
  fs::create_directory(folder_ / "folder");
  EXPECT_EQ(save_private_file(folder_ / "folder", "new"), std::errc::is_a_directory);
  EXPECT_EQ(files(), 1);
}

}  // namespace
}  // namespace matside::files
