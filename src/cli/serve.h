// `matside serve`: the page to practise with, for a browser on this computer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "vision/blazepose/model.h"

namespace matside::cli {

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

/// Serves until Ctrl-C. @returns the program's exit code.
int serve(const ServeCommand& command);

}  // namespace matside::cli
