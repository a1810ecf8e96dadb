#include "server/loopback_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <vector>

namespace matside::server {
namespace {

namespace fs = std::filesystem;
namespace http = boost::beast::http;
using ::testing::HasSubstr;
using ::testing::Not;

class LoopbackKeyTest : public ::testing::Test {
 protected:
  LoopbackKeyTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~LoopbackKeyTest() override { fs::remove_all(folder_); }

  LoopbackKey key() const {
    auto key = LoopbackKey::load_or_create(folder_);
    EXPECT_TRUE(key.ok());
    return key ? key.value() : LoopbackKey();
  }
  static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& text) const {
    std::ofstream(folder_ / "serve.key", std::ios::binary) << text;
    fs::permissions(folder_ / "serve.key", fs::perms::owner_read | fs::perms::owner_write);
  }

  fs::path folder_ = fs::path(::testing::TempDir()) /
                     ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(LoopbackKeyTest, stays_the_same_in_a_file_for_its_owner_only) {
  const mode_t before = ::umask(0);
  const LoopbackKey first = key();
  ::umask(before);
  EXPECT_EQ(first.address.size(), 32U);
  EXPECT_EQ(first.cookie.size(), 32U);
  EXPECT_NE(first.address, first.cookie);
  EXPECT_EQ(key().cookie, first.cookie);
  EXPECT_EQ(key().address, first.address);
  EXPECT_EQ(fs::status(folder_ / "serve.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(LoopbackKeyTest, a_file_that_others_could_read_or_that_is_damaged_is_replaced) {
  const fs::path file = folder_ / "serve.key";
  const std::string zeros = std::string(64, '0') + "\n";
  const std::vector<std::function<void()>> damages = {
      [&] { fs::permissions(file, fs::perms::group_read, fs::perm_options::add); },
      [&] { fs::permissions(file, fs::perms::others_write, fs::perm_options::add); },
      [&] { write(""); },
      [&] { write(zeros + zeros); },
      [&] { write(std::string(64, 'G') + "\n"); },
      [&] { write(std::string(65, '\0')); },
  };
  for (const auto& damage : damages) {
    const LoopbackKey before = key();
    damage();
    const LoopbackKey after = key();
    EXPECT_NE(after.cookie, before.cookie);
    EXPECT_NE(after.cookie, std::string(32, '0'));
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  }
}

TEST_F(LoopbackKeyTest, a_link_or_a_fifo_is_replaced_and_not_followed) {
  const fs::path file = folder_ / "serve.key";
  const fs::path elsewhere = folder_ / "elsewhere";
  const std::string zeros = std::string(64, '0') + "\n";
  write(zeros);
  fs::rename(file, elsewhere);
  fs::create_symlink(elsewhere, file);
  EXPECT_NE(key().cookie, std::string(32, '0'));
  EXPECT_EQ(read(elsewhere), zeros);
  EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(file)));
  fs::remove(file);
  ASSERT_EQ(::mkfifo(file.c_str(), S_IRUSR | S_IWUSR), 0);
  EXPECT_EQ(key().cookie.size(), 32U);
  EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(file)));
}

TEST_F(LoopbackKeyTest, a_folder_that_is_not_there_is_an_error) {
  const auto refused = LoopbackKey::load_or_create(folder_ / "nowhere");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::output);
  EXPECT_THAT(refused.error().message, HasSubstr("nowhere"));
}

TEST_F(LoopbackKeyTest, only_the_address_with_the_key_is_exchanged) {
  const LoopbackKey key{std::string(32, 'a'), std::string(32, 'b')};
  EXPECT_TRUE(has_key("/?key=" + key.address, key));
  for (const std::string& target :
       {std::string("/"), std::string("/?key="), "/?key=" + key.address.substr(1),
        "/?key=" + key.address + "a", "/?key=" + key.cookie, "/?KEY=" + key.address,
        "/x?key=" + key.address}) {
    EXPECT_FALSE(has_key(target, key)) << target;
  }
  const LoopbackKey empty;
  EXPECT_FALSE(has_key("/?key=", empty));
}

TEST_F(LoopbackKeyTest, the_cookie_is_the_key_for_one_port_only) {
  const LoopbackKey key{std::string(32, 'a'), std::string(32, 'b')};
  const HttpResponse response = exchange_key(key, 8787, false);
  EXPECT_EQ(response.result(), http::status::see_other);
  EXPECT_EQ(std::string(response[http::field::location]), "/");
  const std::string set(response[http::field::set_cookie]);
  EXPECT_EQ(set, "matside-8787=" + key.cookie +
                     "; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict");
  EXPECT_THAT(std::string(exchange_key(key, 443, true)[http::field::set_cookie]),
              HasSubstr("; Secure"));
  EXPECT_THAT(set, Not(HasSubstr(key.address)));
  EXPECT_TRUE(holds_key(key, 8787, "x=1; matside-8787=" + key.cookie));
  for (const std::string& cookies :
       {std::string(), "matside-8787=" + key.address, "matside-8788=" + key.cookie,
        "matside-8787=" + key.cookie + "b", std::string("matside-8787=")}) {
    EXPECT_FALSE(holds_key(key, 8787, cookies)) << cookies;
  }
  EXPECT_FALSE(holds_key(LoopbackKey(), 8787, "matside-8787="));
}

TEST_F(LoopbackKeyTest, others_are_told_what_to_do) {
  const HttpResponse refused = key_needed();
  EXPECT_EQ(refused.result(), http::status::unauthorized);
  EXPECT_THAT(refused.body(), HasSubstr("Open the address that matside serve printed"));
}

}  // namespace
}  // namespace matside::server
