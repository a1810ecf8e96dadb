// Sends arbitrary input to the server: raw requests, also for records and for pairing, within
// TLS and in place of it, messages and pictures at /practice, messages and poses at /poses. The
// server must not crash or hang, must release everything when the client disconnects, and must
// start each answer correctly. The connections are the server's own, over a socket pair instead
// of the network.
//
// The first byte selects the kind of connection. For a WebSocket, each message is a byte for
// its kind, two bytes for its length (little-endian), and its content.
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <string_view>

#include "records/import_export.h"
#include "records/sqlite/repository.h"
#include "server/certificate.h"
#include "server/http_connection.h"
#include "server/server_context.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"
#include "tests/support/practice.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)

constexpr std::uint16_t kPort = 8787;
constexpr int kMaxTurns = 100'000;
const records::LocalTime kNow{{1'767'600'000}, 60};

void require(bool holds) {
  if (!holds) std::abort();
}

/// A person in every other picture.
practice::PoseEstimator half_missing() {
  return [there = false](
             const image::View& picture) mutable -> base::Result<blazepose::TrackedPose> {
    there = !there;
    if (!there) return blazepose::TrackedPose{};
    blazepose::TrackedPose seen;
    seen.pose.emplace();
    double x_px = 0.0;
    for (pose::Keypoint& keypoint : seen.pose->keypoints) {
      keypoint = {{x_px, picture.size().height_px / 2.0}, 0.9};
      x_px += 10.0;
    }
    return seen;
  };
}

base::Result<protocol::AnalysisResult> measure(const server::AnalysisRequest& recording) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(recording.path, failed);
  if (failed || size == 0) return base::Error{base::ErrorKind::input, "recording: is empty"};
  recording.progress(0.5);
  return protocol::AnalysisResult{"{}", {}};
}

/// @param database  the file of the records
server::Setup make_setup(const std::string& database) {
  server::Setup setup;
  setup.exercise = support::single_leg_kick();
  setup.installed = support::installed_exercises();
  setup.pose_estimator_factory = [] {
    return base::Result<practice::PoseEstimator>(half_missing());
  };
  setup.analyse = measure;
  setup.recordings = std::filesystem::temp_directory_path();
  setup.records.open = [database] { return protocol::shared(records::sqlite::open(database)); };
  setup.records.now = [] { return kNow; };
  setup.records.rules = support::plan_rules();
  setup.records.engine = {"matside", "blazepose-lite", false};
  setup.limits.pose_streams = 1;
  setup.limits.request = std::chrono::milliseconds(50);
  return setup;
}

/// The other end of a connection. Neither call waits.
class Client {
 public:
  explicit Client(int socket) : socket_(socket) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  virtual ~Client() { ::close(socket_); }

  /// Sends what it can of `left`; ends the sending direction once that is empty.
  virtual void send_all(std::string_view& left) {
    if (left.empty()) {
      ::shutdown(socket_, SHUT_WR);
      return;
    }
    const ssize_t sent = ::send(socket_, left.data(), left.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    // Bytes that the server no longer reads are dropped.
    left.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
    if (sent < 0 && errno != EAGAIN) left = {};
  }

  virtual void receive_all(std::string& answer) {
    std::array<char, 65536> piece{};
    while (true) {
      const ssize_t got = ::recv(socket_, piece.data(), piece.size(), MSG_DONTWAIT);
      if (got <= 0) return;
      answer.append(piece.data(), static_cast<std::size_t>(got));
    }
  }

 protected:
  [[nodiscard]] int socket() const { return socket_; }

 private:
  int socket_;
};

/// Sends its bytes within TLS.
class TlsClient : public Client {
 public:
  explicit TlsClient(int socket)
      : Client(socket), context_(SSL_CTX_new(TLS_client_method())), tls_(SSL_new(context_)) {
    require(::fcntl(socket, F_SETFL, O_NONBLOCK) == 0 && SSL_set_fd(tls_, socket) == 1);
    SSL_set_connect_state(tls_);
  }
  ~TlsClient() override {
    SSL_free(tls_);
    SSL_CTX_free(context_);
  }

  void send_all(std::string_view& left) override {
    if (left.empty()) {
      SSL_shutdown(tls_);
      return Client::send_all(left);
    }
    ERR_clear_error();
    const int sent = SSL_write(tls_, left.data(), static_cast<int>(left.size()));
    left.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
    const int problem = SSL_get_error(tls_, sent);
    if (sent <= 0 && problem != SSL_ERROR_WANT_READ && problem != SSL_ERROR_WANT_WRITE) {
      left = {};
    }
  }

  void receive_all(std::string& answer) override {
    std::array<char, 65536> piece{};
    while (true) {
      ERR_clear_error();
      const int got = SSL_read(tls_, piece.data(), static_cast<int>(piece.size()));
      if (got <= 0) return;
      answer.append(piece.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  SSL_CTX* context_;
  SSL* tls_;
};

enum class Encryption { none, real, random_bytes };

class Harness {
 public:
  explicit Harness(bool pairs) : context_(make_setup(database_)) {
    // As in matside; a client of OpenSSL writes to a server that has closed.
    std::signal(SIGPIPE, SIG_IGN);
    const auto opened = records::sqlite::open(initial_database_);
    require(opened.ok());
    fill(*opened.value());
    context_.origin_check = server::OriginCheck({{"127.0.0.1"}, {}}, kPort, false);
    context_.port = kPort;
    if (pairs) {
      context_.pairing.emplace([](const std::string&) {});
      use_certificate();
    } else {
      context_.key = server::LoopbackKey{"k", "c"};
    }
  }

  void run(const std::string& said, Encryption encryption = Encryption::none) {
    open_records();
    std::array<int, 2> ends{};
    require(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
    server::Transport::Socket ours(context_.io, boost::asio::ip::tcp::v4(), ends[0]);
    server::serve_http(context_, encryption == Encryption::none
                                     ? server::Transport(std::move(ours))
                                     : server::Transport(std::move(ours), *context_.tls));
    std::unique_ptr<Client> client;
    if (encryption == Encryption::real) {
      client = std::make_unique<TlsClient>(ends[1]);
    } else {
      client = std::make_unique<Client>(ends[1]);
    }
    std::string answer;
    std::string_view left = said;
    for (int turn = 0; busy(); ++turn) {
      require(turn < kMaxTurns);
      client->send_all(left);
      work();
      client->receive_all(answer);
    }
    require(!context_.activity.practising && !context_.activity.receiving &&
            !context_.activity.analysing);
    require(encryption == Encryption::random_bytes || answer.empty() ||
            answer.starts_with("HTTP/1.1 "));
  }

 private:
  /// One person with one practice.
  static void fill(records::Repository& database) {
    records::PracticeDraft::Plan plan;
    plan.person = database.add_person("Ada", kNow.instant).value();
    plan.level = 1;
    plan.origin = records::Origin::recording;
    support::Practice practice;
    practice.steps = support::alternating(2);
    require(records::import_poses(database, plan, support::perform(practice).frames, kNow,
                                  {"matside", "blazepose-lite", false},
                                  support::single_leg_kick())
                .ok());
  }

  void use_certificate() {
    namespace ssl = boost::asio::ssl;
    const auto made = server::self_signed_certificate(folder_.path("tls"), {{"127.0.0.1"}, {}},
                                                      std::chrono::system_clock::now());
    require(made.ok());
    context_.tls.emplace(ssl::context::tls_server);
    context_.tls->use_certificate_chain(boost::asio::buffer(made.value().chain_pem));
    context_.tls->use_private_key(boost::asio::buffer(made.value().key_pem), ssl::context::pem);
  }

  /// Each run has the same records.
  void open_records() {
    context_.records.reset();
    for (const char* part : {"-wal", "-shm"}) std::filesystem::remove(database_ + part);
    std::filesystem::copy_file(initial_database_, database_,
                               std::filesystem::copy_options::overwrite_existing);
    const server::Setup& setup = context_.setup;
    auto records = setup.records.open();
    require(records.ok());
    context_.records = std::make_unique<protocol::RecordsApi>(
        std::move(records).value(), setup.exercises(), setup.records, context_.pin_tokens,
        context_.last_recording);
  }

  [[nodiscard]] bool busy() const {
    return context_.slots.known() + context_.slots.strangers() > 0 ||
           context_.pose_streams > 0 || context_.activity.analysing;
  }

  /// Runs the work of the three threads until none is left.
  void work() {
    context_.io.restart();
    context_.io.poll();
    for (boost::asio::thread_pool* pool : {&context_.vision_pool, &context_.records_pool}) {
      std::promise<void> done;
      boost::asio::post(*pool, [&] { done.set_value(); });
      done.get_future().wait();
    }
    context_.io.restart();
    context_.io.poll();
  }

  support::MediaFolder folder_;
  const std::string initial_database_ = folder_.path("initial.db").string();
  const std::string database_ = folder_.path("matside.db").string();
  server::ServerContext context_;
};

/// @param fields  further ones, each with its line end
std::string upgrade(std::string_view target, std::string_view fields = "") {
  return "GET " + std::string(target) +
         " HTTP/1.1\r\nHost: 127.0.0.1:8787\r\nOrigin: http://127.0.0.1:8787\r\n"
         "Cookie: matside-8787=c\r\nUpgrade: websocket\r\nConnection: "
         "Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         std::string(fields) + "\r\n";
}

/// One message with a mask of zeros, or, for one kind, raw bytes.
std::string message(std::uint8_t kind, std::string_view content) {
  constexpr std::array<std::uint8_t, 6> kHeads = {0x81, 0x82, 0x01, 0x80, 0x88, 0x89};
  if (kind % 8 >= kHeads.size()) return std::string(content);
  std::string text = {static_cast<char>(kHeads.at(kind % 8)), static_cast<char>(0x80 | 126),
                      static_cast<char>(content.size() >> 8U),
                      static_cast<char>(content.size() & 255U)};
  return text + std::string(4, '\0') + std::string(content);
}

std::string messages(std::string_view input) {
  std::string text;
  while (input.size() >= 3) {
    const auto kind = static_cast<std::uint8_t>(input[0]);
    const std::size_t wanted = static_cast<std::uint8_t>(input[1]) |
                               static_cast<std::size_t>(static_cast<std::uint8_t>(input[2]))
                                   << 8U;
    input.remove_prefix(3);
    const std::size_t size = std::min(wanted, input.size());
    text += message(kind, input.substr(0, size));
    input.remove_prefix(size);
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Harness open(false);
  static Harness pairing(true);
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 7) {
    case 0:
      open.run(std::string(input));
      break;
    case 1:
      pairing.run(std::string(input));
      break;
    case 2:
      open.run(upgrade("/practice") + messages(input));
      break;
    case 3:
      open.run(upgrade("/poses") + messages(input));
      break;
    case 4:
      pairing.run(std::string(input), Encryption::real);
      break;
    case 5:
      pairing.run(std::string(input), Encryption::random_bytes);
      break;
    default:
      open.run(upgrade("/poses?every=2", "Sec-WebSocket-Protocol: matside.poses.1\r\n") +
               messages(input));
  }
  return 0;
}
