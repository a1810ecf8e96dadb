// Other devices: TLS, the code, and what a device gets before and after pairing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/rfc2818_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "server/pairing.h"
#include "tests/server/server_fixture.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace fs = std::filesystem;
using asio::ip::tcp;
using boost::system::error_code;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

/// Codes that the server's thread shows.
class Terminal {
 public:
  void show(const std::string& code) {
    const std::lock_guard lock(mutex_);
    codes_.push_back(code);
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    const std::lock_guard lock(mutex_);
    return codes_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> codes_;
};

class PairingOverTls : public ServerTest {
 protected:
  PairingOverTls() : tls_(asio::ssl::context::tls_client) { fs::remove_all(folder_); }
  ~PairingOverTls() override {
    stop();
    fs::remove_all(folder_);
  }

  void serve(const std::string& address, const Limits& limits = {}) {
    server::Setup wanted = setup();
    wanted.address = address;
    wanted.limits = limits;
    auto certificate =
        self_signed_certificate(folder_, host_names(address), std::chrono::system_clock::now());
    ASSERT_TRUE(certificate.ok()) << certificate.error().message;
    tls_.add_certificate_authority(asio::buffer(certificate.value().chain_pem));
    tls_.set_verify_mode(asio::ssl::verify_peer);
    wanted.certificate = std::move(certificate).value();
    wanted.show_code = [this](const std::string& code) { terminal_.show(code); };
    start(std::move(wanted));
  }

  /// An HTTPS request, its end "Connection: close" and no body by default.
  std::string ask(const std::string& method, const std::string& target,
                  const std::string& more = "", const std::string& body = "") {
    asio::ssl::stream<tcp::socket> stream(io_, tls_);
    stream.set_verify_callback(asio::ssl::rfc2818_verification("127.0.0.1"));
    stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), port()});
    stream.handshake(asio::ssl::stream_base::client);
    asio::write(stream, asio::buffer(method + " " + target + " HTTP/1.1\r\nHost: " + host() +
                                     "\r\nConnection: close\r\n" + more + "Content-Length: " +
                                     std::to_string(body.size()) + "\r\n\r\n" + body));
    std::string answer;
    error_code end;
    asio::read(stream, asio::dynamic_buffer(answer), end);
    return answer;
  }

  std::string type_code(const std::string& code) {
    return ask(
        "POST", "/pair",
        "Origin: https://" + host() + "\r\nContent-Type: application/x-www-form-urlencoded\r\n",
        "code=" + code);
  }

  /// The code shown after a request for the pairing page.
  std::string shown_code() {
    ask("GET", "/pair");
    return terminal_.codes().back();
  }

  /// @returns the field that the paired device sends with each request
  std::string pair() {
    const std::string answer = type_code(shown_code());
    const std::string_view name = "Set-Cookie: ";
    const auto begin = answer.find(name);
    EXPECT_NE(begin, std::string::npos) << answer;
    if (begin == std::string::npos) return "";
    const auto value = begin + name.size();
    return "Cookie: other=1; " + answer.substr(value, answer.find(';', value) - value) + "\r\n";
  }

  using Practice = beast::websocket::stream<beast::ssl_stream<beast::tcp_stream>>;

  /// Opens the practice's WebSocket.
  error_code open_practice(Practice& stream, const std::string& cookie,
                           const std::string& scheme) {
    beast::get_lowest_layer(stream).connect({asio::ip::make_address("127.0.0.1"), port()});
    stream.next_layer().handshake(asio::ssl::stream_base::client);
    stream.set_option(
        beast::websocket::stream_base::decorator([&](beast::websocket::request_type& request) {
          request.set(beast::http::field::origin, scheme + host());
          if (!cookie.empty()) request.set(beast::http::field::cookie, cookie);
        }));
    error_code failed;
    stream.handshake(host(), "/practice", failed);
    return failed;
  }

  /// What the server says first to a practice's hello.
  json practise(const std::string& cookie, const std::string& scheme) {
    Practice stream(io_, tls_);
    error_code failed = open_practice(stream, cookie, scheme);
    if (failed) return failed.message();
    stream.write(asio::buffer(kHello));
    beast::flat_buffer buffer;
    stream.read(buffer);
    json first = json::parse(beast::buffers_to_string(buffer.data()));
    stream.close(beast::websocket::close_code::normal, failed);
    return first;
  }

  asio::io_context io_;
  asio::ssl::context tls_;
  Terminal terminal_;
  fs::path folder_ =
      fs::path(::testing::TempDir()) / ("matside-tls-" + std::to_string(::getpid()));
};

