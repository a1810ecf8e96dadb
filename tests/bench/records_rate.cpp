// Creates five years of practices and measures how fast they are read and rescored:
//   records_rate FOLDER PRACTICES
// Creates a database in the folder with that many practices of ten repetitions a side, each
// with simulated network poses at 25 pictures a second, and prints a Markdown table.
#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "records/import_export.h"
#include "records/json_documents.h"
#include "records/progress.h"
#include "records/sqlite/repository.h"
#include "records/today.h"
#include "tests/bench/bench_models.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"
#include "tests/support/random_practice.h"

namespace {

using namespace matside;
using bench::value_or_exit;
using Clock = std::chrono::steady_clock;

constexpr int kLevel = 1;
constexpr int kDifferent = 16;
constexpr double kFps = 25.0;
constexpr double kHoursBetween = 54.75;            // 800 in five years
constexpr records::Instant kStart{1'609'761'600};  // 4 January 2021
constexpr int kRounds = 5;

std::vector<pose::PoseFrame> practice(std::uint64_t seed) {
  support::Practice p = support::random_practice(seed);
  p.level = kLevel;
  p.fps = kFps;
  p.steps = support::alternating(20);
  p.network = support::NetworkNoise{};
  p.network->reads_knees = true;
  std::vector<pose::PoseFrame> frames;
  for (const pose::PoseFrame& frame : support::perform(p).frames) {
    frames.push_back(pose::rounded(frame));
  }
  return frames;
}

double milliseconds(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) {
    const auto began = Clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  }
  std::ranges::sort(times);
  return times.back();  // The slowest, because a person notices that one.
}

/// Five years of one person's practices, each as planned.
struct Years {
  records::Id person = 0;
  std::vector<records::Id> practices;
  double practised_s = 0.0;
  records::LocalTime now{kStart, 0};
};

Years fill(records::Repository& records, int practices) {
  std::vector<std::vector<pose::PoseFrame>> different;
  for (int i = 0; i < kDifferent; ++i) different.push_back(practice(1 + i));
  Years years;
  years.person = value_or_exit(records.add_person("Ada", kStart));
  for (int i = 0; i < practices; ++i) {
    years.now.instant = plan::after_hours(kStart, kHoursBetween * i);
    records::PracticeDraft::Plan draft_plan;
    draft_plan.person = years.person;
    draft_plan.level = kLevel;
    draft_plan.comfort_before = 1;
    draft_plan.origin = records::Origin::camera;
    const auto& frames = different[static_cast<std::size_t>(i) % different.size()];
    years.practices.push_back(
        value_or_exit(records::import_poses(records, draft_plan, frames, years.now,
                                            {"matside", "", true}, support::single_leg_kick()))
            .practice);
    years.practised_s += frames.back().time.value();
    records::Comfort comfort;
    comfort.before = comfort.after = 1;
    comfort.next_day = plan::NextDay::same;
    if (!records.set_comfort(years.practices.back(), comfort)) std::exit(EXIT_FAILURE);
  }
  years.now.instant = plan::after_hours(years.now.instant, 24.0);
  return years;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  const std::filesystem::path folder = argv[1];
  const int practices = std::atoi(argv[2]);  // NOLINT(cert-err34-c)
  const auto& exercise = support::single_leg_kick();
  const auto& rules = support::plan_rules();
  const std::string file = (folder / "matside.db").string();
  std::filesystem::remove(file);
  const auto records = value_or_exit(records::sqlite::open(file));
  const Years years = fill(*records, practices);
  const records::LocalTime now = years.now;
  const records::Id person = years.person;
  const std::vector<records::Id>& ids = years.practices;
  const double kept_mb = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
  const double today_ms = milliseconds([&] {
    (void)records::today_json(
        value_or_exit(records::today(*records, person, now, exercise, rules)), exercise, rules,
        exercise);
  });
  const double progress_ms = milliseconds([&] {
    (void)records::progress_json(value_or_exit(records::progress(*records, person, now, rules)),
                                 rules, exercise);
  });
  const double opened_ms = milliseconds(
      [&] { (void)value_or_exit(records::practice_json(*records, ids.back(), exercise)); });
  const auto began = Clock::now();
  for (const records::Id id : ids) {
    if (!records::rescore(*records, id, {"matside next", "", true}, exercise, now.instant)) {
      return EXIT_FAILURE;
    }
  }
  const double judged_s = std::chrono::duration<double>(Clock::now() - began).count();
  std::cout
      << "# Five years of records\n\n"
         "This file is written by `./dev records`; do not edit it. "
         "`tests/bench/records_rate.cpp` generates\nthe records and measures them; "
         "[ADR 20](adr/0020-records-in-one-sqlite-file.md) describes how they\nare stored. "
         "They were measured on the machine described "
         "in\n[performance.md](performance.md).\n\n";
  std::cout << fmt::format(
      "| what | figure |\n|---|---|\n"
      "| practices, of {:.0f} s on average | {} |\n"
      "| database | {:.1f} MB, {:.0f} kB per practice |\n"
      "| data for the page Today, slowest of {} | {:.1f} ms |\n"
      "| data for the page Progress, slowest of {} | {:.1f} ms |\n"
      "| opening a practice, with its curve | {:.1f} ms |\n"
      "| rescoring, on one core | {:.0f} times as fast as real time |\n",
      years.practised_s / practices, practices, kept_mb, 1000.0 * kept_mb / practices, kRounds,
      today_ms, kRounds, progress_ms, opened_ms, years.practised_s / judged_s);
  return EXIT_SUCCESS;
}
