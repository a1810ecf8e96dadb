#include "server/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "server/house.h"
#include "server/http_connection.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kPause(100);

base::Error usage_error(const std::string& what) { return {base::ErrorKind::usage, what}; }

base::Result<tcp::endpoint> endpoint_of(const Setup& setup) {
  error_code failed;
  const auto address = asio::ip::make_address(
      setup.address == "localhost" ? "127.0.0.1" : setup.address, failed);
  if (failed) return usage_error("--bind " + setup.address + ": is no address");
  if (!address.is_loopback()) {
    return usage_error("--bind " + setup.address +
                       ": other computers could reach that, which needs --tls, not built yet; "
                       "use 127.0.0.1 or ::1");
  }
  return tcp::endpoint(address, setup.port);
}

}  // namespace

class Server::Impl {
 public:
  explicit Impl(Setup setup)
      : house_(std::move(setup)),
        acceptor_(house_.io),
        look_at_stop_(house_.io),
        accept_again_(house_.io) {}

  base::Result<void> listen() {
    const auto endpoint = endpoint_of(house_.setup);
    if (!endpoint) return endpoint.error();
    error_code failed;
    acceptor_.open(endpoint.value().protocol(), failed);
    if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor_.bind(endpoint.value(), failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (failed) {
      return usage_error("--port " + std::to_string(house_.setup.port) + ": " +
                         (failed == asio::error::address_in_use
                              ? "is in use by another program; choose another"
                              : failed.message()));
    }
    house_.port = acceptor_.local_endpoint(failed).port();
    return {};
  }

  void run(const std::atomic<bool>& stop) {
    accept();
    wait_for(stop);
    house_.io.run();
    house_.stop_analysing = true;
    house_.vision.join();
  }

  [[nodiscard]] std::uint16_t port() const { return house_.port; }

  [[nodiscard]] std::string url() const {
    return (house_.setup.address == "::1" ? "http://[::1]:" : "http://127.0.0.1:") +
           std::to_string(house_.port) + "/";
  }

 private:
  void accept() {
    acceptor_.async_accept([this](const error_code& failed, tcp::socket socket) {
      if (failed == asio::error::operation_aborted) return;
      if (failed) return accept_later();
      if (house_.connections < house_.setup.limits.connections) {
        serve_http(house_, Wire(std::move(socket)));
      }
      accept();
    });
  }

  /// Out of file descriptors, most likely: some come back.
  void accept_later() {
    accept_again_.expires_after(kPause);
    accept_again_.async_wait([this](const error_code& failed) {
      if (!failed) accept();
    });
  }

  void wait_for(const std::atomic<bool>& stop) {
    look_at_stop_.expires_after(kPause);
    look_at_stop_.async_wait([this, &stop](const error_code& /*never cancelled*/) {
      if (stop) return house_.io.stop();
      wait_for(stop);
    });
  }

  House house_;
  tcp::acceptor acceptor_;
  asio::steady_timer look_at_stop_;
  asio::steady_timer accept_again_;
};

base::Result<std::unique_ptr<Server>> Server::create(Setup setup) {
  auto impl = std::make_unique<Impl>(std::move(setup));
  if (auto listening = impl->listen(); !listening) return listening.error();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->port(); }
std::string Server::url() const { return impl_->url(); }
void Server::run(const std::atomic<bool>& stop) { impl_->run(stop); }

}  // namespace matside::server
