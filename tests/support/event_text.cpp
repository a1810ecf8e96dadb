#include "tests/support/event_text.h"

#include <ios>
#include <optional>
#include <sstream>

namespace matside::support {
namespace {

class EventLine {
 public:
  EventLine() { out_ << std::hexfloat; }
  template <class T>
  void append(const char* name, const T& value) {
    out_ << ' ' << name << ' ' << value;
  }
  void append(const char* name, base::Seconds value) { append(name, value.value()); }
  void append(const char* name, base::Degrees value) { append(name, value.value()); }
  template <class T>
  void append(const char* name, const std::optional<T>& value) {
    if (value) append(name, *value);
  }
  [[nodiscard]] std::string text() const { return out_.str().substr(1); }

 private:
  std::ostringstream out_;
};

void append(EventLine& line, const char* name,
            const std::optional<exercise::Measured>& measured) {
  if (!measured) return;
  line.append(name, measured->value);
  line.append("random", measured->random);
  line.append("systematic", measured->systematic);
}

void append(EventLine& line, const exercise::Measures& m) {
  append(line, "measured_bend", m.greatest_bend_deg);
  append(line, "rise", m.rise_s);
  append(line, "beat_interval", m.beat_interval_s);
  append(line, "measured_lowering", m.lowering_s);
  append(line, "measured_transit", m.transit_70_20_s);
  append(line, "smoothness", m.lowering_smoothness);
  append(line, "hips_still", m.hips_still_share);
  append(line, "hip_moves_at", m.hip_moves_at_deg);
  append(line, "chest_fall", m.chest_fall_deg);
  append(line, "chest_incline", m.chest_incline_deg);
  append(line, "duration", m.duration_s);
}

void append(EventLine& line, const exercise::Repetition& r) {
  line.append("repetition", r.index);
  line.append("side", static_cast<int>(r.side));
  line.append("side_confidence", r.side_confidence);
  line.append("start", r.start);
  line.append("end", r.end);
  line.append("lowering_start", r.lowering_start);
  for (const exercise::Kick& k : r.kicks) {
    line.append("kick", k.time);
    line.append("knee_flexion", k.knee_flexion);
  }
  line.append("greatest_bend", r.greatest_bend);
  line.append("lowering", r.lowering);
  line.append("transit_70_20", r.transit_70_20);
  line.append("hip_rise", r.hip_rise_thigh_lengths);
  line.append("hip_at_top", r.hip_at_top_thigh_lengths);
  if (r.thigh_lift) {
    line.append("thigh_lift", r.thigh_lift->lift);
    line.append("deviation", r.thigh_lift->deviation);
    line.append("beyond_usual", r.thigh_lift->beyond_usual);
  }
  append(line, r.measures);
  for (const exercise::DetectedFault& f : r.faults) {
    line.append("fault", f.id);
    line.append("value", f.value);
    line.append("threshold", f.threshold);
  }
  line.append("status", static_cast<int>(r.status));
  line.append("confidence", r.confidence);
}

}  // namespace

std::string text(const engine::Event& event) {
  EventLine line;
  if (const auto* finished = std::get_if<engine::RepetitionFinished>(&event)) {
    append(line, finished->repetition);
  } else if (const auto* seen = std::get_if<engine::SetFaultSeen>(&event)) {
    line.append("set_fault", seen->fault.id);
    line.append("at", seen->fault.at);
  } else if (const auto* warned = std::get_if<engine::Warned>(&event)) {
    line.append("warning", warned->warning.id);
  }
  return line.text();
}

}  // namespace matside::support
