#include "server/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/exercise.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;
using nlohmann::json;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

const char* const kHello = R"({"type":"hello","level":1})";
const char* const kStop = R"({"type":"stop"})";

std::string grey_jpeg(int width_px, int height_px) {
  const std::vector<unsigned char> grey(static_cast<std::size_t>(width_px * height_px), 128);
  unsigned char* jpeg = nullptr;
  unsigned long size = 0;  // NOLINT(google-runtime-int): as turbojpeg has it
  void* writer = tjInitCompress();
  tjCompress2(writer, grey.data(), width_px, 0, height_px, TJPF_GRAY, &jpeg, &size, TJSAMP_GRAY,
              80, 0);
  std::string text(reinterpret_cast<char*>(jpeg), size);
  tjFree(jpeg);
  tjDestroy(writer);
  return text;
}

std::string frame(std::uint32_t index, double time_s, const std::string& jpeg) {
  std::string message(12, '\0');
  std::memcpy(message.data(), &index, 4);
  std::memcpy(message.data() + 4, &time_s, 8);
  return message + jpeg;
}

/// A page's end of a practice.
class Tab {
 public:
  explicit Tab(std::uint16_t port, std::optional<std::string> origin = {}) : stream_(io_) {
    const std::string host = "127.0.0.1:" + std::to_string(port);
    beast::get_lowest_layer(stream_).connect({asio::ip::make_address("127.0.0.1"), port});
    stream_.set_option(websocket::stream_base::decorator(
        [text = origin.value_or("http://" + host)](websocket::request_type& request) {
          if (!text.empty()) request.set(http::field::origin, text);
        }));
    stream_.handshake(host, "/practice", failed_);
  }

  [[nodiscard]] bool open() const { return !failed_; }
  /// Whether the server answered, and that with no.
  [[nodiscard]] bool refused() const { return failed_ == websocket::error::upgrade_declined; }

  void send(const std::string& text) { write(text, true); }
  void send_frame(const std::string& bytes) { write(bytes, false); }

  /// The next message; null when the server has ended the connection.
  json next() {
    beast::flat_buffer buffer;
    stream_.read(buffer, failed_);
    if (failed_) return nullptr;
    return json::parse(beast::buffers_to_string(buffer.data()));
  }
  /// The next message of this type, those before it left out.
  json next(const std::string& type) {
    while (true) {
      json message = next();
      if (message.is_null() || message["type"] == type) return message;
    }
  }
  /// Why the server ended it, and that it did.
  std::string failure() {
    const json message = next("failure");
    if (message.is_null() || !next().is_null()) return "none";
    return message["id"];
  }

 private:
  void write(const std::string& bytes, bool text) {
    stream_.text(text);
    stream_.write(asio::buffer(bytes), failed_);
  }

  asio::io_context io_;
  websocket::stream<beast::tcp_stream> stream_;
  error_code failed_;
};

class ServerTest : public ::testing::Test {
 protected:
  ~ServerTest() override { stop(); }

  server::Setup setup() {
    server::Setup setup;
    setup.port = 0;
    auto page = Page::load(MATSIDE_BINARY_DIR "/share/matside/web");
    EXPECT_TRUE(page.ok());
    setup.page = std::move(page).value();
    setup.exercise = support::single_leg_kick();
    setup.networks = {MATSIDE_BINARY_DIR "/share/matside/models", blazepose::Variant::lite,
                      false};
    return setup;
  }

  void start(const Limits& limits = {}) {
    server::Setup wanted = setup();
    wanted.limits = limits;
    auto server = Server::create(std::move(wanted));
    ASSERT_TRUE(server.ok());
    server_ = std::move(server).value();
    thread_ = std::thread([this] { server_->run(stop_); });
  }

  void stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port()); }

  tcp::socket connect() {
    tcp::socket socket(io_);
    socket.connect({asio::ip::make_address("127.0.0.1"), port()});
    return socket;
  }

  /// Sends this text as it is. @returns all that comes back until the server closes.
  std::string raw(const std::string& request) {
    tcp::socket socket = connect();
    asio::write(socket, asio::buffer(request));
    std::string answer;
    error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    return answer;
  }

  std::string get(const std::string& target) {
    return raw("GET " + target + " HTTP/1.1\r\nHost: " + host() +
               "\r\nConnection: close\r\n\r\n");
  }

  std::unique_ptr<Server> server_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
  asio::io_context io_;
};

TEST_F(ServerTest, serves_the_page_by_a_strict_policy) {
  start();
  const std::string answer = get("/");
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 200 OK"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/html; charset=utf-8"));
  EXPECT_THAT(answer,
              HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'"));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(answer, HasSubstr("Cache-Control: no-store"));
  EXPECT_THAT(answer, HasSubstr("<title>Matside</title>"));
  EXPECT_THAT(get("/page.js"), HasSubstr("Content-Type: text/javascript"));
  EXPECT_THAT(get("/page.css"), HasSubstr("Content-Type: text/css"));
  EXPECT_THAT(get("/icon.svg"), HasSubstr("Content-Type: image/svg+xml"));
}

