#include "cli/records_context.h"

#include <utility>

#include "cli/clock.h"
#include "cli/program_data.h"
#include "cli/user_data_folder.h"
#include "formats/catalog/catalog.h"
#include "records/persons.h"

namespace matside::cli {

base::Result<records::Person> RecordsContext::person(const std::string& name) const {
  return records::find_or_create_person(*records, name, now);
}

base::Result<const exercise::Definition*> RecordsContext::chosen(
    const std::optional<std::string>& id) const {
  auto found = exercises().find(id.value_or(std::string(records::kFirstExercise)));
  if (found) return found;
  return base::Error{base::ErrorKind::usage, "--exercise: " + found.error().message};
}

base::Result<RecordsContext> open_records_context(
    const std::optional<std::filesystem::path>& requested) {
  auto data = load_program_data(ExerciseChoice());
  if (!data) return data.error();
  auto rules = catalog::load_plan_rules(data.value().folder.plan().string());
  if (!rules) return rules.error();
  auto folder = user_data_folder(requested);
  if (!folder) return folder.error();
  auto records = open_records(folder.value());
  if (!records) return records.error();
  return RecordsContext{std::move(folder).value(),         std::move(data.value().exercise),
                        std::move(data.value().installed), std::move(rules).value(),
                        std::move(records).value(),        now()};
}

}  // namespace matside::cli
