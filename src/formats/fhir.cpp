#include "formats/fhir.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "formats/json_number.h"

namespace matside::formats {
namespace {

using json = nlohmann::ordered_json;

constexpr const char* kLoinc = "http://loinc.org";
constexpr const char* kSnomed = "http://snomed.info/sct";
constexpr const char* kUnits = "http://unitsofmeasure.org";
constexpr const char* kUris = "urn:ietf:rfc:3986";
constexpr const char* kCategories =
    "http://terminology.hl7.org/CodeSystem/observation-category";

/// How one knee's flexion is coded.
struct KneeCode {
  const char* loinc;
  const char* loinc_display;
  const char* snomed;
  const char* snomed_display;
};
/// By pose::index(Side).
constexpr std::array<KneeCode, 2> kKneeCodes{
    KneeCode{"41343-5", "Knee - left Flexion Active Range of Motion Quantitative", "82169009",
             "Structure of left knee region"},
    KneeCode{"41347-6", "Knee - right Flexion Active Range of Motion Quantitative", "6757004",
             "Structure of right knee region"}};

/// The digits as a UUID. @source RFC 4122, name-based UUIDs
std::string uuid(std::string digits) {
  digits.resize(32, '0');
  digits[12] = '5';
  digits[16] = '8';
  return digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-" + digits.substr(12, 4) + "-" +
         digits.substr(16, 4) + "-" + digits.substr(20, 12);
}

/// A name for a text of at most 16 bytes, which is longer than that of any version.
std::string text_uuid(const std::string& text) {
  std::string digits;
  for (const char c : text.substr(0, 16)) {
    digits += fmt::format("{:02x}", static_cast<unsigned char>(c));
  }
  return uuid(std::move(digits));
}

/// A unique name for the n-th resource of a practice.
std::string numbered_uuid(const std::string& seed, int n) {
  std::string digits = seed.substr(0, 32);
  digits.resize(32, '0');
  digits.replace(30, 2, fmt::format("{:02x}", n));
  return uuid(std::move(digits));
}

json coding(const char* system, const char* code, const char* display) {
  return {{"system", system}, {"code", code}, {"display", display}};
}

json loinc(const char* code, const char* display, const std::string& text) {
  return {{"coding", json::array({coding(kLoinc, code, display)})}, {"text", text}};
}

json quantity(double value, const char* unit, const char* code) {
  return {{"value", value}, {"unit", unit}, {"system", kUnits}, {"code", code}};
}

/// Builds a Bundle of resources.
class Bundle {
 public:
  explicit Bundle(const FhirContext& context) : context_(context) {
    // A recording of somebody unknown is somebody of its own.
    const std::string person =
        context.person.empty() ? numbered_uuid(context.seed, 0) : uuid(context.person);
    patient_ = add({{"resourceType", "Patient"}}, person);
    json device = {{"resourceType", "Device"},
                   {"deviceName", {{{"name", "Matside"}, {"type", "user-friendly-name"}}}},
                   {"version", {{{"value", context.version}}}},
                   {"type", {{"text", "Movement practice software"}}}};
    // One device for every practice that this version measures.
    device_ = add(std::move(device), text_uuid("Matside " + context.version));
  }

  /// Adds an Observation.
  void observe(json code, json value, const char* category = "activity") {
    json observation = {
        {"resourceType", "Observation"},
        {"status", "final"},
        {"category", {{{"coding", {{{"system", kCategories}, {"code", category}}}}}}},
        {"code", std::move(code)},
        {"subject", {{"reference", patient_}}}};
    observation.update(value);
    observation["device"] = {{"reference", device_}};
    add(std::move(observation), next_uuid());
  }

  [[nodiscard]] json period() const {
    if (!context_.start) return json::object();
    json period = {{"start", *context_.start}};
    if (context_.end) period["end"] = *context_.end;
    return {{"effectivePeriod", std::move(period)}};
  }

  [[nodiscard]] std::string text() const {
    json bundle = {{"resourceType", "Bundle"}, {"type", "transaction"}};
    if (context_.end) bundle["timestamp"] = *context_.end;
    bundle["entry"] = entries_;
    return bundle.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
  }

 private:
  std::string next_uuid() {
    return numbered_uuid(context_.seed, static_cast<int>(entries_.size()));
  }

  /// @returns the resource's URL within the Bundle
  std::string add(json resource, const std::string& name) {
    const std::string url = "urn:uuid:" + name;
    resource["identifier"] = json::array({{{"system", kUris}, {"value", url}}});
    const auto type = resource["resourceType"].get<std::string>();
    json request = {{"method", "POST"},
                    {"url", type},
                    {"ifNoneExist", std::string("identifier=") + kUris + "|" + url}};
    entries_.push_back(
        {{"fullUrl", url}, {"resource", std::move(resource)}, {"request", std::move(request)}});
    return url;
  }

