#include "tests/support/event_text.h"

#include <ios>
#include <optional>
#include <sstream>

namespace matside::support {
namespace {

class Line {
 public:
  Line() { out_ << std::hexfloat; }
  template <class T>
  void say(const char* name, const T& value) {
    out_ << ' ' << name << ' ' << value;
  }
  void say(const char* name, base::Seconds value) { say(name, value.value()); }
  void say(const char* name, base::Degrees value) { say(name, value.value()); }
  template <class T>
  void say(const char* name, const std::optional<T>& value) {
    if (value) say(name, *value);
  }
  [[nodiscard]] std::string text() const { return out_.str().substr(1); }

 private:
  std::ostringstream out_;
};

void say(Line& line, const char* name, const std::optional<exercise::Measured>& measured) {
  if (!measured) return;
  line.say(name, measured->value);
  line.say("random", measured->random);
  line.say("systematic", measured->systematic);
}

void say(Line& line, const exercise::Measures& m) {
  say(line, "measured_bend", m.greatest_bend_deg);
  say(line, "rise", m.rise_s);
  say(line, "beat_interval", m.beat_interval_s);
  say(line, "measured_lowering", m.lowering_s);
  say(line, "measured_transit", m.transit_70_20_s);
  say(line, "smoothness", m.lowering_smoothness);
  say(line, "hips_still", m.hips_still_share);
  say(line, "hip_moves_at", m.hip_moves_at_deg);
  say(line, "chest_fall", m.chest_fall_deg);
  say(line, "chest_incline", m.chest_incline_deg);
  say(line, "duration", m.duration_s);
}

void say(Line& line, const exercise::Repetition& r) {
  line.say("repetition", r.index);
  line.say("side", static_cast<int>(r.side));
  line.say("side_confidence", r.side_confidence);
  line.say("start", r.start);
  line.say("end", r.end);
  line.say("lowering_start", r.lowering_start);
  for (const exercise::Kick& k : r.kicks) {
    line.say("kick", k.time);
    line.say("knee_flexion", k.knee_flexion);
  }
  line.say("greatest_bend", r.greatest_bend);
  line.say("lowering", r.lowering);
  line.say("transit_70_20", r.transit_70_20);
  line.say("hip_rise", r.hip_rise_thigh_lengths);
  line.say("hip_at_top", r.hip_at_top_thigh_lengths);
  if (r.thigh_lift) {
    line.say("thigh_lift", r.thigh_lift->lift);
    line.say("deviation", r.thigh_lift->deviation);
    line.say("beyond_usual", r.thigh_lift->beyond_usual);
  }
  say(line, r.measures);
  for (const exercise::FaultFinding& f : r.faults) {
    line.say("fault", f.id);
    line.say("value", f.value);
    line.say("threshold", f.threshold);
  }
  line.say("status", static_cast<int>(r.status));
  line.say("confidence", r.confidence);
}

}  // namespace

std::string text(const engine::Event& event) {
  Line line;
  if (const auto* finished = std::get_if<engine::RepetitionFinished>(&event)) {
    say(line, finished->repetition);
  } else if (const auto* seen = std::get_if<engine::SetFaultSeen>(&event)) {
    line.say("set_fault", seen->fault.id);
    line.say("at", seen->fault.at);
  } else if (const auto* warned = std::get_if<engine::Warned>(&event)) {
    line.say("warning", warned->warning.id);
  }
  return line.text();
}

}  // namespace matside::support
