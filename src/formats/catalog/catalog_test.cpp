#include "formats/catalog/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

namespace matside::catalog {
namespace {

using nlohmann::ordered_json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string exercises(const std::string& file) {
  return std::string(MATSIDE_SOURCE_DIR) + "/data/exercises/" + file;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Catalog : public ::testing::Test {
 protected:
  ordered_json exercise_ = ordered_json::parse(text_of(exercises("single_leg_kick.json")));
  ordered_json words_ = ordered_json::parse(text_of(exercises("cues.en.json")));

  [[nodiscard]] base::Result<exercise::Definition> parse() const {
    const std::string exercise = exercise_.dump();
    const std::string words = words_.dump();
    return parse_exercise({"kick.json", exercise}, {"words.json", words});
  }
  [[nodiscard]] std::string error() const {
    const auto result = parse();
    return result ? "no error" : result.error().message;
  }
  ordered_json& at(const std::string& path) {
    return exercise_.at(ordered_json::json_pointer(path));
  }
  ordered_json& word_at(const std::string& path) {
    return words_.at(ordered_json::json_pointer(path));
  }
};

TEST_F(Catalog, LoadsTheSingleLegKickWithItsFourLevelsAndItsFaults) {
  const auto result =
      load_exercise(exercises("single_leg_kick.json"), exercises("cues.en.json"));
  ASSERT_TRUE(result) << result.error().message;
  const exercise::Definition& kick = result.value();
  EXPECT_EQ(kick.id, "single-leg-kick");
  EXPECT_EQ(kick.levels.size(), 4U);
  EXPECT_EQ(kick.faults.size(), 18U);
  EXPECT_EQ(kick.repetition.counted_bend.value, 40.0);
  EXPECT_EQ(kick.repetition.counted_bend.status, exercise::Status::teacher_judgement);
  EXPECT_EQ(kick.repetition.start_far.value, 28.0);
  EXPECT_EQ(kick.repetition.start_far.status, exercise::Status::computed);
  EXPECT_EQ(kick.level(0)->kicks, 1);
  EXPECT_EQ(kick.level(3)->knee_aim.value, 100.0);
  EXPECT_EQ(kick.level(4), nullptr);
  const exercise::Fault* hips = kick.fault("hips_lift");
  ASSERT_NE(hips, nullptr);
  EXPECT_EQ(hips->on.value, 0.07);
  EXPECT_EQ(hips->on.unit, "thigh_length");
  EXPECT_EQ(hips->off->value, 0.04);
  EXPECT_EQ(hips->min_duration->value, 0.25);
  EXPECT_EQ(kick.fault("thigh_lift")->levels, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(kick.fault("chest_sink")->on.value, -6.0);
  EXPECT_FALSE(kick.fault("dropped_foot")->off);
  EXPECT_TRUE(kick.fault("same_side_twice")->of_set);
  EXPECT_EQ(kick.fault("nothing"), nullptr);
  EXPECT_EQ(kick.words_for("hips_lift")->cue, "Smaller kick. Keep your hips heavy.");
  EXPECT_EQ(kick.words_for("nothing"), nullptr);
  EXPECT_EQ(kick.phrase("heading_well")->text, "What went well");
  EXPECT_EQ(kick.phrase("nothing"), nullptr);
}

TEST_F(Catalog, EveryThresholdNamesASourceThatIsExplained) {
  const auto sources = nlohmann::json::parse(text_of(exercises("sources.json"))).at("sources");
  std::set<std::string> used;
  const std::function<void(const ordered_json&)> walk = [&](const ordered_json& node) {
    if (node.is_object() && node.contains("source")) {
      used.insert(node["source"].get<std::string>());
      EXPECT_EQ(node["source"] == "matside", node["status"] == "teacher_judgement") << node;
    }
    for (const auto& child : node) {
      if (child.is_structured()) walk(child);
    }
  };
  walk(exercise_);
  const std::function<void(const ordered_json&)> taught = [&](const ordered_json& node) {
    if (node.is_object() && node.contains("source"))
      used.insert(node["source"].get<std::string>());
    for (const auto& child : node) {
      if (child.is_structured()) taught(child);
    }
  };
  taught(ordered_json::parse(text_of(exercises("learn.en.json"))));
  taught(ordered_json::parse(text_of(exercises("safety.en.json"))));
  walk(ordered_json::parse(text_of(exercises("plan.json"))));
  for (const char* move : {"double_leg_kick", "prone_leg_lift", "swan_preparation"})
    walk(ordered_json::parse(text_of(exercises("moves/" + std::string(move) + ".json"))));
  for (const std::string& key : used) EXPECT_TRUE(sources.contains(key)) << key;
  for (const auto& [key, source] : sources.items()) {
    EXPECT_TRUE(used.contains(key)) << key << " is explained but not used";
    EXPECT_FALSE(source.at("name").get<std::string>().empty());
    EXPECT_FALSE(source.at("where").get<std::string>().empty());
    EXPECT_FALSE(source.at("used_for").get<std::string>().empty());
  }
}

TEST_F(Catalog, NamesThePathOfAnUnknownUnit) {
  at("/levels/1/knee_min/unit") = "degree";
  EXPECT_EQ(error(),
            "kick.json: /levels/1/knee_min/unit: \"degree\" is not one of deg, s, deg_per_s, "
            "thigh_length, upper_arm_length, ratio, count, hours, days, points, log_odds, hz");
  EXPECT_EQ(parse().error().kind, base::ErrorKind::model);
}

TEST_F(Catalog, NamesThePathOfAUnitThatDoesNotFit) {
  at("/repetition/longest/unit") = "deg";
  EXPECT_EQ(error(), "kick.json: /repetition/longest/unit: must be s here, not deg");
}

TEST_F(Catalog, RefusesAnUnknownKeyAnywhere) {
  for (const std::string path : {"", "/repetition", "/repetition/longest", "/levels/2",
                                 "/levels/2/knee_cap", "/faults/0", "/faults/0/on"}) {
    const ordered_json whole = exercise_;
    at(path)["a/b"] = 1;
    EXPECT_THAT(error(),
                StartsWith("kick.json: " + path + "/a~1b: unknown key; the keys here are "));
    exercise_ = whole;
  }
  word_at("/faults")["wobble"] = 1;
  EXPECT_THAT(error(), StartsWith("words.json: /faults/wobble: unknown key"));
}

TEST_F(Catalog, NamesAMissingKeyAndItsPath) {
  at("/levels/0/knee_aim").erase("source");
  EXPECT_EQ(error(), "kick.json: /levels/0/knee_aim: key \"source\" is missing");
}

TEST_F(Catalog, NamesThePathOfAValueOfTheWrongKind) {
  const std::vector<std::tuple<std::string, ordered_json, std::string>> cases{
      {"/repetition/longest/value", "15", "must be a number"},
      {"/repetition/longest/value", -1, "must not be below 0"},
      {"/levels/0/number", 0.5, "must be a whole number from 0 to 9"},
      {"/levels/0/kicks/value", 0, "must be a whole number from 1 to 1000"},
      {"/levels", ordered_json::array(), "must be an array with at least one element"},
      {"/levels/3", 7, "must be an object"},
      {"/name", "two\nlines", "must be one line of text"},
      {"/faults/8/of_set", "yes", "must be true or false"},
      {"/faults/0/signal", "hips",
       "\"hips\" is not one of hip_rise, thigh_lift, transit_70_20, "
       "kick_count, peak_knee, trunk_incline, neck_angle, "
       "lowering_stop, kicks_beyond, neck_raise, bend_speed, thigh_lift_lack, "
       "side_order, legs_overlap, hip_sway, elbow_offset"},
      {"/schema", "matside.exercise/2",
       "\"matside.exercise/2\" is not one of matside.exercise/1"},
      {"/faults/0/on/status", "guess",
       "\"guess\" is not one of sourced, computed, teacher_judgement"},
  };
  for (const auto& [path, value, message] : cases) {
    const ordered_json whole = exercise_;
    at(path) = value;
    EXPECT_EQ(error(), "kick.json: " + path + ": " + message);
    exercise_ = whole;
  }
}

TEST_F(Catalog, RefusesThresholdsThatContradictEachOther) {
  const std::vector<std::tuple<std::string, ordered_json, std::string>> cases{
      {"/levels/1/knee_cap/value", 90, "must not be below that of knee_aim"},
      {"/levels/1/trunk_max/value", 10, "must not be below that of trunk_min"},
      {"/repetition/counted_bend/value", 20, "must not be below that of start_far"},
      {"/repetition/kick_interval_max/value", 0.1,
       "must not be below that of kick_interval_min"},
      {"/faults/0/off/value", 1.0, "must be between 0 and the value of on"},
      {"/faults/3/off/value", 3, "must be between 0 and the value of on"},
      {"/levels/1/number", 0, "another level has this number"},
      {"/faults/1/id", "hips_lift", "another fault has this id"},
      {"/faults/1/levels/2", 7, "the exercise has no such level"},
      {"/faults/1/levels/2", 1, "is listed twice"},
  };
  for (const auto& [path, value, message] : cases) {
    const ordered_json whole = exercise_;
    at(path) = value;
    EXPECT_EQ(error(), "kick.json: " + path + ": " + message);
    exercise_ = whole;
  }
}

TEST_F(Catalog, RefusesAnOffValueForAFaultWithoutDuration) {
  at("/faults/2")["off"] = at("/faults/2/on");
  EXPECT_EQ(error(), "kick.json: /faults/2/off: doesn't apply to signal transit_70_20");
}

TEST_F(Catalog, ReadsEveryGroupOfThresholds) {
  const auto result = parse();
  ASSERT_TRUE(result) << result.error().message;
  const exercise::Definition& kick = result.value();
  EXPECT_EQ(kick.repetition.transit_from.value, 70.0);
  EXPECT_EQ(kick.side.alternation_log_odds.value, 0.85);
  EXPECT_EQ(kick.measurement.rest_noise_hip.value, 0.012);
  EXPECT_EQ(kick.measurement.rest_noise_hip.unit, "thigh_length");
  EXPECT_EQ(kick.live.lowering_drop.value, 20.0);
  EXPECT_EQ(kick.camera.frame_rate_min.unit, "hz");
  EXPECT_EQ(kick.stream.step_min.value, 0.0009);
  EXPECT_EQ(kick.coaching.repetitions_max.value, 20.0);
  EXPECT_EQ(kick.speech.share_max.value, 0.30);
  EXPECT_EQ(kick.placement.dark_below.value, 0.12);
  EXPECT_EQ(kick.posture.chest_up_share.value, 0.7);
  EXPECT_EQ(kick.feedback.advice_max.value, 3.0);
  EXPECT_EQ(kick.audio_guide.beat.value, 0.7);
  EXPECT_EQ(kick.level(1)->elbow_forward_from.value, 0.25);
  EXPECT_EQ(kick.highest_level(), 3);
}

TEST_F(Catalog, RequiresEveryKeyOfEveryGroup) {
  for (const std::string group :
       {"repetition", "side", "measurement", "live", "camera", "stream", "coaching", "speech",
        "placement", "posture", "feedback", "audio_guide"}) {
    const ordered_json whole = exercise_;
    for (const auto& [key, threshold] : whole.at(group).items()) {
      at("/" + group).erase(key);
      EXPECT_EQ(error(), "kick.json: /" + group + ": key \"" + key + "\" is missing");
      exercise_ = whole;
    }
    exercise_.erase(group);
    EXPECT_EQ(error(), "kick.json: key \"" + group + "\" is missing");
    exercise_ = whole;
  }
}

TEST_F(Catalog, RequiresTheDetailsOfAFaultsSignalAndRefusesOthers) {
  const std::vector<std::pair<std::string, std::string>> details{
      {"hips_lift", "noise_deviations"}, {"hips_lift", "ease_of_last"},
      {"thigh_lift", "significance"},    {"no_thigh_lift", "significance"},
      {"thrown_kick", "window"},         {"fast_lowering", "at_least"},
      {"rocking", "of_each_side"},       {"elbows_out_of_place", "uncertainty"}};
  const ordered_json whole = exercise_;
  for (const auto& [id, key] : details) {
    bool found = false;
    for (std::size_t i = 0; i < whole.at("faults").size(); ++i) {
      const std::string place = "/faults/" + std::to_string(i);
      if (whole.at("faults")[i].at("id") == id) {
        found = true;
        at(place).erase(key);
        EXPECT_EQ(error(), "kick.json: " + place + ": key \"" + key + "\" is missing");
      } else if (whole.at("faults")[i].at("id") == "dropped_foot") {
        at(place)[key] = at(place + "/on");
        EXPECT_EQ(error(), "kick.json: " + place + "/" + key +
                               ": doesn't apply to signal transit_70_20");
      }
      exercise_ = whole;
    }
    EXPECT_TRUE(found) << id;
  }
}

TEST_F(Catalog, RefusesAShareOutsideZeroToOne) {
  at("/repetition/down_share/value") = 1.5;
  EXPECT_THAT(error(), StartsWith("kick.json: /repetition/down_share/value: "));
}

TEST_F(Catalog, RefusesAScatterOfOneRepetition) {
  at("/measurement/leg_repetitions_min/value") = 1;
  EXPECT_EQ(
      error(),
      "kick.json: /measurement/leg_repetitions_min/value: must be a whole number from 2 to "
      "1000");
}

TEST(Definition, FindsTheFaultOfASignal) {
  const auto kick =
      load_exercise(exercises("single_leg_kick.json"), exercises("cues.en.json")).value();
  ASSERT_NE(kick.fault_of(exercise::Signal::hip_rise), nullptr);
  EXPECT_EQ(kick.fault_of(exercise::Signal::hip_rise)->id, "hips_lift");
  EXPECT_EQ(exercise::Definition().fault_of(exercise::Signal::hip_rise), nullptr);
  EXPECT_EQ(exercise::Definition().highest_level(), -1);
}

TEST_F(Catalog, RefusesWordsThatDoNotFitTheExercise) {
  const ordered_json whole = words_;
  word_at("/faults").erase("head_drop");
  EXPECT_EQ(error(), "words.json: /faults: key \"head_drop\" is missing");
  words_ = whole;
  word_at("/phrases").erase("none_counted");
  EXPECT_EQ(error(), "words.json: /phrases: key \"none_counted\" is missing");
  words_ = whole;
  word_at("/faults/hips_lift/cue") = "one two three four five six seven eight nine";
  EXPECT_EQ(error(), "words.json: /faults/hips_lift/cue: a spoken cue has at most eight words");
  words_ = whole;
  for (const std::string text : {"{clean}", "{clean} {total} {extra}", "{clean} {total} {",
                                 "{clean} {total} }", "{clean {total}}"}) {
    word_at("/phrases/clean_of") = text;
    EXPECT_EQ(
        error(),
        "words.json: /phrases/clean_of: must contain each of these once, in braces: clean, "
        "total");
  }
  words_ = whole;
  word_at("/phrases/all_clean") = "Well done, {name}.";
  EXPECT_EQ(error(), "words.json: /phrases/all_clean: must contain no {placeholder}");
}

TEST_F(Catalog, RefusesAShortFormThatIsNotShortOrOfNothingSpoken) {
  word_at("/spoken_short")["lie_down"] = "one two three four five six seven eight nine";
  EXPECT_EQ(error(),
            "words.json: /spoken_short/lie_down: a spoken cue has at most eight words");
  word_at("/spoken_short")["lie_down"] = "I see you. Lie down on your front. I wait for you.";
  EXPECT_THAT(error(), StartsWith("words.json: /spoken_short/lie_down: "));
  word_at("/spoken_short")["lie_down"] = "Lie down.";
  EXPECT_EQ(error(), "no error");
  word_at("/spoken_short")["title"] = "Kick.";
  EXPECT_THAT(error(), HasSubstr("title"));
}

TEST(ClipLengths, AreReadByIdAndChecked) {
  const auto read = [](std::string_view text) {
    return parse_clip_lengths({"voice.json", text});
  };
  const auto clips = read(R"({"left": {"long": 0.4, "short": 0.3}})");
  ASSERT_TRUE(clips) << clips.error().message;
  ASSERT_EQ(clips.value().size(), 1U);
  EXPECT_EQ(clips.value()[0].id, "left");
  EXPECT_EQ(clips.value()[0].long_form, base::Seconds(0.4));
  EXPECT_EQ(clips.value()[0].short_form, base::Seconds(0.3));
  EXPECT_FALSE(read(R"({"left": {"long": 0.4}})"));
  EXPECT_FALSE(read(R"({"left": {"long": -1, "short": 0.3}})"));
  EXPECT_FALSE(read("[]"));
}

TEST(ClipLengths, AreUnknownWithoutTheirFile) {
  const auto clips = load_clip_lengths("/nowhere/voice.json");
  ASSERT_TRUE(clips) << clips.error().message;
  EXPECT_TRUE(clips.value().empty());
}

TEST(CatalogText, NamesTheLineWhereATextIsNotJson) {
  const auto result = parse_exercise({"kick.json", "{\n  \"id\": ]\n}"}, {"words.json", "{}"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "kick.json: not valid JSON at line 2, column 9");
}

TEST(CatalogText, RefusesAKeyGivenTwice) {
  const auto result =
      parse_exercise({"kick.json", R"({"id": "a", "x": {"id": 1}, "id": "b"})"}, {"w", "{}"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "kick.json: key \"id\" appears twice in one object");
}

TEST(CatalogText, RefusesTextsThatAreNoExercise) {
  for (const std::string_view text :
       {"", "null", "[]", "7", "{}", "\xff\xfe", "{\"id\": 1e999}"}) {
    const auto result = parse_exercise({"kick.json", text}, {"words.json", "{}"});
    ASSERT_FALSE(result) << text;
    EXPECT_THAT(result.error().message, StartsWith("kick.json: "));
    EXPECT_THAT(result.error().message, ::testing::Not(HasSubstr("\n")));
  }
}

TEST(CatalogFile, NamesAMissingFile) {
  const std::string missing = exercises("no_such_exercise.json");
  const auto result = load_exercise(missing, exercises("cues.en.json"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, base::ErrorKind::model);
  EXPECT_THAT(result.error().message, StartsWith(missing + ": can't be read"));
  EXPECT_THAT(load_exercise(exercises("single_leg_kick.json"), exercises("")).error().message,
              HasSubstr("can't be read"));
}

TEST(CatalogFile, OfClipsAndSourcesIsReadWhole) {
  const std::string path = ::testing::TempDir() + "/catalog_file_voice.json";
  std::ofstream(path) << R"({"left": {"long": 0.4, "short": 0.3}})";
  const auto clips = load_clip_lengths(path);
  ASSERT_TRUE(clips) << clips.error().message;
  EXPECT_EQ(clips.value().size(), 1U);
  const auto sources = load_sources(exercises("sources.json"));
  ASSERT_TRUE(sources) << sources.error().message;
  EXPECT_FALSE(sources.value().empty());
  std::filesystem::resize_file(path, (4 << 20) + 1);
  EXPECT_THAT(load_clip_lengths(path).error().message, HasSubstr("too large"));
  std::filesystem::remove(path);
}

TEST_F(Catalog, ReadsTheRulesOfThePlanAndRefusesWhatIsWrongInThem) {
  const std::string good = text_of(exercises("plan.json"));
  const auto rules = parse_plan_rules({"plan.json", good});
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules.value().rest_between.value, 48.0);
  const auto wrong = [&](const char* path, const ordered_json& value) {
    ordered_json changed = ordered_json::parse(good);
    changed[nlohmann::json::json_pointer(path)] = value;
    const std::string text = changed.dump();
    const auto refused = parse_plan_rules({"plan.json", text});
    return refused.ok() ? "" : refused.error().message;
  };
  EXPECT_THAT(wrong("/rules/rest_between/unit", "days"), StartsWith("plan.json: /rules/rest"));
  EXPECT_THAT(wrong("/rules/good_to_promote/value", 0), StartsWith("plan.json: /rules/good"));
  EXPECT_THAT(wrong("/rules/clean_share/value", -1), StartsWith("plan.json: /rules/clean"));
  EXPECT_THAT(wrong("/rules/missed_down/value", 3), StartsWith("plan.json: /rules/missed"));
  EXPECT_THAT(wrong("/rules/lunch", 3), StartsWith("plan.json: /rules/lunch: unknown key"));
}

TEST_F(Catalog, ReadsTheSourcesAndRefusesWhatIsWrongInThem) {
  const std::string good = text_of(exercises("sources.json"));
  const auto sources = parse_sources({"sources.json", good});
  ASSERT_TRUE(sources.ok()) << sources.error().message;
  const auto& all = sources.value();
  const auto found = std::ranges::find(all, "lowering_physics", &Source::id);
  ASSERT_NE(found, all.end());
  EXPECT_THAT(found->name, HasSubstr("a shank falling under gravity"));
  EXPECT_FALSE(found->where.empty());
  EXPECT_THAT(found->used_for, HasSubstr("0.25 s"));
  const auto wrong = [&](const char* path, const ordered_json& value) {
    ordered_json changed = ordered_json::parse(good);
    changed[nlohmann::json::json_pointer(path)] = value;
    const std::string text = changed.dump();
    const auto refused = parse_sources({"sources.json", text});
    return refused.ok() ? "" : refused.error().message;
  };
  EXPECT_THAT(wrong("/schema", "matside.plan/1"), StartsWith("sources.json: /schema"));
  EXPECT_THAT(wrong("/sources/matside/name", 3), StartsWith("sources.json: /sources/matside"));
  EXPECT_THAT(wrong("/sources/matside/url", "x"), HasSubstr("unknown key"));
  EXPECT_FALSE(load_sources(exercises("none.json")));
}

}  // namespace
}  // namespace matside::catalog
