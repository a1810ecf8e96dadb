// `matside serve`: the page for practising live, in a browser.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "vision/blazepose/pose_models.h"

namespace matside::cli {

/// The options of `matside serve`, validated.
struct ServeCommand {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8787;
  bool open = false;                        ///< Open the page in the person's browser.
  std::optional<blazepose::Variant> model;  ///< Unset: the best that runs live here.
  int pose_streams = 0;                     ///< Most connections at /poses.
  bool tls = false;
  std::optional<std::filesystem::path> certificate;  ///< With `key`; unset: a self-signed one.
  std::optional<std::filesystem::path> key;
  std::optional<std::filesystem::path> data;       ///< Folder of records and certificate.
  bool records = true;                             ///< Save practices.
  std::optional<std::filesystem::path> exercises;  ///< A folder of more exercises.
};

/// Serves until Ctrl-C. Errors go to standard error, one line.
/// @returns the program's exit code
int serve(const ServeCommand& command);

}  // namespace matside::cli
