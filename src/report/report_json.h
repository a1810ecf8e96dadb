// A report as a JSON document of schema "matside.report/1" (report.schema.json).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/engine/knee_curve.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"
#include "formats/analysis_json.h"
#include "formats/catalog/catalog.h"
#include "report/camera_quality.h"
#include "report/picture_layout.h"

namespace matside::report {

/// The practice summarised in sentences.
struct Summary {
  /// One line of the table.
  struct Row {
    std::string label;
    std::string value;
  };
  std::vector<Row> rows;
  std::vector<std::string> praise;
  std::vector<std::string> advice;
  std::vector<std::string> notes;
};

/// What the records hold of a practice besides the measurements.
struct RecordedPractice {
  std::string person;
  std::string start;         ///< ISO 8601, local time.
  std::string origin;        ///< camera, recording, sound, imported
  std::string ended_by;      ///< goal, person, discomfort, interrupted, open
  int goal_repetitions = 0;  ///< Goal, repetitions for each side.
  std::optional<int> comfort_before;
  std::optional<int> comfort_after;
  bool leg_symptoms = false;
  std::string next_day;                 ///< As plan::name(NextDay).
  std::string judged_by;                ///< Program and version, such as matside 0.1.0.
  std::optional<double> full_kick_deg;  ///< Degrees of a full kick, if adapted.
  /// Repetitions by side.
  struct CorrectedCounts {
    int left = 0;
    int right = 0;
  };
  std::optional<CorrectedCounts> corrected;  ///< The person's correction of the count.
  /// A repetition whose side the person corrected.
  struct Side {
    int repetition = 0;
    exercise::KickingSide side = exercise::KickingSide::unsure;
  };
  std::vector<Side> corrected_sides;
};

/// Which pictures a report has.
enum class PictureMode : std::uint8_t { shown, blurred, left_out, none };

/// Resolution of the knee curve on the page.
inline constexpr base::Seconds kCurveStep(0.03);

/// Everything a report's page shows.
struct Report {
  std::string name;     ///< Title, such as practice.mp4 or Practice 12.
  std::string made;     ///< ISO 8601.
  std::string program;  ///< matside 0.1.0
  std::string build;
  /// The source's path is not written to the document.
  formats::AnalysisRecord record;
  Summary summary;
  std::optional<engine::KneeCurve> curve;  ///< Nothing without poses.
  std::optional<CameraQuality> camera;     ///< Likewise.
  std::optional<double> frame_rate_hz;
  PictureMode pictures = PictureMode::none;
  std::optional<Crop> crop;
  std::vector<SnapshotPicture> shown;
  std::optional<RecordedPractice> recorded;
};

/// The document as one line of JSON without any `<`, so that it is safe in a script element.
/// Invalid UTF-8 becomes U+FFFD. Sources that no threshold of the level uses are left out.
std::string report_json(const Report& report, const exercise::Definition& exercise,
                        const std::vector<catalog::Source>& sources);

}  // namespace matside::report
