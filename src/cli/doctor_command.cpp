#include "cli/doctor_command.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "cli/counted.h"
#include "cli/data_folder.h"
#include "cli/pdf.h"
#include "digest/file_digest.h"
#include "formats/catalog/catalog.h"
#include "generated/build_info.h"
#include "report/page_file.h"
#include "vision/blazepose/pose_models.h"
#include "vision/video/decoder_process.h"
#include "vision/video/video_reader.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

/// This processor's features that make the networks faster.
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

class Checklist {
 public:
  void fine(std::string_view what, const std::string& found) { line("ok", what, found); }
  void bad(std::string_view what, const std::string& found) {
    line("PROBLEM", what, found);
    report_.good = false;
  }
  /// @param repair the command that restores what is missing
  InstallationReport finish(std::string_view repair) {
    report_.text += report_.good ? std::string("\nThe installation is complete.\n")
                                 : fmt::format("\nTo fix it: {}\n", repair);
    return std::move(report_);
  }

 private:
  void line(std::string_view state, std::string_view what, const std::string& found) {
    report_.text += fmt::format("{:8} {:32} {}\n", state, what, found);
  }
  InstallationReport report_;
};

void check_model(Checklist& report, const fs::path& folder, std::string_view file) {
  std::error_code ignored;
  const fs::path path = folder / file;
  if (!fs::is_regular_file(path, ignored))
    return report.bad(file, path.string() + ": no such file");
  const auto sha256 = digest::sha256_file(path);
  if (!sha256) return report.bad(file, sha256.error().message);
  if (sha256.value() != blazepose::expected_sha256(file)) {
    return report.bad(file, path.string() + ": incomplete or changed (wrong SHA-256)");
  }
  report.fine(file, "SHA-256 verified");
}

void check_decoder(Checklist& report) {
  const auto sandbox = video::decoder_sandbox();
  if (!sandbox) return report.bad("video sandbox", sandbox.error().message);
  report.fine("video sandbox", video::describe_sandbox(sandbox.value()));
}

void check_exercise(Checklist& report, const DataFolder& data) {
  const auto exercise = catalog::load_exercise(data.exercise().string(), data.words().string());
  if (!exercise) return report.bad("exercise", exercise.error().message);
  report.fine(
      "exercise",
      fmt::format("{}, version {}, {}", exercise.value().id, exercise.value().version,
                  counted(static_cast<std::int64_t>(exercise.value().levels.size()), "level")));
}

void check_report_page(Checklist& report, const DataFolder& data) {
  const auto page = report::load_page(data.report_page());
  if (!page) return report.bad("report page", page.error().message);
  report.fine("report page", data.report_page().string());
}

}  // namespace

InstallationReport check_installation() {
  Checklist report;
  report.fine("matside", fmt::format("{} ({})", generated::kVersion, generated::kBuild));
  report.fine("video", video::library_versions());
  check_decoder(report);
  report.fine("networks", fmt::format("XNNPACK {}", generated::kXnnpackVersion));
  report.fine("processor",
              fmt::format("{}, {}", counted(std::thread::hardware_concurrency(), "core"),
                          fmt::join(processor_features(), " ")));
  const auto data = find_data_folder();
  if (!data) {
    report.bad("data", data.error().message);
    return report.finish("see above");
  }
  report.fine("data", data.value().root.string());
  check_model(report, data.value().models(), blazepose::kDetectorFile);
  for (const auto variant :
       {blazepose::Variant::lite, blazepose::Variant::full, blazepose::Variant::heavy}) {
    check_model(report, data.value().models(), blazepose::landmark_file(variant));
  }
  for (const auto file : {blazepose::kEyeFile, blazepose::kFinderFile}) {
    check_model(report, data.value().models(), file);
  }
  check_exercise(report, data.value());
  check_report_page(report, data.value());
  const auto chromium = find_chromium();
  report.fine("PDF reports",
              chromium ? chromium.value().string()
                       : "unavailable (install Chromium); HTML reports work without it");
  return report.finish(repair_command(data.value().root));
}

}  // namespace matside::cli
