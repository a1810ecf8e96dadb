#include "server/filing.h"

#include <utility>

namespace matside::server {
namespace {

using base::Error;
using base::ErrorKind;
using records::Repository;

records::EndedBy kept_as(coaching::EndedBy by) {
  switch (by) {
    case coaching::EndedBy::goal:
      return records::EndedBy::goal;
    case coaching::EndedBy::person:
      return records::EndedBy::person;
    case coaching::EndedBy::discomfort:
      break;
  }
  return records::EndedBy::discomfort;
}

base::Result<std::unique_ptr<Repository>> open_for(const RecordsSetup& setup,
                                                   Unlocked& unlocked, const Hello& hello) {
  auto records = setup.open();
  if (!records) return records;
  const auto person = records.value()->person(*hello.person);
  if (!person) return person.error();
  if (!unlocked.opens(person.value(), hello.unlocked)) {
    return Error{ErrorKind::usage, "a PIN is needed"};
  }
  return records;
}

records::Ongoing::Wish wish_of(const Hello& hello) {
  records::Ongoing::Wish wish;
  wish.person = *hello.person;
  wish.level = hello.wish.level;
  wish.repetitions = hello.wish.repetitions;
  wish.comfort_before = hello.comfort_before;
  return wish;
}

}  // namespace

engine::Warning not_kept(const base::Error& why) {
  return {"not_kept", "This practice is not kept in your records: " + why.message};
}

base::Result<std::unique_ptr<Filing>> Filing::begin(const RecordsSetup& setup,
                                                    const exercise::Definition& exercise,
                                                    Unlocked& unlocked, const Hello& hello) {
  if (!setup.open || !hello.person) return std::unique_ptr<Filing>();
  auto records = open_for(setup, unlocked, hello);
  if (!records) return records.error();
  Repository& kept = *records.value();
  auto ongoing =
      hello.resume
          ? records::Ongoing::resume(kept, *hello.resume, *hello.person, exercise)
          : records::Ongoing::begin(kept, wish_of(hello), setup.now(), setup.engine, exercise);
  if (!ongoing) return ongoing.error();
  return std::unique_ptr<Filing>(
      new Filing(std::move(records).value(), std::move(ongoing).value()));
}

base::Result<std::optional<records::Id>> Filing::keep(const RecordsSetup& setup,
                                                      const exercise::Definition& exercise,
                                                      Unlocked& unlocked, const Hello& hello,
                                                      const SelfReported& reported,
                                                      coaching::EndedBy by) {
  if (!setup.open || !hello.person) return std::optional<records::Id>();
  const auto records = open_for(setup, unlocked, hello);
  if (!records) return records.error();
  const auto id =
      records::keep_self_reported(*records.value(), wish_of(hello), setup.now(), setup.engine,
                                  exercise, {reported.left, reported.right}, kept_as(by));
  if (!id) return id.error();
  return std::optional(id.value());
}

engine::Counts Filing::before() const {
  const records::Counts& counts = ongoing_.before();
  return {counts.left, counts.right, counts.unsure, counts.kicks, counts.clean};
}

std::optional<engine::Warning> Filing::finished(const exercise::Repetition& repetition,
                                                const engine::Counts& counts) {
  return warn(ongoing_.finished(
      repetition, {counts.left, counts.right, counts.unsure, counts.kicks, counts.clean}));
}

std::optional<engine::Warning> Filing::end(coaching::EndedBy by) {
  return warn(ongoing_.end(kept_as(by)));
}

std::optional<engine::Warning> Filing::warn(const base::Result<void>& kept) {
  if (kept || warned_) return std::nullopt;
  warned_ = true;
  return not_kept(kept.error());
}

}  // namespace matside::server
