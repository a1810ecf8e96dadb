#include "apps/matside/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <system_error>
#include <thread>
#include <utility>

#include "apps/matside/records_options.h"
#include "generated/build_info.h"

namespace matside::app {
namespace {

namespace fs = std::filesystem;

constexpr int kMostThreads = 256;
constexpr int kMostPoseStreams = 100'000;
// One picture in ten thousand hours: beyond it, a mistake.
constexpr double kLatest_s = 3.6e7;

constexpr const char* kAbout =
    "Counts and checks the Pilates single-leg kick in a recorded video or live.\n"
    "Nothing leaves this computer. Talk to a health professional before starting if you have "
    "back pain.";
constexpr const char* kExamples =
    "Examples:\n"
    "  matside analyze practice.mp4\n"
    "  matside serve --open\n"
    "  matside plan\n"
    "  matside doctor\n"
    "Exit codes: 0 done, 2 usage, 3 input, 4 output, 5 model or data, 130 interrupted.";
constexpr const char* kAnalyzeExamples =
    "Without --json the full result goes to results/NAME.analysis.json in the current folder.\n"
    "A file that is no result of Matside is never replaced.\n"
    "Several inputs need folders for --json and --poses.\n"
    "Examples:\n"
    "  matside analyze practice.mp4 --level 2\n"
    "  matside analyze practice.mp4 --from 30 --to 90 --json - --poses poses.csv";
constexpr const char* kServeExamples =
    "Without --tls only browsers on this computer are answered. Ctrl-C ends it.\n"
    "With --bind 0.0.0.0 --tls a phone can be the camera: open the address that is shown on "
    "it,\n"
    "and type the code that stands in the terminal.\n"
    "Examples:\n"
    "  matside serve --open\n"
    "  matside serve --port 9000\n"
    "  matside serve --bind 0.0.0.0 --tls";
constexpr const char* kDoctorExample =
    "Says what is installed and what is missing, and the command that mends it.\n"
    "Example:\n"
    "  matside doctor";

/// What CLI11 fills in.
struct Typed {
  std::vector<std::string> inputs;
  int level = 1;
  std::string model = "full";
  bool no_eye = false;
  int threads = 0;
  std::optional<double> from_s;
  std::optional<double> to_s;
  std::optional<std::string> json;
  std::optional<std::string> poses;
  bool quiet = false;
  std::string address = ServeCommand().address;
  std::uint16_t port = ServeCommand().port;
  bool open = false;
  std::optional<std::string> live_model;
  int pose_streams = 0;
  bool tls = false;
  std::optional<std::string> certificate;
  std::optional<std::string> key;
  std::optional<std::string> data;
  bool no_records = false;
  bool version = false;
  bool record = false;
  std::string person;
  TypedRecords records;
};

base::Error usage_error(const std::string& what) {
  return {base::ErrorKind::usage, what + "; see matside --help"};
}

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const auto variant :
       {blazepose::Variant::lite, blazepose::Variant::full, blazepose::Variant::heavy}) {
    names.emplace_back(blazepose::name(variant));
  }
  return names;
}

void describe_analyze(CLI::App& app, Typed& typed) {
  CLI::App* analyze = app.add_subcommand("analyze", "Analyse videos, or a photo");
  analyze->footer(kAnalyzeExamples);
  analyze->add_option("INPUT", typed.inputs, "Video or photo files")
      ->required()
      ->option_text(" ");
  analyze->add_option("--level", typed.level, "Level of the exercise (1)")
      ->check(CLI::Range(0, 3))
      ->option_text("0..3");
  analyze->add_option("--model", typed.model, "Pose network: faster, or more exact (full)")
      ->check(CLI::IsMember(model_names()))
      ->option_text("lite|full|heavy");
  analyze->add_flag("--no-eye", typed.no_eye,
                    "Without the eye for lying bodies, which helps the model full");
  analyze->add_option("--json", typed.json, "Where the full result goes; - is standard output")
      ->option_text("FILE|-");
  analyze->add_option("--poses", typed.poses, "Also write every frame's pose as a table")
      ->option_text("FILE.csv");
  analyze->add_option("--threads", typed.threads, "Processor cores to use (all)")
      ->check(CLI::Range(1, kMostThreads))
      ->option_text("N");
  analyze->add_option("--from", typed.from_s, "Begin at this time of the recording, seconds")
      ->option_text("S");
  analyze->add_option("--to", typed.to_s, "End at this time of the recording, seconds")
      ->option_text("S");
  analyze->add_flag("--quiet", typed.quiet, "No progress bar and no summary");
  analyze->add_flag("--record", typed.record, "Also file it in your records, as a practice");
  analyze->add_option("--person", typed.person, "For --record: whose (the only one there is)")
      ->option_text("NAME");
  analyze->add_option("--data", typed.data, "For --record: where the records are")
      ->option_text("DIR");
}

void describe_serve(CLI::App& app, Typed& typed) {
  constexpr int kHighestPort = 65535;
  CLI::App* serve = app.add_subcommand("serve", "Practise live, in a browser on this computer");
  serve->footer(kServeExamples);
  serve->add_option("--port", typed.port, "Where the page is served (8787); 0: any free port")
      ->check(CLI::Range(0, kHighestPort))
      ->option_text("PORT");
  serve
      ->add_option(
          "--bind", typed.address,
          "Address to answer at (127.0.0.1); 0.0.0.0: all of this computer's, with --tls")
      ->option_text("ADDR");
  serve->add_flag("--tls", typed.tls, "Encrypt, with a certificate made on first use");
  serve->add_option("--certificate", typed.certificate, "For --tls: your own, in PEM form")
      ->option_text("FILE");
  serve->add_option("--key", typed.key, "The certificate's private key")->option_text("FILE");
  serve
      ->add_option("--data", typed.data,
                   "Where Matside keeps what is its own ($XDG_DATA_HOME/matside)")
      ->option_text("DIR");
  serve
      ->add_option("--pose-streams", typed.pose_streams,
                   "Also judge as many streams of poses found elsewhere, at /poses (0)")
      ->check(CLI::Range(0, kMostPoseStreams))
      ->option_text("N");
  serve->add_flag("--no-records", typed.no_records, "Keep nothing of what is practised");
  serve->add_flag("--open", typed.open, "Open the page in your browser");
  serve->add_option("--model", typed.live_model, "Pose network (the best that keeps up)")
      ->check(CLI::IsMember(model_names()))
      ->option_text("lite|full|heavy");
}

