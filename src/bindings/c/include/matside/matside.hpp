// Counts and checks the single-leg kick from body landmarks: poses in, events out. For C++17
// and later; header alone, over the functions of matside.h, so that no type of the standard
// library crosses into the library.
//
// A complete program. It reads a table of poses, as `matside analyze VIDEO --poses FILE.csv`
// writes it, and tells what was practised: `practice POSES.csv WIDTH HEIGHT LEVEL RESULT.json`.
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
//     if (fields.at(2).empty()) return frame;  // nobody was found
//     std::size_t at = 2;
//     for (std::size_t i = 0; i < matside::kLandmarkCount; ++i, at += 3) {
//       const auto landmark = static_cast<matside::Landmark>(i);
//       frame.see(landmark, number(at), number(at + 1), number(at + 2));
//     }
//     for (const auto side : {matside::Side::left, matside::Side::right}) {
//       if (!fields.at(at).empty()) frame.see_knee(side, number(at), number(at + 1));
//       at += 2;
//     }
//     return frame;
//   }
//
//   void tell(const std::vector<matside::Event>& events) {
//     for (const matside::Event& event : events) {
//       if (const auto* repetition = std::get_if<matside::Repetition>(&event)) {
//         std::cout << repetition->index << ": " << name(repetition->side) << ", "
//                   << repetition->kicks.size() << " kicks, " << name(repetition->status)
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
//     matside::Session session(std::stoi(arguments.at(3)));
//     std::string row;
//     std::getline(poses, row);  // the columns' names
//     while (std::getline(poses, row)) tell(session.push(read_row(row, width_px, height_px)));
//     tell(session.finish());
//     const matside::Counts counts = session.counts();
//     std::cout << "left " << counts.left << ", right " << counts.right << ", unsure "
//               << counts.unsure << ", kicks " << counts.kicks << ", clean " << counts.clean
//               << '\n';
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
// Threads: as matside.h says. Failures are thrown as matside::Error, by the functions that name
// them, besides std::bad_alloc.
#ifndef MATSIDE_MATSIDE_HPP
#define MATSIDE_MATSIDE_HPP

#include <matside/matside.h>

#include <cstddef>
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

/// What went wrong, in one line for a person.
class Error : public std::runtime_error {
 public:
  explicit Error(const matside_error& error)
      : std::runtime_error(error.message), status_(static_cast<matside_status>(error.status)) {}
  [[nodiscard]] matside_status status() const noexcept { return status_; }

 private:
  matside_status status_;
};

inline std::string_view version() { return matside_version(); }

/// The person's own. The engine says `unsure` rather than a wrong side.
enum class Side { left = MATSIDE_LEFT, right = MATSIDE_RIGHT, unsure = MATSIDE_UNSURE };

enum class RepetitionStatus {
  clean = MATSIDE_CLEAN,
  faulty = MATSIDE_FAULTY,
  partial = MATSIDE_PARTIAL,   ///< counted, but a small bend or cut off
  unjudged = MATSIDE_UNJUDGED  ///< counted, but not seen well enough to say how it was done
};

enum class Attitude {
  unclear = MATSIDE_UNCLEAR,
  lying = MATSIDE_LYING,
  upright = MATSIDE_UPRIGHT
};

enum class Phase {
  rest = MATSIDE_REST,
  bending = MATSIDE_BENDING,
  kicking = MATSIDE_KICKING,
  lowering = MATSIDE_LOWERING
};

/// As the result file tells them.
inline std::string_view name(Side side) {
  return side == Side::left ? "left" : side == Side::right ? "right" : "unsure";
}
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

enum class Landmark {
  nose,
  left_eye_inner,
  left_eye,
  left_eye_outer,
  right_eye_inner,
  right_eye,
  right_eye_outer,
  left_ear,
  right_ear,
  mouth_left,
  mouth_right,
  left_shoulder,
  right_shoulder,
  left_elbow,
  right_elbow,
  left_wrist,
  right_wrist,
  left_pinky,
  right_pinky,
  left_index,
  right_index,
  left_thumb,
  right_thumb,
  left_hip,
  right_hip,
  left_knee,
  right_knee,
  left_ankle,
  right_ankle,
  left_heel,
  right_heel,
  left_foot_index,
  right_foot_index
};
inline constexpr std::size_t kLandmarkCount = MATSIDE_LANDMARKS;

/// The landmark's standard name, such as "left_knee".
inline std::string_view name(Landmark landmark) {
  return matside_landmark_name(static_cast<int>(landmark));
}

