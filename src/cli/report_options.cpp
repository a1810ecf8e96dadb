#include "cli/report_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <vector>

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExamples =
    "One page that needs nothing else: summary, curve, pictures, measures, how it was "
    "measured.\n"
    "With a FILE.pdf, or --pdf beside a FILE.html, Chromium prints it, where it is installed.\n"
    "The page shows your face unless --blur-face or --no-pictures says otherwise; the faces "
    "of\n"
    "other people in the picture are not found.\n"
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

void TypedReport::describe(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand(name(), "Make a page, or a PDF, of one practice to look at");
  command->footer(kExamples);
  command
      ->add_option("INPUT", source_, "A video file, or a practice's number (matside history)")
      ->required()
      ->option_text(" ");
  command->add_option("-o,--output", output_, "Where it goes")
      ->required()
      ->option_text("FILE.html|FILE.pdf");
  command->add_flag("--pdf", pdf_, "Also print it to FILE.pdf, beside FILE.html");
  command->add_option("--paper", paper_, "Size of the PDF's pages (a4)")
      ->check(CLI::IsMember(std::vector<std::string>{"a4", "letter"}))
      ->option_text("a4|letter");
  command->add_flag("--no-pictures", no_pictures_, "Show skeletons alone");
  command->add_flag("--blur-face", blur_face_, "Make the face unrecognisable in every picture");
  practice_.describe(*command);
  command->add_flag("--force", force_, "Replace files that are there");
  command->add_flag("--quiet", quiet_, "No progress bar, and nothing to say when it is done");
  command->add_option("--data", data_, "Where the records are")->option_text("DIR");
}

base::Result<void> TypedReport::place(ReportCommand& command) const {
  fs::path path(output_);
  const std::string ending = ending_of(path);
  if (ending == ".pdf") {
    command.pdf = path;
    return {};
  }
  if (ending != ".html" && ending != ".htm") {
    return usage_error("-o: needs a name that ends in .html or .pdf, not \"" + output_ + "\"");
  }
  command.html = path;
  if (pdf_) command.pdf = path.replace_extension(".pdf");
  return {};
}

base::Result<Action> TypedReport::action() const {
  const auto practice = practice_.checked();
  if (!practice) return practice.error();
  ReportCommand command;
  if (auto placed = place(command); !placed) return placed.error();
  if (no_pictures_ && blur_face_) {
    return usage_error("--no-pictures leaves no face to blur: choose it or --blur-face");
  }
  command.source = source_;
  command.practice = practice.value();
  command.pictures = no_pictures_ ? report::Pictures::left_out
                     : blur_face_ ? report::Pictures::blurred
                                  : report::Pictures::shown;
  command.paper = paper_ == "letter" ? Paper::letter : Paper::a4;
  command.force = force_;
  command.quiet = quiet_;
  command.data = path_in(data_);
  return Action([command] { return report_practice(command); });
}

}  // namespace matside::cli
