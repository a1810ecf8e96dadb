// A report as a document, schema "matside.report/1" (report.schema.json describes it): all that
// its page shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/engine/knee_curve.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"
#include "formats/analysis_json.h"
#include "formats/catalog/catalog.h"
#include "report/camera.h"
#include "report/pictures.h"

namespace matside::report {

/// The practice in a teacher's words.
struct Summary {
  struct Row {
    std::string label;
    std::string value;
  };
  std::vector<Row> rows;
  std::vector<std::string> praise;
  std::vector<std::string> advice;
  std::vector<std::string> notes;
};

/// What the records tell of a practice beside what was measured.
struct Kept {
  std::string person;
  std::string start;     ///< ISO 8601, by the clock on the wall.
  std::string origin;    ///< camera, recording, sound, imported
  std::string ended_by;  ///< goal, person, discomfort, interrupted, open
  int wished = 0;        ///< repetitions a side
  std::optional<int> comfort_before;
  std::optional<int> comfort_after;
  bool leg_symptoms = false;
  std::string next_day;                 ///< As plan::name(NextDay).
  std::string judged_by;                ///< matside 0.1.0
  std::optional<double> full_kick_deg;  ///< Asked of a kick, where eased to the person's own.
  struct Counts {
    int left = 0;
    int right = 0;
  };
  std::optional<Counts> corrected;  ///< The person's word against the count.
  struct Side {
    int repetition = 0;
    exercise::KickingSide side = exercise::KickingSide::unsure;
  };
  std::vector<Side> corrected_sides;
};

/// Why a report has the pictures it has.
enum class Pictures : std::uint8_t { shown, blurred, left_out, none };

/// The page draws a curve no finer.
inline constexpr base::Seconds kCurveStep(0.03);

struct Report {
  std::string name;     ///< What to call the practice: practice.mp4, Practice 12.
  std::string made;     ///< ISO 8601.
  std::string program;  ///< matside 0.1.0
  std::string build;
  /// Its source's path is not told: the name is.
  formats::AnalysisRecord record;
  Summary summary;
  std::optional<engine::KneeCurve> curve;  ///< Nothing where there are no poses.
  std::optional<Camera> camera;            ///< Likewise.
  std::optional<double> frame_rate_hz;
  Pictures pictures = Pictures::none;
  std::optional<Crop> crop;
  std::vector<Shown> shown;
  std::optional<Kept> kept;
};

/// One line, whose strings hold no `<`: it may stand in a page's script element. What is no
/// UTF-8 becomes U+FFFD. Sources that no threshold of the level names are left out.
std::string report_json(const Report& report, const exercise::Definition& exercise,
                        const std::vector<catalog::Source>& sources);

}  // namespace matside::report
