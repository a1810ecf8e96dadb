#include "core/exercise/definition.h"

#include <algorithm>

namespace matside::exercise {
namespace {

template <class T, class Key>
const T* find(const std::vector<T>& parts, Key T::*key, const Key& wanted) {
  const auto it = std::ranges::find(parts, wanted, key);
  return it == parts.end() ? nullptr : &*it;
}

}  // namespace

bool Fault::applies_at(int level) const {
  return std::ranges::find(levels, level) != levels.end();
}

const Level* Definition::level(int number) const {
  return find(levels, &Level::number, number);
}

const Level* Definition::flat_level() const {
  const auto flat = std::ranges::find_if(
      levels, [](const Level& each) { return each.trunk_min.value <= 0.0; });
  return flat == levels.end() ? nullptr : &*flat;
}

int Definition::highest_level() const {
  int highest = -1;
  for (const Level& each : levels) highest = std::max(highest, each.number);
  return highest;
}

const Fault* Definition::fault_of(Signal signal) const {
  return find(faults, &Fault::signal, signal);
}

const Fault* Definition::fault(const std::string& fault_id) const {
  return find(faults, &Fault::id, fault_id);
}

const FaultText* Definition::words_for(const std::string& fault_id) const {
  return find(words, &FaultText::fault_id, fault_id);
}

const Phrase* Definition::phrase(const std::string& phrase_id) const {
  return find(phrases, &Phrase::id, phrase_id);
}

std::string Definition::own_phrase_id(std::string_view phrase_id) const {
  if (!cycle) return std::string(phrase_id);
  std::string own = id + "_";
  std::ranges::replace(own, '-', '_');
  return own.append(phrase_id);
}

}  // namespace matside::exercise
