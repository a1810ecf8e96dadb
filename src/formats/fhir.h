// A practice as HL7 FHIR R4 resources: a Bundle of Observations and the Device that made them.
// @source HL7 FHIR R4, Observation, Device, Bundle; LOINC 73985-4, 55411-3, 72514-3
#pragma once

#include <optional>
#include <string>

#include "core/exercise/definition.h"
#include "formats/analysis_json.h"

namespace matside::formats {

/// What a Bundle contains beside the analysis.
struct FhirContext {
  std::string version;                ///< Of the program.
  std::string seed;                   ///< 64 hexadecimal digits that identify this practice.
  std::optional<std::string> start;   ///< FHIR dateTime with its offset from UTC.
  std::optional<std::string> end;     ///< With `start`.
  std::optional<int> comfort_before;  ///< 0 to 10, 0 = none.
  std::optional<int> comfort_after;
  bool self_reported = false;  ///< The person counted; nobody saw it.
};

/// Writes a Bundle: the exercise, its duration, the repetitions (with kicks, clean ones and the
/// estimated knee flexion) and, if known, how it felt. It contains no name. The same practice
/// gives the same text.
std::string fhir_json(const AnalysisRecord& record, const exercise::Definition& exercise,
                      const FhirContext& context);

}  // namespace matside::formats
