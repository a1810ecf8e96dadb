#include "vision/blazepose/person_search.h"

#include <gtest/gtest.h>

namespace matside::blazepose {
namespace {

using pose::Landmark;

Person person(Posture posture, bool level) {
  Person person;
  person.posture = posture;
  person.level = level;
  return person;
}

/// A body whose trunk points along (`right_px`, `down_px`) from hips to shoulders; legs point
/// the other way.
DetectedBody body(double right_px, double down_px, bool by_eye) {
  DetectedBody body;
  const auto at = [&](double share) {
    return base::ImagePoint{300.0 + share * right_px, 300.0 + share * down_px};
  };
  for (const pose::Side side : pose::kSides) {
    body.pose[pose::on_side(Landmark::left_shoulder, side)].position = at(1.0);
    body.pose[pose::on_side(Landmark::left_hip, side)].position = at(0.0);
    body.pose[pose::on_side(Landmark::left_knee, side)].position = at(-0.9);
    body.pose[pose::on_side(Landmark::left_ankle, side)].position = at(-1.7);
  }
  body.pose[Landmark::nose].position = at(1.3);
  body.pose.by_eye = by_eye;
  return body;
}

TEST(BetterCandidate, is_the_one_of_the_better_posture_then_with_the_level_trunk) {
  EXPECT_TRUE(is_better_candidate(person(Posture::prone, false), person(Posture::lying, true)));
  EXPECT_TRUE(
      is_better_candidate(person(Posture::lying, false), person(Posture::upright, true)));
  EXPECT_TRUE(is_better_candidate(person(Posture::prone, true), person(Posture::prone, false)));
  EXPECT_FALSE(
      is_better_candidate(person(Posture::upright, true), person(Posture::lying, false)));
}

TEST(BetterCandidate, is_neither_of_two_equals) {
  for (const Posture posture : {Posture::upright, Posture::lying, Posture::prone}) {
    EXPECT_FALSE(is_better_candidate(person(posture, true), person(posture, true)));
  }
}

TEST(ClassifyPerson, is_prone_whenever_the_eye_located_the_body) {
  EXPECT_EQ(classify_person(body(0.0, -100.0, true)).posture, Posture::prone);
  EXPECT_EQ(classify_person(body(100.0, 0.0, true)).posture, Posture::prone);
}

TEST(ClassifyPerson, distinguishes_lying_and_upright_by_the_joints) {
  const Person lying = classify_person(body(100.0, 10.0, false));
  EXPECT_EQ(lying.posture, Posture::lying);
  EXPECT_TRUE(lying.level);
  EXPECT_TRUE(lying.lies());
  const Person upright = classify_person(body(10.0, -100.0, false));
  EXPECT_EQ(upright.posture, Posture::upright);
  EXPECT_FALSE(upright.level);
  EXPECT_FALSE(upright.lies());
}

TEST(PersonSearch, without_model_files_fails_with_the_files_name) {
  const auto search = PersonSearch::create({.folder = "/nowhere"});
  ASSERT_FALSE(search.ok());
  EXPECT_EQ(search.error().kind, base::ErrorKind::model);
  EXPECT_NE(search.error().message.find("/nowhere"), std::string::npos);
}

TEST(PersonSearch, needs_more_searches_for_a_round_of_a_large_picture) {
  EXPECT_GT(PersonSearch::round({3840, 2160}), PersonSearch::round({640, 360}));
  EXPECT_GT(PersonSearch::round({640, 360}), 0U);
}

}  // namespace
}  // namespace matside::blazepose
