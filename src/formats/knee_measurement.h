// What a file says about the angles of both knees, without any poses: tables of a goniometer,
// the tables of `matside batch`, OpenSim's motions, and result files.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/exercise/repetition.h"
#include "core/signal/samples.h"

namespace matside::formats {

/// A repetition that a file lists.
struct ListedRepetition {
  exercise::KickingSide side = exercise::KickingSide::unsure;
  base::Seconds start;
  base::Seconds end;
  std::optional<double> greatest_bend_deg;  ///< Above the leg at rest.
};

/// The knees of one person in one practice.
struct KneeMeasurement {
  std::string practice;  ///< Its name in a table of several practices; otherwise empty.
  /// Knee flexion in degrees by pose::index(Side); 0 = hip, knee and ankle in line. Times rise.
  /// Empty where the file has no curve of that knee.
  std::array<std::vector<signal::Sample>, 2> knees;
  /// Absent where the file doesn't list repetitions, sorted by their start otherwise.
  std::optional<std::vector<ListedRepetition>> repetitions;

  [[nodiscard]] bool has_curves() const { return !knees[0].empty() || !knees[1].empty(); }
};

/// Larger files are refused.
inline constexpr std::size_t kMaxKneeRows = 5'000'000;
inline constexpr std::size_t kMaxKneePractices = 100'000;
inline constexpr std::size_t kMaxListedRepetitions = 2'000;  ///< Of one practice.

/// Whether read_knee_measurements() reads a text that begins like this: a table with a knee's
/// angle or with repetitions, a motion file (MOT, STO), or a result file.
bool is_knee_measurement(std::string_view beginning);

/// Reads the whole file. docs/agree.md describes the tables.
/// @param name  of the file, for errors
/// @returns the practices by name; ErrorKind::input with file and line: a missing column, a
///   side that isn't left or right, an angle beyond 360 degrees, times that don't rise, too
///   many rows or repetitions
base::Result<std::vector<KneeMeasurement>> read_knee_measurements(std::string_view text,
                                                                  const std::string& name);

}  // namespace matside::formats
