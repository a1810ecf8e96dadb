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
                                   "clean"_a = counts.clean);
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
        "faults"_a = py::tuple(faults));
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
  using matside::Exercise;
  py::register_local_exception_translator(matside::python::raise_as_python);
  module.attr("VERSION") = py::str(std::string(matside::version()));
  module.attr("LANDMARKS") = matside::python::landmark_names();
  module.attr("MAX_FRAMES") = matside::python::ArraySession::kMaxFrames;
  py::class_<Exercise>(module, "Exercise",
                       "An exercise: what to count and check, and the thresholds.")
      .def_static("parse", &Exercise::parse, "exercise_json"_a, "cues_json"_a,
                  "Read an exercise from the texts of its two files.\n\n"
                  "Matside's single_leg_kick.json and cues.en.json (in\n"
                  "/usr/share/matside/exercises) are examples of the format. Sessions may\n"
                  "share an exercise.\n\n"
                  "Raises ModelError with the place of the first error.");
  matside::python::describe_session(module);
}
