#include "files/input_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

namespace matside::files {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::size_t kMost = 1 << 20;
constexpr unsigned kNobody = 65534;

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

TEST_F(InputFileTest, WithoutPermissionIsRefused) {
  const fs::path secret = folder_ / "secret";
  std::ofstream(secret) << "mine";
  fs::permissions(folder_, fs::perms(0755));
  fs::permissions(secret, fs::perms(0));
  // Root may read anything.
  const bool root = ::geteuid() == 0;
  ASSERT_EQ(root ? ::seteuid(kNobody) : 0, 0);
  const std::string said = refusal(secret);
  ASSERT_EQ(root ? ::seteuid(0) : 0, 0);
  EXPECT_EQ(said, secret.string() + ": can't be read; check its permissions");
}

TEST_F(InputFileTest, ThatTheDiskFailsToReadIsRefused) {
  // Linux has no memory at address 0 to read, and says so as a broken disk does: EIO.
  EXPECT_EQ(refusal("/proc/self/mem"),
            "/proc/self/mem: can't be read; the disk may be damaged");
}

TEST_F(InputFileTest, ThatGrowsWhileItIsReadIsReadUpToTheLimit) {
  // Its size is 0 whatever it contains.
  EXPECT_THAT(read_file("/proc/self/status", kMost).value(), HasSubstr("Pid:"));
  const auto all = read_file("/proc/self/status", 0);
  ASSERT_FALSE(all);
  EXPECT_THAT(all.error().message, HasSubstr("is too large; the limit is 0 MiB"));
}

TEST_F(InputFileTest, IsClosedOnceWhereverItIsMoved) {
  const auto open_files = [] {
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
  };
  std::ofstream(folder_ / "a") << "first";
  std::ofstream(folder_ / "b") << "second";
  const auto before = open_files();
  {
    auto a = InputFile::open(folder_ / "a");
    auto b = InputFile::open(folder_ / "b");
    ASSERT_TRUE(a && b);
    EXPECT_EQ(open_files(), before + 2);
    InputFile moved(std::move(a).value());
    moved = std::move(b).value();
    EXPECT_EQ(moved.size(), 6U);
    std::array<std::byte, 100> bytes{};
    ASSERT_EQ(moved.read(bytes).value(), 6U);
    EXPECT_EQ(bytes[0], std::byte{'s'});
    EXPECT_EQ(moved.read(bytes).value(), 0U);
  }
  EXPECT_EQ(open_files(), before);
}

}  // namespace
}  // namespace matside::files
