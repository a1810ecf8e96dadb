// Counts and checks single-leg kicks, and the other exercises of Matside, from body landmarks:
// poses in, events out. For C++17 and later. Header-only, over the functions of matside.h, so
// that no type of the standard library crosses the library's boundary.
//
// A complete program. It reads a table of poses, as `matside analyze VIDEO --poses FILE.csv`
// writes it, and prints the practice: `practice POSES.csv WIDTH HEIGHT LEVEL RESULT.json
// [EXERCISE]`.
//
//   #include <cstdlib>
//   #include <exception>
//   #include <fstream>
//   #include <iostream>
//   #include <matside/matside.hpp>
//   #include <sstream>
//   #include <stdexcept>
//   #include <string>
//   #include <vector>
//
//   std::vector<std::string> fields_of(const std::string& row) {
//     std::vector<std::string> fields;
//     std::istringstream line(row + ',');
//     for (std::string field; std::getline(line, field, ',');) fields.push_back(field);
//     return fields;
//   }
//
//   matside::Frame read_row(const std::string& row, int width_px, int height_px) {
//     const auto fields = fields_of(row);
//     const auto number = [&](std::size_t i) { return std::stod(fields.at(i)); };
//     matside::Frame frame(number(1), width_px, height_px);
//     if (fields.at(2).empty()) return frame;  // no person was found
//     std::size_t at = 2;
//     for (std::size_t i = 0; i < matside::kLandmarkCount; ++i, at += 3) {
//       const auto landmark = static_cast<matside::Landmark>(i);
//       frame.set_landmark(landmark, number(at), number(at + 1), number(at + 2));
//     }
//     for (const auto side : {matside::Side::left, matside::Side::right}) {
//       if (!fields.at(at).empty()) frame.set_knee_flexion(side, number(at), number(at + 1));
//       at += 2;
//     }
//     return frame;
//   }
//
//   void print_events(const std::vector<matside::Event>& events) {
//     for (const matside::Event& event : events) {
//       if (const auto* repetition = std::get_if<matside::Repetition>(&event)) {
//         std::cout << repetition->index << ": " << name(repetition->side) << ", "
//                   << repetition->peaks.size() << " peaks, " << name(repetition->status)
//                   << '\n';
//         for (const auto& fault : repetition->faults) std::cout << "   " << fault.cue << '\n';
//       } else if (const auto* warning = std::get_if<matside::Warning>(&event)) {
//         std::cout << warning->message << '\n';
//       }
//     }
//   }
//
//   void practise(const std::vector<std::string>& arguments) {
//     const int width_px = std::stoi(arguments.at(1));
//     const int height_px = std::stoi(arguments.at(2));
//     std::ifstream poses(arguments.at(0));
//     const auto exercise = matside::Exercise::find(
//         arguments.size() > 5 ? arguments.at(5) : "single-leg-kick");
//     matside::Session session(exercise, std::stoi(arguments.at(3)));
//     std::string row;
//     std::getline(poses, row);  // the columns' names
//     while (std::getline(poses, row)) {
//       print_events(session.push(read_row(row, width_px, height_px)));
//     }
//     print_events(session.finish());
//     const matside::Counts counts = session.counts();
//     std::cout << "left " << counts.left << ", right " << counts.right << ", both "
//               << counts.both << ", unsure " << counts.unsure << ", peaks " << counts.kicks
//               << ", clean " << counts.clean << '\n';
//     std::ofstream result(arguments.at(4));
//     result << session.result_json() << std::flush;
//     if (!result) throw std::runtime_error(arguments.at(4) + ": can't be written");
//   }
//
//   int main(int argc, char** argv) {
//     try {
//       practise({argv + 1, argv + argc});
//       return EXIT_SUCCESS;
//     } catch (const std::exception& error) {  // matside::Error is one
//       std::cerr << "practice: " << error.what() << '\n';
//       return EXIT_FAILURE;
//     }
//   }
//
// Threads: as in matside.h. Errors are thrown as matside::Error, by the functions that name it;
// every function may also throw std::bad_alloc.
#ifndef MATSIDE_MATSIDE_HPP
#define MATSIDE_MATSIDE_HPP

#include <matside/matside.h>

#include <matside/frame.hpp>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace matside {

/// What went wrong: one line for people, and the status of the C function.
class Error : public std::runtime_error {
 public:
  explicit Error(const matside_error& error)
      : std::runtime_error(error.message), status_(static_cast<matside_status>(error.status)) {}
  [[nodiscard]] matside_status status() const noexcept { return status_; }

 private:
  matside_status status_;
};

/// The library's version, such as "0.1.0".
inline std::string_view version() { return matside_version(); }

