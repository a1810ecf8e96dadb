#include "formats/catalog/words_file.h"

#include <algorithm>
#include <array>

#include "core/plan/plan.h"

namespace matside::catalog {
namespace {

using strict_json::Node;

constexpr int kMaxCueWords = 8;
constexpr std::string_view kCueTooLong = "a spoken cue has at most eight words";
constexpr int kMaxSentenceWords = 12;

/// A phrase and the placeholders that the program fills in.
struct PhraseSpec {
  std::string_view id;
  std::array<std::string_view, 3> placeholders{};  ///< Empty ones are none.
};

constexpr auto kPhrases = std::to_array<PhraseSpec>({
    {"title", {"exercise", "level", "name"}},
    {"heading_well", {}},
    {"heading_improve", {}},
    {"heading_notes", {}},
    {"label_repetitions", {}},
    {"label_kicks", {}},
    {"label_peaks", {}},
    {"label_clean", {}},
    {"label_bend", {}},
    {"label_lowering", {}},
    {"label_rhythm", {}},
    {"label_hips", {}},
    {"label_result", {}},
    {"label_poses", {}},
    {"label_annotated", {}},
    {"scaled_down", {"from", "to"}},
    {"turned_upright", {}},
    {"side_left", {}},
    {"side_right", {}},
    {"phase_nobody", {}},
    {"phase_upright", {}},
    {"phase_settling", {}},
    {"phase_rest", {}},
    {"phase_bending", {"side"}},
    {"phase_kicking", {"side"}},
    {"phase_lowering", {"side"}},
    {"side_both", {}},
    {"phase_leg_rising", {"side"}},
    {"phase_leg_top", {"side"}},
    {"phase_rising", {}},
    {"phase_top", {}},
    {"phase_falling", {}},
    {"counted_unsure", {"count"}},
    {"clean_repetition", {}},
    {"sides", {"left", "right"}},
    {"sides_with_unsure", {"left", "right", "unsure"}},
    {"sides_both", {"count"}},
    {"peaks_of", {"count", "asked"}},
    {"mean_of", {"value"}},
    {"clean_of", {"clean", "total"}},
    {"clean_of_one_by_one", {"clean", "total"}},
    {"bend_of", {"degrees", "off"}},
    {"lowering_of", {"seconds"}},
    {"lowering_steady", {"seconds"}},
    {"lowering_uneven", {"seconds"}},
    {"rhythm_of", {"percent"}},
    {"hips_still_of", {"percent"}},
    {"left_bends_more", {"degrees"}},
    {"right_bends_more", {"degrees"}},
    {"none_counted", {}},
    {"all_clean", {}},
    {"clean_one_by_one", {}},
    {"most_clean", {}},
    {"some_clean", {}},
    {"keep_practising", {}},
    {"improve_in", {"count", "total"}},
    {"improve_once_in_set", {"times"}},
    {"improve_times_in_set", {"count", "times"}},
    {"nothing_to_improve", {}},
    {"incomplete", {"time"}},
    {"elbows_forward", {}},
    {"estimated", {}},
    {"measured_in_space", {}},
    {"warning_input_truncated", {}},
    {"warning_input_damaged", {}},
    {"warning_no_person", {}},
    {"warning_one_picture", {}},
    {"warning_not_lying", {}},
    {"warning_on_back", {}},
    {"warning_on_side", {}},
    {"warning_on_all_fours", {}},
    {"warning_hips_up", {}},
    {"warning_legs_together", {}},
    {"warning_legs_not_seen", {}},
    {"warning_no_repetition", {}},
    {"warning_no_rest", {}},
    {"warning_often_lost", {}},
    {"warning_interrupted", {}},
    {"warning_unsteady", {}},
    {"warning_frames_missing", {}},
    {"warning_low_frame_rate", {}},
    {"warning_person_small", {}},
    {"warning_camera_oblique", {}},
    {"warning_camera_high", {}},
    {"warning_cut_off", {}},
    {"warning_feet_cut_off", {}},
    {"warning_chest_low", {}},
    {"warning_chest_high", {}},
    {"move_one_more", {}},
    {"move_warning_legs_together", {}},
    {"move_warning_no_repetition", {}},
    {"move_warning_no_rest", {}},
    {"move_warning_low_frame_rate", {}},
    {"move_warning_chest_low", {}},
    {"warning_disorder", {}},
    {"warning_broken_poses", {}},
    {"warning_high_frame_rate", {}},
    {"warning_poses_without_head", {}},
    {"warning_poses_without_ears", {}},
    {"warning_poses_without_elbows", {}},
    {"warning_poses_without_feet", {}},
    {"warning_poses_up_x", {}},
    {"warning_poses_up_z", {}},
    {"warning_poses_up_minus_x", {}},
    {"warning_poses_up_minus_y", {}},
    {"warning_poses_up_minus_z", {}},
    {"warning_poses_outside_picture", {}},
});

/// Spoken in a practice, besides the cues and the numbers.
constexpr std::array kSpoken{std::string_view("welcome"),
                             std::string_view("place_camera"),
                             std::string_view("not_seen"),
                             std::string_view("too_dark"),
                             std::string_view("lie_down"),
                             std::string_view("guide_cut_off"),
                             std::string_view("guide_oblique"),
                             std::string_view("guide_high"),
                             std::string_view("guide_small"),
                             std::string_view("legs_unseen"),
                             std::string_view("settle_forearms"),
                             std::string_view("settle_flat"),
                             std::string_view("lying_flat"),
                             std::string_view("lying_propped"),
                             std::string_view("stay_as_you_are"),
                             std::string_view("bend_left"),
                             std::string_view("bend_right"),
                             std::string_view("bend_skipped"),
                             std::string_view("each_side_left"),
                             std::string_view("left"),
                             std::string_view("right"),
                             std::string_view("out_kick_kick"),
                             std::string_view("in_kick_kick"),
                             std::string_view("kick_kick"),
                             std::string_view("out_kick"),
                             std::string_view("in_kick"),
                             std::string_view("kick"),
                             std::string_view("in_lower"),
                             std::string_view("out_lower"),
                             std::string_view("lower_slowly"),
                             std::string_view("mended"),
                             std::string_view("smaller_kicks"),
                             std::string_view("easier_level"),
                             std::string_view("camera_slow"),
                             std::string_view("one_leg"),
                             std::string_view("cant_see"),
                             std::string_view("seen_again"),
                             std::string_view("comfort_middle"),
                             std::string_view("stopped"),
                             std::string_view("sat_up"),
                             std::string_view("resting"),
                             std::string_view("go_on"),
                             std::string_view("ended_discomfort"),
                             std::string_view("set_done"),
                             std::string_view("set_done_flat"),
                             std::string_view("name"),
                             std::string_view("transition"),
                             std::string_view("rest_before_next"),
                             std::string_view("one_leg_moves"),
                             std::string_view("repetitions_calmly"),
                             std::string_view("breathe_out"),
                             std::string_view("breathe_in")};

/// The names between braces, in their order; a brace without its partner gives "{".
std::vector<std::string_view> placeholders_in(std::string_view text) {
  std::vector<std::string_view> names;
  std::size_t at = 0;
  while ((at = text.find_first_of("{}", at)) != std::string_view::npos) {
    const std::size_t end = text.find_first_of("{}", at + 1);
    if (text[at] == '}' || end == std::string_view::npos || text[end] == '{') return {"{"};
    names.push_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return names;
}

int count_words(const std::string& text) {
  int words = 0;
  bool inside = false;
  for (const char c : text) {
    if (c != ' ' && !inside) ++words;
    inside = c != ' ';
  }
  return words;
}

exercise::FaultText read_words_of_fault(const Node& node, const std::string& fault_id) {
  constexpr std::array<std::string_view, 4> kKeys{"name", "cue", "advice", "praise"};
  node.allow_only(kKeys);
  return {fault_id, node["name"].text(), read_cue(node["cue"]), node["advice"].text(),
          node["praise"].text()};
}

exercise::Phrase read_phrase(const Node& node, const PhraseSpec& known) {
  exercise::Phrase phrase{std::string(known.id), node.text()};
  std::vector<std::string_view> used = placeholders_in(phrase.text);
  std::vector<std::string_view> wanted;
  std::ranges::copy_if(known.placeholders, std::back_inserter(wanted),
                       [](std::string_view each) { return !each.empty(); });
  std::ranges::sort(used);
  std::ranges::sort(wanted);
  if (used != wanted) {
    node.report(wanted.empty() ? "must contain no {placeholder}"
                               : "must contain each of these once, in braces: " +
                                     strict_json::comma_separated(wanted));
  }
  return phrase;
}

void read_spoken(const Node& node, exercise::Definition& definition) {
  std::vector<std::string> ids(kSpoken.begin(), kSpoken.end());
  const int highest = static_cast<int>(definition.coaching.repetitions_max.value);
  for (int n = 1; n <= highest; ++n) ids.push_back("count_" + std::to_string(n));
  const std::vector<std::string_view> allowed(ids.begin(), ids.end());
  node.allow_only(allowed);
  for (const std::string& id : ids) {
    definition.spoken.push_back(read_phrase(node[id], {id, {}}));
  }
}

/// Ids and long forms of what is spoken: phrases, and the faults' cues.
std::vector<exercise::Phrase> long_forms(const exercise::Definition& definition) {
  std::vector<exercise::Phrase> all = definition.spoken;
  for (const exercise::FaultText& words : definition.words) {
    all.push_back({words.fault_id, words.cue});
  }
  return all;
}

void read_short_forms(const Node& node, exercise::Definition& definition) {
  const std::vector<exercise::Phrase> all = long_forms(definition);
  std::vector<std::string_view> ids;
  for (const exercise::Phrase& phrase : all) ids.emplace_back(phrase.id);
  node.allow_only(ids);
  for (const exercise::Phrase& phrase : all) {
    const auto form = node.optional(phrase.id);
    if (!form) continue;
    definition.short_forms.push_back(read_phrase(*form, {phrase.id, {}}));
    const std::string& text = definition.short_forms.back().text;
    if (count_words(text) > kMaxCueWords) form->report(std::string(kCueTooLong));
    if (text.size() >= phrase.text.size()) form->report("must be shorter than its long form");
  }
}

void read_plan_words(const Node& node, exercise::Definition& definition) {
  std::vector<std::string_view> ids;
  for (int r = 0; r < plan::kDecisionReasonCount; ++r)
    ids.push_back(name(static_cast<plan::DecisionReason>(r)));
  node.allow_only(ids);
  for (const std::string_view id : ids) {
    definition.plan.push_back(read_phrase(node[id], {id, {}}));
  }
}

}  // namespace

std::string read_cue(const Node& node) {
  std::string text = node.text();
  if (count_words(text) > kMaxCueWords) node.report(std::string(kCueTooLong));
  return text;
}

std::string read_sentence(const Node& node) {
  std::string text = node.text();
  if (count_words(text) > kMaxSentenceWords)
    node.report("what is spoken here has at most twelve words");
  return text;
}

void read_fault_words(const Node& faults, exercise::Definition& definition) {
  std::vector<std::string_view> fault_ids;
  for (const exercise::Fault& fault : definition.faults) fault_ids.emplace_back(fault.id);
  faults.allow_only(fault_ids);
  for (const std::string_view id : fault_ids) {
    definition.words.push_back(read_words_of_fault(faults[id], std::string(id)));
  }
}

void read_words(const Node& root, exercise::Definition& definition) {
  constexpr std::array<std::string_view, 7> kKeys{"schema", "language",     "faults", "phrases",
                                                  "spoken", "spoken_short", "plan"};
  constexpr std::array<std::string_view, 1> kSchema{"matside.words/1"};
  root.allow_only(kKeys);
  (void)root["schema"].one_of(kSchema);
  (void)root["language"].text();

  read_fault_words(root["faults"], definition);

  const Node phrases = root["phrases"];
  std::vector<std::string_view> phrase_ids;
  for (const PhraseSpec& known : kPhrases) phrase_ids.push_back(known.id);
  phrases.allow_only(phrase_ids);
  for (const PhraseSpec& known : kPhrases) {
    definition.phrases.push_back(read_phrase(phrases[known.id], known));
  }
  read_spoken(root["spoken"], definition);
  read_short_forms(root["spoken_short"], definition);
  read_plan_words(root["plan"], definition);
}

}  // namespace matside::catalog
