#include "server/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "server/addresses.h"
#include "server/house.h"
#include "server/http_connection.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kPause(100);

base::Error usage_error(const std::string& what) { return {base::ErrorKind::usage, what}; }

base::Result<asio::ip::address> address_of(const std::string& text, bool tls) {
  error_code failed;
  const auto address = asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, failed);
  if (failed) return usage_error("--bind " + text + ": is no address");
  if (!address.is_loopback() && !tls) {
    return usage_error("--bind " + text +
                       ": other computers could reach that, which needs --tls; without it use "
                       "127.0.0.1 or ::1");
  }
  return address;
}

/// A certificate that OpenSSL has taken apart before is one that it can use.
base::Result<void> use(asio::ssl::context& tls, const Certificate& certificate) {
  error_code failed;
  tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                      asio::ssl::context::no_tlsv1_1 | SSL_OP_NO_RENEGOTIATION,
                  failed);
  if (!failed) tls.use_certificate_chain(asio::buffer(certificate.chain_pem), failed);
  if (!failed) {
    tls.use_private_key(asio::buffer(certificate.key_pem), asio::ssl::context::pem, failed);
  }
  if (failed) return usage_error("--tls: the certificate can't be used: " + failed.message());
  return {};
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
    const Setup& setup = house_.setup;
    if (auto opened = open_records(); !opened) return opened;
    const auto address = address_of(setup.address, setup.certificate.has_value());
    if (!address) return address.error();
    if (setup.certificate) {
      house_.tls.emplace(asio::ssl::context::tls_server);
      if (auto used = use(*house_.tls, *setup.certificate); !used) return used;
    }
    if (auto taken = take_port({address.value(), setup.port}); !taken) return taken;
    names_ = own_names(address.value().to_string());
    house_.who = WhoAsks(names_, port(), setup.certificate.has_value());
    if (!address.value().is_loopback()) house_.pairing.emplace(setup.show_code);
    return {};
  }

  void run(const std::atomic<bool>& stop) {
    if (house_.pairing) house_.pairing->invite(std::chrono::steady_clock::now());
    accept();
    wait_for(stop);
    house_.io.run();
    house_.stop_analysing = true;
    house_.vision.join();
    house_.filing.join();
  }

  [[nodiscard]] std::uint16_t port() const {
    error_code failed;
    return acceptor_.local_endpoint(failed).port();
  }

  [[nodiscard]] std::string fingerprint() const {
    return house_.setup.certificate ? house_.setup.certificate->fingerprint : "";
  }

  [[nodiscard]] std::string url() const {
    std::string name = names_.addresses.empty() ? "localhost" : names_.addresses.front();
    if (house_.setup.address == "::1") name = "::1";
    if (name.find(':') != std::string::npos) name = "[" + name + "]";
    return (house_.tls ? "https://" : "http://") + name + ":" + std::to_string(port()) + "/";
  }

 private:
  base::Result<void> open_records() {
    const Setup& setup = house_.setup;
    if (!setup.records.open) return {};
    auto records = setup.records.open();
    if (!records) return records.error();
    house_.records = std::make_unique<RecordsApi>(std::move(records).value(), setup.exercise,
                                                  setup.records, house_.unlocked);
    return {};
  }

  base::Result<void> take_port(const tcp::endpoint& endpoint) {
    error_code failed;
    acceptor_.open(endpoint.protocol(), failed);
    if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor_.bind(endpoint, failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (!failed) return {};
    if (failed == asio::error::address_in_use) {
      return usage_error("--port " + std::to_string(endpoint.port()) +
                         ": is in use by another program; choose another");
    }
    return usage_error("--bind " + house_.setup.address + " --port " +
                       std::to_string(endpoint.port()) + ": " + failed.message());
  }

  void accept() {
    acceptor_.async_accept([this](const error_code& failed, Wire::Socket socket) {
      if (failed == asio::error::operation_aborted) return;
      if (failed) return accept_later();
      if (house_.connections < house_.setup.limits.connections) {
        serve_http(house_,
                   house_.tls ? Wire(std::move(socket), *house_.tls) : Wire(std::move(socket)));
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
  OwnNames names_;
  asio::basic_socket_acceptor<tcp, Wire::Executor> acceptor_;
  asio::steady_timer look_at_stop_;
  asio::steady_timer accept_again_;
};

base::Result<void> Server::may_serve_at(const std::string& address, bool tls) {
  if (auto good = address_of(address, tls); !good) return good.error();
  return {};
}

base::Result<std::unique_ptr<Server>> Server::create(Setup setup) {
  auto impl = std::make_unique<Impl>(std::move(setup));
  if (auto listening = impl->listen(); !listening) return listening.error();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->port(); }
std::string Server::url() const { return impl_->url(); }
std::string Server::fingerprint() const { return impl_->fingerprint(); }
void Server::run(const std::atomic<bool>& stop) { impl_->run(stop); }

}  // namespace matside::server