/// What was seen at one instant; nobody, until a landmark is seen.
class Frame {
 public:
  /// The source's own time, which rises from frame to frame, and the upright picture's size.
  Frame(double time_s, int width_px, int height_px) {
    frame_.time_s = time_s;
    frame_.width_px = width_px;
    frame_.height_px = height_px;
  }

  /// A landmark in pixels of the upright picture, and how surely it is seen: 0 to 1.
  Frame& see(Landmark landmark, double x_px, double y_px, double score) {
    frame_.has_pose = 1;
    frame_.landmarks[static_cast<std::size_t>(landmark)] = {x_px, y_px, score};
    return *this;
  }

  /// A knee's flexion in space (0 = straight) and its standard deviation, where the source of
  /// the poses measures it by itself. `side` is left or right; of an unsure one nothing is
  /// kept.
  Frame& see_knee(Side side, double flexion_deg, double deviation_deg) {
    if (side == Side::unsure) return *this;
    frame_.knees[static_cast<std::size_t>(side)] = {flexion_deg, deviation_deg};
    return *this;
  }

  [[nodiscard]] const matside_frame& raw() const { return frame_; }

 private:
  matside_frame frame_ = MATSIDE_FRAME_INIT;
};

/// The knee's greatest bend before it springs back; 0 = hip, knee and ankle in line.
struct Kick {
  double time_s = 0.0;
  double knee_flexion_deg = 0.0;
};

struct Fault {
  std::string id;          ///< for programs, such as "hips_lift"
  std::string name;        ///< in a list
  std::string cue;         ///< what a teacher says at the moment
  double value = 0.0;      ///< what was measured, ...
  double threshold = 0.0;  ///< ... against what, ...
  std::string unit;        ///< ... in which unit
};

/// One side's kick, kick and lower.
struct Repetition {
  int index = 0;  ///< from 1
  Side side = Side::unsure;
  RepetitionStatus status = RepetitionStatus::clean;
  double start_s = 0.0;  ///< the foot leaves rest
  double lowering_start_s = 0.0;
  double end_s = 0.0;              ///< it is back, or has stopped short
  double greatest_bend_deg = 0.0;  ///< of the kicks, above rest
  double side_confidence = 0.0;    ///< 0.5 (no idea) to 1
  double confidence = 0.0;         ///< 0 to 1: that it was one, seen well enough to judge
  std::vector<Kick> kicks;
  std::vector<Fault> faults;  ///< most important first
};

/// A fault of the set, not of one repetition.
struct SetFault {
  std::string id;
  std::string name;
  std::string cue;
  double at_s = 0.0;
};

/// Something stands in the way of judging: what is wrong and what to do.
struct Warning {
  std::string id;
  std::string message;
};

using Event = std::variant<Repetition, SetFault, Warning>;

struct Counts {
  int left = 0;
  int right = 0;
  int unsure = 0;
  int kicks = 0;
  int clean = 0;
};

/// What the frame pushed last showed; provisional.
struct Moment {
  bool person = false;
  bool settled = false;  ///< the person's own rest is known
  Attitude attitude = Attitude::unclear;
  Phase phase = Phase::rest;
  Side raised = Side::unsure;  ///< the leg that moves; unsure at rest
  int kicks = 0;               ///< of the movement under way
  double time_s = 0.0;
  std::optional<double> last_kick_s;
  std::optional<double> left_knee_flexion_deg;
  std::optional<double> right_knee_flexion_deg;
  std::optional<double> trunk_deg;  ///< the hip-shoulder line above the floor
  std::optional<double> camera_yaw_deg;
  std::optional<double> camera_pitch_deg;
};

/// Where the poses came from, as the result tells it; what is empty is not known.
struct Source {
  std::string path;
  std::string sha256;      ///< of the file, 64 lower-case hexadecimal digits
  std::string pose_model;  ///< small letters, digits and "-"
};

