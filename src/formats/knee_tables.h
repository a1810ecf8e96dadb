// The tables that read_knee_measurements() reads, each with its own reader.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "formats/delimited_text.h"
#include "formats/knee_measurement.h"

namespace matside::formats {

/// Adds a sample to a knee's curve. @param row  for errors; its time must be later than the
/// last
/// @returns ErrorKind::input for an angle beyond 360 degrees and a time that doesn't rise
base::Result<void> add_knee_sample(std::vector<signal::Sample>& knee, double time_s,
                                   double angle_deg, const TableRow& row);

/// Practices by name.
using PracticesByName = std::map<std::string, KneeMeasurement, std::less<>>;

/// The practice of that name, made if it is new. @returns ErrorKind::input if there are too
/// many
base::Result<KneeMeasurement*> practice_named(PracticesByName& practices, std::string_view name,
                                              const TableRow& row);

/// Whether a header names the columns of a table of angles, or of repetitions.
bool is_angle_header(const TableRow& header);
bool is_repetition_header(const TableRow& header);

/// Reads either table. @returns as read_knee_measurements()
base::Result<PracticesByName> read_angle_table(std::string_view text, const std::string& name);
base::Result<PracticesByName> read_repetition_table(std::string_view text,
                                                    const std::string& name);

/// Whether a text begins like OpenSim's motion or storage file.
bool is_motion(std::string_view beginning);
/// Reads the columns knee_angle_r and knee_angle_l, also as a path ending in /value. Flexion is
/// positive in some models and negative in others; each file's larger range counts as flexion.
/// @source OpenSim, Storage (.sto) and Motion (.mot) Files
/// @returns as read_knee_measurements()
base::Result<KneeMeasurement> read_motion(std::string_view text, const std::string& name);

}  // namespace matside::formats
