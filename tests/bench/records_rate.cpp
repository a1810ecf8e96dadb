// Five years of practices, and how fast they are read and judged again:
//   records_rate FOLDER PRACTICES
// Makes a database in the folder with so many practices of ten repetitions a side, each with
// its poses as a network gives them at 25 pictures a second, and writes a table as Markdown.
#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "records/documents.h"
#include "records/exchange.h"
#include "records/progress.h"
#include "records/sqlite/repository.h"
#include "records/today.h"
#include "tests/bench/models.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"
#include "tests/support/random_practice.h"

namespace {

using namespace matside;
using bench::value_or_stop;
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
  return times.back();  // the slowest: a person feels that one
}

/// Five years of one person, every practice as planned.
struct Years {
  records::Id person = 0;
  std::vector<records::Id> practices;
  double practised_s = 0.0;
  records::Now now{kStart, 0};
};

Years fill(records::Repository& records, int practices) {
  std::vector<std::vector<pose::PoseFrame>> different;
  for (int i = 0; i < kDifferent; ++i) different.push_back(practice(1 + i));
  Years years;
  years.person = value_or_stop(records.add_person("Ada", kStart));
  for (int i = 0; i < practices; ++i) {
    years.now.instant = plan::after_hours(kStart, kHoursBetween * i);
    records::Ongoing::Wish wish;
    wish.person = years.person;
    wish.level = kLevel;
    wish.comfort_before = 1;
    wish.origin = records::Origin::camera;
    const auto& frames = different[static_cast<std::size_t>(i) % different.size()];
    years.practices.push_back(value_or_stop(records::import_poses(
        records, wish, frames, years.now, {"matside", "", true}, support::single_leg_kick())));
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
  const auto records = value_or_stop(records::sqlite::open(file));
  const Years years = fill(*records, practices);
  const records::Now now = years.now;
  const records::Id person = years.person;
  const std::vector<records::Id>& ids = years.practices;
  const double kept_mb = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
  const double today_ms = milliseconds([&] {
    (void)records::today_json(
        value_or_stop(records::today(*records, person, now, exercise, rules)), exercise, rules);
  });
  const double progress_ms = milliseconds([&] {
    (void)records::progress_json(value_or_stop(records::progress(*records, person, now)),
                                 rules);
  });
  const double opened_ms = milliseconds(
      [&] { (void)value_or_stop(records::practice_json(*records, ids.back(), exercise)); });
  const auto began = Clock::now();
  for (const records::Id id : ids) {
    if (!records::rescore(*records, id, {"matside next", "", true}, exercise, now.instant)) {
      return EXIT_FAILURE;
    }
  }
  const double judged_s = std::chrono::duration<double>(Clock::now() - began).count();
  std::cout
      << "# Five years of records\n\n"
         "This file is written by `./dev records`; do not edit it. What is made and measured "
         "is said in\n`bench/records_rate.cpp`, how it is kept in "
         "docs/adr/0020-records-in-one-file-judged-again.md. Measured on\n"
         "the machine of docs/performance.md.\n\n";
  std::cout << fmt::format(
      "| what | figure |\n|---|---|\n"
      "| practices, of {:.0f} s each on average | {} |\n"
      "| database | {:.1f} MB, {:.0f} kB a practice |\n"
      "| Today, the slowest of {} | {:.1f} ms |\n"
      "| Progress, the slowest of {} | {:.1f} ms |\n"
      "| a practice opened, with its curve | {:.1f} ms |\n"
      "| judged again, on one core | {:.0f} times real time |\n",
      years.practised_s / practices, practices, kept_mb, 1000.0 * kept_mb / practices, kRounds,
      today_ms, kRounds, progress_ms, opened_ms, years.practised_s / judged_s);
  return EXIT_SUCCESS;
}
