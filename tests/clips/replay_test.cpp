// Real recordings: what the program said of a clip while it watched is what the table of its
// poses gives, and a fifth of the frames lost changes no count. The results are those that
// score_clips.py --keep left in the folder MATSIDE_CLIP_RESULTS.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "core/engine/session.h"
#include "interchange/analysis_json.h"
#include "interchange/pose_csv.h"
#include "tests/support/exercise.h"
#include "tests/support/random.h"

namespace matside {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Frames = std::vector<pose::PoseFrame>;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Clip {
  std::string name;
  json result;  ///< as the program wrote it
  Frames frames;
  [[nodiscard]] int level() const { return result.at("exercise").at("level"); }
};

std::vector<Clip> clips() {
  const char* folder = std::getenv("MATSIDE_CLIP_RESULTS");
  std::vector<Clip> out;
  if (folder == nullptr) return out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    Clip clip{entry.path().stem().string(), json::parse(text_of(entry.path())), {}};
    const auto& source = clip.result.at("source");
    auto frames =
        interchange::read_pose_csv(text_of(fs::path(entry.path()).replace_extension(".csv")),
                                   clip.name, {source.at("width"), source.at("height")});
    EXPECT_TRUE(frames.ok()) << frames.error().message;
    if (frames.ok()) clip.frames = std::move(frames).value();
    out.push_back(std::move(clip));
  }
  return out;
}

engine::Analysis judged(const Frames& frames, int level) {
  auto session = engine::Session::create(support::single_leg_kick(), level);
  EXPECT_TRUE(session.ok());
  for (const auto& frame : frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

json written(const engine::Analysis& analysis) {
  interchange::AnalysisRecord record;
  record.analysis = analysis;
  return json::parse(analysis_json(record));
}

/// Sides and kicks of the repetitions: "left 2, right 2, ".
std::string counted(const engine::Analysis& analysis) {
  std::string out;
  const json whole = written(analysis);
  for (const auto& rep : whole.at("repetitions")) {
    out += rep.at("side").get<std::string>() + " " + std::to_string(rep.at("kicks").size());
    out += ", ";
  }
  return out;
}

TEST(Clip, judged_from_its_table_of_poses_is_told_as_while_it_was_watched) {
  const auto all = clips();
  ASSERT_FALSE(all.empty()) << "no results in MATSIDE_CLIP_RESULTS";
  for (const Clip& clip : all) {
    const json again = written(judged(clip.frames, clip.level()));
    for (const char* what : {"view", "repetitions", "set_faults", "counts", "warnings"}) {
      EXPECT_EQ(again.at(what), clip.result.at(what)) << clip.name;
    }
  }
}

TEST(Clip, with_a_fifth_of_its_frames_lost_is_counted_alike) {
  const auto all = clips();
  ASSERT_FALSE(all.empty()) << "no results in MATSIDE_CLIP_RESULTS";
  for (const Clip& clip : all) {
    const std::string whole = counted(judged(clip.frames, clip.level()));
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      support::Random random(seed);
      Frames fewer;
      for (const auto& frame : clip.frames) {
        if (!random.chance(0.2)) fewer.push_back(frame);
      }
      EXPECT_EQ(counted(judged(fewer, clip.level())), whole) << clip.name << ", seed " << seed;
    }
  }
}

/// When each kick truly was, by the clip's truth.
std::vector<double> true_kicks(const std::string& clip) {
  const json truth = json::parse(
      text_of(fs::path(MATSIDE_SOURCE_DIR "/testdata/clips") / (clip + ".truth.json")));
  std::vector<double> kicks;
  for (const auto& repetition : truth.at("repetitions")) {
    for (const auto& beat : repetition.at("beats")) kicks.push_back(beat.at("t"));
  }
  return kicks;
}

std::vector<double> told_kicks(const Clip& clip) {
  auto session = engine::Session::create(support::single_leg_kick(), clip.level());
  std::vector<double> told;
  int kicks = 0;
  for (const auto& frame : clip.frames) {
    session.value().push(frame);
    const exercise::Movement& now = session.value().moment().movement;
    if (now.kicks > kicks) told.push_back(frame.time.value());
    kicks = now.kicks;
  }
  return told;
}

// Of the 0.3 s from a kick to its sound, finding the pose and playing the sound take their
// part.
TEST(Clip, has_its_kicks_told_while_they_happen) {
  constexpr double kLatest_s = 0.24;
  constexpr double kEarliest_s = 0.2;
  // The sanitizers' builds judge one clip alone, too few kicks for a share.
  constexpr std::size_t kByChance = 2;
  std::size_t all_kicks = 0;
  std::size_t in_time = 0;
  std::size_t none = 0;
  for (const Clip& clip : clips()) {
    std::vector<double> told = told_kicks(clip);
    for (const double kick_s : true_kicks(clip.name)) {
      ++all_kicks;
      const auto match = std::ranges::find_if(told, [&](double at_s) {
        return at_s > kick_s - kEarliest_s && at_s < kick_s + kLatest_s;
      });
      if (match == told.end()) continue;
      ++in_time;
      told.erase(match);
    }
    none += told.size();
  }
  ASSERT_GT(all_kicks, 0U) << "no results in MATSIDE_CLIP_RESULTS";
  EXPECT_GE(in_time, 95 * all_kicks / 100) << "of " << all_kicks;
  EXPECT_LE(none, 5 * all_kicks / 100 + kByChance) << "of " << all_kicks;
}

}  // namespace
}  // namespace matside