TEST_F(ServerTest, knows_no_other_file) {
  start();
  for (const char* target : {"/index.html", "/../models/eye.tflite", "//etc/passwd",
                             "/%2e%2e/exercises/cues.en.json", "/page.js?x"}) {
    EXPECT_THAT(get(target), HasSubstr("HTTP/1.1 404")) << target;
  }
}

TEST_F(ServerTest, answers_no_name_but_its_own) {
  start();
  const std::string end = "\r\nConnection: close\r\n\r\n";
  for (const std::string& name :
       {std::string("evil.example:") + std::to_string(port()), std::string("127.0.0.1"),
        std::string("127.0.0.1:1"), "localhost.evil.example:" + std::to_string(port())}) {
    EXPECT_THAT(raw("GET / HTTP/1.1\r\nHost: " + name + end), HasSubstr(" 403 ")) << name;
  }
  EXPECT_THAT(raw("GET / HTTP/1.1\r\nX: y" + end), HasSubstr(" 403 "));
  EXPECT_THAT(raw("GET / HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) + end),
              HasSubstr(" 200 "));
}

TEST_F(ServerTest, takes_nothing_but_small_plain_requests) {
  start();
  const std::string head = " / HTTP/1.1\r\nHost: " + host() + "\r\n";
  EXPECT_THAT(raw("POST" + head + "\r\n"), HasSubstr(" 405 "));
  EXPECT_THAT(raw("POST" + head + "Content-Length: 5\r\n\r\nhello"), HasSubstr(" 4"));
  EXPECT_THAT(raw("GET" + head + "Long: " + std::string(9000, 'x') + "\r\n\r\n"),
              HasSubstr(" 431 "));
  EXPECT_THAT(raw("nonsense\r\n\r\n"), HasSubstr(" 400 "));
  EXPECT_THAT(get("/practice"), HasSubstr(" 426 "));
}

TEST_F(ServerTest, lets_no_other_site_open_a_practice) {
  start();
  EXPECT_TRUE(Tab(port(), "http://evil.example").refused());
  EXPECT_TRUE(Tab(port(), "https://" + host()).refused());
  EXPECT_TRUE(Tab(port(), "null").refused());
  EXPECT_TRUE(Tab(port(), "").refused());
  EXPECT_TRUE(Tab(port()).open());
}

TEST_F(ServerTest, answers_each_picture_and_ends_with_a_summary) {
  start();
  Tab tab(port());
  tab.send(kHello);
  const json ready = tab.next();
  EXPECT_EQ(ready["type"], "ready");
  EXPECT_EQ(ready["level"], 1);
  for (std::uint32_t i = 0; i < 3; ++i) {
    tab.send_frame(frame(i, i / 30.0, grey_jpeg(64, 48)));
    EXPECT_EQ(tab.next(), json::parse(R"({"type":"frame_done","index":)" + std::to_string(i) +
                                      R"(,"dropped":false,"person":false})"));
  }
  tab.send(kStop);
  EXPECT_EQ(tab.next("summary")["frames"], 3);
  EXPECT_TRUE(tab.next().is_null());
}

TEST_F(ServerTest, drops_pictures_that_come_before_it_is_done_but_answers_every_one) {
  start();
  Tab tab(port());
  tab.send(kHello);
  tab.next("ready");
  constexpr std::uint32_t kFrames = 40;
  for (std::uint32_t i = 0; i < kFrames; ++i) {
    tab.send_frame(frame(i, i / 30.0, grey_jpeg(640, 360)));
  }
  std::uint32_t dropped = 0;
  std::set<int> answered;
  while (answered.size() < kFrames) {
    const json done = tab.next("frame_done");
    ASSERT_FALSE(done.is_null());
    answered.insert(done["index"].get<int>());
    if (done["dropped"]) ++dropped;
  }
  EXPECT_GT(dropped, 0U);
  tab.send(kStop);
  EXPECT_EQ(tab.next("summary")["frames"], kFrames - dropped);
}

TEST_F(ServerTest, has_one_practice_at_a_time) {
  start();
  {
    Tab first(port());
    first.send(kHello);
    first.next("ready");
    Tab second(port());
    second.send(kHello);
    EXPECT_EQ(second.failure(), "busy");
    first.send_frame(frame(0, 0.0, grey_jpeg(64, 48)));
    EXPECT_EQ(first.next()["type"], "frame_done");
    first.send(kStop);
    first.next("summary");
  }
  Tab third(port());
  third.send(kHello);
  EXPECT_EQ(third.next()["type"], "ready");
}

TEST_F(ServerTest, frees_the_mat_when_a_page_goes_away) {
  start();
  {
    Tab first(port());
    first.send(kHello);
    first.next("ready");
  }
  json answer;
  while (answer.is_null() || answer["type"] == "failure") {
    Tab next(port());
    next.send(kHello);
    answer = next.next();
    ASSERT_FALSE(answer.is_null());
  }
  EXPECT_EQ(answer["type"], "ready");
}

TEST_F(ServerTest, ends_a_connection_whose_message_the_schema_does_not_allow) {
  start();
  for (const std::string& wrong :
       {std::string("hello"), std::string("[]"), std::string("{}"), std::string(kStop),
        std::string(R"({"type":"hello"})"), std::string(R"({"type":"hello","level":4})"),
        std::string(R"({"type":"hello","level":-1})"),
        std::string(R"({"type":"hello","level":1.5})"),
        std::string(R"({"type":"hello","level":"1"})"),
        std::string(R"({"type":"hello","level":1,"more":1})"),
        std::string(R"({"type":"stop","more":1})"), std::string(R"({"type":"bye"})"),
        std::string(3000, '['), std::string(5000, ' ') + kHello}) {
    Tab tab(port());
    tab.send(wrong);
    EXPECT_EQ(tab.failure(), "bad_message") << wrong.substr(0, 60);
  }
  Tab early(port());
  early.send_frame(frame(0, 0.0, grey_jpeg(64, 48)));
  EXPECT_EQ(early.failure(), "bad_message");
}

TEST_F(ServerTest, ends_a_connection_whose_picture_is_none) {
  start();
  const std::string good = grey_jpeg(640, 360);
  for (const std::string& wrong :
       {std::string("short"), frame(0, 0.0, "no JPEG at all"),
        frame(0, 0.0, good.substr(0, good.size() / 2)), frame(0, -1.0, good),
        frame(0, std::numeric_limits<double>::quiet_NaN(), good),
        frame(0, 0.0, grey_jpeg(1921, 16))}) {
    Tab tab(port());
    tab.send(kHello);
    tab.next("ready");
    tab.send_frame(wrong);
    EXPECT_EQ(tab.failure(), "bad_frame") << wrong.size();
  }
}

TEST_F(ServerTest, reads_no_picture_beyond_its_size_limit) {
  start();
  Tab tab(port());
  tab.send(kHello);
  tab.next("ready");
  tab.send_frame(frame(0, 0.0, std::string(Limits().frame_bytes, 'x')));
  EXPECT_TRUE(tab.next().is_null());
}

TEST_F(ServerTest, ends_a_connection_that_sends_too_many_messages) {
  Limits limits;
  limits.messages_per_second = 0;
  start(limits);
  Tab tab(port());
  tab.send(kHello);
  EXPECT_EQ(tab.failure(), "too_many");
}

TEST_F(ServerTest, drops_slow_clients_and_the_practice_goes_on) {
  Limits limits;
  limits.request = milliseconds(300);
  limits.hello = milliseconds(300);
  start(limits);
  Tab practising(port());
  practising.send(kHello);
  practising.next("ready");
  tcp::socket half = connect();
  asio::write(half, asio::buffer(std::string("GET / HTTP/1.1\r\nHost: 12")));
  Tab silent(port());
  std::string answer;
  error_code end;
  asio::read(half, asio::dynamic_buffer(answer), end);
  EXPECT_EQ(answer, "");
  EXPECT_EQ(silent.failure(), "bad_message");
  practising.send_frame(frame(0, 0.0, grey_jpeg(64, 48)));
  EXPECT_EQ(practising.next()["type"], "frame_done");
}

TEST_F(ServerTest, takes_no_more_connections_than_its_limit) {
  Limits limits;
  limits.connections = 2;
  start(limits);
  const Tab first(port());
  const Tab second(port());
  EXPECT_TRUE(first.open() && second.open());
  EXPECT_FALSE(Tab(port()).open());
}

TEST_F(ServerTest, stops_in_the_middle_of_a_practice) {
  start();
  Tab tab(port());
  tab.send(kHello);
  tab.next("ready");
  tab.send_frame(frame(0, 0.0, grey_jpeg(640, 360)));
  stop();
  server_.reset();
  while (!tab.next().is_null()) {
  }
}

TEST_F(ServerTest, says_that_a_port_is_taken) {
  start();
  server::Setup same = setup();
  same.port = port();
  const auto second = Server::create(std::move(same));
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind, base::ErrorKind::usage);
  EXPECT_THAT(second.error().message, HasSubstr("is in use by another program"));
}

TEST_F(ServerTest, binds_to_no_address_that_others_can_reach) {
  for (const char* address : {"0.0.0.0", "::", "192.168.0.1", "somewhere"}) {
    server::Setup open = setup();
    open.address = address;
    const auto made = Server::create(std::move(open));
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().kind, base::ErrorKind::usage);
  }
  server::Setup open = setup();
  open.address = "0.0.0.0";
  EXPECT_THAT(Server::create(std::move(open)).error().message, HasSubstr("needs --tls"));
}

}  // namespace
}  // namespace matside::server
