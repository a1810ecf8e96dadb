// The module matside._native. What Python sees is the package matside around it; the events
// become the dataclasses of matside/_events.py.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <exception>
#include <matside/matside.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "bindings/python/array_session.h"

namespace py = pybind11;
using namespace py::literals;

namespace matside::python {
namespace {

/// The exception class of a status.
const char* exception_name(matside_status status) {
  switch (status) {
    case MATSIDE_USAGE:
      return "UsageError";
    case MATSIDE_INPUT:
      return "InputError";
    case MATSIDE_EXERCISE:
      return "ModelError";
    case MATSIDE_OK:
    case MATSIDE_NO_MEMORY:  // Thrown as std::bad_alloc, which becomes MemoryError.
    case MATSIDE_INTERNAL:
      break;
  }
  return "InternalError";
}

void raise_as_python(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const Error& error) {
    const py::object kind =
        py::module_::import("matside._errors").attr(exception_name(error.status()));
    PyErr_SetString(kind.ptr(), error.what());
  }
}

std::string_view name(Posture posture) {
  switch (posture) {
    case Posture::lying:
      return "lying";
    case Posture::upright:
      return "upright";
    case Posture::unknown:
      break;
  }
  return "unknown";
}

std::string_view name(Phase phase) {
  switch (phase) {
    case Phase::bending:
      return "bending";
    case Phase::kicking:
      return "kicking";
    case Phase::lowering:
      return "lowering";
    case Phase::rest:
      break;
  }
  return "rest";
}

/// Makes the dataclasses of matside/_events.py.
class EventObjects {
 public:
  EventObjects() : classes_(py::module_::import("matside._events")) {}

  py::list list(const std::vector<Event>& events) const {
    py::list out;
    for (const Event& event : events) {
      out.append(std::visit([this](const auto& each) { return object(each); }, event));
    }
    return out;
  }

  [[nodiscard]] py::object object(const Counts& counts) const {
    return classes_.attr("Counts")("left"_a = counts.left, "right"_a = counts.right,
                                   "unsure"_a = counts.unsure, "kicks"_a = counts.kicks,
                                   "clean"_a = counts.clean, "both"_a = counts.both);
  }

  [[nodiscard]] py::object object(const FrameState& state) const {
    return classes_.attr("FrameState")(
        "time_s"_a = state.time_s, "person"_a = state.person, "posture"_a = name(state.posture),
        "baseline_known"_a = state.baseline_known, "phase"_a = name(state.phase),
        "moving_side"_a = matside::name(state.moving_side), "kicks"_a = state.kicks,
        "last_kick_s"_a = state.last_kick_s,
        "left_knee_flexion_deg"_a = state.left_knee_flexion_deg,
        "right_knee_flexion_deg"_a = state.right_knee_flexion_deg,
        "trunk_deg"_a = state.trunk_deg, "camera_yaw_deg"_a = state.camera_yaw_deg,
        "camera_pitch_deg"_a = state.camera_pitch_deg);
  }

 private:
  [[nodiscard]] py::object object(const Repetition& repetition) const {
    py::list kicks;
    for (const Kick& kick : repetition.kicks) {
      kicks.append(classes_.attr("Kick")("time_s"_a = kick.time_s,
                                         "knee_flexion_deg"_a = kick.knee_flexion_deg));
    }
    py::list peaks;
    for (const Peak& peak : repetition.peaks) {
      const py::object leg =
          peak.leg ? py::cast(matside::name(*peak.leg)) : py::object(py::none());
      peaks.append(classes_.attr("Peak")("time_s"_a = peak.time_s, "value"_a = peak.value,
                                         "unit"_a = peak.unit, "leg"_a = leg));
    }
    py::list readings;
    for (const Reading& reading : repetition.readings) {
      readings.append(classes_.attr("Reading")("id"_a = reading.id, "value"_a = reading.value,
                                               "unit"_a = reading.unit));
    }
    py::list faults;
    for (const Fault& fault : repetition.faults) {
      faults.append(classes_.attr("Fault")("id"_a = fault.id, "value"_a = fault.value,
                                           "threshold"_a = fault.threshold,
                                           "unit"_a = fault.unit, "cue"_a = fault.cue));
    }
    return classes_.attr("RepetitionFinished")(
        "index"_a = repetition.index, "side"_a = matside::name(repetition.side),
        "status"_a = matside::name(repetition.status), "start_s"_a = repetition.start_s,
        "lowering_start_s"_a = repetition.lowering_start_s, "end_s"_a = repetition.end_s,
        "greatest_bend_deg"_a = repetition.greatest_bend_deg,
        "side_confidence"_a = repetition.side_confidence,
        "confidence"_a = repetition.confidence, "kicks"_a = py::tuple(kicks),
        "faults"_a = py::tuple(faults), "peaks"_a = py::tuple(peaks),
        "readings"_a = py::tuple(readings));
  }

