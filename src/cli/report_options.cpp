#include "cli/report_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <vector>

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReportNotes =
    "One self-contained page: summary, knee curve, pictures, measurements and methods.\n"
    "It reads what analyze reads: videos, photos, and poses of other programs. Without a "
    "video,\n"
    "it shows skeletons in place of pictures.\n"
    "It works offline. A PDF needs Chromium.\n"
    "The page shows your face unless you use --blur-face or --no-pictures. Other people's "
    "faces\n"
    "are never blurred.\n"
    "Examples:\n"
    "  matside report practice.mp4 -o practice.html\n"
    "  matside report 12 -o practice.pdf --paper letter\n"
    "  matside report practice.mp4 -o for_my_teacher.html --blur-face --pdf";

std::string ending_of(const fs::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending;
}

}  // namespace

void ReportParser::describe(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand(name(), "Save a report on one practice as a web page or a PDF");
  command->footer(kReportNotes);
  command
      ->add_option("INPUT", source_,
                   "A video, poses (a file or a folder), or a practice's number (see matside "
                   "history)")
      ->required()
      ->option_text(" ");
  command->add_option("-o,--output", output_, "The file to save")
      ->required()
      ->option_text("FILE.html|FILE.pdf");
  command->add_flag("--pdf", pdf_, "Also save FILE.pdf next to FILE.html");
  command->add_option("--paper", paper_, "Page size of the PDF (default: a4)")
      ->check(CLI::IsMember(std::vector<std::string>{"a4", "letter"}))
      ->option_text("a4|letter");
  command->add_flag("--no-pictures", no_pictures_, "Show skeletons instead of pictures");
  command->add_flag("--blur-face", blur_face_, "Blur your face in every picture");
  exercise_.describe(*command);
  practice_.describe(*command);
  command->add_flag("--force", force_, "Overwrite existing files");
  command->add_flag("--quiet", quiet_, "Show no progress bar and no final message");
  command->add_option("--data", data_, "Records folder (default: $XDG_DATA_HOME/matside)")
      ->option_text("DIR");
}

base::Result<void> ReportParser::place(ReportCommand& command) const {
  fs::path path(output_);
  const std::string ending = ending_of(path);
  if (ending == ".pdf") {
    command.pdf = path;
    return {};
  }
  if (ending != ".html" && ending != ".htm") {
    return usage_error("--output " + output_ + ": the name must end in .html or .pdf");
  }
  command.html = path;
  if (pdf_) command.pdf = path.replace_extension(".pdf");
  return {};
}

base::Result<Action> ReportParser::action() const {
  const auto practice = practice_.validated();
  if (!practice) return practice.error();
  ReportCommand command;
  if (auto placed = place(command); !placed) return placed.error();
  if (no_pictures_ && blur_face_) {
    return usage_error("--no-pictures and --blur-face: choose one");
  }
  command.source = source_;
  command.practice = practice.value();
  command.exercise = exercise_.choice();
  command.pictures = no_pictures_ ? report::PictureMode::left_out
                     : blur_face_ ? report::PictureMode::blurred
                                  : report::PictureMode::shown;
  command.paper = paper_ == "letter" ? Paper::letter : Paper::a4;
  command.force = force_;
  command.quiet = quiet_;
  command.data = path_in(data_);
  return Action([command] { return report_practice(command); });
}

}  // namespace matside::cli