/// How well a repetition was done.
enum class RepetitionStatus {
  clean = MATSIDE_CLEAN,       ///< no fault
  faulty = MATSIDE_FAULTY,     ///< at least one fault
  partial = MATSIDE_PARTIAL,   ///< counted, but with little knee flexion, or cut off
  unjudged = MATSIDE_UNJUDGED  ///< counted, but not visible well enough to check, or flat
};

/// The posture of the body.
enum class Posture {
  unknown = MATSIDE_POSTURE_UNKNOWN,  ///< too little is visible
  lying = MATSIDE_POSTURE_LYING,
  upright = MATSIDE_POSTURE_UPRIGHT  ///< standing, sitting, kneeling, on the back, on the side
};

/// The phase of a movement.
enum class Phase {
  rest = MATSIDE_REST,
  bending = MATSIDE_BENDING,  ///< on the way up, in other exercises
  kicking = MATSIDE_KICKING,  ///< at the top, in other exercises
  lowering = MATSIDE_LOWERING
};

/// The name in the result file.
inline std::string_view name(RepetitionStatus status) {
  switch (status) {
    case RepetitionStatus::clean:
      return "clean";
    case RepetitionStatus::faulty:
      return "faulty";
    case RepetitionStatus::partial:
      return "partial";
    case RepetitionStatus::unjudged:
      break;
  }
  return "unjudged";
}

/// One kick: where the knee bends most.
struct Kick {
  double time_s = 0.0;
  double knee_flexion_deg = 0.0;  ///< above rest
};

/// A peak of a repetition: where the movement turns back. The peaks of the single-leg kick are
/// its kicks.
struct Peak {
  double time_s = 0.0;
  double value = 0.0;       ///< above rest
  std::string unit;         ///< deg or thigh_length
  std::optional<Side> leg;  ///< where both legs move, each with its own peaks
};

/// A measure of a repetition that the exercise's file asks for.
struct Reading {
  std::string id;  ///< as in the file, such as "hold_s"
  double value = 0.0;
  std::string unit;  ///< deg, s, thigh_length or count
};

/// A fault of a repetition.
struct Fault {
  std::string id;          ///< for programs, such as "hips_lift"
  std::string name;        ///< for lists
  std::string cue;         ///< to speak during the practice
  double value = 0.0;      ///< measured
  double threshold = 0.0;  ///< what the value was compared with
  std::string unit;        ///< of both: deg, s, deg_per_s, thigh_length, ratio or the like
};

/// One repetition: a movement to one or more peaks, and its lowering. In the single-leg kick,
/// the kicks of one leg.
struct Repetition {
  int index = 0;  ///< from 1
  Side side = Side::unsure;
  RepetitionStatus status = RepetitionStatus::clean;
  double start_s = 0.0;            ///< what moves leaves rest: in the single-leg kick, the foot
  double lowering_start_s = 0.0;   ///< after the last peak
  double end_s = 0.0;              ///< it is back at rest, or has stopped above it
  double greatest_bend_deg = 0.0;  ///< largest knee flexion of the kicks, above rest
  double side_confidence = 0.0;    ///< 0.5 (a guess) to 1
  double confidence = 0.0;         ///< 0 to 1: that it was a repetition and clearly visible
  std::vector<Kick> kicks;         ///< none in other exercises, which have peaks only
  std::vector<Fault> faults;       ///< most important first
  std::vector<Peak> peaks;
  std::vector<Reading> readings;  ///< in the order of the exercise's file
};

/// A fault of the whole set.
struct SetFault {
  std::string id;
  std::string name;
  std::string cue;
  double time_s = 0.0;  ///< when it was detected
};

/// A condition that prevents reliable counting or checking.
struct Warning {
  std::string id;       ///< such as "no_person"
  std::string message;  ///< what is wrong and what to do
};

using Event = std::variant<Repetition, SetFault, Warning>;

/// What was counted so far: repetitions by side, kicks, and repetitions without a fault.
struct Counts {
  int left = 0;
  int right = 0;
  int unsure = 0;
  int kicks = 0;  ///< of all repetitions; peaks in other exercises
  int clean = 0;
  int both = 0;  ///< of both legs together, or of no leg alone
};

/// What the last frame shows, for feedback without delay. It is provisional: the events at the
/// end of a movement decide what counts.
struct FrameState {
  bool person = false;          ///< a person was found
  bool baseline_known = false;  ///< the person's own rest position is known
  Posture posture = Posture::unknown;
  Phase phase = Phase::rest;
  Side moving_side = Side::unsure;  ///< of what moves; `unsure` at rest
  int kicks = 0;                    ///< of the movement in progress; peaks in other exercises
  double time_s = 0.0;
  std::optional<double> last_kick_s;
  std::optional<double> left_knee_flexion_deg;   ///< in the picture
  std::optional<double> right_knee_flexion_deg;  ///< in the picture
  std::optional<double> trunk_deg;         ///< the line from hip to shoulder above the floor
  std::optional<double> camera_yaw_deg;    ///< positive: from the picture's left
  std::optional<double> camera_pitch_deg;  ///< positive: looking down
};

