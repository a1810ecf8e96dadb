#include "formats/catalog/sources_file.h"

#include <array>
#include <string_view>

namespace matside::catalog {

using strict_json::Node;

std::vector<Source> read_sources(const Node& root) {
  constexpr std::array<std::string_view, 2> kKeys{"schema", "sources"};
  constexpr std::array<std::string_view, 1> kSchema{"matside.sources/1"};
  constexpr std::array<std::string_view, 3> kOfOne{"name", "where", "used_for"};
  root.allow_only(kKeys);
  (void)root["schema"].one_of(kSchema);
  const Node all = root["sources"];
  std::vector<Source> sources;
  for (const std::string& id : all.keys()) {
    const Node one = all[id];
    one.allow_only(kOfOne);
    sources.push_back({id, one["name"].text(), one["where"].text(), one["used_for"].text()});
  }
  return sources;
}

}  // namespace matside::catalog
