#include "cli/serve.h"

#include <fmt/format.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "cli/data_folder.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/output_file.h"
#include "cli/own_folder.h"
#include "cli/recording.h"
#include "formats/catalog/catalog.h"
#include "server/addresses.h"
#include "server/certificate.h"
#include "server/server.h"
#include "vision/blazepose/pose_source.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

// A page sends no name along.
constexpr const char* kRecordingName = "recording";

/// What the file is called in the error is of no use to the page.
base::Error named(base::Error error, const fs::path& path) {
  if (error.message.starts_with(path.string())) {
    error.message.replace(0, path.string().size(), kRecordingName);
  }
  return error;
}

/// The network asked for, or the best one that keeps up with a camera on this machine.
base::Result<blazepose::Networks> choose_networks(const DataFolder& data,
                                                  std::optional<blazepose::Variant> model) {
  if (model) return blazepose::Networks{data.models(), *model};
  const auto source = blazepose::PoseSource::create(
      {.networks = {.folder = data.models()}}, [](const base::Result<pose::PoseFrame>&) {});
  if (!source) return source.error();
  const blazepose::PoseSource::Choice& chosen = source.value()->chosen();
  if (!chosen.within_budget) {
    spdlog::warn("this computer looks at {:.0f} pictures a second; 20 are needed to judge well",
                 1.0 / chosen.per_picture.value());
  }
  return blazepose::Networks{data.models(), chosen.variant, chosen.eye};
}

/// As `matside analyze` does it, with all cores.
server::Analyse analyse_with(const DataFolder& data, const exercise::Definition& exercise) {
  return [data, exercise](const server::Recording& wanted) -> base::Result<server::Analysed> {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    server::Analysed analysed;
    const auto analyse = [&]() -> base::Result<formats::AnalysisRecord> {
      RecordingRequest request;
      request.input = wanted.path;
      request.practice.level = wanted.level;
      request.practice.threads = std::max(cores, 1);
      request.stop = wanted.stop;
      auto recording = Recording::open(request, data, exercise);
      if (!recording) return recording.error();
      return recording.value().analyze(
          [&](const Watched& seen, std::optional<double> done) -> base::Result<void> {
            analysed.frames.emplace_back(seen.frame);
            if (done) wanted.progress(*done);
            return {};
          });
    };
    auto record = analyse();
    if (!record) return named(record.error(), wanted.path);
    record.value().source.path = kRecordingName;
    analysed.result = formats::analysis_json(record.value());
    return analysed;
  };
}

base::Result<server::Certificate> choose_certificate(const ServeCommand& command) {
  if (command.certificate) return server::read_certificate(*command.certificate, *command.key);
  const auto folder = own_folder(command.data);
  if (!folder) return folder.error();
  return server::own_certificate(folder.value() / "tls", server::own_names(command.address),
                                 std::chrono::system_clock::now());
}

/// Connections are files to the system.
void open_as_many_as_allowed() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

void show_code(const std::string& code) {
  const auto shown = write_to_standard_output(
      fmt::format("To pair a device, type this code on it: {} (holds for 10 minutes)\n", code));
  if (!shown) spdlog::warn("{}", shown.error().message);
}

/// Records in the person's own folder, which is this server's as long as the lock is there.
base::Result<std::optional<FolderLock>> keep_records(const ServeCommand& command,
                                                     const DataFolder& data,
                                                     const blazepose::Networks& networks,
                                                     server::RecordsSetup& setup) {
  if (!command.records) return std::optional<FolderLock>();
  const auto folder = own_folder(command.data);
  if (!folder) return folder.error();
  auto lock = FolderLock::take(folder.value());
  if (!lock) return lock.error();
  auto rules = catalog::load_plan_rules(data.plan().string());
  if (!rules) return rules.error();
  setup.open = [path = folder.value()] { return open_records(path); };
  setup.now = now;
  setup.rules = std::move(rules).value();
  setup.engine =
      engine("blazepose-" + std::string(blazepose::name(networks.variant)), networks.eye);
  return std::optional<FolderLock>(std::move(lock).value());
}

struct Serving {
  std::optional<FolderLock> lock;  ///< Goes last.
  std::unique_ptr<server::Server> server;
};

base::Result<Serving> make_server(const ServeCommand& command) {
  if (auto may = server::Server::may_serve_at(command.address, command.tls); !may) {
    return may.error();
  }
  const auto data = find_data_folder();
  if (!data) return data.error();
  auto exercise =
      catalog::load_exercise(data.value().exercise().string(), data.value().words().string());
  if (!exercise) return exercise.error();
  auto page = server::Page::load(data.value().page());
  if (!page) return page.error();
  server::Setup setup;
  setup.address = command.address;
  setup.port = command.port;
  setup.page = std::move(page).value();
  setup.limits.pose_streams = command.pose_streams;
  if (command.pose_streams > 0) open_as_many_as_allowed();
  if (command.tls) {
    auto certificate = choose_certificate(command);
    if (!certificate) return certificate.error();
    setup.certificate = std::move(certificate).value();
    setup.show_code = show_code;
  }
  setup.exercise = std::move(exercise).value();
  auto networks = choose_networks(data.value(), command.model);
  if (!networks) return networks.error();
  auto lock = keep_records(command, data.value(), networks.value(), setup.records);
  if (!lock) return lock.error();
  setup.begin_looking = [networks = std::move(networks).value()] {
    return server::look_with(networks);
  };
  setup.analyse = analyse_with(data.value(), setup.exercise);
  std::error_code no_folder;
  setup.recordings = fs::temp_directory_path(no_folder);
  auto server = server::Server::create(std::move(setup));
  if (!server) return server.error();
  return Serving{std::move(lock).value(), std::move(server).value()};
}

void open_browser(const std::string& url) {
  std::string program = "xdg-open";
  std::string address = url;
  char* const arguments[] = {program.data(), address.data(), nullptr};
  pid_t process = 0;
  if (posix_spawnp(&process, program.c_str(), nullptr, nullptr, arguments, environ) != 0) {
    spdlog::warn("--open: there is no xdg-open here; open {} yourself", url);
  }
}

/// The page of another matside serve on the same records, which --open is content with.
std::optional<std::string> served_already(const ServeCommand& command) {
  const bool plain = !command.tls && command.address == ServeCommand().address;
  if (!command.open || !command.records || !plain) return std::nullopt;
  const auto folder = own_folder(command.data);
  return folder ? served_at(folder.value()) : std::nullopt;
}

}  // namespace

int serve(const ServeCommand& command) {
  if (const auto url = served_already(command)) {
    const auto said = write_to_standard_output(fmt::format("It is served already: {}\n", *url));
    if (!said) return fail(said.error());
    open_browser(*url);
    return kExitOk;
  }
  const auto serving = make_server(command);
  if (!serving) return fail(serving.error());
  server::Server& server = *serving.value().server;
  const std::string url = server.url();
  if (serving.value().lock) serving.value().lock->tell(url);
  std::string text = fmt::format("Practise at {} (Ctrl-C ends it)\n", url);
  if (command.tls) {
    text += fmt::format("Its certificate's SHA-256 fingerprint: {}\n", server.fingerprint());
  }
  const auto said = write_to_standard_output(text);
  if (!said) return fail(said.error());
  if (command.open) open_browser(url);
  server.run(stop_requested());
  return kExitOk;
}

}  // namespace matside::cli
