#include "cli/load_practice.h"

#include <charconv>
#include <system_error>
#include <utility>

#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "cli/user_data_folder.h"
#include "practice/analysis.h"
#include "practice/recording/recording.h"
#include "records/saved_practice.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;

base::Result<LoadedPractice> load_saved(const PracticeSelector& selector, records::Id id,
                                        const ProgramData& data) {
  const auto folder = user_data_folder(selector.data);
  if (!folder) return folder.error();
  const auto records = open_records(folder.value());
  if (!records) return records.error();
  auto saved = records::load_saved_practice(*records.value(), id, data.exercises());
  if (!saved) return saved.error();
  LoadedPractice practice;
  practice.name = "practice " + std::to_string(id);
  practice.record = std::move(saved.value().record);
  practice.record.source.path = practice.name;
  practice.frames = std::move(saved.value().frames);
  practice.saved = std::move(saved.value().practice);
  practice.exercise = *data.exercises().find(practice.saved->exercise).value();
  auto person = records.value()->person(practice.saved->person);
  if (!person) return person.error();
  practice.person = std::move(person).value();
  return practice;
}

base::Result<LoadedPractice> load_source(const PracticeSelector& selector,
                                         const ProgramData& data) {
  const auto source =
      recording::open(selector.source, data.resolve(selector.practice), stop_requested());
  if (!source) return source.error();
  LoadedPractice practice;
  if (source.value()->video() != nullptr) practice.video = selector.source;
  practice.name = fs::path(selector.source).filename().string();
  ProgressBar bar(!selector.quiet);
  auto guessed = practice::analyse_any(
      *source.value(), data.candidates(), selector.practice.level,
      [&](const practice::AnalysedFrame& analysed) -> base::Result<void> {
        practice.frames.push_back(analysed.source.pose);
        bar.show(static_cast<std::int64_t>(practice.frames.size()), analysed.source.completed);
        return {};
      },
      stop_requested());
  if (!guessed) return guessed.error();
  practice.record = std::move(guessed.value().record);
  practice.exercise = *guessed.value().exercise;
  practice.recognised = recognised_text(practice.exercise, data);
  return practice;
}

}  // namespace

std::optional<records::Id> practice_number(const std::string& text) {
  records::Id id = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, failed] = std::from_chars(text.data(), end, id);
  if (failed != std::errc() || stopped != end) return std::nullopt;
  return id;
}

std::optional<records::Id> saved_practice_number(const std::string& source) {
  std::error_code ignored;
  return fs::exists(source, ignored) ? std::nullopt : practice_number(source);
}

base::Result<LoadedPractice> load_practice(const PracticeSelector& selector,
                                           const ProgramData& data) {
  if (const auto id = saved_practice_number(selector.source)) {
    return load_saved(selector, *id, data);
  }
  return load_source(selector, data);
}

}  // namespace matside::cli
