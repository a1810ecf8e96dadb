#include "tests/server/server_fixture.h"

#include <turbojpeg.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <cstring>
#include <utility>
#include <vector>

#include "practice/following_estimator.h"
#include "tests/support/exercise.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;
using nlohmann::json;

constexpr int kSmallBuffer_bytes = 4096;

tcp::endpoint endpoint(std::uint16_t port) {
  return {asio::ip::make_address("127.0.0.1"), port};
}

}  // namespace

LoopbackKey test_key() { return {std::string(32, 'a'), std::string(32, 'c')}; }

std::string test_cookie(std::uint16_t port) {
  return "matside-" + std::to_string(port) + "=" + test_key().cookie;
}

std::uint16_t port_in(const std::string& address) {
  const std::size_t begin = address.find("://127.0.0.1:");
  EXPECT_NE(begin, std::string::npos) << address;
  return static_cast<std::uint16_t>(std::stoi(address.substr(begin + 13)));
}

std::string cookie_for(const std::string& address) {
  const std::uint16_t port = port_in(address);
  const std::string target = address.substr(address.find('/', address.find("://") + 3));
  RawClient client(port);
  client.send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
              "\r\nConnection: close\r\n\r\n");
  const std::string answer = client.read_to_end();
  const std::string_view name = "Set-Cookie: ";
  const std::size_t begin = answer.find(name);
  EXPECT_NE(begin, std::string::npos) << answer;
  if (begin == std::string::npos) return "";
  const std::size_t value = begin + name.size();
  return answer.substr(value, answer.find(';', value) - value);
}

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

struct RawClient::Impl {
  asio::io_context io;
  tcp::socket socket{io};
};

RawClient::RawClient(std::uint16_t port) : impl_(std::make_unique<Impl>()) {
  impl_->socket.connect(endpoint(port));
}
RawClient::~RawClient() = default;

void RawClient::send(const std::string& bytes) {
  error_code gone;
  asio::write(impl_->socket, asio::buffer(bytes), gone);
}

std::string RawClient::read_to_end() {
  std::string answer;
  error_code end;
  asio::read(impl_->socket, asio::dynamic_buffer(answer), end);
  return answer;
}

std::string RawClient::read_until(const std::string& wanted) {
  std::string answer;
  error_code end;
  asio::read_until(impl_->socket, asio::dynamic_buffer(answer), wanted, end);
  return answer;
}

struct PageClient::Impl {
  void write(const std::string& bytes, bool text) {
    stream.text(text);
    stream.write(asio::buffer(bytes), failed);
  }

  asio::io_context io;
  websocket::stream<beast::tcp_stream> stream{io};
  error_code failed;
  websocket::response_type response;
};

PageClient::PageClient(std::uint16_t port, const Options& options)
    : impl_(std::make_unique<Impl>()) {
  const std::string host = "127.0.0.1:" + std::to_string(port);
  tcp::socket& socket = beast::get_lowest_layer(impl_->stream).socket();
  socket.open(tcp::v4());
  if (options.reads_slowly) {
    socket.set_option(asio::socket_base::receive_buffer_size(kSmallBuffer_bytes));
  }
  socket.connect(endpoint(port));
  impl_->stream.set_option(websocket::stream_base::decorator(
      [text = options.origin.value_or("http://" + host),
       cookie = options.cookie.value_or(test_cookie(port)),
       subprotocols = options.subprotocols](websocket::request_type& request) {
        if (!text.empty()) request.set(beast::http::field::origin, text);
        if (!cookie.empty()) request.set(beast::http::field::cookie, cookie);
        if (!subprotocols.empty())
          request.set(beast::http::field::sec_websocket_protocol, subprotocols);
      }));
  impl_->stream.handshake(impl_->response, host, options.target, impl_->failed);
}
PageClient::~PageClient() = default;

bool PageClient::open() const { return !impl_->failed; }
bool PageClient::refused() const { return impl_->failed == websocket::error::upgrade_declined; }
std::string PageClient::subprotocol() const {
  return std::string(impl_->response[beast::http::field::sec_websocket_protocol]);
}
void PageClient::send(const std::string& text) { impl_->write(text, true); }
void PageClient::send_frame(const std::string& bytes) { impl_->write(bytes, false); }

json PageClient::next() {
  beast::flat_buffer buffer;
  impl_->stream.read(buffer, impl_->failed);
  if (impl_->failed) return nullptr;
  const std::string bytes = beast::buffers_to_string(buffer.data());
  if (impl_->stream.got_text()) return json::parse(bytes);
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data(), std::min(bytes.size(), sizeof number));
  return number;
}

json PageClient::next(const std::string& type) {
  while (true) {
    json message = next();
    if (message.is_null() || (message.is_object() && message["type"] == type)) return message;
  }
}

std::string PageClient::failure() {
  const json message = next("failure");
  if (message.is_null() || !next().is_null()) return "none";
  return message["id"];
}

std::unique_ptr<PageClient> start_practice(std::uint16_t port) {
  auto tab = std::make_unique<PageClient>(port);
  tab->send(kHello);
  EXPECT_EQ(tab->next("stage")["stage"], "practising");
  return tab;
}

bool answers_frames(PageClient& practice, std::uint32_t index) {
  practice.send_frame(frame(index, index / 30.0, grey_jpeg(64, 48)));
  const json done = practice.next("frame_done");
  return done.is_object() && done["index"] == index && done["dropped"] == false;
}

server::Setup ServerTest::setup() {
  server::Setup setup;
  setup.port = 0;
  setup.key = test_key();
  auto page = Page::load(MATSIDE_BINARY_DIR "/share/matside/web");
  EXPECT_TRUE(page.ok());
  setup.page = std::move(page).value();
  setup.exercise = support::single_leg_kick();
  setup.pose_estimator_factory = [] {
    return practice::create_pose_estimator(
        {MATSIDE_BINARY_DIR "/share/matside/models", blazepose::Variant::lite, false});
  };
  return setup;
}

void ServerTest::start(const Limits& limits) {
  server::Setup wanted = setup();
  wanted.limits = limits;
  start(std::move(wanted));
}

void ServerTest::start(server::Setup wanted) {
  auto server = Server::create(std::move(wanted));
  ASSERT_TRUE(server.ok());
  server_ = std::move(server).value();
  thread_ = std::thread([this] { server_->run(stop_); });
}

void ServerTest::stop() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

std::string ServerTest::raw(const std::string& request) {
  RawClient client(port());
  client.send(request);
  return client.read_to_end();
}

std::string ServerTest::get(const std::string& target) {
  return raw("GET " + target + " HTTP/1.1\r\nHost: " + host_and_cookie() +
             "\r\nConnection: close\r\n\r\n");
}

}  // namespace matside::server
