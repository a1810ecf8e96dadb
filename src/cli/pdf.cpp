#include "cli/pdf.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "cli/interrupt.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::array kNames{"chromium", "google-chrome", "google-chrome-stable",
                            "chromium-browser"};
constexpr std::chrono::milliseconds kBrowserPollInterval(20);
constexpr std::chrono::minutes kTimeout(3);

base::Error failed(const std::string& why) {
  return {base::ErrorKind::output, "printing to PDF: " + why};
}

/// A temporary folder, removed with everything in it.
class ScratchFolder {
 public:
  static base::Result<ScratchFolder> make() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "matside-print-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr) {
      return failed(
          "cannot create a temporary folder; set TMPDIR to a folder you can write to");
    }
    return ScratchFolder(name);
  }
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  explicit ScratchFolder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

std::string file_url(const fs::path& path) {
  std::string url = "file://";
  for (const char c : path.string()) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' ||
                       c == '-' || c == '_' || c == '.';
    url += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return url;
}

/// The environment, with every folder that a browser writes to inside `folder`.
std::vector<std::string> environment_within(const fs::path& folder) {
  constexpr std::array<std::string_view, 4> kHomes{"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                                                   "XDG_DATA_HOME"};
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::string_view key = text.substr(0, text.find('='));
    bool home = false;
    for (const std::string_view each : kHomes) home = home || key == each;
    if (!home) all.emplace_back(text);
  }
  for (const std::string_view each : kHomes) {
    all.push_back(std::string(each) + "=" + folder.string());
  }
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Runs a command in its own process group, without input and output. @returns its status, as
/// of wait(2)
base::Result<int> run_quietly(std::vector<std::string> command,
                              std::vector<std::string> environment) {
  posix_spawn_file_actions_t quietly;
  posix_spawn_file_actions_init(&quietly);
  posix_spawn_file_actions_addopen(&quietly, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&quietly, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&quietly, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t alone;
  posix_spawnattr_init(&alone);
  posix_spawnattr_setflags(&alone, POSIX_SPAWN_SETPGROUP);
  pid_t process = 0;
  const std::vector<char*> words = pointers_to(command);
  const std::vector<char*> surroundings = pointers_to(environment);
  const int error_number = posix_spawn(&process, command.front().c_str(), &quietly, &alone,
                                       words.data(), surroundings.data());
  posix_spawnattr_destroy(&alone);
  posix_spawn_file_actions_destroy(&quietly);
  if (error_number != 0) {
    return failed(command.front() + ": " + std::generic_category().message(error_number));
  }
  const Clock::time_point latest = Clock::now() + kTimeout;
  int status = 0;
  while (::waitpid(process, &status, WNOHANG) == 0) {
    const bool late = Clock::now() > latest;
    if (late || stop_requested()) {
      ::kill(-process, SIGKILL);
      ::waitpid(process, &status, 0);
      return failed(late ? command.front() +
                               " did not finish within three minutes; save the report with -o "
                               "FILE.html instead"
                         : "stopped");
    }
    std::this_thread::sleep_for(kBrowserPollInterval);
  }
  return status;
}

std::vector<std::string> chromium_command(const fs::path& chromium, const fs::path& folder,
                                          const std::string& url) {
  std::vector<std::string> command{
      chromium.string(), "--headless", "--user-data-dir=" + (folder / "profile").string(),
      "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-gpu",
      // No request reaches the network.
      "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9",
      "--proxy-bypass-list=<-loopback>", "--no-pdf-header-footer",
      "--print-to-pdf=" + (folder / "page.pdf").string()};
  // Chromium can't create its sandbox as root.
  if (::geteuid() == 0) command.emplace_back("--no-sandbox");
  command.push_back(url);
  return command;
}

bool whole_pdf(std::string_view bytes) {
  constexpr std::size_t kTail = 64;
  const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kTail));
  return bytes.starts_with("%PDF-") && tail.find("%%EOF") != std::string_view::npos;
}

}  // namespace

base::Result<fs::path> find_chromium() {
  const char* path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "";
  while (!rest.empty()) {
    const std::size_t end = rest.find(':');
    const fs::path folder(rest.substr(0, end));
    for (const char* name : kNames) {
      const fs::path program = folder / name;
      if (folder.is_absolute() && ::access(program.c_str(), X_OK) == 0) return program;
    }
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return failed(
      "Chromium is missing. Install it (sudo apt-get install chromium), or save the report "
      "with -o FILE.html and print it in any browser");
}

base::Result<std::string> print_to_pdf(const fs::path& chromium, std::string_view page,
                                       const std::string& fragment) {
  const auto folder = ScratchFolder::make();
  if (!folder) return folder.error();
  const fs::path& within = folder.value().path();
  std::ofstream html(within / "page.html", std::ios::binary);
  html.write(page.data(), static_cast<std::streamsize>(page.size()));
  html.close();
  if (!html) return failed(within.string() + ": cannot be written");
  const std::string url = file_url(within / "page.html") + "#" + fragment;
  const auto status =
      run_quietly(chromium_command(chromium, within, url), environment_within(within));
  if (!status) return status.error();
  std::ifstream pdf(within / "page.pdf", std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(pdf), {}};
  if (status.value() != 0 || !whole_pdf(bytes)) {
    return failed(chromium.string() +
                  " did not create a PDF; save the report with -o FILE.html instead");
  }
  return bytes;
}

}  // namespace matside::cli
