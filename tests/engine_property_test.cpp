// Whatever the body, the camera and the tempo: what must hold for every practice.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside {
namespace {

using engine::Analysis;
using pose::PoseFrame;
using pose::Side;
using support::Practice;
using support::RepetitionPlan;

rc::Gen<double> between(double low, double high) {
  return rc::gen::map(rc::gen::inRange(0, 1001),
                      [=](int i) { return low + (high - low) * i / 1000.0; });
}

rc::Gen<RepetitionPlan> any_clean_repetition() {
  return rc::gen::build<RepetitionPlan>(
      rc::gen::set(&RepetitionPlan::kicks, rc::gen::just(2)),
      rc::gen::set(&RepetitionPlan::peak_deg, between(90.0, 120.0)),
      rc::gen::set(&RepetitionPlan::bend_s, between(0.7, 2.0)),
      rc::gen::set(&RepetitionPlan::beat_s, between(0.5, 1.0)),
      rc::gen::set(&RepetitionPlan::recoil_deg, between(15.0, 35.0)),
      rc::gen::set(&RepetitionPlan::lower_s, between(1.6, 4.0)),
      rc::gen::set(&RepetitionPlan::gap_s, between(0.5, 1.5)));
}

// A body and a camera within the recommended placement (movement.md 5.6).
Practice any_practice() {
  Practice p;
  p.body.height_m = *between(1.5, 1.9);
  p.camera.height_m = *between(0.2, 0.5);
  p.camera.yaw_deg = *between(-10.0, 10.0);
  p.camera.roll_deg = *between(-3.0, 3.0);
  p.camera.distance_m = *between(2.2, 2.8);
  p.camera.side = *rc::gen::element(Side::left, Side::right);
  p.fps = *rc::gen::element(24.0, 25.0, 30.0, 60.0);
  p.noise_px = *between(0.0, 1.5);
  p.seed = static_cast<std::uint32_t>(*rc::gen::inRange(1, 1 << 20));
  p.steps = support::alternating(4, *any_clean_repetition());
  return p;
}

Analysis analysed(const std::vector<PoseFrame>& frames) {
  auto session = engine::Session::create(support::single_leg_kick(), 1);
  RC_ASSERT(session.ok());
  for (const PoseFrame& frame : frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

// What is reported of a repetition: side, kicks and faults.
struct Reported {
  exercise::KickingSide side;
  std::size_t kicks;
  std::vector<std::string> faults;
  bool operator==(const Reported&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Reported& reported) {
  out << static_cast<int>(reported.side) << " " << reported.kicks;
  for (const std::string& f : reported.faults) out << " " << f;
  return out;
}

std::vector<Reported> reported(const Analysis& analysis) {
  std::vector<Reported> out;
  for (const exercise::Repetition& rep : analysis.repetitions) {
    Reported t{rep.side, rep.kicks.size(), {}};
    for (const auto& fault : rep.faults) t.faults.push_back(fault.id);
    out.push_back(t);
  }
  return out;
}

template <class Change>
std::vector<PoseFrame> changed(std::vector<PoseFrame> frames, Change change) {
  for (PoseFrame& f : frames) {
    if (!f.pose) continue;
    for (pose::Keypoint& k : f.pose->keypoints) change(k.position);
  }
  return frames;
}

RC_GTEST_PROP(EveryPractice, is_counted_exactly_and_found_clean, ()) {
  const Practice p = any_practice();
  const auto performed = perform(p);
  const Analysis a = analysed(performed.frames);
  RC_ASSERT(a.repetitions.size() == performed.repetitions.size());
  for (std::size_t i = 0; i < a.repetitions.size(); ++i) {
    const auto& rep = a.repetitions[i];
    const auto true_side = performed.repetitions[i].side == Side::left
                               ? exercise::KickingSide::left
                               : exercise::KickingSide::right;
    RC_ASSERT(rep.side == true_side);
    RC_ASSERT(rep.kicks.size() == 2U);
    RC_ASSERT(rep.faults.empty());
  }
}

RC_GTEST_PROP(EveryPractice, is_told_alike_in_a_picture_of_another_size, ()) {
  const auto frames = perform(any_practice()).frames;
  const int scale = *rc::gen::inRange(2, 6);
  auto larger = changed(frames, [&](base::ImagePoint& p) {
    p = {p.x_px * scale, p.y_px * scale};
  });
  for (PoseFrame& f : larger) {
    f.image_size = {f.image_size.width_px * scale, f.image_size.height_px * scale};
  }
  RC_ASSERT(reported(analysed(larger)) == reported(analysed(frames)));
}

RC_GTEST_PROP(EveryPractice, is_told_alike_mirrored_with_the_sides_exchanged, ()) {
  const auto frames = perform(any_practice()).frames;
  auto mirrored = changed(frames, [](base::ImagePoint& p) { p.x_px = 640.0 - p.x_px; });
  for (PoseFrame& f : mirrored) {
    if (!f.pose) continue;
    for (std::size_t k = pose::index(pose::Landmark::left_shoulder); k < pose::kLandmarkCount;
         k += 2) {
      std::swap(f.pose->keypoints[k], f.pose->keypoints[k + 1]);
    }
  }
  std::vector<Reported> expected = reported(analysed(frames));
  for (Reported& t : expected) {
    t.side = t.side == exercise::KickingSide::left    ? exercise::KickingSide::right
             : t.side == exercise::KickingSide::right ? exercise::KickingSide::left
                                                      : t.side;
  }
  RC_ASSERT(reported(analysed(mirrored)) == expected);
}

RC_GTEST_PROP(EveryPractice, is_told_alike_at_another_frame_rate, ()) {
  Practice p = any_practice();
  p.noise_px = 0.5;
  p.fps = 60.0;
  const auto all = perform(p).frames;
  const auto every = static_cast<std::size_t>(*rc::gen::inRange(2, 4));
  std::vector<PoseFrame> fewer;
  for (std::size_t i = 0; i < all.size(); i += every) fewer.push_back(all[i]);
  RC_ASSERT(reported(analysed(fewer)) == reported(analysed(all)));
}

RC_GTEST_PROP(EveryPractice, is_told_alike_when_chopped_between_repetitions, ()) {
  const auto performed = perform(any_practice());
  const auto cut = static_cast<std::size_t>(*rc::gen::inRange(1, 4));
  // Each part begins with a second of rest, as a practice does.
  std::vector<Reported> parts;
  const double at_s = performed.repetitions[cut].start_s - 0.05;
  for (const bool second : {false, true}) {
    std::vector<PoseFrame> part;
    for (const PoseFrame& f : performed.frames) {
      if ((f.time.value() >= at_s) == second) part.push_back(f);
    }
    if (second) {
      std::vector<PoseFrame> rest;
      for (const PoseFrame& f : performed.frames) {
        if (f.time.value() < at_s && f.time.value() > at_s - 0.3) rest.push_back(f);
      }
      std::vector<PoseFrame> padded;
      for (int again = 3; again > 0; --again) {
        for (PoseFrame f : rest) {
          f.time -= base::Seconds(0.3 * again);
          padded.push_back(f);
        }
      }
      part.insert(part.begin(), padded.begin(), padded.end());
    }
    for (const Reported& t : reported(analysed(part))) parts.push_back(t);
  }
  RC_ASSERT(parts == reported(analysed(performed.frames)));
}

RC_GTEST_PROP(EveryPractice, loses_no_repetition_when_a_fifth_of_the_frames_is_lost, ()) {
  Practice p = any_practice();
  p.dropout = 0.2;
  const auto performed = perform(p);
  RC_ASSERT(analysed(performed.frames).repetitions.size() == performed.repetitions.size());
}

}  // namespace
}  // namespace matside
