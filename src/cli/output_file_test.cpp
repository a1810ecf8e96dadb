#include "cli/output_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class OutputFileTest : public ::testing::Test {
 protected:
  OutputFileTest() {
    std::string name = (fs::temp_directory_path() / "matside-output-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  ~OutputFileTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  [[nodiscard]] base::Result<OutputFile> open(const std::string& name) const {
    return OutputFile::open(folder_ / name, {.own_signature = "mark"});
  }
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  [[nodiscard]] std::string content(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / name).rdbuf();
    return text.str();
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

  fs::path folder_;
};

TEST_F(OutputFileTest, AppearsOnlyWhenItIsWhole) {
  auto file = open("a");
  ASSERT_TRUE(file);
  ASSERT_TRUE(file.value().write(std::string(200'000, 'x')));
  EXPECT_FALSE(fs::exists(folder_ / "a"));
  ASSERT_TRUE(file.value().commit());
  EXPECT_EQ(content("a").size(), 200'000U);
  EXPECT_THAT(files(), ElementsAre("a"));
}

TEST_F(OutputFileTest, LeavesNothingBehindWithoutCommit) {
  {
    auto file = open("a");
    ASSERT_TRUE(file && file.value().write("x"));
    EXPECT_EQ(files().size(), 1U);
  }
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(OutputFileTest, KeepsWhatWasThereUntilCommit) {
  put("a", "mark: old");
  {
    auto abandoned = open("a");
    ASSERT_TRUE(abandoned && abandoned.value().write("mark: half"));
  }
  EXPECT_EQ(content("a"), "mark: old");
  auto file = open("a");
  ASSERT_TRUE(file && file.value().write("mark: new") && file.value().commit());
  EXPECT_EQ(content("a"), "mark: new");
}

TEST_F(OutputFileTest, ReplacesAnEmptyFileButNoneWithoutTheMark) {
  put("empty", "");
  put("foreign", "something else");
  EXPECT_TRUE(open("empty"));
  const auto refused = open("foreign");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, base::ErrorKind::output);
  EXPECT_EQ(refused.error().message,
            (folder_ / "foreign").string() + ": already exists; overwrite it with --force");
}

TEST_F(OutputFileTest, ReplacesAnythingByForce) {
  put("foreign", "something else");
  auto file = OutputFile::open(folder_ / "foreign", {.forced = true});
  ASSERT_TRUE(file && file.value().write("new") && file.value().commit());
  EXPECT_EQ(content("foreign"), "new");
}

/// Everybody may do everything with new files, in spite of the mode.
class OpenUmask {
 public:
  OpenUmask() : before_(::umask(0)) {}
  OpenUmask(const OpenUmask&) = delete;
  OpenUmask& operator=(const OpenUmask&) = delete;
  ~OpenUmask() { ::umask(before_); }

 private:
  mode_t before_;
};

TEST_F(OutputFileTest, IsForItsOwnerAloneFromTheStartWhateverTheUmask) {
  const OpenUmask open_umask;
  constexpr fs::perms kOwner = fs::perms::owner_read | fs::perms::owner_write;
  put("old", "mark");
  for (const std::string name : {"new", "old"}) {
    auto file = open(name);
    ASSERT_TRUE(file);
    for (const std::string& each : files()) {
      if (!each.ends_with(".tmp")) continue;
      EXPECT_EQ(fs::status(folder_ / each).permissions(), kOwner);
    }
    ASSERT_TRUE(file.value().write("mark") && file.value().commit());
    EXPECT_EQ(fs::status(folder_ / name).permissions(), kOwner) << name;
  }
}

TEST_F(OutputFileTest, HasATemporaryNameThatNobodyCanGuess) {
  std::set<std::string> names;
  for (int i = 0; i < 20; ++i) {
    const auto file = open("a");
    ASSERT_TRUE(file);
    ASSERT_EQ(files().size(), 1U);
    names.insert(files().front());
    EXPECT_THAT(files().front(), Not(HasSubstr(std::to_string(::getpid()))));
  }
  EXPECT_EQ(names.size(), 20U);
}

TEST_F(OutputFileTest, IsNeverWrittenThroughALinkWithItsFormerTemporaryName) {
  put("victim", "precious");
  for (int n = 1; n <= 50; ++n) {
    fs::create_symlink("victim", folder_ / (".matside-" + std::to_string(::getpid()) + "-" +
                                            std::to_string(n) + ".tmp"));
  }
  auto file = open("a");
  ASSERT_TRUE(file && file.value().write("new") && file.value().commit());
  EXPECT_EQ(content("a"), "new");
  EXPECT_FALSE(fs::is_symlink(folder_ / "a"));
  EXPECT_EQ(content("victim"), "precious");
}

TEST_F(OutputFileTest, KnowsAnotherUsersLink) {
  constexpr unsigned int kMaker = 12345;
  put("victim", "");
  fs::create_symlink("victim", folder_ / "link");
  if (::geteuid() == 0) {
    ASSERT_EQ(::lchown((folder_ / "link").c_str(), kMaker, kMaker), 0);
    EXPECT_FALSE(OutputFile::open(folder_ / "link", {.forced = true}));
  } else {
    EXPECT_FALSE(is_link_of_another(folder_ / "link", ::geteuid()));
  }
  EXPECT_TRUE(is_link_of_another(folder_ / "link", kMaker + 1));
  EXPECT_FALSE(is_link_of_another(folder_ / "victim", kMaker + 1));
}

TEST_F(OutputFileTest, WritesThroughALinkToTheFileItNames) {
  put("real", "mark");
  fs::create_symlink("real", folder_ / "link");
  auto file = open("link");
  ASSERT_TRUE(file && file.value().write("mark: new") && file.value().commit());
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(content("real"), "mark: new");
}

TEST_F(OutputFileTest, NeverReplacesAnInputNotEvenThroughAnotherName) {
  put("input", "mark");
  fs::create_symlink("input", folder_ / "link");
  const std::vector<fs::path> inputs{folder_ / "input"};
  for (const std::string name : {"input", "./input", "link"}) {
    EXPECT_FALSE(OutputFile::open(folder_ / name, {.forced = true, .inputs = inputs})) << name;
  }
}

TEST_F(OutputFileTest, RefusesAFolderAndAFileInNoFolder) {
  EXPECT_FALSE(open("."));
  EXPECT_FALSE(open("none/a"));
}

TEST_F(OutputFileTest, SaysWhenTheDeviceIsFull) {
  auto file = OutputFile::open("/dev/full", {});
  ASSERT_TRUE(file);
  ASSERT_TRUE(file.value().write("x"));
  const auto written = file.value().commit();
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "/dev/full: cannot be written: No space left on device");
}

}  // namespace
}  // namespace matside::cli
