#include "server/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <new>
#include <utility>

#include "server/host_names.h"
#include "server/http_connection.h"
#include "server/server_context.h"

namespace matside::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kPollInterval(100);

base::Error usage_error(const std::string& what) { return {base::ErrorKind::usage, what}; }

base::Result<asio::ip::address> address_of(const std::string& text, bool tls) {
  error_code failed;
  const auto address = asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, failed);
  if (failed) return usage_error("--bind " + text + ": is not an IP address");
  if (!address.is_loopback() && !tls) {
    return usage_error(
        "--bind " + text +
        ": other computers can reach this address, so it needs --tls; without --tls, "
        "use 127.0.0.1 or ::1");
  }
  return address;
}

base::Result<void> use_certificate(asio::ssl::context& tls, const Certificate& certificate) {
  error_code failed;
  tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                      asio::ssl::context::no_tlsv1_1 | SSL_OP_NO_RENEGOTIATION,
                  failed);
  // TLS 1.2 with forward secrecy and authenticated encryption only; TLS 1.3 has nothing else.
  if (SSL_CTX_set_cipher_list(tls.native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) {
    return usage_error("--tls: this version of OpenSSL has no secure cipher; update it");
  }
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
      : context_(std::move(setup)),
        acceptor_(context_.io),
        stop_timer_(context_.io),
        retry_timer_(context_.io) {}

  base::Result<void> listen() {
    const Setup& setup = context_.setup;
    if (auto opened = open_records(); !opened) return opened;
    const auto address = address_of(setup.address, setup.certificate.has_value());
    if (!address) return address.error();
    if (setup.certificate) {
      context_.tls.emplace(asio::ssl::context::tls_server);
      if (auto used = use_certificate(*context_.tls, *setup.certificate); !used) return used;
    }
    if (auto bound = bind_port({address.value(), setup.port}); !bound) return bound;
    names_ = host_names(address.value().to_string());
    context_.origin_check = OriginCheck(names_, port(), setup.certificate.has_value());
    context_.port = port();
    if (!address.value().is_loopback()) {
      context_.pairing.emplace(setup.show_code);
      return {};
    }
    auto key = setup.key ? base::Result(*setup.key) : LoopbackKey::random();
    if (!key) return key.error();
    context_.key = std::move(key).value();
    return {};
  }

  void run(const std::atomic<bool>& stop) {
    if (context_.pairing) context_.pairing->issue_code(std::chrono::steady_clock::now());
    accept();
    wait_for(stop);
    run_connections();
    context_.stop_analysing = true;
    context_.vision_pool.join();
    context_.records_pool.join();
  }

  [[nodiscard]] std::uint16_t port() const {
    error_code failed;
    return acceptor_.local_endpoint(failed).port();
  }

  [[nodiscard]] std::string fingerprint() const {
    return context_.setup.certificate ? context_.setup.certificate->fingerprint : "";
  }

  [[nodiscard]] std::string url() const {
    std::string name = names_.addresses.empty() ? "localhost" : names_.addresses.front();
    if (context_.setup.address == "::1") name = "::1";
    if (name.find(':') != std::string::npos) name = "[" + name + "]";
    return (context_.tls ? "https://" : "http://") + name + ":" + std::to_string(port()) +
           (context_.key ? path_with_key(*context_.key) : "/");
  }

 private:
  void run_connections() {
    while (true) {
      try {
        context_.io.run();
        return;
      } catch (const std::bad_alloc&) {
        // The connection that wanted the memory has ended; the others continue.
      }
    }
  }

  base::Result<void> open_records() {
    const Setup& setup = context_.setup;
    if (!setup.records.open) return {};
    auto records = setup.records.open();
    if (!records) return records.error();
    context_.records = std::make_unique<protocol::RecordsApi>(
        std::move(records).value(), setup.exercises(), setup.records, context_.pin_tokens,
        context_.last_recording);
    return {};
  }

  base::Result<void> bind_port(const tcp::endpoint& endpoint) {
    error_code failed;
    acceptor_.open(endpoint.protocol(), failed);
    if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor_.bind(endpoint, failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (!failed) return {};
    if (failed == asio::error::address_in_use) {
      return usage_error("--port " + std::to_string(endpoint.port()) +
                         ": is in use by another program; choose another port");
    }
    return usage_error("--bind " + context_.setup.address + " --port " +
                       std::to_string(endpoint.port()) + ": " + failed.message());
  }

  void accept() {
    acceptor_.async_accept([this](const error_code& failed, Transport::Socket socket) {
      if (failed == asio::error::operation_aborted) return;
      if (failed) return accept_later();
      serve_http(context_, context_.tls ? Transport(std::move(socket), *context_.tls)
                                        : Transport(std::move(socket)));
      accept();
    });
  }

  /// Most likely out of file descriptors, until a connection closes.
  void accept_later() {
    retry_timer_.expires_after(kPollInterval);
    retry_timer_.async_wait([this](const error_code& failed) {
      if (!failed) accept();
    });
  }

  void wait_for(const std::atomic<bool>& stop) {
    stop_timer_.expires_after(kPollInterval);
    stop_timer_.async_wait([this, &stop](const error_code& /*never cancelled*/) {
      if (stop) return context_.io.stop();
      wait_for(stop);
    });
  }

  ServerContext context_;
  HostNames names_;
  asio::basic_socket_acceptor<tcp, Transport::Executor> acceptor_;
  asio::steady_timer stop_timer_;
  asio::steady_timer retry_timer_;
};

base::Result<void> Server::check_address(const std::string& address, bool tls) {
  if (auto checked = address_of(address, tls); !checked) return checked.error();
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
