#include "protocol/practice_recorder.h"

namespace matside::protocol {
namespace {

using base::Result;
using records::Repository;

Result<std::shared_ptr<Repository>> open_for(const RecordsSetup& setup, PinTokens& pin_tokens,
                                             const ClientHello& hello) {
  auto records = setup.open();
  if (!records) return records;
  const auto person = records.value()->person(*hello.person);
  if (!person) return person.error();
  if (!pin_tokens.authorizes(person.value(), hello.pin_token)) {
    return base::Error{base::ErrorKind::usage, "enter this person's PIN first"};
  }
  return records;
}

records::PracticeDraft::Plan plan_of(const ClientHello& hello) {
  records::PracticeDraft::Plan plan;
  plan.person = *hello.person;
  plan.level = hello.request.level;
  plan.repetitions = hello.request.repetitions;
  plan.comfort_before = hello.comfort_before;
  return plan;
}

}  // namespace

engine::Warning not_saved_warning(const base::Error& error) {
  return {"not_kept", "This practice isn't being saved to your records: " + error.message};
}

Result<std::unique_ptr<PracticeRecorder>> PracticeRecorder::begin(
    const RecordsSetup& setup, const exercise::Definition& exercise, PinTokens& pin_tokens,
    const ClientHello& hello) {
  using records::PracticeDraft;
  if (!setup.open || !hello.person) return std::unique_ptr<PracticeRecorder>();
  auto opened = open_for(setup, pin_tokens, hello);
  if (!opened) return opened.error();
  Repository& records = *opened.value();
  auto draft =
      hello.resume
          ? PracticeDraft::resume(records, *hello.resume, *hello.person, exercise)
          : PracticeDraft::begin(records, plan_of(hello), setup.now(), setup.engine, exercise);
  if (!draft) return draft.error();
  return std::unique_ptr<PracticeRecorder>(
      new PracticeRecorder(std::move(opened).value(), std::move(draft).value()));
}

Result<std::optional<records::Id>> PracticeRecorder::save_self_reported(
    const RecordsSetup& setup, const exercise::Definition& exercise, PinTokens& pin_tokens,
    const ClientHello& hello, const SelfReported& reported, records::EndReason by) {
  if (!setup.open || !hello.person) return std::optional<records::Id>();
  const auto records = open_for(setup, pin_tokens, hello);
  if (!records) return records.error();
  const auto id =
      records::save_self_reported(*records.value(), plan_of(hello), setup.now(), setup.engine,
                                  exercise, {reported.left, reported.right}, by);
  if (!id) return id.error();
  return std::optional(id.value());
}

std::optional<engine::Warning> PracticeRecorder::add_repetition(
    const exercise::Repetition& repetition, const records::RepetitionCounts& counts) {
  return warn_once(draft_.add_repetition(repetition, counts));
}

std::optional<engine::Warning> PracticeRecorder::end(records::EndReason by) {
  return warn_once(draft_.end(by));
}

std::optional<engine::Warning> PracticeRecorder::warn_once(const base::Result<void>& saved) {
  if (saved || warned_) return std::nullopt;
  warned_ = true;
  return not_saved_warning(saved.error());
}

}  // namespace matside::protocol
