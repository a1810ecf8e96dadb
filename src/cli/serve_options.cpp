#include "cli/serve_options.h"

#include <CLI/CLI.hpp>

#include "cli/practice_options.h"

namespace matside::cli {
namespace {

constexpr int kMostPoseStreams = 100'000;
constexpr int kHighestPort = 65535;

constexpr const char* kExamples =
    "Without --tls only browsers on this computer are answered. Ctrl-C ends it.\n"
    "With --bind 0.0.0.0 --tls a phone can be the camera: open the address that is shown on "
    "it,\n"
    "and type the code that stands in the terminal.\n"
    "Examples:\n"
    "  matside serve --open\n"
    "  matside serve --port 9000\n"
    "  matside serve --bind 0.0.0.0 --tls";

}  // namespace

void TypedServe::describe(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand(name(), "Practise live, in a browser on this computer");
  command->footer(kExamples);
  command->add_option("--port", port_, "Where the page is served (8787); 0: any free port")
      ->check(CLI::Range(0, kHighestPort))
      ->option_text("PORT");
  command
      ->add_option(
          "--bind", address_,
          "Address to answer at (127.0.0.1); 0.0.0.0: all of this computer's, with --tls")
      ->option_text("ADDR");
  command->add_flag("--tls", tls_, "Encrypt, with a certificate made on first use");
  command->add_option("--certificate", certificate_, "For --tls: your own, in PEM form")
      ->option_text("FILE");
  command->add_option("--key", key_, "The certificate's private key")->option_text("FILE");
  command
      ->add_option("--data", data_,
                   "Where Matside keeps what is its own ($XDG_DATA_HOME/matside)")
      ->option_text("DIR");
  command
      ->add_option("--pose-streams", pose_streams_,
                   "Also judge as many streams of poses found elsewhere, at /poses (0)")
      ->check(CLI::Range(0, kMostPoseStreams))
      ->option_text("N");
  command->add_flag("--no-records", no_records_, "Keep nothing of what is practised");
  command->add_flag("--open", open_, "Open the page in your browser");
  command->add_option("--model", model_, "Pose network (the best that keeps up)")
      ->check(CLI::IsMember(model_names()))
      ->option_text("lite|full|heavy");
}

base::Result<Action> TypedServe::action() const {
  if (certificate_.has_value() != key_.has_value()) {
    return usage_error("--certificate and --key belong together");
  }
  if (certificate_ && !tls_) return usage_error("--certificate: needs --tls");
  if (data_ && data_->empty()) return usage_error("--data: needs a folder");
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
  return Action([command] { return serve(command); });
}

}  // namespace matside::cli
