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
constexpr const char* kUnits = "http://unitsofmeasure.org";
constexpr const char* kCategories =
    "http://terminology.hl7.org/CodeSystem/observation-category";

/// A unique name for the n-th resource of a practice. @source RFC 4122, name-based UUIDs
std::string uuid(const std::string& seed, int n) {
  std::string digits = seed.substr(0, 32);
  digits.resize(32, '0');
  const std::string number = fmt::format("{:02x}", n);
  digits.replace(30, 2, number);
  digits[12] = '5';
  digits[16] = '8';
  return digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-" + digits.substr(12, 4) + "-" +
         digits.substr(16, 4) + "-" + digits.substr(20, 12);
}

json loinc(const char* code, const char* display, const std::string& text) {
  return {{"coding", {{{"system", kLoinc}, {"code", code}, {"display", display}}}},
          {"text", text}};
}

json quantity(double value, const char* unit, const char* code) {
  return {{"value", value}, {"unit", unit}, {"system", kUnits}, {"code", code}};
}

/// Builds a Bundle of resources.
class Bundle {
 public:
  explicit Bundle(const FhirContext& context) : context_(context) {
    json device = {{"resourceType", "Device"},
                   {"deviceName", {{{"name", "Matside"}, {"type", "user-friendly-name"}}}},
                   {"version", {{{"value", context.version}}}},
                   {"type", {{"text", "Movement practice software"}}}};
    device_ = add(std::move(device));
  }

  /// Adds an Observation. @returns its URL
  std::string observe(json code, json value, const char* category = "activity") {
    json observation = {
        {"resourceType", "Observation"},
        {"status", "final"},
        {"category", {{{"coding", {{{"system", kCategories}, {"code", category}}}}}}},
        {"code", std::move(code)}};
    observation.update(value);
    observation["device"] = {{"reference", device_}};
    return add(std::move(observation));
  }

  [[nodiscard]] json period() const {
    if (!context_.start) return json::object();
    json period = {{"start", *context_.start}};
    if (context_.end) period["end"] = *context_.end;
    return {{"effectivePeriod", std::move(period)}};
  }

  [[nodiscard]] std::string text() const {
    json bundle = {{"resourceType", "Bundle"}, {"type", "collection"}};
    if (context_.end) bundle["timestamp"] = *context_.end;
    bundle["entry"] = entries_;
    return bundle.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
  }

 private:
  std::string add(json resource) {
    std::string url = "urn:uuid:" + uuid(context_.seed, static_cast<int>(entries_.size()) + 1);
    entries_.push_back({{"fullUrl", url}, {"resource", std::move(resource)}});
    return url;
  }

  const FhirContext& context_;
  std::string device_;
  json entries_ = json::array();
};

json component(const char* what, int count) {
  return {{"code", {{"text", what}}}, {"valueInteger", count}};
}

json repetitions(const AnalysisRecord& record, const FhirContext& context) {
  const engine::RepetitionCounts& counts = record.analysis.counts;
  json components = {component("Left", counts.left), component("Right", counts.right)};
  if (counts.unsure > 0) components.push_back(component("Side uncertain", counts.unsure));
  if (!context.self_reported) {
    components.push_back(component("Kicks", counts.kicks));
    components.push_back(component("Repetitions without corrections", counts.clean));
  }
  if (const auto& bend = record.analysis.set.greatest_bend_median_deg) {
    components.push_back(
        {{"code",
          {{"text",
            fmt::format("Knee flexion above rest at the kick, median, estimated; standard "
                        "deviation {:.1f} degrees",
                        bend->deviation())}}},
         {"valueQuantity", quantity(rounded(bend->value, 0.1), "degrees", "deg")}});
  }
  return {{"valueInteger", counts.left + counts.right + counts.unsure},
          {"component", std::move(components)}};
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
  json counted = repetitions(record, context);
  counted.update(bundle.period());
  const char* by = context.self_reported ? "Repetitions, self-reported"
                                         : "Repetitions, estimated from one camera";
  bundle.observe({{"text", by}}, std::move(counted));
  observe_comfort(bundle, context.comfort_before, "before practising", context.start);
  observe_comfort(bundle, context.comfort_after, "after practising", context.end);
  return bundle.text();
}

}  // namespace matside::formats
