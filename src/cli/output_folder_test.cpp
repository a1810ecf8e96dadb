#include "cli/output_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

bool is_json(const std::string& name) { return name.ends_with(".json"); }

class OutputFolderTest : public ::testing::Test {
 protected:
  OutputFolderTest() {
    std::string name = (fs::temp_directory_path() / "matside-output-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  ~OutputFolderTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] static std::vector<std::string> files(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

  fs::path folder_;
};

TEST_F(OutputFolderTest, AppearsOnlyWhenItIsWhole) {
  {
    auto abandoned = OutputFolder::open(folder_ / "a", false, is_json);
    ASSERT_TRUE(abandoned && abandoned.value().write("1.json", "{}"));
    EXPECT_FALSE(fs::exists(folder_ / "a"));
  }
  EXPECT_THAT(files(folder_), ElementsAre());
  auto made = OutputFolder::open(folder_ / "a", false, is_json);
  ASSERT_TRUE(made && made.value().write("1.json", "{}") && made.value().commit());
  EXPECT_THAT(files(folder_ / "a"), ElementsAre("1.json"));
}

TEST_F(OutputFolderTest, TakesThePlaceOfTheOldOne) {
  fs::create_directory(folder_ / "a");
  std::ofstream(folder_ / "a" / "old.json") << "{}";
  {
    auto made = OutputFolder::open(folder_ / "a", true, is_json);
    ASSERT_TRUE(made && made.value().write("new.json", "{}"));
    EXPECT_THAT(files(folder_ / "a"), ElementsAre("old.json"));
    ASSERT_TRUE(made.value().commit());
  }
  EXPECT_THAT(files(folder_ / "a"), ElementsAre("new.json"));
  EXPECT_THAT(files(folder_), ElementsAre("a"));
}

TEST_F(OutputFolderTest, IsForItsOwnerAloneFromTheStartWhateverTheUmask) {
  const mode_t before = ::umask(0);
  auto made = OutputFolder::open(folder_ / "a", false, is_json);
  ::umask(before);
  ASSERT_TRUE(made && made.value().write("1.json", "{}"));
  ASSERT_EQ(files(folder_).size(), 1U);
  EXPECT_EQ(fs::status(folder_ / files(folder_).front()).permissions(), fs::perms::owner_all);
  ASSERT_TRUE(made.value().commit());
  EXPECT_EQ(fs::status(folder_ / "a").permissions(), fs::perms::owner_all);
}

TEST_F(OutputFolderTest, IsNeverFilledWhereSomebodyElsePreparedAFolder) {
  const std::string guessed = ".matside-" + std::to_string(::getpid()) + "-folder.tmp";
  fs::create_directory(folder_ / "theirs");
  fs::create_symlink("theirs", folder_ / guessed);
  auto made = OutputFolder::open(folder_ / "a", false, is_json);
  ASSERT_TRUE(made && made.value().write("1.json", "{}") && made.value().commit());
  EXPECT_THAT(files(folder_ / "theirs"), ElementsAre());
  EXPECT_FALSE(fs::is_symlink(folder_ / "a"));
}

TEST_F(OutputFolderTest, KeepsAFolderWithSomethingElseInIt) {
  fs::create_directory(folder_ / "a");
  std::ofstream(folder_ / "a" / "letter.txt") << "Dear";
  const auto refused = OutputFolder::open(folder_ / "a", true, is_json);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("letter.txt"));
}

TEST_F(OutputFolderTest, OfTwoThatDontReplaceTheFirstWins) {
  fs::create_directory(folder_ / "unfinished");
  const auto filled = [&](const std::string& text) {
    auto made = OutputFolder::open(folder_ / "a", true, is_json, folder_ / "unfinished");
    EXPECT_TRUE(made && made.value().write("1.json", text));
    return made;
  };
  {
    auto first = filled("1");
    auto second = filled("22");
    EXPECT_THAT(files(folder_), ElementsAre("unfinished"));
    ASSERT_TRUE(first.value().commit_unless_there());
    ASSERT_TRUE(second.value().commit_unless_there()) << "a result is there, as it should be";
    EXPECT_EQ(fs::file_size(folder_ / "a" / "1.json"), 1U);
  }
  EXPECT_THAT(files(folder_ / "unfinished"), ElementsAre());
}

}  // namespace
}  // namespace matside::cli
