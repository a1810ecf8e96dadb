// What the commands share that look at a practice: how it is looked at and judged.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "vision/blazepose/model.h"

namespace CLI {
class App;
}

namespace matside::cli {

/// The part of a source to look at; all of it by default.
struct Span {
  std::optional<base::Seconds> from;
  std::optional<base::Seconds> to;
};

/// What a file of poses may leave unsaid.
struct PoseOptions {
  std::optional<base::ImageSize> size;           ///< Of the pictures.
  std::optional<double> rate_hz;                 ///< Pictures a second.
  std::optional<std::filesystem::path> markers;  ///< A table of a laboratory's markers.
};

struct PracticeOptions {
  int level = 1;
  blazepose::Variant model = blazepose::Variant::full;
  bool eye = true;
  int threads = 1;
  Span span;
  PoseOptions poses;
};

/// --size, --fps and --markers.
class TypedPoses {
 public:
  void describe(CLI::App& command);
  /// @returns ErrorKind::usage
  [[nodiscard]] base::Result<PoseOptions> checked() const;

 private:
  std::string size_;
  std::optional<double> rate_hz_;
  std::optional<std::string> markers_;
};

/// ... and how a practice is looked at and judged.
class TypedPractice {
 public:
  void describe(CLI::App& command);
  /// @returns ErrorKind::usage
  [[nodiscard]] base::Result<PracticeOptions> checked() const;

 private:
  int level_ = PracticeOptions().level;
  std::string model_ = "full";
  bool no_eye_ = false;
  int threads_ = 0;
  std::optional<double> from_s_;
  std::optional<double> to_s_;
  TypedPoses poses_;
};

std::vector<std::string> model_names();
/// Of model_names().
blazepose::Variant variant_named(const std::string& name);
std::optional<std::filesystem::path> path_in(const std::optional<std::string>& typed);

}  // namespace matside::cli
