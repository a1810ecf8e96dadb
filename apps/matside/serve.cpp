#include "apps/matside/serve.h"

#include <fmt/format.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "apps/matside/data_folder.h"
#include "apps/matside/exit_code.h"
#include "apps/matside/interrupt.h"
#include "apps/matside/messages.h"
#include "apps/matside/output_file.h"
#include "catalog/catalog.h"
#include "server/server.h"
#include "vision/blazepose/pose_source.h"

namespace matside::app {
namespace {

/// The best network that keeps up with a camera on this machine.
base::Result<blazepose::Networks> choose_networks(const DataFolder& data) {
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

base::Result<std::unique_ptr<server::Server>> make_server(const ServeCommand& command) {
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
  setup.exercise = std::move(exercise).value();
  setup.networks.folder = data.value().models();
  auto networks = choose_networks(data.value());
  if (!networks) return networks.error();
  setup.networks = std::move(networks).value();
  return server::Server::create(std::move(setup));
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

}  // namespace

int serve(const ServeCommand& command) {
  const auto server = make_server(command);
  if (!server) return fail(server.error());
  const std::string url = server.value()->url();
  const auto said =
      write_to_standard_output(fmt::format("Practise at {} (Ctrl-C ends it)\n", url));
  if (!said) return fail(said.error());
  if (command.open) open_browser(url);
  server.value()->run(stop_requested());
  return kExitOk;
}

}  // namespace matside::app
