#include "tools/accuracy/report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace matside::accuracy {
namespace {

double share(int part, int whole) {
  return whole > 0 ? static_cast<double>(part) / whole : 0.0;
}

std::string percent(int part, int whole) {
  return fmt::format("{:.2f}%", 100.0 * share(part, whole));
}

double mean(const std::vector<double>& values) {
  if (values.empty()) return 0.0;
  return std::accumulate(values.begin(), values.end(), 0.0) /
         static_cast<double>(values.size());
}

double mean_size(std::vector<double> values) {
  for (double& v : values) v = std::abs(v);
  return mean(values);
}

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string head(const AccuracyReport& f) {
  return fmt::format(
      "# Accuracy of counts and corrections\n\n"
      "This file is written by `./dev accuracy`; do not edit it. Practices are "
      "simulated (`tests/support`)\n"
      "with seed {}. A body of random proportions practises at a random level, with random "
      "tempo and faults.\n"
      "A camera records it, and a pose network finds the joints, with the errors that were "
      "measured on\n"
      "rendered practices.\n"
      "\n"
      "The F1 score is the harmonic mean of precision and recall; 1 means that "
      "everything was found,\n"
      "without a false positive. A fault within a fifth of its threshold counts "
      "neither for nor against. A\n"
      "false statement is a wrong side, a fault that wasn't performed, or a "
      "repetition that didn't take\n"
      "place.\n",
      f.seed);
}

std::string on_clips(const std::string& scored) {
  if (scored.empty()) return {};
  return "\n## On clips\n\n"
         "The whole program, with video decoding, analysed the rendered practices in "
         "`tests/data/clips`.\n"
         "`tests/clips/score_clips.py` scored the results.\n"
         "\n```\n" +
         scored + "```\n";
}

std::string agreement(const std::string& compared) {
  if (compared.empty()) return {};
  return "\n## Agreement of the knee angles\n\n"
         "The same clips, compared by `matside agree` with the true flexion in "
         "`tests/data/knees`.\n"
         "[agree.md](agree.md) explains each figure. Differences are measured minus true. "
         "Angles are\n"
         "sorted by the mean of the two. Parentheses are 95% confidence intervals over the "
         "clips. In the\n"
         "plot, the left knee has filled circles and the right knee open ones. To repeat "
         "it:\n\n"
         "```sh\n"
         "python3 tests/clips/agree_clips.py --matside build/release/bin/matside \\\n"
         "    tests/data/clips tests/data/knees\n"
         "```\n\n"
         "![Bland-Altman plot of the greatest bends](pictures/knee_agreement.svg)\n\n" +
         compared;
}

std::string inside(const Tally& t) {
  std::string out = fmt::format(
      "\n## Inside the recommended placement\n\n"
      "These figures are from {} practices with {} repetitions. The camera is 0.2 to 0.35 m "
      "high,\n"
      "within 10 degrees of square, and 2 to 2.5 m away. It records 24 to 60 frames per "
      "second.\n"
      "\n| figure | value |\n|---|---|\n",
      t.practices, t.repetitions.true_positives + t.repetitions.false_negatives);
  const auto row = [&](const std::string& name, const std::string& value) {
    out += fmt::format("| {} | {} |\n", name, value);
  };
  row("repetition F1", fmt::format("{:.4f}", t.repetitions.f1()));
  row("repetitions missed", fmt::format("{}", t.repetitions.false_negatives));
  row("false positives", fmt::format("{}", t.repetitions.false_positives));
  row("kicks exact", percent(t.kicks_exact, t.matched()));
  row("side wrong", percent(t.side_wrong, t.matched()));
  row("side unsure", percent(t.side_unsure, t.matched()));
  row("fault F1", fmt::format("{:.4f}", t.all_faults().f1()));
  DetectionCounts with_set = t.all_faults();
  for (const auto& [id, a] : t.set_faults) with_set += a;
  row("fault F1 with the faults of the set", fmt::format("{:.4f}", with_set.f1()));
  row("repetitions with a false statement", percent(t.wrong_repetitions, t.detected()));
  row("knee flexion, mean error", fmt::format("{:.1f} deg", mean_size(t.knee_error_deg)));
  row("knee flexion, bias", fmt::format("{:+.1f} deg", mean(t.knee_error_deg)));
  row("kick time, median error", fmt::format("{:.3f} s", median(t.kick_time_error_s)));
  row("start and end, median error", fmt::format("{:.3f} s", median(t.edge_error_s)));
  return out;
}

std::string fault_rows(const std::map<std::string, DetectionCounts>& faults) {
  std::string out;
  for (const auto& [id, a] : faults) {
    out += fmt::format("| `{}` | {} | {} | {} | {} | {:.3f} |\n", id,
                       a.true_positives + a.false_negatives, a.true_positives,
                       a.false_negatives, a.false_positives, a.f1());
  }
  return out;
}

std::string faults(const Tally& t) {
  std::string out =
      "\n### Faults\n\n| fault | performed | found | missed | false positives | F1 "
      "|\n|---|---|---|---|---|---|\n";
  out += fault_rows(t.faults) + fault_rows(t.set_faults);
  if (t.not_scored.empty()) return out;
  std::vector<std::string> ids;
  for (const auto& [id, count] : t.not_scored)
    ids.push_back(fmt::format("`{}` ({})", id, count));
  out += fmt::format("\nPerformed, but not judged by the program: {}.\n", fmt::join(ids, ", "));
  return out;
}

std::string activities(const std::vector<ActivityTally>& tallies) {
  std::string out =
      "\n## Movements that are not repetitions\n\n"
      "The cameras are 0.2 to 0.8 m high, within 20 degrees of square, and 2 to 3.5 m "
      "away. No repetition\n"
      "should be counted.\n"
      "\n| activity | scenes | minutes | repetitions counted |\n|---|---|---|---|\n";
  for (const ActivityTally& a : tallies) {
    out += fmt::format("| {} | {} | {:.0f} | {} |\n", name(a.activity), a.scenes,
                       a.seconds / 60.0, a.repetitions);
  }
  return out;
}

using Cell = std::string (*)(const Tally&);

std::string camera_table(const std::vector<std::vector<Tally>>& cameras, Cell cell) {
  std::string out = "| height, m |";
  for (const double yaw : camera_yaws_deg()) out += fmt::format(" {:+.0f} |", yaw);
  out += "\n|---|";
  for (std::size_t i = 0; i < camera_yaws_deg().size(); ++i) out += "---|";
  out += "\n";
  for (std::size_t h = 0; h < cameras.size(); ++h) {
    out += fmt::format("| {} |", camera_heights_m()[h]);
    for (const Tally& t : cameras[h]) out += fmt::format(" {} |", cell(t));
    out += "\n";
  }
  return out;
}

std::string camera_tables(const AccuracyReport& f) {
  std::string out = fmt::format(
      "\n## Height and direction of the camera\n\n"
      "Each setting has {} practices. Each column is for a number of degrees off square; a "
      "positive number\n"
      "means that the camera is moved toward the feet.\n",
      f.practices_a_setting);
  const auto table = [&](const std::string& title, Cell cell) {
    out += fmt::format("\n{}:\n\n{}", title, camera_table(f.cameras, cell));
  };
  table("Repetition F1",
        [](const Tally& t) { return fmt::format("{:.3f}", t.repetitions.f1()); });
  table("Fault F1", [](const Tally& t) { return fmt::format("{:.2f}", t.all_faults().f1()); });
  table(
      "Repetitions with a false statement; in parentheses, those in practices without a "
      "warning",
      [](const Tally& t) {
        return fmt::format("{:.1f}% ({:.1f}%)",
                           100.0 * share(t.wrong_repetitions, t.detected()),
                           100.0 * share(t.wrong_repetitions_unwarned, t.detected()));
      });
  table("Repetitions given the wrong side; in parentheses, those whose side was unsure",
        [](const Tally& t) {
          return fmt::format("{:.1f}% ({:.1f}%)", 100.0 * share(t.side_wrong, t.matched()),
                             100.0 * share(t.side_unsure, t.matched()));
        });
  table("Knee flexion, mean error (bias), degrees", [](const Tally& t) {
    return fmt::format("{:.1f} ({:+.1f})", mean_size(t.knee_error_deg), mean(t.knee_error_deg));
  });
  return out;
}

std::string sweep_table(const SweepTable& table) {
  std::string out = fmt::format(
      "\n### {}\n\n| value | repetition F1 | kicks exact | side wrong | side unsure | fault F1 "
      "| "
      "false statement | ... without warning | warned | knee error (bias), deg "
      "|\n|---|---|---|---|---|---|---|---|---|---|\n",
      table.name);
  for (const auto& [setting, t] : table.rows) {
    out += fmt::format(
        "| {} | {:.3f} | {:.3f} | {} | {} | {:.3f} | {} | {} | {:.0f}% | {:.1f} ({:+.1f}) |\n",
        setting, t.repetitions.f1(), share(t.kicks_exact, t.matched()),
        percent(t.side_wrong, t.matched()), percent(t.side_unsure, t.matched()),
        t.all_faults().f1(), percent(t.wrong_repetitions, t.detected()),
        percent(t.wrong_repetitions_unwarned, t.detected()),
        100.0 * share(t.warned, t.practices), mean_size(t.knee_error_deg),
        mean(t.knee_error_deg));
  }
  return out;
}

}  // namespace