/// Where the poses come from, for the result; empty: unknown.
struct Source {
  std::string path;
  std::string sha256;      ///< of the file: 64 lower-case hexadecimal digits
  std::string pose_model;  ///< lower-case letters, digits and "-"
};

namespace detail {

struct Free {
  void operator()(matside_session* session) const noexcept { matside_session_free(session); }
  void operator()(matside_exercise* exercise) const noexcept {
    matside_exercise_free(exercise);
  }
};

/// Calls `function` with a matside_error to fill. @throws Error, std::bad_alloc
template <class Function>
void checked(Function function) {
  matside_error error;
  const matside_status status = function(&error);
  if (status == MATSIDE_NO_MEMORY) throw std::bad_alloc();
  if (status != MATSIDE_OK) throw Error(error);
}

inline std::optional<double> measured(double value) {
  return value == value ? std::optional<double>(value) : std::nullopt;  // NaN: not measured
}

inline Repetition repetition(const matside_repetition& native) {
  Repetition out;
  out.index = native.index;
  out.side = static_cast<Side>(native.side);
  out.status = static_cast<RepetitionStatus>(native.status);
  out.start_s = native.start_s;
  out.lowering_start_s = native.lowering_start_s;
  out.end_s = native.end_s;
  out.greatest_bend_deg = native.greatest_bend_deg;
  out.side_confidence = native.side_confidence;
  out.confidence = native.confidence;
  for (int i = 0; i < native.kick_count; ++i) {
    out.kicks.push_back({native.kicks[i].time_s, native.kicks[i].knee_flexion_deg});
  }
  for (int i = 0; i < native.fault_count; ++i) {
    const matside_fault& fault = native.faults[i];
    out.faults.push_back(
        {fault.id, fault.name, fault.cue, fault.value, fault.threshold, fault.unit});
  }
  for (int i = 0; i < native.peak_count; ++i) {
    const matside_peak& peak = native.peaks[i];
    out.peaks.push_back({peak.time_s, peak.value, peak.unit, std::nullopt});
    if (peak.leg != MATSIDE_NO_LEG) out.peaks.back().leg = static_cast<Side>(peak.leg);
  }
  for (int i = 0; i < native.reading_count; ++i) {
    const matside_reading& reading = native.readings[i];
    out.readings.push_back({reading.id, reading.value, reading.unit});
  }
  return out;
}

inline std::vector<Event> events(const matside_session* session) {
  std::vector<Event> out;
  for (int i = 0; i < matside_session_event_count(session); ++i) {
    const matside_event& event = *matside_session_event(session, i);
    if (event.repetition != nullptr) out.emplace_back(repetition(*event.repetition));
    if (const matside_set_fault* fault = event.set_fault) {
      out.emplace_back(SetFault{fault->id, fault->name, fault->cue, fault->time_s});
    }
    if (const matside_warning* warning = event.warning) {
      out.emplace_back(Warning{warning->id, warning->message});
    }
  }
  return out;
}

inline const char* or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

}  // namespace detail

/// The ids of the built-in exercises; the single-leg kick is the first.
inline std::vector<std::string> built_in_exercises() {
  std::vector<std::string> ids;
  while (const char* id = matside_exercise_built_in(static_cast<int>(ids.size()))) {
    ids.emplace_back(id);
  }
  return ids;
}

/// A level of an exercise, from easier to harder.
struct Level {
  int number = 0;           ///< to pass to Session
  std::string name;         ///< for lists
  std::string description;  ///< how it is done
};

/// An exercise: what to count and check, and the thresholds.
class Exercise {
 public:
  /// A built-in exercise, such as "swan-preparation".
  /// @throws Error (MATSIDE_USAGE), which names those that there are, for another id
  static Exercise find(const std::string& id) {
    matside_exercise* found = nullptr;
    detail::checked(
        [&](matside_error* error) { return matside_exercise_find(id.c_str(), &found, error); });
    return Exercise(found);
  }
  /// Reads an exercise from the text of its one file, of the schema matside.exercise/2, which
  /// docs/exercise_files.md explains.
  /// @throws Error (MATSIDE_EXERCISE) with the place of the first error
  static Exercise read(std::string_view json) {
    matside_exercise* parsed = nullptr;
    detail::checked([&](matside_error* error) {
      return matside_exercise_read(json.data(), json.size(), &parsed, error);
    });
    return Exercise(parsed);
  }
  /// Reads an exercise from the texts of its two files. Matside's single_leg_kick.json and
  /// cues.en.json are examples of the format.
  /// @throws Error (MATSIDE_EXERCISE) with the place of the first error
  static Exercise parse(std::string_view exercise_json, std::string_view cues_json) {
    matside_exercise* parsed = nullptr;
    detail::checked([&](matside_error* error) {
      return matside_exercise_parse(exercise_json.data(), exercise_json.size(),
                                    cues_json.data(), cues_json.size(), &parsed, error);
    });
    return Exercise(parsed);
  }
  [[nodiscard]] std::string id() const { return matside_exercise_id(raw()); }
  /// The name for people.
  [[nodiscard]] std::string name() const { return matside_exercise_name(raw()); }
  [[nodiscard]] std::vector<Level> levels() const {
    std::vector<Level> out;
    while (const auto* level = matside_exercise_level(raw(), static_cast<int>(out.size()))) {
      out.push_back({level->number, level->name, level->description});
    }
    return out;
  }
  [[nodiscard]] const matside_exercise* raw() const { return exercise_.get(); }

