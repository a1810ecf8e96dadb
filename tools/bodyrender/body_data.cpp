#include "tools/bodyrender/body_data.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

namespace matside::bodyrender {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr float kMetresPerDecimetre = 0.1F;

Error input_error(std::string message) { return {ErrorKind::input, std::move(message)}; }

Result<std::string> read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return input_error(path.string() + ": can't be read; is --data the body data's folder?");
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Splits a text into lines and a line into words, without copying.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  std::string_view next() {
    const auto start = rest_.find_first_not_of(" \t\r");
    if (start == std::string_view::npos) return {};
    rest_.remove_prefix(start);
    const auto word = rest_.substr(0, rest_.find_first_of(" \t\r"));
    rest_.remove_prefix(word.size());
    return word;
  }

 private:
  std::string_view rest_;
};

template <class Use>
void for_each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    use(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

template <class T>
bool parse(std::string_view word, T& value) {
  return std::from_chars(word.data(), word.data() + word.size(), value).ec == std::errc();
}

bool parse(Words& words, Vec3& point) {
  return parse(words.next(), point.x()) && parse(words.next(), point.y()) &&
         parse(words.next(), point.z());
}

Result<void> load_mesh(const std::filesystem::path& path, BodyData& data) {
  const auto text = read_text(path);
  if (!text) return text.error();
  std::string group = "body";
  bool good = true;
  for_each_line(text.value(), [&](std::string_view line) {
    Words words(line);
    const auto kind = words.next();
    if (kind == "v") {
      Vec3 point;
      good = parse(words, point) && good;
      data.vertices.emplace_back(point * kMetresPerDecimetre);
    } else if (kind == "g") {
      group = std::string(words.next());
    } else if (kind == "f") {
      Face face;
      for (auto word = words.next(); !word.empty() && face.corners < 4; word = words.next()) {
        int index = 0;
        good = parse(word, index) && good;  // stops at the first '/'
        face.vertex.at(static_cast<std::size_t>(face.corners++)) = index - 1;
      }
      data.faces_of_group[group].push_back(static_cast<int>(data.faces.size()));
      data.faces.push_back(face);
    }
  });
  const int count = static_cast<int>(data.vertices.size());
  for (const Face& face : data.faces) {
    for (int k = 0; k < face.corners; ++k) {
      const int v = face.vertex.at(static_cast<std::size_t>(k));
      good = good && v >= 0 && v < count;
    }
    good = good && face.corners >= 3;
  }
  if (!good || count == 0) return input_error(path.string() + ": not a complete mesh");
  return {};
}

void give_role(Bone& bone) {
  const std::string& n = bone.name;
  bone.side = n.ends_with(".R") ? kRight : kLeft;
  static const std::map<std::string, float> spine = {{"spine05", 0.30F},
                                                     {"spine04", 0.25F},
                                                     {"spine03", 0.20F},
                                                     {"spine02", 0.15F},
                                                     {"spine01", 0.10F}};
  if (const auto found = spine.find(n); found != spine.end()) {
    bone.role = BoneRole::spine;
    bone.share = found->second;
  } else if (n.starts_with("neck0")) {
    bone.role = BoneRole::neck;
    bone.share = 1.0F / 3.0F;
  }
  static const std::map<std::string, BoneRole> roles = {
      {"root", BoneRole::root},
      {"head", BoneRole::head},
      {"upperleg01", BoneRole::upper_leg},
      {"lowerleg01", BoneRole::lower_leg},
      {"foot", BoneRole::foot},
      {"upperarm01", BoneRole::upper_arm},
      {"lowerarm01", BoneRole::lower_arm},
      {"lowerarm02", BoneRole::forearm_twist}};
  const auto found = roles.find(n.substr(0, n.find('.')));
  if (found != roles.end()) bone.role = found->second;
}

std::vector<int> vertices_of_joint(const nlohmann::json& rig, const nlohmann::json& joint) {
  return rig.at("joints").at(joint.get<std::string>()).get<std::vector<int>>();
}

/// Parents before children.
void order_bones(const nlohmann::json& rig, BodyData& data, std::map<std::string, int>& index) {
  std::map<std::string, nlohmann::json> left = rig.at("bones");
  for (bool moved = true; moved && !left.empty();) {
    moved = false;
    for (auto it = left.begin(); it != left.end();) {
      const auto& parent = it->second.at("parent");
      const auto found = parent.is_null() ? index.end() : index.find(parent.get<std::string>());
      if (!parent.is_null() && found == index.end()) {
        ++it;
        continue;
      }
      Bone bone;
      bone.name = it->first;
      bone.parent = parent.is_null() ? -1 : found->second;
      bone.head_vertices = vertices_of_joint(rig, it->second.at("head"));
      bone.tail_vertices = vertices_of_joint(rig, it->second.at("tail"));
      give_role(bone);
      index[bone.name] = static_cast<int>(data.bones.size());
      data.bones.push_back(std::move(bone));
      it = left.erase(it);
      moved = true;
    }
  }
}

Result<void> load_rig(const std::filesystem::path& path, BodyData& data,
                      std::map<std::string, int>& index) {
  const auto text = read_text(path);
  if (!text) return text.error();
  try {
    order_bones(nlohmann::json::parse(text.value()), data, index);
    NamedBones& named = data.named;
    named.root = index.at("root");
    named.head = index.at("head");
    named.chest = index.at("spine01");
    for (const int side : {kLeft, kRight}) {
      const std::string end = side == kLeft ? ".L" : ".R";
      const auto s = static_cast<std::size_t>(side);
      named.upper_leg.at(s) = index.at("upperleg01" + end);
      named.lower_leg.at(s) = index.at("lowerleg01" + end);
      named.foot.at(s) = index.at("foot" + end);
      named.toe.at(s) = index.at("toe2-1" + end);
      named.upper_arm.at(s) = index.at("upperarm01" + end);
      named.lower_arm.at(s) = index.at("lowerarm01" + end);
      named.wrist.at(s) = index.at("wrist" + end);
    }
  } catch (const std::exception& problem) {
    return input_error(path.string() + ": not the expected rig: " + problem.what());
  }
  const int count = static_cast<int>(data.vertices.size());
  for (const Bone& bone : data.bones) {
    for (const auto* list : {&bone.head_vertices, &bone.tail_vertices}) {
      const bool inside =
          std::all_of(list->begin(), list->end(), [&](int v) { return v >= 0 && v < count; });
      if (list->empty() || !inside) {
        return input_error(path.string() + ": bone " + bone.name +
                           " has no position in the mesh");
      }
    }
  }
  return {};
}

Result<void> load_weights(const std::filesystem::path& path,
                          const std::map<std::string, int>& index, BodyData& data) {
  const auto text = read_text(path);
  if (!text) return text.error();
  std::vector<std::vector<std::pair<int, float>>> of_vertex(data.vertices.size());
  try {
    const auto all = nlohmann::json::parse(text.value());
    for (const auto& [bone, list] : all.at("weights").items()) {
      for (const auto& entry : list) {
        of_vertex.at(entry.at(0).get<std::size_t>())
            .emplace_back(index.at(bone), entry.at(1).get<float>());
      }
    }
  } catch (const std::exception& problem) {
    return input_error(path.string() + ": not the expected weights: " + problem.what());
  }
  for (auto& list : of_vertex) {
    float total = 0.0F;
    for (const auto& [bone, weight] : list) total += weight;
    if (total <= 0.0F) list.assign(1, {data.named.root, total = 1.0F});
    data.weights.first.push_back(static_cast<int>(data.weights.bone.size()));
    float most = -1.0F;
    data.main_bone.push_back(0);
    for (const auto& [bone, weight] : list) {
      data.weights.bone.push_back(bone);
      data.weights.weight.push_back(weight / total);
      if (weight > most) {
        most = weight;
        data.main_bone.back() = bone;
      }
    }
  }
  data.weights.first.push_back(static_cast<int>(data.weights.bone.size()));
  return {};
}

std::optional<Target> parse_target(const std::string& text, int vertex_count) {
  Target target;
  bool good = true;
  for_each_line(text, [&](std::string_view line) {
    Words words(line);
    const auto first = words.next();
    if (first.empty() || first.front() == '#') return;
    int vertex = -1;
    Vec3 delta;
    good = good && parse(first, vertex) && parse(words, delta) && vertex >= 0 &&
           vertex < vertex_count;
    target.vertex.push_back(vertex);
    target.delta.emplace_back(delta * kMetresPerDecimetre);
  });
  if (!good) return std::nullopt;
  return target;
}

Result<void> load_targets(const std::filesystem::path& folder, BodyData& data) {
  std::error_code missing;
  std::filesystem::recursive_directory_iterator files(folder, missing);
  if (missing) return input_error(folder.string() + ": can't be read: " + missing.message());
  for (const auto& file : files) {
    if (file.path().extension() != ".target") continue;
    const auto text = read_text(file.path());
    if (!text) return text.error();
    auto target = parse_target(text.value(), static_cast<int>(data.vertices.size()));
    if (!target) return input_error(file.path().string() + ": not a shape target");
    auto name = file.path().lexically_relative(folder);
    data.targets[name.replace_extension().generic_string()] = std::move(*target);
  }
  return {};
}

}  // namespace

Result<BodyData> load_body_data(const std::string& folder) {
  const std::filesystem::path root(folder);
  BodyData data;
  std::map<std::string, int> index;
  if (auto done = load_mesh(root / "3dobjs/base.obj", data); !done) return done.error();
  if (auto done = load_rig(root / "rigs/default.mhskel", data, index); !done) {
    return done.error();
  }
  if (auto done = load_weights(root / "rigs/default_weights.mhw", index, data); !done) {
    return done.error();
  }
  if (auto done = load_targets(root / "targets", data); !done) return done.error();
  return data;
}

}  // namespace matside::bodyrender
