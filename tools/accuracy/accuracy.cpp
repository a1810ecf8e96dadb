// Measures the engine on simulated practices and writes the figures as Markdown.
//
//   accuracy [--practices 2000] [--setting-practices 30] [--scenes 20] [--seed 1] [--threads 2]
//            [--out FILE] [--failures FILE] [--clean] [--explain SEED] [--setting TEXT]
//            [--clips FILE] [--agreement FILE]
#include <CLI/CLI.hpp>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/support/random_practice.h"
#include "tools/accuracy/report.h"

namespace {

using namespace matside::accuracy;

struct Options {
  int practices = 2000;
  int setting_practices = 30;
  int scenes = 20;
  std::uint64_t seed = 1;
  int threads = 2;
  std::string out;
  std::string failures;
  std::string clips;
  std::string agreement;
  bool clean = false;
  std::uint64_t explain = 0;
  std::string setting;
};

struct NamedSetting {
  std::string axis;
  Setting setting;
  [[nodiscard]] std::string name() const { return axis + ": " + setting.name; }
};

std::vector<NamedSetting> all_settings() {
  std::vector<NamedSetting> out;
  for (const double height_m : camera_heights_m()) {
    for (const double yaw_deg : camera_yaws_deg()) {
      out.push_back({"Camera", camera_at(height_m, yaw_deg)});
    }
  }
  for (const Axis& axis : parameter_axes()) {
    for (const Setting& setting : axis.settings) out.push_back({axis.name, setting});
  }
  return out;
}

// The failures in each setting whose name contains `o.setting`.
std::string failures_of_settings(const Options& o) {
  std::string out;
  for (const NamedSetting& s : all_settings()) {
    if (s.name().find(o.setting) == std::string::npos) continue;
    const Tally tally = run_setting(s.setting, o.setting_practices, o.seed, o.threads);
    out += "# " + s.name() + "\n" + summary_line(tally) + failure_list(tally);
  }
  return out;
}

/// The whole file; empty without a path.
std::string text_of(const std::string& path) {
  if (path.empty()) return {};
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

AccuracyReport measured(const Options& o) {
  AccuracyReport f;
  f.seed = o.seed;
  f.clips = text_of(o.clips);
  f.agreement = text_of(o.agreement);
  f.practices_a_setting = o.setting_practices;
  f.inside = run_practices(o.practices, o.seed, o.threads, [&](std::uint64_t seed) {
    return matside::support::random_practice(seed, {.faults = !o.clean});
  });
  f.activities = run_activities(o.scenes, o.seed, o.threads);
  if (o.setting_practices == 0) return f;
  const auto run = [&](const std::string& axis, const Setting& setting) {
    std::cerr << axis << ": " << setting.name << "\n";
    return run_setting(setting, o.setting_practices, o.seed, o.threads);
  };
  for (const double height_m : camera_heights_m()) {
    std::vector<Tally> row;
    for (const double yaw_deg : camera_yaws_deg()) {
      row.push_back(run("Camera", camera_at(height_m, yaw_deg)));
    }
    f.cameras.push_back(row);
  }
  for (const Axis& axis : parameter_axes()) {
    SweepTable table{axis.name, {}};
    for (const Setting& setting : axis.settings) {
      table.rows.push_back({setting.name, run(axis.name, setting)});
    }
    f.sweeps.push_back(table);
  }
  return f;
}

bool written(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (file.flush()) return true;
  std::cerr << "accuracy: cannot write " << path << "\n";
  return false;
}

int run(int argc, char** argv) {
  Options o;
  CLI::App app("Measures the engine on simulated practices and writes Markdown.");
  app.add_option("--practices", o.practices,
                 "number of practices with the recommended camera placement")
      ->check(CLI::Range(0, 1000000));
  app.add_option("--setting-practices", o.setting_practices,
                 "number of practices for each other setting; 0 skips the settings")
      ->check(CLI::Range(0, 100000));
  app.add_option("--scenes", o.scenes, "number of scenes of each other activity")
      ->check(CLI::Range(0, 100000));
  app.add_option("--seed", o.seed,
                 "seed of the first practice; each further practice has the next seed");
  app.add_option("--threads", o.threads, "number of threads")->check(CLI::Range(1, 256));
  app.add_option("--out", o.out, "file to write instead of standard output");
  app.add_option("--failures", o.failures, "file in which to list each failure, with its seed");
  app.add_option("--clips", o.clips,
                 "output of tests/clips/score_clips.py, to include at the beginning")
      ->check(CLI::ExistingFile);
  app.add_option("--agreement", o.agreement,
                 "output of tests/clips/agree_clips.py, to include after --clips")
      ->check(CLI::ExistingFile);
  app.add_flag("--clean", o.clean, "simulate practices without faults");
  app.add_option("--explain", o.explain,
                 "show the practice with this seed and what was detected");
  app.add_option("--setting", o.setting,
                 "only the settings whose names contain this text, with the errors in each");
  CLI11_PARSE(app, argc, argv);
  if (o.explain != 0) {
    auto practice = matside::support::random_practice(o.explain, {.faults = !o.clean});
    for (const NamedSetting& s : all_settings()) {
      if (!o.setting.empty() && s.name() == o.setting) s.setting.apply(practice);
    }
    const auto performed = perform(practice);
    std::cout << explanation(practice, performed, analyze(performed.frames, practice.level));
    return 0;
  }
  if (!o.setting.empty()) {
    std::cout << failures_of_settings(o);
    return 0;
  }
  const AccuracyReport figures = measured(o);
  if (!o.failures.empty() && !written(o.failures, failure_list(figures.inside))) return 4;
  const std::string text = markdown(figures);
  if (!o.out.empty()) return written(o.out, text) ? 0 : 4;
  std::cout << text;
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& e) {
    std::cerr << "accuracy: " << e.what() << "\n";
    return 1;
  }
}
