#include "cli/diary.h"

#include <charconv>
#include <iostream>
#include <utility>

#include "cli/data_folder.h"
#include "cli/output_file.h"
#include "cli/own_folder.h"
#include "formats/catalog/catalog.h"
#include "records/persons.h"

namespace matside::cli {

base::Result<records::Person> Diary::person(const std::string& name) const {
  return records::person_called(*records, name, now);
}

base::Result<Diary> open_diary(const std::optional<std::filesystem::path>& wanted) {
  const auto data = find_data_folder();
  if (!data) return data.error();
  auto exercise =
      catalog::load_exercise(data.value().exercise().string(), data.value().words().string());
  if (!exercise) return exercise.error();
  auto rules = catalog::load_plan_rules(data.value().plan().string());
  if (!rules) return rules.error();
  auto folder = own_folder(wanted);
  if (!folder) return folder.error();
  auto records = open_records(folder.value());
  if (!records) return records.error();
  return Diary{std::move(folder).value(), std::move(exercise).value(), std::move(rules).value(),
               std::move(records).value(), now()};
}

std::optional<std::string> ask(const std::string& question) {
  (void)write_to_standard_output(question);
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::optional<int> ask_number(const std::string& question, int least, int most) {
  for (;;) {
    const auto line = ask(question);
    if (!line || line->empty()) return std::nullopt;
    int number = 0;
    const char* const end = line->data() + line->size();
    const auto [stopped, failed] = std::from_chars(line->data(), end, number);
    if (failed == std::errc() && stopped == end && number >= least && number <= most) {
      return number;
    }
    (void)write_to_standard_output("A whole number from " + std::to_string(least) + " to " +
                                   std::to_string(most) + ", or Enter for none.\n");
  }
}

}  // namespace matside::cli