  const FhirContext& context_;
  std::string patient_;
  std::string device_;
  json entries_ = json::array();
};

json component(const char* what, int count) {
  return {{"code", {{"text", what}}}, {"valueInteger", count}};
}

json repetitions(const AnalysisRecord& record, const exercise::Definition& exercise,
                 const FhirContext& context) {
  const engine::RepetitionCounts& counts = record.analysis.counts;
  const auto& cycle = exercise.cycle;
  json components = json::array();
  if (!cycle || cycle->sides == exercise::CycleSides::alternating ||
      counts.left + counts.right > 0) {
    components = {component("Left", counts.left), component("Right", counts.right)};
  }
  if (cycle && cycle->sides == exercise::CycleSides::both) {
    components.push_back(component("Both legs together", counts.both));
  }
  if (counts.unsure > 0) components.push_back(component("Side uncertain", counts.unsure));
  if (!context.self_reported) {
    if (!cycle) components.push_back(component("Kicks", counts.kicks));
    components.push_back(component("Repetitions without corrections", counts.clean));
  }
  json counted = {{"valueInteger", counts.left + counts.right + counts.unsure + counts.both}};
  if (!components.empty()) counted["component"] = std::move(components);
  return counted;
}

/// The flexion of each knee in the kicks of its leg.
void observe_knees(Bundle& bundle, const engine::Analysis& analysis) {
  const std::array<const exercise::Measures*, 2> sides{&analysis.set.left, &analysis.set.right};
  const char* const method = analysis.frames_in_space > 0
                                 ? "Measured by Matside between positions in space"
                                 : "Estimated by Matside from one camera at the side";
  for (std::size_t side = 0; side < kKneeCodes.size(); ++side) {
    const auto& bend = sides[side]->greatest_bend_deg;
    if (!bend) continue;
    const KneeCode& knee = kKneeCodes[side];
    json value = {
        {"valueQuantity", quantity(rounded(bend->value, 0.1), "degrees", "deg")},
        {"bodySite",
         {{"coding", json::array({coding(kSnomed, knee.snomed, knee.snomed_display)})}}},
        {"method", {{"text", method}}},
        {"note",
         {{{"text",
            "The mean of the largest bend in each repetition of this leg, above the leg at "
            "rest on the mat. The person practised and did not try to reach the limit of the "
            "joint."}}}},
        {"component",
         {{{"code", {{"text", "Standard deviation of the measurement error"}}},
           {"valueQuantity", quantity(rounded(bend->deviation(), 0.1), "degrees", "deg")}}}}};
    value.update(bundle.period());
    bundle.observe(loinc(knee.loinc, knee.loinc_display,
                         side == 0 ? "Flexion of the left knee while kicking, estimated"
                                   : "Flexion of the right knee while kicking, estimated"),
                   std::move(value));
  }
}

void observe_comfort(Bundle& bundle, const std::optional<int>& comfort, const char* when,
                     const std::optional<std::string>& at) {
  if (!comfort) return;
  json value = {{"valueQuantity", quantity(*comfort, "{score}", "{score}")}};
  if (at) value["effectiveDateTime"] = *at;
  bundle.observe(
      loinc("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
            std::string("Discomfort from 0 (none) to 10 (the worst imaginable), ") + when),
      std::move(value), "survey");
}

}  // namespace

std::string fhir_json(const AnalysisRecord& record, const exercise::Definition& exercise,
                      const FhirContext& context) {
  constexpr double kMinute_s = 60.0;
  Bundle bundle(context);
  const exercise::Level* level = exercise.level(record.analysis.level);
  json activity = {
      {"valueCodeableConcept",
       {{"text", fmt::format("{}, level {}{}", exercise.name, record.analysis.level,
                             level == nullptr ? "" : ": " + level->name)}}}};
  activity.update(bundle.period());
  bundle.observe(loinc("73985-4", "Exercise activity", "Exercise"), std::move(activity));
  if (!context.self_reported) {
    json duration = {
        {"valueQuantity", quantity(rounded(record.source.duration.value() / kMinute_s, 0.01),
                                   "minutes", "min")}};
    duration.update(bundle.period());
    bundle.observe(loinc("55411-3", "Exercise duration", "Duration"), std::move(duration));
  }
  json counted = repetitions(record, exercise, context);
  counted.update(bundle.period());
  const char* by = context.self_reported ? "Repetitions, self-reported"
                   : record.analysis.frames_in_space > 0
                       ? "Repetitions, measured in space"
                       : "Repetitions, estimated from one camera";
  bundle.observe({{"text", by}}, std::move(counted));
  if (!context.self_reported) observe_knees(bundle, record.analysis);
  observe_comfort(bundle, context.comfort_before, "before practising", context.start);
  observe_comfort(bundle, context.comfort_after, "after practising", context.end);
  return bundle.text();
}

}  // namespace matside::formats
