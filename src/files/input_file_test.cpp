#include "files/input_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>

namespace matside::files {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::size_t kMost = 1 << 20;

class InputFileTest : public ::testing::Test {
 protected:
  InputFileTest() {
    std::string name = (fs::temp_directory_path() / "matside-input-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  ~InputFileTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] static std::string refusal(const fs::path& path) {
    const auto text = read_file(path, kMost);
    if (text) return "";
    EXPECT_EQ(text.error().kind, base::ErrorKind::input);
    EXPECT_THAT(text.error().message, ::testing::StartsWith(path.string() + ": "));
    return text.error().message;
  }

  fs::path folder_;
};

TEST_F(InputFileTest, IsReadWhole) {
  const std::string text(700'000, 'x');
  std::ofstream(folder_ / "a") << text;
  std::ofstream(folder_ / "empty") << "";
  fs::create_symlink("a", folder_ / "link");
  EXPECT_EQ(read_file(folder_ / "a", kMost).value(), text);
  EXPECT_EQ(read_file(folder_ / "link", kMost).value(), text);
  EXPECT_EQ(read_file(folder_ / "empty", kMost).value(), "");
}

TEST_F(InputFileTest, MayHaveTheLargestSizeButNoMore) {
  std::ofstream(folder_ / "a") << "";
  fs::resize_file(folder_ / "a", kMost);
  EXPECT_EQ(read_file(folder_ / "a", kMost).value().size(), kMost);
  fs::resize_file(folder_ / "a", kMost + 1);
  EXPECT_THAT(refusal(folder_ / "a"), HasSubstr("is too large; the limit is 1 MiB"));
  fs::resize_file(folder_ / "a", std::uintmax_t{1} << 40U);
  EXPECT_THAT(refusal(folder_ / "a"), HasSubstr("is too large"));
}

TEST_F(InputFileTest, MustBeAFileOnDisk) {
  const fs::path fifo = folder_ / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  fs::create_symlink("fifo", folder_ / "to_fifo");
  const fs::path socket = folder_ / "socket";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  ASSERT_LT(socket.string().size(), sizeof address.sun_path);
  std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
  const int bound = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(bound, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  for (const fs::path& path :
       {fifo, folder_ / "to_fifo", socket, fs::path("/dev/zero"), fs::path("/dev/null")}) {
    EXPECT_THAT(refusal(path), HasSubstr("isn't a file on disk"));
  }
  ::close(bound);
  EXPECT_THAT(refusal(folder_), HasSubstr("folder"));
  EXPECT_THAT(refusal(folder_ / "none"), HasSubstr("no such file"));
  EXPECT_THAT(refusal(folder_ / "none" / "a"), HasSubstr("no such file"));
}

}  // namespace
}  // namespace matside::files
