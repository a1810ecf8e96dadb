#include "cli/serve_options.h"

#include <CLI/CLI.hpp>

#include "cli/practice_options.h"

namespace matside::cli {
namespace {

constexpr int kMaxPoseStreams = 100'000;
constexpr int kHighestPort = 65535;

constexpr const char* kServeNotes =
    "Without --tls, only your browsers on this computer can connect. Other users of the\n"
    "computer can't, because the printed address contains a key. Press Ctrl-C to stop.\n"
    "With --bind 0.0.0.0 --tls, a phone can be the camera: open the address on it and\n"
    "type the code from the terminal.\n"
    "Examples:\n"
    "  matside serve --open\n"
    "  matside serve --port 9000\n"
    "  matside serve --bind 0.0.0.0 --tls";

}  // namespace

void ServeParser::describe(CLI::App& program) {
  CLI::App* command = program.add_subcommand(name(), "Practise live, in your browser");
  command->footer(kServeNotes);
  command->add_option("--port", port_, "Port to listen on (default: 8787); 0 picks a free port")
      ->check(CLI::Range(0, kHighestPort))
      ->option_text("PORT");
  command
      ->add_option(
          "--bind", address_,
          "Address to listen on (default: 127.0.0.1); 0.0.0.0 means all, and needs --tls")
      ->option_text("ADDR");
  command->add_flag("--tls", tls_, "Use TLS, with a certificate created on first use");
  command
      ->add_option("--certificate", certificate_,
                   "For --tls: your own certificate, in PEM format")
      ->option_text("FILE");
  command->add_option("--key", key_, "For --certificate: its private key, in PEM format")
      ->option_text("FILE");
  command
      ->add_option("--data", data_,
                   "Folder for records and certificate (default: $XDG_DATA_HOME/matside)")
      ->option_text("DIR");
  command
      ->add_option("--pose-streams", pose_streams_,
                   "Also accept up to N pose streams at /poses (default: 0)")
      ->check(CLI::Range(0, kMaxPoseStreams))
      ->option_text("N");
  command->add_flag("--no-records", no_records_, "Don't save practices");
  exercises_.describe_folder(*command);
  command->add_flag("--open", open_, "Open the page in your browser");
  command
      ->add_option("--model", model_,
                   "Pose network (default: the best that keeps up with a camera)")
      ->check(CLI::IsMember(model_names()))
      ->option_text("lite|full|heavy");
}

base::Result<Action> ServeParser::action() const {
  if (certificate_.has_value() != key_.has_value()) {
    return usage_error("--certificate and --key: give both or neither");
  }
  if (certificate_ && !tls_) return usage_error("--certificate: needs --tls");
  if (data_ && data_->empty()) return usage_error("--data: must name a folder");
  ServeCommand command;
  command.address = address_;
  command.port = port_;
  command.open = open_;
  if (model_) command.model = variant_named(*model_);
  command.pose_streams = pose_streams_;
  command.tls = tls_;
  command.certificate = path_in(certificate_);
  command.key = path_in(key_);
  command.data = path_in(data_);
  command.records = !no_records_;
  command.exercises = exercises_.choice().folder;
  return Action([command] { return serve(command); });
}

}  // namespace matside::cli