  [[nodiscard]] py::object object(const SetFault& fault) const {
    return classes_.attr("SetFaultDetected")("id"_a = fault.id, "name"_a = fault.name,
                                             "cue"_a = fault.cue, "time_s"_a = fault.time_s);
  }

  [[nodiscard]] py::object object(const Warning& warning) const {
    return classes_.attr("WarningRaised")("id"_a = warning.id, "message"_a = warning.message);
  }

  py::module_ classes_;
};

py::tuple landmark_names() {
  py::tuple names(kLandmarkCount);
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    names[i] = py::str(std::string(matside::name(static_cast<Landmark>(i))));
  }
  return names;
}

py::list levels_of(const Exercise& exercise) {
  py::list levels;
  for (const Level& level : exercise.levels()) {
    levels.append(py::make_tuple(level.number, level.name, level.description));
  }
  return levels;
}

void describe_exercise(py::module_& module) {
  module.attr("EXERCISES") = py::tuple(py::cast(built_in_exercises()));
  py::class_<Exercise>(module, "Exercise")
      .def_static("find", &Exercise::find, "id"_a)
      .def_static("read", &Exercise::read, "text"_a)
      .def_static("parse", &Exercise::parse, "exercise_json"_a, "cues_json"_a)
      .def_property_readonly("id", &Exercise::id)
      .def_property_readonly("name", &Exercise::name)
      .def_property_readonly("levels", &levels_of);
}

void describe_session(py::module_& module) {
  py::class_<ArraySession>(module, "Session")
      .def(py::init<int, const Exercise*>(), "level"_a, "exercise"_a)
      .def(
          "push",
          [](ArraySession& session, const py::array& landmarks, const py::array& times_s,
             int width_px, int height_px, const std::optional<py::array>& knees) {
            const auto events = session.push(landmarks, times_s, width_px, height_px, knees);
            // Most calls have none.
            return events.empty() ? py::list() : EventObjects().list(events);
          },
          "landmarks"_a, "times_s"_a, "width_px"_a, "height_px"_a, "knees"_a)
      .def("finish",
           [](ArraySession& session) { return EventObjects().list(session.finish()); })
      .def("counts",
           [](ArraySession& session) { return EventObjects().object(session.counts()); })
      .def("frame_state",
           [](ArraySession& session) { return EventObjects().object(session.frame_state()); })
      .def(
          "result_json",
          [](ArraySession& session, std::string path, std::string sha256, std::string model) {
            return session.result_json({std::move(path), std::move(sha256), std::move(model)});
          },
          "path"_a, "sha256"_a, "pose_model"_a)
      .def("close", &ArraySession::close)
      .def_property_readonly("closed", &ArraySession::closed);
}

}  // namespace
}  // namespace matside::python

PYBIND11_MODULE(_native, module) {
  py::register_local_exception_translator(matside::python::raise_as_python);
  module.attr("VERSION") = py::str(std::string(matside::version()));
  module.attr("LANDMARKS") = matside::python::landmark_names();
  module.attr("MAX_FRAMES") = matside::python::ArraySession::kMaxFrames;
  matside::python::describe_exercise(module);
  matside::python::describe_session(module);
}