std::string markdown(const AccuracyReport& figures) {
  std::string out = head(figures) + on_clips(figures.clips) + agreement(figures.agreement) +
                    inside(figures.inside) + faults(figures.inside) +
                    activities(figures.activities);
  if (!figures.cameras.empty()) out += camera_tables(figures);
  if (!figures.sweeps.empty()) {
    out += fmt::format(
        "\n## One condition at a time\n\nEach setting has {} practices, and everything else is "
        "as recommended.\n",
        figures.practices_a_setting);
  }
  for (const SweepTable& table : figures.sweeps) out += sweep_table(table);
  return out;
}

std::string failure_list(const Tally& tally) {
  std::vector<Failure> sorted = tally.failures;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Failure& a, const Failure& b) { return a.kind < b.kind; });
  std::string out;
  for (const Failure& f : sorted) {
    out += fmt::format("{}: seed {}, {:.1f} s, {}\n", f.kind, f.seed, f.at_s, f.detail);
  }
  return out;
}

std::string summary_line(const Tally& t) {
  return fmt::format(
      "repetitions {:.4f} (missed {}, false positives {}), kicks {:.4f}, faults {:.3f}, false "
      "{:.2f}% ({:.2f}% without warning), warned {} of {}\n",
      t.repetitions.f1(), t.repetitions.false_negatives, t.repetitions.false_positives,
      t.kicks_exact / std::max(1.0, 1.0 * t.matched()), t.all_faults().f1(),
      100.0 * t.wrong_repetitions / std::max(1, t.detected()),
      100.0 * t.wrong_repetitions_unwarned / std::max(1, t.detected()), t.warned, t.practices);
}