TEST_F(PairingOverTls, loopback_with_tls_needs_no_code) {
  serve("127.0.0.1");
  EXPECT_THAT(server_->url(), HasSubstr("https://127.0.0.1:"));
  const std::string cookie = test_cookie(port());
  EXPECT_THAT(ask("GET", "/"), HasSubstr(" 401 "));
  EXPECT_THAT(ask("GET", "/?key=" + test_key().address),
              HasSubstr("Set-Cookie: " + cookie +
                        "; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict; Secure"));
  EXPECT_THAT(ask("GET", "/", "Cookie: " + cookie + "\r\n"),
              HasSubstr("<title>Matside</title>"));
  EXPECT_EQ(practise(cookie, "https://")["type"], "ready");
  EXPECT_EQ(practise(cookie, "http://").type(), json::value_t::string);
  EXPECT_EQ(practise("", "https://").type(), json::value_t::string);
  EXPECT_TRUE(terminal_.codes().empty());
}

TEST_F(PairingOverTls, an_unpaired_device_gets_the_pairing_page_only) {
  serve("0.0.0.0");
  EXPECT_THAT(ask("GET", "/"), HasSubstr("Location: /pair"));
  const std::string page = ask("GET", "/pair");
  EXPECT_THAT(page, HasSubstr("200 OK"));
  EXPECT_THAT(page, HasSubstr("form-action 'self'"));
  EXPECT_THAT(page, HasSubstr("<label for=\"code\">"));
  EXPECT_THAT(ask("GET", "/pair.css"), HasSubstr("text/css"));
  for (const char* target : {"/page.js", "/page.css", "/icon.svg", "/analyze", "/nothing"}) {
    EXPECT_THAT(ask("GET", target), HasSubstr(" 401 ")) << target;
  }
  EXPECT_THAT(ask("POST", "/analyze", "Origin: https://" + host() + "\r\nX-Matside: page\r\n"),
              HasSubstr(" 401 "));
  EXPECT_EQ(practise("", "https://").type(), json::value_t::string);
  EXPECT_EQ(practise("__Host-matside=" + std::string(64, '0'), "https://").type(),
            json::value_t::string);
}