void describe(CLI::App& app, Typed& typed) {
  app.name("matside");
  app.footer(kExamples);
  app.add_flag("--version", typed.version, "Print the version");
  app.require_subcommand(0, 1);
  describe_analyze(app, typed);
  describe_serve(app, typed);
  describe_records(app, typed.records);
  CLI::App* doctor = app.add_subcommand("doctor", "Check the installation");
  doctor->footer(kDoctorExample);
}

base::Result<void> check_time(const std::string& option, const std::optional<double>& time_s) {
  if (!time_s || (*time_s >= 0.0 && *time_s <= kLatest_s)) return {};
  return usage_error(option + ": must be a time in seconds, not below 0");
}

base::Result<void> check_span(const Typed& typed) {
  if (auto from = check_time("--from", typed.from_s); !from) return from;
  if (auto to = check_time("--to", typed.to_s); !to) return to;
  if (typed.from_s && typed.to_s && *typed.from_s >= *typed.to_s) {
    return usage_error("--from must be before --to");
  }
  return {};
}

/// Several inputs need a folder for each kind of output; a single one takes either.
base::Result<void> check_output(const std::string& option,
                                const std::optional<std::string>& path, bool several) {
  std::error_code ignored;
  if (!path) return {};
  if (path->empty()) return usage_error(option + ": needs a file name");
  if (several && !fs::is_directory(*path, ignored)) {
    return usage_error(option + ": with several inputs this must be a folder that exists");
  }
  return {};
}

base::Result<void> check_outputs(const Typed& typed) {
  const bool several = typed.inputs.size() > 1;
  if (auto json = check_output("--json", typed.json, several); !json) return json;
  if (auto poses = check_output("--poses", typed.poses, several); !poses) return poses;
  if (typed.poses == "-") return usage_error("--poses: needs a file, not standard output");
  std::error_code ignored;
  if (typed.json && typed.json == typed.poses && !fs::is_directory(*typed.json, ignored)) {
    return usage_error("--json and --poses name the same file");
  }
  return {};
}

blazepose::Variant variant_named(const std::string& name) {
  if (name == blazepose::name(blazepose::Variant::lite)) return blazepose::Variant::lite;
  if (name == blazepose::name(blazepose::Variant::heavy)) return blazepose::Variant::heavy;
  return blazepose::Variant::full;
}

template <class To, class From>
std::optional<To> converted(const std::optional<From>& value) {
  if (!value) return std::nullopt;
  return To(*value);
}

base::Result<Command> analyze_command(const Typed& typed) {
  if (auto span = check_span(typed); !span) return span.error();
  if (auto outputs = check_outputs(typed); !outputs) return outputs.error();
  AnalyzeCommand command;
  command.inputs.assign(typed.inputs.begin(), typed.inputs.end());
  command.level = typed.level;
  command.model = variant_named(typed.model);
  command.eye = !typed.no_eye;
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  command.threads = typed.threads > 0 ? typed.threads : std::clamp(cores, 1, kMostThreads);
  command.span = {converted<base::Seconds>(typed.from_s), converted<base::Seconds>(typed.to_s)};
  command.json = converted<fs::path>(typed.json);
  command.poses = converted<fs::path>(typed.poses);
  command.quiet = typed.quiet;
  command.record = typed.record;
  command.person = typed.person;
  command.data = converted<fs::path>(typed.data);
  return Command(std::move(command));
}

base::Result<Command> serve_command(const Typed& typed) {
  if (typed.certificate.has_value() != typed.key.has_value()) {
    return usage_error("--certificate and --key belong together");
  }
  if (typed.certificate && !typed.tls) return usage_error("--certificate: needs --tls");
  if (typed.data && typed.data->empty()) return usage_error("--data: needs a folder");
  ServeCommand command;
  command.address = typed.address;
  command.port = typed.port;
  command.open = typed.open;
  if (typed.live_model) command.model = variant_named(*typed.live_model);
  command.pose_streams = typed.pose_streams;
  command.tls = typed.tls;
  command.certificate = converted<fs::path>(typed.certificate);
  command.key = converted<fs::path>(typed.key);
  command.data = converted<fs::path>(typed.data);
  command.records = !typed.no_records;
  return Command(std::move(command));
}

}  // namespace

base::Result<Command> parse_command_line(int argc, const char* const* argv) {
  CLI::App app(kAbout);
  Typed typed;
  describe(app, typed);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Command(PrintCommand{app.help()});
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  if (typed.version) {
    return Command(PrintCommand{std::string("matside ") + generated::kVersion + "\n"});
  }
  if (app.got_subcommand("analyze")) return analyze_command(typed);
  if (app.got_subcommand("serve")) return serve_command(typed);
  if (app.got_subcommand("doctor")) return Command(DoctorCommand{});
  if (auto command = records_command(app, typed.records)) {
    if (!*command) return command->error();
    return Command(std::move(*command).value());
  }
  return usage_error("a command is missing, such as analyze or serve");
}

}  // namespace matside::app
