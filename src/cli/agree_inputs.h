// What `matside agree` compares: one practice, or many by name.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/load_practice.h"
#include "cli/program_data.h"
#include "core/base/result.h"
#include "formats/knee_measurement.h"

namespace matside::cli {

/// One practice of an input.
struct MeasurementSource {
  std::string name;           ///< By which it is paired.
  PracticeSelector practice;  ///< Where it is, unless `loaded`.
  std::optional<formats::KneeMeasurement> loaded = {};
};

/// Lists the practices of an input: a dataset of `matside batch`, a table of several practices,
/// a manifest, a folder, or one file or saved practice.
/// @param how  to analyse recordings; its `source` is the input
/// @returns sorted by name; ErrorKind::input if there is none, or two have one name
base::Result<std::vector<MeasurementSource>> list_measurements(const PracticeSelector& how,
                                                               const ProgramData& data);

/// Reads or analyses one practice.
/// @returns ErrorKind::input as load_practice() and formats::read_knee_measurements(), and if
///   the file has several practices
base::Result<formats::KneeMeasurement> load_measurement(const MeasurementSource& source,
                                                        const ProgramData& data);

}  // namespace matside::cli