std::string explanation(const support::Practice& practice,
                        const support::SimulatedSession& performed,
                        const engine::Analysis& detected) {
  const support::Camera& c = practice.camera;
  std::string out = fmt::format(
      "level {}, {} frames per second, {}x{}, camera {:.2f} m high, {:.1f} m away, {:+.0f} "
      "deg, "
      "{} side, errors x{:.2f}{}\n",
      practice.level, practice.fps, c.size.width_px, c.size.height_px, c.height_m, c.distance_m,
      c.yaw_deg, pose::name(c.side), practice.network->scale,
      practice.network->reads_knees ? ", knees read in space" : "");
  std::vector<std::pair<double, std::string>> lines;
  for (const support::GroundTruthRepetition& r : performed.repetitions) {
    std::string line = fmt::format("performed {:6.1f} to {:6.1f} s {:5}", r.start_s, r.end_s,
                                   pose::name(r.side));
    for (const support::GroundTruthKick& k : r.kicks) {
      line += fmt::format(" {:.0f} deg at {:.2f}", k.knee_flexion_deg, k.time_s);
    }
    lines.emplace_back(r.start_s, fmt::format("{} {} ({})", line, fmt::join(r.faults, " "),
                                              fmt::join(r.doubtful, " ")));
  }
  constexpr std::array<const char*, 3> kSides{"left", "right", "?"};
  for (const exercise::Repetition& r : detected.repetitions) {
    std::string line = fmt::format("detected  {:6.1f} to {:6.1f} s {:5}", r.start.value(),
                                   r.end.value(), kSides.at(static_cast<std::size_t>(r.side)));
    for (const exercise::Kick& k : r.kicks) {
      line += fmt::format(" {:.0f} deg at {:.2f}", k.knee_flexion.value(), k.time.value());
    }
    for (const exercise::DetectedFault& f : r.faults) {
      line += fmt::format(" {} {:.2f}", f.id, f.value);
    }
    lines.emplace_back(r.start.value(), line);
  }
  for (const support::Step& step : practice.steps) {
    if (step.kind == support::Step::Kind::repetition) continue;
    out += fmt::format("an idle {} of {:.1f} s\n", static_cast<int>(step.idle), step.idle_s);
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [at_s, line] : lines) out += line + "\n";
  out += fmt::format("performed in the set: {} ({})\n", fmt::join(performed.set_faults, " "),
                     fmt::join(performed.set_doubtful, " "));
  for (const exercise::SetFault& f : detected.set_faults) {
    out += fmt::format("detected in the set: {} at {:.1f} s\n", f.id, f.at.value());
  }
  for (const engine::Warning& w : detected.warnings) out += "warned " + w.id + "\n";
  return out;
}

}  // namespace matside::accuracy
