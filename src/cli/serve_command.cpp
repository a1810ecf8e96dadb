#include "cli/serve_command.h"

#include <fmt/format.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "cli/clock.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/folder_lock.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/program_data.h"
#include "cli/report_parts.h"
#include "cli/user_data_folder.h"
#include "formats/catalog/catalog.h"
#include "practice/following_estimator.h"
#include "practice/network_choice.h"
#include "protocol/records_setup.h"
#include "report/page.h"
#include "server/certificate.h"
#include "server/host_names.h"
#include "server/loopback_key.h"
#include "server/server.h"
#include "server/video_analysis.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

/// The network asked for, or the best one that keeps up with a camera on this computer.
base::Result<blazepose::PoseModels> choose_models(const DataFolder& data,
                                                  std::optional<blazepose::Variant> variant) {
  blazepose::PoseModels models{.folder = data.models()};
  if (variant) {
    models.variant = *variant;
    return models;
  }
  auto choice = practice::choose_networks(models);
  if (!choice) return choice.error();
  if (choice.value().too_slow()) {
    spdlog::warn(
        "this computer analyses only {:.0f} frames per second, but {:.0f} are needed; "
        "close other programs",
        std::floor(choice.value().rate_hz()), practice::kLowestRate_hz);
  }
  return std::move(choice.value().models);
}

base::Result<server::Certificate> choose_certificate(const ServeCommand& command) {
  if (command.certificate) return server::read_certificate(*command.certificate, *command.key);
  const auto folder = user_data_folder(command.data);
  if (!folder) return folder.error();
  return server::self_signed_certificate(folder.value() / "tls",
                                         server::host_names(command.address),
                                         std::chrono::system_clock::now());
}

/// Raises the limit of open files: the system counts connections as files.
void open_as_many_as_allowed(int pose_streams) {
  constexpr rlim_t kOtherFiles = 200;  // Pages, records, the exercise.
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_max >= static_cast<rlim_t>(pose_streams) + kOtherFiles) return;
  spdlog::warn(
      "--pose-streams {}: each stream needs an open file, but the system allows only {}; "
      "raise `ulimit -Hn`, or LimitNOFILE= of the systemd unit",
      pose_streams, files.rlim_max);
}

void show_code(const std::string& code) {
  const auto shown = write_to_standard_output(
      fmt::format("To pair a device, type this code on it: {} (valid for 10 minutes)\n", code));
  if (!shown) spdlog::warn("{}", shown.error().message);
}

/// Makes the reports that `matside report` makes.
auto report_maker(std::vector<exercise::Definition> installed, ReportParts parts) {
  return [installed = std::move(installed), parts = std::move(parts)](
             records::Repository& records, records::Id practice) -> base::Result<std::string> {
    const records::Exercises exercises{std::span<const exercise::Definition>(installed)};
    const auto report =
        report::saved_practice_report(records, practice, exercises, report_stamp());
    if (!report) return report.error();
    const auto exercise = exercises.find(report.value().record.exercise_id);
    if (!exercise) return exercise.error();
    return report::embed_report(
        parts.page, report::report_json(report.value(), *exercise.value(), parts.sources));
  };
}

/// Sets up the records and the key in the person's data folder, which stays locked for this
/// server.
base::Result<std::optional<FolderLock>> open_records_for(const ServeCommand& command,
                                                         const DataFolder& data,
                                                         const blazepose::PoseModels& models,
                                                         server::Setup& server) {
  protocol::RecordsSetup& setup = server.records;
  auto rules = catalog::load_plan_rules(data.plan().string());
  if (!rules) return rules.error();
  setup.now = now;
  setup.rules = std::move(rules).value();
  if (!command.records) return std::optional<FolderLock>();
  const auto folder = user_data_folder(command.data);
  if (!folder) return folder.error();
  auto lock = FolderLock::take(folder.value());
  if (!lock) return lock.error();
  auto key = server::LoopbackKey::load_or_create(folder.value());
  if (!key) return key.error();
  server.key = std::move(key).value();
  setup.open = [path = folder.value()] { return protocol::shared(open_records(path)); };
  auto parts = load_report_parts(data);
  if (!parts) return parts.error();
  setup.report = report_maker(server.installed, std::move(parts).value());
  setup.engine = engine_info("blazepose-" + std::string(blazepose::name(models.variant)),
                             models.with_eye());
  return std::optional<FolderLock>(std::move(lock).value());
}

/// A server, and the lock of its records.
struct Serving {
  std::optional<FolderLock> lock;  ///< Destroyed after the server.
  std::unique_ptr<server::Server> server;
};

base::Result<Serving> make_server(const ServeCommand& command) {
  if (auto allowed = server::Server::check_address(command.address, command.tls); !allowed) {
    return allowed.error();
  }
  auto data = load_program_data({std::nullopt, command.exercises});
  if (!data) return data.error();
  const DataFolder& folder = data.value().folder;
  auto page = server::Page::load(folder.page());
  if (!page) return page.error();
  server::Setup setup;
  setup.address = command.address;
  setup.port = command.port;
  setup.page = std::move(page).value();
  setup.limits.pose_streams = command.pose_streams;
  if (command.pose_streams > 0) open_as_many_as_allowed(command.pose_streams);
  if (command.tls) {
    auto certificate = choose_certificate(command);
    if (!certificate) return certificate.error();
    setup.certificate = std::move(certificate).value();
    setup.show_code = show_code;
  }
  setup.exercise = std::move(data.value().exercise);
  setup.installed = std::move(data.value().installed);
  auto models = choose_models(folder, command.model);
  if (!models) return models.error();
  auto lock = open_records_for(command, folder, models.value(), setup);
  if (!lock) return lock.error();
  setup.pose_estimator_factory = [models = std::move(models).value()] {
    return practice::create_pose_estimator(models);
  };
  setup.analyse = server::video_analyser(folder.models(), setup.installed);
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
    spdlog::warn("--open: xdg-open is missing; open {} in your browser", url);
  }
}

/// With --open: the page of a matside serve that already uses the same records.
std::optional<std::string> already_running(const ServeCommand& command) {
  const bool plain = !command.tls && command.address == ServeCommand().address;
  if (!command.open || !command.records || !plain) return std::nullopt;
  const auto folder = user_data_folder(command.data);
  return folder ? running_server_url(folder.value()) : std::nullopt;
}

}  // namespace

int serve(const ServeCommand& command) {
  if (const auto url = already_running(command)) {
    const auto written =
        write_to_standard_output(fmt::format("Matside is already running: {}\n", *url));
    if (!written) return fail(written.error());
    open_browser(*url);
    return kExitOk;
  }
  const auto serving = make_server(command);
  if (!serving) return fail(serving.error());
  server::Server& server = *serving.value().server;
  const std::string url = server.url();
  if (serving.value().lock) serving.value().lock->publish_url(url);
  std::string text = fmt::format("Practise at {} (press Ctrl-C to stop)\n", url);
  if (command.tls) {
    text += fmt::format("SHA-256 fingerprint of the certificate: {}\n", server.fingerprint());
  }
  const auto written = write_to_standard_output(text);
  if (!written) return fail(written.error());
  if (command.open) open_browser(url);
  server.run(stop_requested());
  return kExitOk;
}

}  // namespace matside::cli