TEST_F(PairingOverTls, the_code_from_the_terminal_pairs_a_device_until_its_browser_closes) {
  serve("0.0.0.0");
  const std::string answer = type_code(shown_code());
  EXPECT_THAT(answer, HasSubstr("303 See Other"));
  EXPECT_THAT(answer, HasSubstr("Location: /\r\n"));
  EXPECT_THAT(answer, HasSubstr("; Path=/; Secure; HttpOnly; SameSite=Strict\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("Max-Age")));
  const std::string cookie = pair();
  EXPECT_THAT(ask("GET", "/", cookie), HasSubstr("<title>Matside</title>"));
  EXPECT_THAT(ask("GET", "/pair", cookie), HasSubstr("Location: /\r\n"));
  const std::string value = cookie.substr(8, cookie.size() - 10);
  EXPECT_EQ(practise(value, "https://")["type"], "ready");
  EXPECT_EQ(terminal_.codes().size(), 2U);
}

TEST_F(PairingOverTls, a_used_or_wrong_code_pairs_no_device) {
  serve("0.0.0.0");
  const std::string used = shown_code();
  EXPECT_THAT(type_code(used), HasSubstr("303"));
  EXPECT_THAT(type_code(used), HasSubstr("Enter the new one from the terminal"));
  for (int i = 0; i < Pairing::kMaxWrongTries; ++i) {
    EXPECT_THAT(type_code("x"), HasSubstr("Wrong code"));
  }
  EXPECT_THAT(type_code(terminal_.codes().back()), HasSubstr(" 429 "));
}

TEST_F(PairingOverTls, a_code_from_another_sites_page_is_ignored) {
  serve("0.0.0.0");
  const std::string code = shown_code();
  for (const char* origin : {"", "Origin: null\r\n", "Origin: https://evil.example\r\n"}) {
    EXPECT_THAT(ask("POST", "/pair", origin, "code=" + code), HasSubstr(" 403 ")) << origin;
  }
  EXPECT_THAT(ask("POST", "/pair", "Origin: https://" + host() + "\r\n",
                  "code=" + std::string(1000, '1')),
              HasSubstr(" 413 "));
  EXPECT_THAT(type_code(code), HasSubstr("303"));
}

TEST_F(PairingOverTls, idle_strangers_do_not_shut_a_paired_device_out) {
  constexpr int kIdle = 200;
  serve("0.0.0.0");
  const std::string cookie = pair();
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < kIdle; ++i) idle.push_back(std::make_unique<RawClient>(port()));
  EXPECT_THAT(ask("GET", "/", cookie), HasSubstr("<title>Matside</title>"));
  EXPECT_EQ(practise(cookie.substr(8, cookie.size() - 10), "https://")["type"], "ready");
}

TEST_F(PairingOverTls, devices_are_listed_and_unpaired_one_by_one) {
  serve("0.0.0.0");
  const std::string phone = pair();
  const std::string tablet = pair();
  const auto unpair = [&](const std::string& cookie, int device) {
    return ask("POST", "/api/unpair", cookie + "Origin: https://" + host() + "\r\n",
               json{{"device", device}}.dump());
  };
  EXPECT_THAT(ask("GET", "/api/devices"), HasSubstr(" 401 "));
  const std::string all = ask("GET", "/api/devices", phone);
  EXPECT_THAT(all, HasSubstr(R"({"asking":true,"device":1,"name":"Browser"})"));
  EXPECT_THAT(all, HasSubstr(R"({"asking":false,"device":2,"name":"Browser"})"));
  EXPECT_THAT(unpair("", 1), HasSubstr(" 401 "));
  EXPECT_THAT(ask("POST", "/api/unpair", phone, R"({"device":2})"), HasSubstr(" 403 "));
  EXPECT_THAT(unpair(phone, 3), HasSubstr(" 404 "));
  Practice practice(io_, tls_);
  EXPECT_FALSE(
      open_practice(practice, tablet.substr(8, tablet.size() - 10), "https://").failed());
  EXPECT_THAT(unpair(phone, 2), HasSubstr(" 200 "));
  beast::flat_buffer buffer;
  error_code ended;
  practice.read(buffer, ended);
  EXPECT_TRUE(ended.failed()) << "an open practice of an unpaired device ends";
  EXPECT_THAT(ask("GET", "/", tablet), HasSubstr("Location: /pair"));
  EXPECT_THAT(ask("GET", "/api/persons", tablet), HasSubstr(" 401 "));
  EXPECT_EQ(practise(tablet.substr(8, tablet.size() - 10), "https://").type(),
            json::value_t::string);
  EXPECT_THAT(ask("GET", "/", phone), HasSubstr("<title>Matside</title>"));
  EXPECT_THAT(unpair(phone, 1), HasSubstr(R"({"devices":[]})"));
  EXPECT_THAT(ask("GET", "/", phone), HasSubstr("Location: /pair"));
}

TEST_F(PairingOverTls, only_ciphers_with_forward_secrecy_and_authentication_are_offered) {
  serve("127.0.0.1");
  const auto connects = [&](const char* ciphers) {
    asio::ssl::context old(asio::ssl::context::tls_client);
    SSL_CTX_set_max_proto_version(old.native_handle(), TLS1_2_VERSION);
    EXPECT_EQ(SSL_CTX_set_cipher_list(old.native_handle(),
                                      (std::string(ciphers) + ":@SECLEVEL=0").c_str()),
              1);
    asio::ssl::stream<tcp::socket> stream(io_, old);
    stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), port()});
    error_code failed;
    stream.handshake(asio::ssl::stream_base::client, failed);
    return !failed;
  };
  EXPECT_TRUE(connects("ECDHE-ECDSA-AES128-GCM-SHA256"));
  EXPECT_TRUE(connects("ECDHE-ECDSA-CHACHA20-POLY1305"));
  for (const char* weak : {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384",
                           "ECDHE-ECDSA-AES128-CCM8", "AES128-GCM-SHA256", "AES128-SHA"}) {
    EXPECT_FALSE(connects(weak)) << weak;
  }
}

TEST_F(PairingOverTls, a_connection_without_tls_is_dropped_and_a_practice_continues) {
  Limits limits;
  limits.request = std::chrono::milliseconds(300);
  serve("127.0.0.1", limits);
  EXPECT_THAT(raw("GET / HTTP/1.1\r\nHost: " + host() + "\r\n\r\n"), Not(HasSubstr("HTTP/1")));
  RawClient silent(port());
  EXPECT_EQ(silent.read_to_end(), "");
  EXPECT_EQ(practise(test_cookie(port()), "https://")["type"], "ready");
}

}  // namespace
}  // namespace matside::server
