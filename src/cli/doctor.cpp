#include "cli/doctor.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "cli/data_folder.h"
#include "cli/print.h"
#include "digest/digest.h"
#include "formats/catalog/catalog.h"
#include "generated/build_info.h"
#include "report/page.h"
#include "vision/blazepose/model.h"
#include "vision/video/video_reader.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

/// The features the networks' arithmetic gains from, as far as this processor has them.
std::vector<std::string_view> processor_features() {
  std::vector<std::string_view> features;
#if defined(__x86_64__) || defined(__i386__)
  if (__builtin_cpu_supports("sse4.1")) features.push_back("sse4.1");
  if (__builtin_cpu_supports("avx")) features.push_back("avx");
  if (__builtin_cpu_supports("fma")) features.push_back("fma");
  if (__builtin_cpu_supports("avx2")) features.push_back("avx2");
  if (__builtin_cpu_supports("avx512f")) features.push_back("avx512f");
  if (__builtin_cpu_supports("avx512vnni")) features.push_back("avx512vnni");
#elif defined(__aarch64__)
  features.push_back("neon");
#endif
  return features;
}

class Report {
 public:
  void fine(std::string_view what, const std::string& found) { line("ok", what, found); }
  void bad(std::string_view what, const std::string& found) {
    line("MISSING", what, found);
    checkup_.good = false;
  }
  /// `mend` is the command that brings back what is missing.
  Checkup finish(std::string_view mend) {
    checkup_.text += checkup_.good ? std::string("\nEverything is there.\n")
                                   : fmt::format("\nTo mend it: {}\n", mend);
    return std::move(checkup_);
  }

 private:
  void line(std::string_view state, std::string_view what, const std::string& found) {
    checkup_.text += fmt::format("{:8} {:32} {}\n", state, what, found);
  }
  Checkup checkup_;
};

void examine_model(Report& report, const fs::path& folder, std::string_view file) {
  std::error_code ignored;
  const fs::path path = folder / file;
  if (!fs::is_regular_file(path, ignored))
    return report.bad(file, path.string() + ": not there");
  const auto sha256 = digest::sha256_file(path);
  if (!sha256) return report.bad(file, sha256.error().message);
  if (sha256.value() != blazepose::expected_sha256(file)) {
    return report.bad(file, path.string() + ": cut short or changed (its SHA-256 is another)");
  }
  report.fine(file, "the right one, by its SHA-256");
}

void examine_exercise(Report& report, const DataFolder& data) {
  const auto exercise = catalog::load_exercise(data.exercise().string(), data.words().string());
  if (!exercise) return report.bad("exercise", exercise.error().message);
  report.fine("exercise",
              fmt::format("{}, version {}, {} levels", exercise.value().id,
                          exercise.value().version, exercise.value().levels.size()));
}

void examine_report_page(Report& report, const DataFolder& data) {
  const auto page = report::load_page(data.report_page());
  if (!page) return report.bad("page of reports", page.error().message);
  report.fine("page of reports", data.report_page().string());
}

}  // namespace

Checkup examine_installation() {
  Report report;
  report.fine("matside", fmt::format("{} ({})", generated::kVersion, generated::kBuild));
  report.fine("video", video::library_versions());
  report.fine("networks", fmt::format("XNNPACK {}", generated::kXnnpackVersion));
  report.fine("processor", fmt::format("{} cores, {}", std::thread::hardware_concurrency(),
                                       fmt::join(processor_features(), " ")));
  const auto data = find_data_folder();
  if (!data) {
    report.bad("data", data.error().message);
    return report.finish("see above");
  }
  report.fine("data", data.value().root.string());
  examine_model(report, data.value().models(), blazepose::kDetectorFile);
  for (const auto variant :
       {blazepose::Variant::lite, blazepose::Variant::full, blazepose::Variant::heavy}) {
    examine_model(report, data.value().models(), blazepose::landmark_file(variant));
  }
  for (const auto file : {blazepose::kEyeFile, blazepose::kFinderFile}) {
    examine_model(report, data.value().models(), file);
  }
  examine_exercise(report, data.value());
  examine_report_page(report, data.value());
  const auto chromium = find_chromium();
  report.fine("reports as PDF",
              chromium ? chromium.value().string() : "not without Chromium; as pages, yes");
  return report.finish(way_to_mend(data.value().root));
}

}  // namespace matside::cli
