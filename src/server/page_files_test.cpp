#include "server/page_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace matside::server {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class PageFilesTest : public ::testing::Test {
 protected:
  PageFilesTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "voice");
    for (const char* name :
         {"index.html", "page.js", "hearing.js", "page.css", "icon.svg", "body.bin"}) {
      write(name, std::string("content of ") + name);
    }
    write("voice/two.ogg", "OggS two");
    write("voice/voice.json", "{}");
    write("voice/notes.txt", "not a clip");
  }
  ~PageFilesTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  fs::path folder_ = fs::path(::testing::TempDir()) /
                     ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(PageFilesTest, are_found_by_request_path_with_their_type) {
  const auto page = Page::load(folder_);
  ASSERT_TRUE(page.ok()) << page.error().message;
  const PageFile* index = page.value().find("/");
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(index->type, "text/html; charset=utf-8");
  EXPECT_EQ(index->body, "content of index.html");
  EXPECT_EQ(page.value().find("/page.js")->type, "text/javascript; charset=utf-8");
  EXPECT_EQ(page.value().find("/hearing.js")->type, "text/javascript; charset=utf-8");
  EXPECT_EQ(page.value().find("/icon.svg")->type, "image/svg+xml");
  EXPECT_EQ(page.value().find("/voice/two.ogg")->type, "audio/ogg");
  EXPECT_EQ(page.value().find("/voice/two.ogg")->body, "OggS two");
  EXPECT_EQ(page.value().find("/voice/voice.json")->type, "application/json");
}

TEST_F(PageFilesTest, no_other_path_is_found) {
  const auto page = Page::load(folder_);
  ASSERT_TRUE(page.ok());
  for (const char* target : {"", "/index.html", "/voice/notes.txt", "/voice/", "/page.js?x",
                             "/../page.js", "/voice/../page.js", "page.js"}) {
    EXPECT_EQ(page.value().find(target), nullptr) << target;
  }
}

TEST_F(PageFilesTest, a_page_needs_no_voice) {
  fs::remove_all(folder_ / "voice");
  EXPECT_TRUE(Page::load(folder_).ok());
}

TEST_F(PageFilesTest, a_missing_or_empty_file_is_an_error_that_names_it) {
  write("page.css", "");
  for (int i = 0; i < 2; ++i) {
    const auto page = Page::load(folder_);
    ASSERT_FALSE(page.ok());
    EXPECT_EQ(page.error().kind, base::ErrorKind::model);
    EXPECT_THAT(page.error().message, HasSubstr("page.css: can't be read"));
    fs::remove(folder_ / "page.css");
  }
}

}  // namespace
}  // namespace matside::server
