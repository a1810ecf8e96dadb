#include "formats/tidy_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace matside::formats {
namespace {

using exercise::Repetition;

struct Event {
  double time_s = 0.0;
  std::string text;  ///< the fields after the time
};

/// Quotes a field that may contain commas and quotes.
std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

void add_repetition(const Repetition& r, std::vector<Event>& events) {
  const std::string whose = fmt::format("{},{}", r.index, exercise::name(r.side));
  const auto add = [&](base::Seconds time, std::string_view event, const std::string& rest) {
    events.push_back({time.value(), fmt::format("{},{},{}", event, whose, rest)});
  };
  add(r.start, "repetition_start", ",,");
  for (const exercise::Kick& kick : r.kicks) {
    add(kick.time, "kick", fmt::format("{:.1f},deg,knee_flexion", kick.knee_flexion.value()));
  }
  for (const exercise::Peak& peak : r.peaks) {
    add(peak.time, "peak",
        fmt::format("{:.3f},{},{}", peak.value, peak.unit,
                    peak.leg ? pose::name(*peak.leg) : std::string_view()));
  }
  add(r.lowering_start, "lowering_start", ",,");
  add(r.end, "repetition_end", fmt::format(",,{}", exercise::name(r.status)));
  for (const exercise::NamedReading& reading : r.readings) {
    add(r.end, "reading", fmt::format("{:.3f},{},{}", reading.value, reading.unit, reading.id));
  }
  for (const exercise::DetectedFault& fault : r.faults) {
    add(r.end, "fault",
        fmt::format("{:.3f},{},{}", fault.value, fault.unit,
                    quote(fmt::format("{}; threshold {:.3f}", fault.id, fault.threshold))));
  }
}

}  // namespace

std::string keypoints_csv(const std::vector<pose::PoseFrame>& frames) {
  std::string text = "frame,time_s,keypoint,x_px,y_px,score,width_px,height_px\n";
  for (const pose::PoseFrame& unrounded : frames) {
    const pose::PoseFrame frame = pose::rounded(unrounded);
    const std::string when = fmt::format("{},{:.6f}", frame.frame_index, frame.time.value());
    const std::string size =
        fmt::format("{},{}\n", frame.image_size.width_px, frame.image_size.height_px);
    if (!frame.pose) {
      text += when + ",,,,," + size;
      continue;
    }
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
      const pose::Keypoint& k = frame.pose->keypoints[i];
      fmt::format_to(std::back_inserter(text), "{},{},", when,
                     pose::name(static_cast<pose::Landmark>(i)));
      // A missing joint is empty, not at 0.
      text += k.score > 0.0 ? fmt::format("{:.2f},{:.2f},{:.4f},", k.position.x_px,
                                          k.position.y_px, k.score)
                            : std::string(",,,");
      text += size;
    }
  }
  return text;
}

std::string events_csv(const engine::Analysis& analysis) {
  std::vector<Event> events;
  for (const Repetition& r : analysis.repetitions) add_repetition(r, events);
  for (const exercise::SetFault& fault : analysis.set_faults) {
    events.push_back({fault.at.value(), fmt::format("set_fault,,,,,{}", fault.id)});
  }
  std::ranges::stable_sort(events, {}, &Event::time_s);
  std::string text = "time_s,event,repetition,side,value,unit,detail\n";
  for (const Event& event : events)
    text += fmt::format("{:.3f},{}\n", event.time_s, event.text);
  for (const engine::Warning& warning : analysis.warnings) {
    text += fmt::format(",warning,,,,,{}\n", quote(warning.id + ": " + warning.message));
  }
  return text;
}

}  // namespace matside::formats