 private:
  explicit Exercise(matside_exercise* exercise) : exercise_(exercise) {}
  std::unique_ptr<matside_exercise, detail::Free> exercise_;
};

/// One practice.
class Session {
 public:
  /// Starts a practice of the single-leg kick.
  /// @param level  0 to 3
  /// @throws Error (MATSIDE_USAGE) if there is no such level
  explicit Session(int level = 1) : Session(nullptr, level) {}
  /// Starts a practice of another exercise, which need not outlive the session.
  /// @throws Error (MATSIDE_USAGE) if the exercise has no such level
  Session(const Exercise& exercise, int level) : Session(exercise.raw(), level) {}

  /// Processes the next frame. A frame with an invalid or non-increasing time is skipped, with
  /// a warning.
  /// @throws Error (MATSIDE_INPUT) if the picture size is invalid, (MATSIDE_USAGE) after
  /// finish()
  std::vector<Event> push(const Frame& frame) {
    detail::checked([&](matside_error* error) {
      return matside_session_push(session_.get(), &frame.raw(), error);
    });
    return detail::events(session_.get());
  }

  /// Ends the practice: scores the movement in progress and raises the remaining warnings.
  std::vector<Event> finish() {
    detail::checked(
        [&](matside_error* error) { return matside_session_finish(session_.get(), error); });
    return detail::events(session_.get());
  }

  /// What was counted so far.
  [[nodiscard]] Counts counts() const {
    matside_counts native = MATSIDE_COUNTS_INIT;
    detail::checked([&](matside_error* error) {
      return matside_session_counts(session_.get(), &native, error);
    });
    return {native.left, native.right, native.unsure, native.kicks, native.clean, native.both};
  }

  /// What the last frame shows.
  [[nodiscard]] FrameState frame_state() const {
    matside_frame_state native = MATSIDE_FRAME_STATE_INIT;
    detail::checked([&](matside_error* error) {
      return matside_session_frame_state(session_.get(), &native, error);
    });
    FrameState out;
    out.person = native.person != 0;
    out.baseline_known = native.baseline_known != 0;
    out.posture = static_cast<Posture>(native.posture);
    out.phase = static_cast<Phase>(native.phase);
    out.moving_side = static_cast<Side>(native.moving_side);
    out.kicks = native.kicks;
    out.time_s = native.time_s;
    out.last_kick_s = detail::measured(native.last_kick_s);
    out.left_knee_flexion_deg = detail::measured(native.knee_flexion_deg[MATSIDE_LEFT]);
    out.right_knee_flexion_deg = detail::measured(native.knee_flexion_deg[MATSIDE_RIGHT]);
    out.trunk_deg = detail::measured(native.trunk_deg);
    out.camera_yaw_deg = detail::measured(native.camera_yaw_deg);
    out.camera_pitch_deg = detail::measured(native.camera_pitch_deg);
    return out;
  }

  /// The result so far, as `matside analyze` writes it (matside.analysis/1).
  /// @throws Error (MATSIDE_INPUT) for an invalid source, (MATSIDE_USAGE) before the first
  /// frame.
  [[nodiscard]] std::string result_json(const Source& source = {}) {
    matside_source native = MATSIDE_SOURCE_INIT;
    native.path = detail::or_null(source.path);
    native.sha256 = detail::or_null(source.sha256);
    native.pose_model = detail::or_null(source.pose_model);
    const char* json = nullptr;
    detail::checked([&](matside_error* error) {
      return matside_session_result(session_.get(), &native, &json, error);
    });
    return json;
  }

 private:
  Session(const matside_exercise* exercise, int level) {
    matside_session* created = nullptr;
    detail::checked([&](matside_error* error) {
      return matside_session_new(exercise, level, &created, error);
    });
    session_.reset(created);
  }
  std::unique_ptr<matside_session, detail::Free> session_;
};

}  // namespace matside

#endif
