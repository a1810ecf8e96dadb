#include "server/temporary_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

namespace matside::server {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class TemporaryFileTest : public ::testing::Test {
 protected:
  TemporaryFileTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~TemporaryFileTest() override { fs::remove_all(folder_); }

  static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  fs::path folder_ = fs::path(::testing::TempDir()) /
                     ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(TemporaryFileTest, is_read_by_its_path_and_has_no_name_in_the_folder) {
  auto file = TemporaryFile::create(folder_);
  ASSERT_TRUE(file.ok()) << file.error().message;
  ASSERT_TRUE(file.value().write(std::string("one ")).ok());
  ASSERT_TRUE(file.value().write(std::string("two")).ok());
  EXPECT_EQ(read(file.value().path()), "one two");
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(TemporaryFileTest, is_gone_when_it_is_closed) {
  fs::path path;
  {
    auto file = TemporaryFile::create(folder_);
    ASSERT_TRUE(file.ok());
    path = file.value().path();
    EXPECT_TRUE(fs::exists(path));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(TemporaryFileTest, moves_with_its_content) {
  auto first = TemporaryFile::create(folder_);
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(first.value().write(std::string("x")).ok());
  const TemporaryFile second = std::move(first).value();
  EXPECT_EQ(read(second.path()), "x");
}

TEST_F(TemporaryFileTest, is_for_its_owner_only_and_has_no_name_to_follow) {
  const mode_t before = ::umask(0);
  auto file = TemporaryFile::create(folder_);
  ::umask(before);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(fs::status(file.value().path()).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::hard_link_count(file.value().path()), 0U);
}

TEST_F(TemporaryFileTest, in_a_folder_that_is_not_there_is_an_error) {
  const auto file = TemporaryFile::create(folder_ / "nowhere");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().kind, base::ErrorKind::output);
  EXPECT_THAT(file.error().message, HasSubstr("nowhere"));
  EXPECT_THAT(file.error().message, HasSubstr("TMPDIR"));
}

}  // namespace
}  // namespace matside::server
