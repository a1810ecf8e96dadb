// A practice as HL7 FHIR R4 resources: a transaction that creates a Patient without a name, the
// Device that measured, and Observations.
// @source HL7 FHIR R4 (4.0.1): Bundle, Patient, Device, Observation. LOINC 73985-4 Exercise
//   activity, 55411-3 Exercise duration, 72514-3 Pain severity - 0-10 verbal numeric rating,
//   41343-5 and 41347-6 Knee - left and right Flexion Active Range of Motion Quantitative.
//   SNOMED CT 82169009 and 6757004, structure of left and right knee region
#pragma once

#include <optional>
#include <string>

#include "core/exercise/definition.h"
#include "formats/analysis_json.h"

namespace matside::formats {

/// What a Bundle contains beside the analysis.
struct FhirContext {
  std::string version;  ///< Of the program.
  std::string seed;     ///< 64 hexadecimal digits that identify this practice.
  std::string person;   ///< 32 that identify the person; empty: nobody knows who it is.
  std::optional<std::string> start;   ///< FHIR dateTime with its offset from UTC.
  std::optional<std::string> end;     ///< With `start`.
  std::optional<int> comfort_before;  ///< 0 to 10, 0 = none.
  std::optional<int> comfort_after;
  bool self_reported = false;  ///< The person counted; nobody saw it.
};

/// Writes a transaction Bundle: the exercise, its duration, the repetitions (with kicks and
/// clean ones), the estimated flexion of each knee and, if known, how it felt. It contains no
/// name. The same practice gives the same text, and a server that has its resources already
/// creates none (If-None-Exist, by their identifiers).
std::string fhir_json(const AnalysisRecord& record, const exercise::Definition& exercise,
                      const FhirContext& context);

}  // namespace matside::formats