namespace detail {

struct Free {
  void operator()(matside_session* session) const noexcept { matside_session_free(session); }
  void operator()(matside_exercise* exercise) const noexcept {
    matside_exercise_free(exercise);
  }
};

/// Calls `function` with an error to fill. @throws Error, std::bad_alloc
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

inline Repetition repetition(const matside_repetition& told) {
  Repetition out;
  out.index = told.index;
  out.side = static_cast<Side>(told.side);
  out.status = static_cast<RepetitionStatus>(told.status);
  out.start_s = told.start_s;
  out.lowering_start_s = told.lowering_start_s;
  out.end_s = told.end_s;
  out.greatest_bend_deg = told.greatest_bend_deg;
  out.side_confidence = told.side_confidence;
  out.confidence = told.confidence;
  for (int i = 0; i < told.kick_count; ++i) {
    out.kicks.push_back({told.kicks[i].time_s, told.kicks[i].knee_flexion_deg});
  }
  for (int i = 0; i < told.fault_count; ++i) {
    const matside_fault& fault = told.faults[i];
    out.faults.push_back(
        {fault.id, fault.name, fault.cue, fault.value, fault.threshold, fault.unit});
  }
  return out;
}

inline std::vector<Event> events(const matside_session* session) {
  std::vector<Event> out;
  for (int i = 0; i < matside_session_event_count(session); ++i) {
    const matside_event& event = *matside_session_event(session, i);
    if (event.repetition != nullptr) out.emplace_back(repetition(*event.repetition));
    if (const matside_set_fault* fault = event.set_fault) {
      out.emplace_back(SetFault{fault->id, fault->name, fault->cue, fault->at_s});
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

/// What is judged, and against which thresholds.
class Exercise {
 public:
  /// From the texts of its two files, as exercises/single_leg_kick.json and cues.en.json.
  /// @throws Error (MATSIDE_EXERCISE) that says where in the text something is wrong.
  static Exercise parse(std::string_view exercise_json, std::string_view words_json) {
    matside_exercise* parsed = nullptr;
    detail::checked([&](matside_error* error) {
      return matside_exercise_parse(exercise_json.data(), exercise_json.size(),
                                    words_json.data(), words_json.size(), &parsed, error);
    });
    return Exercise(parsed);
  }
  [[nodiscard]] const matside_exercise* raw() const { return exercise_.get(); }

 private:
  explicit Exercise(matside_exercise* exercise) : exercise_(exercise) {}
  std::unique_ptr<matside_exercise, detail::Free> exercise_;
};

/// One practice.
class Session {
 public:
  /// Of the exercise built in. @throws Error (MATSIDE_USAGE) when it has no such level.
  explicit Session(int level = 1) : Session(nullptr, level) {}
  /// Likewise of another exercise, which may go before the session does.
  Session(const Exercise& exercise, int level) : Session(exercise.raw(), level) {}

  /// Takes the next frame. One whose time does not rise is left out, and a warning tells so.
  /// @throws Error (MATSIDE_INPUT) for a picture of no size, (MATSIDE_USAGE) once finished.
  std::vector<Event> push(const Frame& frame) {
    detail::checked([&](matside_error* error) {
      return matside_session_push(session_.get(), &frame.raw(), error);
    });
    return detail::events(session_.get());
  }

  /// The source has ended: judges what is under way.
  std::vector<Event> finish() {
    detail::checked(
        [&](matside_error* error) { return matside_session_finish(session_.get(), error); });
    return detail::events(session_.get());
  }

  [[nodiscard]] Counts counts() const {
    matside_counts told = MATSIDE_COUNTS_INIT;
    detail::checked([&](matside_error* error) {
      return matside_session_counts(session_.get(), &told, error);
    });
    return {told.left, told.right, told.unsure, told.kicks, told.clean};
  }

  [[nodiscard]] Moment moment() const {
    matside_moment told = MATSIDE_MOMENT_INIT;
    detail::checked([&](matside_error* error) {
      return matside_session_moment(session_.get(), &told, error);
    });
    Moment out;
    out.person = told.person != 0;
    out.settled = told.settled != 0;
    out.attitude = static_cast<Attitude>(told.attitude);
    out.phase = static_cast<Phase>(told.phase);
    out.raised = static_cast<Side>(told.raised);
    out.kicks = told.kicks;
    out.time_s = told.time_s;
    out.last_kick_s = detail::measured(told.last_kick_s);
    out.left_knee_flexion_deg = detail::measured(told.knee_flexion_deg[MATSIDE_LEFT]);
    out.right_knee_flexion_deg = detail::measured(told.knee_flexion_deg[MATSIDE_RIGHT]);
    out.trunk_deg = detail::measured(told.trunk_deg);
    out.camera_yaw_deg = detail::measured(told.camera_yaw_deg);
    out.camera_pitch_deg = detail::measured(told.camera_pitch_deg);
    return out;
  }

  /// All that was found up to now, as `matside analyze` writes it (matside.analysis/1).
  /// @throws Error (MATSIDE_INPUT) for a source that can't be, (MATSIDE_USAGE) before the first
  /// frame.
  [[nodiscard]] std::string result_json(const Source& source = {}) {
    matside_source told = MATSIDE_SOURCE_INIT;
    told.path = detail::or_null(source.path);
    told.sha256 = detail::or_null(source.sha256);
    told.pose_model = detail::or_null(source.pose_model);
    const char* json = nullptr;
    detail::checked([&](matside_error* error) {
      return matside_session_result(session_.get(), &told, &json, error);
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
