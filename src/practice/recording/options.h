// How a practice is read and analysed: what the command line and the server ask for.
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "formats/laboratory_axes.h"
#include "vision/blazepose/pose_models.h"

namespace matside::recording {

/// The part of a source to analyse, both ends included. Unset: from the start, to the end.
struct TimeRange {
  std::optional<base::Seconds> from;
  std::optional<base::Seconds> to;
};

/// What a file of poses may leave open.
struct PoseFileOptions {
  std::optional<base::ImageSize> size;           ///< Of the pictures that the poses are in.
  std::optional<double> rate_hz;                 ///< Pictures a second.
  std::optional<std::filesystem::path> markers;  ///< Table of a laboratory's marker names.
  std::optional<formats::UpAxis> up = {};        ///< The laboratory's axis that points up.
};

/// How one practice is read and scored.
struct PracticeOptions {
  int level = 1;                 ///< Of the exercise.
  blazepose::PoseModels models;  ///< Used for pictures only.
  int threads = 1;               ///< At least 1.
  TimeRange range;
  PoseFileOptions poses;  ///< Used for pose files only.
};

}  // namespace matside::recording
