#include "formats/catalog/rule_groups.h"

#include <array>
#include <span>
#include <string>
#include <vector>

#include "formats/catalog/threshold.h"

namespace matside::catalog {
namespace {

using strict_json::Node;

template <class Group>
struct RuleField {
  std::string_view key;
  exercise::Threshold Group::*member;
  std::string_view unit;
};

constexpr auto kRepetitionRules = std::to_array<RuleField<exercise::RepetitionRules>>({
    {"counted_bend", &exercise::RepetitionRules::counted_bend, "deg"},
    {"rest_below", &exercise::RepetitionRules::rest_below, "deg"},
    {"start_near", &exercise::RepetitionRules::start_near, "deg"},
    {"start_far", &exercise::RepetitionRules::start_far, "deg"},
    {"start_speed", &exercise::RepetitionRules::start_speed, "deg_per_s"},
    {"rest_hold", &exercise::RepetitionRules::rest_hold, "s"},
    {"kick_prominence", &exercise::RepetitionRules::kick_prominence, "deg"},
    {"kick_prominence_noise", &exercise::RepetitionRules::kick_prominence_noise, "ratio"},
    {"kick_interval_min", &exercise::RepetitionRules::kick_interval_min, "s"},
    {"kick_interval_max", &exercise::RepetitionRules::kick_interval_max, "s"},
    {"longest", &exercise::RepetitionRules::longest, "s"},
    {"tracking_loss", &exercise::RepetitionRules::tracking_loss, "s"},
    {"noise_max", &exercise::RepetitionRules::noise_max, "deg"},
    {"rest_flexion_max", &exercise::RepetitionRules::rest_flexion_max, "deg"},
    {"rest_window", &exercise::RepetitionRules::rest_window, "s"},
    {"rest_min", &exercise::RepetitionRules::rest_min, "s"},
    {"still_window", &exercise::RepetitionRules::still_window, "s"},
    {"unsettled_min", &exercise::RepetitionRules::unsettled_min, "s"},
    {"new_rest_hold", &exercise::RepetitionRules::new_rest_hold, "s"},
    {"trunk_shift", &exercise::RepetitionRules::trunk_shift, "deg"},
    {"hip_shift", &exercise::RepetitionRules::hip_shift, "thigh_length"},
    {"trunk_still_speed", &exercise::RepetitionRules::trunk_still_speed, "deg_per_s"},
    {"leg_loss", &exercise::RepetitionRules::leg_loss, "s"},
    {"edge_flexion", &exercise::RepetitionRules::edge_flexion, "deg"},
    {"edge_extrapolation_max", &exercise::RepetitionRules::edge_extrapolation_max, "s"},
    {"overlap_min", &exercise::RepetitionRules::overlap_min, "s"},
    {"stop_window", &exercise::RepetitionRules::stop_window, "s"},
    {"stop_speed", &exercise::RepetitionRules::stop_speed, "deg_per_s"},
    {"stop_below_share", &exercise::RepetitionRules::stop_below_share, "ratio"},
    {"lowering_start_share", &exercise::RepetitionRules::lowering_start_share, "ratio"},
    {"together_from_share", &exercise::RepetitionRules::together_from_share, "ratio"},
    {"together_bend_share", &exercise::RepetitionRules::together_bend_share, "ratio"},
    {"together_time_share", &exercise::RepetitionRules::together_time_share, "ratio"},
    {"together_warning", &exercise::RepetitionRules::together_warning, "count"},
    {"down_share", &exercise::RepetitionRules::down_share, "ratio"},
    {"crossing_share", &exercise::RepetitionRules::crossing_share, "ratio"},
    {"prone_hip_extension_max", &exercise::RepetitionRules::prone_hip_extension_max, "deg"},
    {"prone_foot_drop_max", &exercise::RepetitionRules::prone_foot_drop_max, "deg"},
    {"prone_knee_extension_max", &exercise::RepetitionRules::prone_knee_extension_max, "deg"},
    {"transit_from", &exercise::RepetitionRules::transit_from, "deg"},
    {"transit_to", &exercise::RepetitionRules::transit_to, "deg"},
    {"scored_rate_min", &exercise::RepetitionRules::scored_rate_min, "hz"},
    {"scored_gap_max", &exercise::RepetitionRules::scored_gap_max, "s"},
    {"obliquity_max", &exercise::RepetitionRules::obliquity_max, "deg"},
});

constexpr auto kSideRules = std::to_array<RuleField<exercise::SideRules>>({
    {"rising_log_odds", &exercise::SideRules::rising_log_odds, "log_odds"},
    {"top_log_odds", &exercise::SideRules::top_log_odds, "log_odds"},
    {"lowering_log_odds", &exercise::SideRules::lowering_log_odds, "log_odds"},
    {"shank_ratio_deviation", &exercise::SideRules::shank_ratio_deviation, "ratio"},
    {"shank_log_odds_max", &exercise::SideRules::shank_log_odds_max, "log_odds"},
    {"alternation_log_odds", &exercise::SideRules::alternation_log_odds, "log_odds"},
    {"decision_log_odds", &exercise::SideRules::decision_log_odds, "log_odds"},
    {"label_flexion_min", &exercise::SideRules::label_flexion_min, "deg"},
    {"clear_difference", &exercise::SideRules::clear_difference, "deg"},
    {"swap_window", &exercise::SideRules::swap_window, "s"},
    {"swap_difference", &exercise::SideRules::swap_difference, "deg"},
    {"kick_window", &exercise::SideRules::kick_window, "s"},
    {"valley_window", &exercise::SideRules::valley_window, "s"},
});

constexpr auto kMeasurementRules = std::to_array<RuleField<exercise::MeasurementRules>>({
    {"knee_weight_min", &exercise::MeasurementRules::knee_weight_min, "ratio"},
    {"evidence_weight_min", &exercise::MeasurementRules::evidence_weight_min, "ratio"},
    {"knee_speed_max", &exercise::MeasurementRules::knee_speed_max, "deg_per_s"},
    {"knee_jump", &exercise::MeasurementRules::knee_jump, "deg"},
    {"jump_window", &exercise::MeasurementRules::jump_window, "s"},
    {"noise_max_frame", &exercise::MeasurementRules::noise_max_frame, "deg"},
    {"trunk_score_min", &exercise::MeasurementRules::trunk_score_min, "ratio"},
    {"top_share", &exercise::MeasurementRules::top_share, "ratio"},
    {"kick_top_deviation_max", &exercise::MeasurementRules::kick_top_deviation_max, "deg"},
    {"kick_window", &exercise::MeasurementRules::kick_window, "s"},
    {"slope_window", &exercise::MeasurementRules::slope_window, "s"},
    {"speed_min", &exercise::MeasurementRules::speed_min, "deg_per_s"},
    {"rest_noise_window", &exercise::MeasurementRules::rest_noise_window, "s"},
    {"image_angle_deviation", &exercise::MeasurementRules::image_angle_deviation, "deg"},
    {"image_angle_full", &exercise::MeasurementRules::image_angle_full, "deg"},
    {"drift_time", &exercise::MeasurementRules::drift_time, "s"},
    {"knee_deviation_max", &exercise::MeasurementRules::knee_deviation_max, "deg"},
    {"relative_deviation_max", &exercise::MeasurementRules::relative_deviation_max, "ratio"},
    {"smoothness_deviation", &exercise::MeasurementRules::smoothness_deviation, "ratio"},
    {"hip_onset_rise", &exercise::MeasurementRules::hip_onset_rise, "thigh_length"},
    {"hip_onset_noise_ratio", &exercise::MeasurementRules::hip_onset_noise_ratio, "ratio"},
    {"hip_onset_hold", &exercise::MeasurementRules::hip_onset_hold, "s"},
    {"hip_onset_flexion_max", &exercise::MeasurementRules::hip_onset_flexion_max, "deg"},
    {"rhythm_repetitions_min", &exercise::MeasurementRules::rhythm_repetitions_min, "count"},
    {"leg_repetitions_min", &exercise::MeasurementRules::leg_repetitions_min, "count"},
    {"thigh_window", &exercise::MeasurementRules::thigh_window, "s"},
    {"thigh_knee_weight", &exercise::MeasurementRules::thigh_knee_weight, "ratio"},
    {"thigh_near_bias", &exercise::MeasurementRules::thigh_near_bias, "deg"},
    {"thigh_near_bias_deviation", &exercise::MeasurementRules::thigh_near_bias_deviation,
     "deg"},
    {"thigh_far_bias", &exercise::MeasurementRules::thigh_far_bias, "deg"},
    {"thigh_far_bias_deviation", &exercise::MeasurementRules::thigh_far_bias_deviation, "deg"},
    {"thigh_near_noise_ratio", &exercise::MeasurementRules::thigh_near_noise_ratio, "ratio"},
    {"thigh_far_noise_ratio", &exercise::MeasurementRules::thigh_far_noise_ratio, "ratio"},
    {"thigh_error_max", &exercise::MeasurementRules::thigh_error_max, "ratio"},
    {"thigh_history_min", &exercise::MeasurementRules::thigh_history_min, "count"},
    {"rest_noise_hip", &exercise::MeasurementRules::rest_noise_hip, "thigh_length"},
    {"rest_noise_knee", &exercise::MeasurementRules::rest_noise_knee, "deg"},
    {"rest_noise_thigh", &exercise::MeasurementRules::rest_noise_thigh, "deg"},
    {"rest_noise_trunk", &exercise::MeasurementRules::rest_noise_trunk, "deg"},
    {"rest_noise_neck", &exercise::MeasurementRules::rest_noise_neck, "deg"},
});

constexpr auto kLiveRules = std::to_array<RuleField<exercise::LiveRules>>({
    {"speed_window", &exercise::LiveRules::speed_window, "s"},
    {"mean_window", &exercise::LiveRules::mean_window, "s"},
    {"hesitation_share", &exercise::LiveRules::hesitation_share, "ratio"},
    {"learning_rate", &exercise::LiveRules::learning_rate, "ratio"},
    {"extra_kick_prominence", &exercise::LiveRules::extra_kick_prominence, "ratio"},
    {"lowering_drop", &exercise::LiveRules::lowering_drop, "deg"},
});

constexpr auto kCameraRules = std::to_array<RuleField<exercise::CameraRules>>({
    {"yaw_max", &exercise::CameraRules::yaw_max, "deg"},
    {"pitch_max", &exercise::CameraRules::pitch_max, "deg"},
    {"trunk_margin", &exercise::CameraRules::trunk_margin, "deg"},
    {"thigh_min", &exercise::CameraRules::thigh_min, "ratio"},
    {"frame_rate_min", &exercise::CameraRules::frame_rate_min, "hz"},
    {"frame_rate_tolerance", &exercise::CameraRules::frame_rate_tolerance, "ratio"},
    {"seldom_share", &exercise::CameraRules::seldom_share, "ratio"},
    {"usual_share", &exercise::CameraRules::usual_share, "ratio"},
    {"mostly_share", &exercise::CameraRules::mostly_share, "ratio"},
    {"small_share", &exercise::CameraRules::small_share, "ratio"},
    {"feet_edge", &exercise::CameraRules::feet_edge, "ratio"},
    {"feet_score_min", &exercise::CameraRules::feet_score_min, "ratio"},
    {"feet_reach", &exercise::CameraRules::feet_reach, "thigh_length"},
    {"feet_cut_min", &exercise::CameraRules::feet_cut_min, "s"},
    {"feet_back", &exercise::CameraRules::feet_back, "s"},
});

constexpr auto kStreamRules = std::to_array<RuleField<exercise::StreamRules>>({
    {"step_min", &exercise::StreamRules::step_min, "s"},
    {"high_rate_frames", &exercise::StreamRules::high_rate_frames, "count"},
    {"high_rate_quiet", &exercise::StreamRules::high_rate_quiet, "s"},
    {"quiet_time", &exercise::StreamRules::quiet_time, "s"},
    {"unseen_warning", &exercise::StreamRules::unseen_warning, "s"},
    {"slow_rate", &exercise::StreamRules::slow_rate, "hz"},
    {"slow_window", &exercise::StreamRules::slow_window, "s"},
    {"gap_warning", &exercise::StreamRules::gap_warning, "s"},
});

constexpr auto kCoachingRules = std::to_array<RuleField<exercise::CoachingRules>>({
    {"settle_time", &exercise::CoachingRules::settle_time, "s"},
    {"ease_out", &exercise::CoachingRules::ease_out, "s"},
    {"comfort_margin", &exercise::CoachingRules::comfort_margin, "deg"},
    {"full_kick_min", &exercise::CoachingRules::full_kick_min, "deg"},
    {"full_kick_step", &exercise::CoachingRules::full_kick_step, "deg"},
    {"calibration_wait", &exercise::CoachingRules::calibration_wait, "s"},
    {"calibration_attempts", &exercise::CoachingRules::calibration_attempts, "count"},
    {"cue_repeat", &exercise::CoachingRules::cue_repeat, "count"},
    {"unseen_repeat", &exercise::CoachingRules::unseen_repeat, "count"},
    {"clean_run_to_skip", &exercise::CoachingRules::clean_run_to_skip, "count"},
    {"always_cue_priority", &exercise::CoachingRules::always_cue_priority, "count"},
    {"full_prompts", &exercise::CoachingRules::full_prompts, "count"},
    {"lowering_prompts", &exercise::CoachingRules::lowering_prompts, "count"},
    {"silent_after_clean", &exercise::CoachingRules::silent_after_clean, "count"},
    {"repetitions_max", &exercise::CoachingRules::repetitions_max, "count"},
});

constexpr auto kSpeechRules = std::to_array<RuleField<exercise::SpeechRules>>({
    {"gap", &exercise::SpeechRules::gap, "s"},
    {"finish", &exercise::SpeechRules::finish, "s"},
    {"count_before", &exercise::SpeechRules::count_before, "s"},
    {"count_within", &exercise::SpeechRules::count_within, "s"},
    {"correction_within", &exercise::SpeechRules::correction_within, "s"},
    {"praise_within", &exercise::SpeechRules::praise_within, "s"},
    {"long_within", &exercise::SpeechRules::long_within, "s"},
    {"repeat_after", &exercise::SpeechRules::repeat_after, "s"},
    {"side_within", &exercise::SpeechRules::side_within, "s"},
    {"side_retry", &exercise::SpeechRules::side_retry, "s"},
    {"kick_overrun", &exercise::SpeechRules::kick_overrun, "s"},
    {"lowering_share", &exercise::SpeechRules::lowering_share, "ratio"},
    {"camera_wait", &exercise::SpeechRules::camera_wait, "s"},
    {"share_max", &exercise::SpeechRules::share_max, "ratio"},
    {"share_window_min", &exercise::SpeechRules::share_window_min, "s"},
    {"share_window", &exercise::SpeechRules::share_window, "s"},
    {"pace_weight", &exercise::SpeechRules::pace_weight, "ratio"},
    {"letter_time", &exercise::SpeechRules::letter_time, "s"},
});

constexpr auto kPlacementRules = std::to_array<RuleField<exercise::PlacementRules>>({
    {"issue_min", &exercise::PlacementRules::issue_min, "s"},
    {"hint_interval", &exercise::PlacementRules::hint_interval, "s"},
    {"repeat_interval", &exercise::PlacementRules::repeat_interval, "s"},
    {"hints_max", &exercise::PlacementRules::hints_max, "count"},
    {"well_placed_min", &exercise::PlacementRules::well_placed_min, "s"},
    {"dark_below", &exercise::PlacementRules::dark_below, "ratio"},
});

constexpr auto kPostureRules = std::to_array<RuleField<exercise::PostureRules>>({
    {"hold", &exercise::PostureRules::hold, "s"},
    {"propped_from", &exercise::PostureRules::propped_from, "deg"},
    {"chest_down_share", &exercise::PostureRules::chest_down_share, "ratio"},
    {"chest_up_share", &exercise::PostureRules::chest_up_share, "ratio"},
});

constexpr auto kFeedbackRules = std::to_array<RuleField<exercise::FeedbackRules>>({
    {"praise_max", &exercise::FeedbackRules::praise_max, "count"},
    {"advice_max", &exercise::FeedbackRules::advice_max, "count"},
    {"praise_repetitions_min", &exercise::FeedbackRules::praise_repetitions_min, "count"},
    {"mostly_clean_share", &exercise::FeedbackRules::mostly_clean_share, "ratio"},
});

constexpr auto kAudioGuideRules = std::to_array<RuleField<exercise::AudioGuideRules>>({
    {"bend", &exercise::AudioGuideRules::bend, "s"},
    {"slow_bend", &exercise::AudioGuideRules::slow_bend, "s"},
    {"beat", &exercise::AudioGuideRules::beat, "s"},
    {"lower", &exercise::AudioGuideRules::lower, "s"},
    {"rest", &exercise::AudioGuideRules::rest, "s"},
    {"side_word", &exercise::AudioGuideRules::side_word, "s"},
    {"full_prompt", &exercise::AudioGuideRules::full_prompt, "s"},
    {"settle", &exercise::AudioGuideRules::settle, "s"},
    {"announce", &exercise::AudioGuideRules::announce, "s"},
    {"comfort", &exercise::AudioGuideRules::comfort, "s"},
    {"last_words", &exercise::AudioGuideRules::last_words, "s"},
});

template <std::size_t Size, class Group>
Group read_group(const Node& node, const std::array<RuleField<Group>, Size>& fields) {
  std::vector<std::string_view> keys;
  for (const RuleField<Group>& field : fields) keys.push_back(field.key);
  node.allow_only(keys);
  Group group;
  for (const RuleField<Group>& field : fields) {
    group.*field.member = read_non_negative(node[field.key], field.unit);
    if (field.unit == "count") (void)read_count(node[field.key]);
  }
  return group;
}

/// Reports unless a share is from 0 to 1.
void check_shares(const Node& node, std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) {
    (void)node[key]["value"].number_within(0.0, 1.0);
  }
}

exercise::RepetitionRules read_repetition_rules(const Node& node) {
  const exercise::RepetitionRules rules = read_group(node, kRepetitionRules);
  check_rising(node, std::array<std::string_view, 4>{"rest_below", "start_near", "start_far",
                                                     "counted_bend"});
  check_rising(node, std::array<std::string_view, 3>{"kick_interval_min", "kick_interval_max",
                                                     "longest"});
  check_rising(node, std::array<std::string_view, 2>{"transit_to", "transit_from"});
  check_shares(
      node, std::array<std::string_view, 7>{
                "stop_below_share", "lowering_start_share", "together_from_share",
                "together_bend_share", "together_time_share", "down_share", "crossing_share"});
  return rules;
}

exercise::MeasurementRules read_measurement_rules(const Node& node) {
  const exercise::MeasurementRules rules = read_group(node, kMeasurementRules);
  // One value has no scatter.
  for (const std::string_view key : {"rhythm_repetitions_min", "leg_repetitions_min"}) {
    (void)node[key]["value"].whole_number(2, kMaxCount);
  }
  return rules;
}

exercise::PostureRules read_posture_rules(const Node& node) {
  const exercise::PostureRules rules = read_group(node, kPostureRules);
  const std::array<std::string_view, 2> shares{"chest_down_share", "chest_up_share"};
  check_rising(node, shares);
  check_shares(node, shares);
  return rules;
}

}  // namespace

void check_rising(const Node& node, std::span<const std::string_view> keys) {
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (node[keys[i]]["value"].number() < node[keys[i - 1]]["value"].number()) {
      node[keys[i]]["value"].report("must not be below that of " + std::string(keys[i - 1]));
    }
  }
}

void read_rule_groups(const Node& root, exercise::Definition& definition) {
  definition.repetition = read_repetition_rules(root["repetition"]);
  definition.side = read_group(root["side"], kSideRules);
  definition.measurement = read_measurement_rules(root["measurement"]);
  definition.live = read_group(root["live"], kLiveRules);
  definition.camera = read_group(root["camera"], kCameraRules);
  definition.stream = read_group(root["stream"], kStreamRules);
  definition.coaching = read_group(root["coaching"], kCoachingRules);
  definition.speech = read_group(root["speech"], kSpeechRules);
  definition.placement = read_group(root["placement"], kPlacementRules);
  definition.posture = read_posture_rules(root["posture"]);
  definition.feedback = read_group(root["feedback"], kFeedbackRules);
  definition.audio_guide = read_group(root["audio_guide"], kAudioGuideRules);
}

}  // namespace matside::catalog
