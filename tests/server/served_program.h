// `matside serve` in a process of its own. Tests that use it define MATSIDE_PROGRAM.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill() is POSIX's
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <string>

#include "tests/server/server_fixture.h"

namespace matside::server {

/// Runs from its creation to its destruction.
class Served {
 public:
  struct Options {
    std::uint64_t largest_file = 0;  ///< In bytes; 0: any.
    std::uint16_t port = 0;          ///< 0: any free port.
    std::string exercises = {};      ///< Folder of more exercises; empty: none.
  };
  explicit Served(const std::string& data) : Served(data, Options()) {}
  Served(const std::string& data, const Options& options) {
    std::array<int, 2> pipe{};
    EXPECT_EQ(::pipe(pipe.data()), 0);
    const std::string port = std::to_string(options.port);
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(pipe[1], STDOUT_FILENO);
      ::close(pipe[0]);
      if (options.largest_file > 0) {
        // The soft limit alone: memory that is shared with the decoder counts as a file.
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = options.largest_file;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);
      }
      const bool more = !options.exercises.empty();
      ::execl(MATSIDE_PROGRAM, MATSIDE_PROGRAM, "serve", "--port", port.c_str(), "--model",
              "full", "--data", data.c_str(), more ? "--exercises" : nullptr,
              options.exercises.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(pipe[1]);
    std::string line;
    char c = 0;
    while (::read(pipe[0], &c, 1) == 1 && c != '\n') line += c;
    ::close(pipe[0]);
    address_ = line.substr(std::min(line.find("http://"), line.size()));
    address_ = address_.substr(0, address_.find(' '));
    port_ = port_in(address_);
    cookie_ = cookie_for(address_);
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;
  ~Served() { kill(); }

  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  /// Whether it has not ended by itself.
  [[nodiscard]] bool running() const { return ::waitpid(process_, nullptr, WNOHANG) == 0; }
  /// The most memory it had at once (VmHWM), in MB.
  [[nodiscard]] double most_memory_MB() const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    constexpr double kKb_in_MB = 1000.0 / 1.024;
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / kKb_in_MB;
    }
    ADD_FAILURE() << "no VmHWM";
    return 0.0;
  }
  /// The address that it printed, with the key.
  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] const std::string& cookie() const { return cookie_; }
  /// The page of the owner's browser.
  [[nodiscard]] PageClient page() const { return PageClient(port_, {.cookie = cookie_}); }

 private:
  pid_t process_ = 0;
  std::string address_;
  std::uint16_t port_ = 0;
  std::string cookie_;
};

}  // namespace matside::server
