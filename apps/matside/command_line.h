// What the person typed, checked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "apps/matside/pipeline.h"
#include "apps/matside/records_command.h"
#include "core/base/result.h"
#include "vision/blazepose/model.h"

namespace matside::app {

/// `matside analyze`
struct AnalyzeCommand {
  std::vector<std::filesystem::path> inputs;
  int level = 1;
  blazepose::Variant model = blazepose::Variant::full;
  bool eye = true;
  int threads = 1;
  Span span;
  std::optional<std::filesystem::path> json;   ///< A file, a folder, or "-".
  std::optional<std::filesystem::path> poses;  ///< A file or a folder.
  bool quiet = false;
  bool record = false;  ///< Also file it as a practice ...
  std::string person;   ///< ... of this person; empty: the only one there is ...
  std::optional<std::filesystem::path> data;  ///< ... in the records here.
};

/// `matside serve`
struct ServeCommand {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8787;
  bool open = false;                        ///< Also in the person's browser.
  std::optional<blazepose::Variant> model;  ///< Without one: the best that keeps up.
  int pose_streams = 0;  ///< Practices whose poses are found elsewhere, at most.
  bool tls = false;
  std::optional<std::filesystem::path> certificate;  ///< With `key`, instead of one of our own.
  std::optional<std::filesystem::path> key;
  std::optional<std::filesystem::path> data;  ///< Where Matside keeps what is its own.
  bool records = true;                        ///< Whether practices are kept.
};

/// `matside doctor`
struct DoctorCommand {};

/// --help and --version: text to print and no more.
struct PrintCommand {
  std::string text;
};

using Command =
    std::variant<AnalyzeCommand, ServeCommand, RecordsCommand, DoctorCommand, PrintCommand>;

/// @returns ErrorKind::usage with one line: unknown command or option, a value out of range, a
///   combination that means nothing.
base::Result<Command> parse_command_line(int argc, const char* const* argv);

}  // namespace matside::app
