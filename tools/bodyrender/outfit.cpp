#include "tools/bodyrender/outfit.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace matside::bodyrender {
namespace {

Material cloth(Style style, Random& random, float darkest, float brightest) {
  Material m;
  m.body = true;
  m.seed = static_cast<std::uint32_t>(random.bits());
  for (Colour& c : m.colours) c = draw_colour(random, darkest, brightest);
  m.turn_deg = random.chance(0.6F) ? 0.0F : random.uniform(0.0F, 180.0F);
  m.contrast = random.uniform(0.05F, 0.5F);
  m.fold_size_m = random.log_uniform(0.02F, 0.1F);
  if (style == Style::plain) return m;
  m.folds = random.chance(0.6F) ? random.uniform(0.0F, 0.5F) : 0.0F;
  m.shine = random.chance(0.3F) ? random.uniform(0.0F, 0.25F) : 0.0F;
  if (style == Style::held) {
    m.pattern = random.pick({Pattern::fractal, Pattern::fractal, Pattern::cells});
    m.size_m = random.log_uniform(0.02F, 0.3F);
    m.contrast = random.uniform(0.1F, 1.0F);
    return m;
  }
  const float printed = random.unit();
  if (printed < 0.55F) {
    m.pattern = Pattern::speckle;
    m.size_m = random.log_uniform(0.003F, 0.03F);
  } else {
    m.pattern = random.pick({Pattern::stripes, Pattern::dots, Pattern::blocks, Pattern::clouds,
                             Pattern::leaves, Pattern::stripes});
    m.size_m = random.log_uniform(0.012F, 0.2F);
    if (m.pattern == Pattern::clouds) m.contrast = random.uniform(0.4F, 1.0F);
  }
  return m;
}

Colour skin_colour(const Build& build, Random& random) {
  static const std::array<Colour, 8> tones = {
      Colour(0.93F, 0.78F, 0.70F), Colour(0.88F, 0.70F, 0.58F), Colour(0.84F, 0.64F, 0.50F),
      Colour(0.76F, 0.56F, 0.42F), Colour(0.64F, 0.45F, 0.32F), Colour(0.50F, 0.34F, 0.24F),
      Colour(0.38F, 0.25F, 0.18F), Colour(0.27F, 0.18F, 0.14F)};
  float tone = random.chance(0.3F)
                   ? random.uniform(0.0F, 6.99F)
                   : std::clamp(random.normal(1.6F + 4.2F * build.african, 1.1F), 0.0F, 6.99F);
  const auto low = static_cast<std::size_t>(tone);
  tone -= static_cast<float>(low);
  const Colour mean = tones.at(low) * (1.0F - tone) + tones.at(low + 1) * tone;
  const Colour cast(random.normal(1.0F, 0.03F), random.normal(1.0F, 0.025F),
                    random.normal(1.0F, 0.03F));
  return (mean * cast).pow(2.2F);
}

void draw_hair(Style style, Random& random, Outfit& outfit) {
  static const std::array<Colour, 7> tones = {
      Colour(0.06F, 0.05F, 0.05F), Colour(0.15F, 0.10F, 0.07F), Colour(0.30F, 0.19F, 0.11F),
      Colour(0.50F, 0.33F, 0.18F), Colour(0.75F, 0.60F, 0.38F), Colour(0.62F, 0.60F, 0.58F),
      Colour(0.50F, 0.20F, 0.10F)};
  Material& hair = outfit.materials.at(static_cast<std::size_t>(Part::hair));
  hair.body = true;
  hair.seed = static_cast<std::uint32_t>(random.bits());
  hair.colours[0] = tones.at(static_cast<std::size_t>(random.below(7))).pow(2.2F);
  hair.colours[1] = hair.colours[0] * random.uniform(0.5F, 1.6F);
  hair.size_m = 0.02F;
  hair.contrast = 0.8F;
  if (style == Style::rich) hair.pattern = Pattern::clouds;
  if (style == Style::held) hair.pattern = Pattern::fractal;
  outfit.scalp_hair = !random.chance(0.08F);
  outfit.hair_m = random.uniform(0.004F, 0.03F);
  if (!outfit.scalp_hair) return;
  const float kind = random.unit();
  outfit.long_hair = kind < 0.25F;
  outfit.bun = kind > 0.25F && kind < 0.45F;
  outfit.tail = kind > 0.45F && kind < 0.65F;
  outfit.hat = kind > 0.93F;
}

/// Where a face of the body lies.
struct Place {
  enum class Limb { torso, leg, foot, arm, hand, head, neck } limb = Limb::torso;
  float along = 0.0F;  ///< Leg: 0 at the hip .. 1 at the ankle; arm: to the wrist; torso: 0
                       ///< hips .. 1 shoulders.
};

class Places {
 public:
  explicit Places(const Shape& shape) : shape_(shape), named_(shape.data->named) {}

  [[nodiscard]] Place of(const Face& face) const {
    Vec3 centre = Vec3::Zero();
    for (int k = 0; k < face.corners; ++k) {
      centre +=
          shape_
              .vertices[static_cast<std::size_t>(face.vertex.at(static_cast<std::size_t>(k)))];
    }
    centre /= static_cast<float>(face.corners);
    const int main = shape_.data->main_bone[static_cast<std::size_t>(face.vertex[0])];
    const Bone& bone = shape_.data->bones[static_cast<std::size_t>(main)];
    const auto side = static_cast<std::size_t>(bone.side);
    const std::string& n = bone.name;
    Place place;
    if (n.starts_with("upperleg") || n.starts_with("lowerleg")) {
      const Vec3 hip = head(named_.upper_leg.at(side));
      const Vec3 ankle = head(named_.foot.at(side));
      return {Place::Limb::leg, (hip.y() - centre.y()) / (hip.y() - ankle.y())};
    }
    if (n.starts_with("foot") || n.starts_with("toe")) return {Place::Limb::foot, 1.0F};
    if (n.starts_with("upperarm") || n.starts_with("lowerarm")) {
      const Vec3 shoulder = head(named_.upper_arm.at(side));
      const Vec3 arm = head(named_.wrist.at(side)) - shoulder;
      return {Place::Limb::arm, (centre - shoulder).dot(arm) / arm.squaredNorm()};
    }
    const bool trunk = n.starts_with("spine") || n.starts_with("pelvis") ||
                       n.starts_with("breast") || n.starts_with("clavicle") ||
                       n.starts_with("shoulder") || n == "root";
    if (trunk) {
      const Vec3 hip = head(named_.upper_leg[0]);
      const Vec3 shoulder = head(named_.upper_arm[0]);
      return {Place::Limb::torso, (centre.y() - hip.y()) / (shoulder.y() - hip.y())};
    }
    if (n.starts_with("wrist") || n.starts_with("finger") || n.starts_with("metacarpal")) {
      return {Place::Limb::hand, 1.0F};
    }
    if (n.starts_with("neck")) return {Place::Limb::neck, 0.0F};
    return {Place::Limb::head, 0.0F};
  }

  [[nodiscard]] bool under_hair(const Face& face) const {
    const Vec3 v =
        shape_.vertices[static_cast<std::size_t>(face.vertex[0])] - head(named_.head);
    if (v.y() > 0.105F) return v.z() < 0.075F + (v.y() - 0.105F) * 0.3F;
    return v.z() < 0.012F && v.y() > -0.03F && std::abs(v.x()) < 0.085F;
  }

 private:
  [[nodiscard]] Vec3 head(int bone) const {
    return shape_.bone_head[static_cast<std::size_t>(bone)];
  }

  const Shape& shape_;
  const NamedBones& named_;
};

/// Which garment covers a place, if any.
bool covered(const Outfit& outfit, const Place& place, float margin, Part& part) {
  switch (place.limb) {
    case Place::Limb::leg:
      part = Part::legs;
      if (outfit.pads && std::abs(place.along - 0.53F) < 0.09F) {
        part = Part::pads;
        return true;
      }
      return !outfit.skirt && place.along < outfit.leg_length - margin;
    case Place::Limb::torso:
      if (place.along < outfit.waist - margin) {
        part = Part::legs;
        return true;
      }
      part = Part::top;
      return place.along > outfit.top_hem + margin;
    case Place::Limb::arm:
      part = Part::top;
      return place.along < outfit.sleeve - margin;
    default:
      return false;
  }
}

/// Collects the drawn faces and thickens cloth along the surface.
class Dresser {
 public:
  Dresser(Person& person, std::uint64_t seed)
      : person_(person),
        data_(*person.shape.data),
        places_(person.shape),
        seed_(static_cast<std::uint32_t>(seed)),
        index_(data_.vertices.size(), -1),
        thickness_(data_.vertices.size(), 0.0F) {}

  void run() {
    group("body", [this](const Face& face) { return add_skin(face); });
    group("helper-tights", [this](const Face& face) { return add_cloth(face); });
    if (person_.outfit.skirt) {
      group("helper-skirt", [this](const Face& face) { add(face, Part::legs, 0.01F); });
    }
    if (person_.outfit.long_hair) {
      group("helper-hair", [this](const Face& face) { add(face, Part::hair, 0.004F); });
    }
    for (const char* eye : {"helper-l-eye", "helper-r-eye"}) {
      group(eye, [this](const Face& face) { add(face, Part::eyes, 0.0F); });
    }
    thicken();
    add_head_pieces();
  }

 private:
  template <class Use>
  void group(const std::string& name, Use use) {
    const auto found = data_.faces_of_group.find(name);
    if (found == data_.faces_of_group.end()) return;
    for (const int f : found->second) use(data_.faces[static_cast<std::size_t>(f)]);
  }

  void add_skin(const Face& face) {
    const Outfit& outfit = person_.outfit;
    const Place place = places_.of(face);
    Part part = Part::skin;
    if (covered(outfit, place, 0.03F, part)) return;
    const bool shod = outfit.feet_m > 0.0F &&
                      (place.limb == Place::Limb::foot ||
                       (place.limb == Place::Limb::leg && place.along > outfit.feet_reach));
    if (shod) return add(face, Part::feet, outfit.feet_m);
    if (place.limb == Place::Limb::head && (outfit.scalp_hair || outfit.hat) &&
        places_.under_hair(face)) {
      return add(face, outfit.hat ? Part::hat : Part::hair, outfit.hair_m);
    }
    add(face, Part::skin, 0.0F);
  }

  void add_cloth(const Face& face) {
    const Outfit& outfit = person_.outfit;
    Part part = Part::skin;
    if (!covered(outfit, places_.of(face), 0.0F, part)) return;
    const float loose = part == Part::top    ? outfit.top_loose_m
                        : part == Part::pads ? 0.014F
                                             : outfit.leg_loose_m;
    add(face, part, std::max(0.004F, loose));
  }

  void add(const Face& face, Part part, float thickness_m) {
    std::array<int, 4> own{};
    for (std::size_t k = 0; k < static_cast<std::size_t>(face.corners); ++k) {
      const auto v = static_cast<std::size_t>(face.vertex.at(k));
      if (index_[v] < 0) {
        index_[v] = static_cast<int>(person_.source.size());
        person_.source.push_back(face.vertex.at(k));
        person_.rest.push_back(person_.shape.vertices[v]);
      }
      thickness_[v] = std::max(thickness_[v], thickness_m);
      own.at(k) = index_[v];
    }
    for (std::size_t k = 2; k < static_cast<std::size_t>(face.corners); ++k) {
      person_.triangles.push_back({own[0], own.at(k - 1), own.at(k)});
      person_.parts.push_back(part);
    }
  }

  void thicken() {
    std::vector<Vec3> normal(person_.rest.size(), Vec3::Zero());
    for (const auto& t : person_.triangles) {
      const Vec3& a = person_.rest[static_cast<std::size_t>(t[0])];
      const Vec3 n = (person_.rest[static_cast<std::size_t>(t[1])] - a)
                         .cross(person_.rest[static_cast<std::size_t>(t[2])] - a);
      for (const int v : t) normal[static_cast<std::size_t>(v)] += n;
    }
    for (std::size_t i = 0; i < normal.size(); ++i) {
      float thickness = thickness_[static_cast<std::size_t>(person_.source[i])];
      if (thickness <= 0.0F || normal[i].norm() <= 0.0F) continue;
      if (thickness > 0.012F) {
        const Vec3 p = person_.rest[i] * 14.0F;
        thickness = 0.006F + thickness * (0.35F + 0.9F * noise(p, seed_));
      }
      person_.rest[i] += normal[i].normalized() * thickness;
    }
  }

  void add_head_pieces() {
    const Vec3 head = person_.shape.bone_head[static_cast<std::size_t>(data_.named.head)];
    const float thick = person_.outfit.hair_m;
    if (person_.outfit.bun) {
      const float size = 0.035F + thick;
      person_.head_pieces.push_back(
          {head + Vec3(0.0F, 0.15F, -0.09F), Vec3::Constant(size), Part::hair});
    }
    if (person_.outfit.tail) {
      person_.head_pieces.push_back(
          {head + Vec3(0.0F, 0.10F, -0.11F), Vec3(0.03F, 0.03F, 0.04F), Part::hair});
      person_.head_pieces.push_back(
          {head + Vec3(0.01F, 0.0F, -0.12F), Vec3(0.025F, 0.11F, 0.025F), Part::hair});
    }
    if (person_.outfit.hat) {
      person_.head_pieces.push_back(
          {head + Vec3(0.0F, 0.14F, 0.09F), Vec3(0.08F, 0.012F, 0.07F), Part::hat});
    }
  }

  Person& person_;
  const BodyData& data_;
  Places places_;
  std::uint32_t seed_;
  std::vector<int> index_;
  std::vector<float> thickness_;
};

}  // namespace

Outfit draw_outfit(Style style, const Build& build, Random& random) {
  Outfit outfit;
  const auto material = [&](Part part) -> Material& {
    return outfit.materials.at(static_cast<std::size_t>(part));
  };
  for (const Part part : {Part::top, Part::legs, Part::feet, Part::pads, Part::hat}) {
    material(part) = cloth(style, random, 0.05F, 0.97F);
  }
  if (random.chance(0.35F)) material(Part::legs) = cloth(style, random, 0.03F, 0.25F);
  if (random.chance(0.15F)) material(Part::top) = material(Part::legs);
  Material& skin = material(Part::skin);
  skin.body = true;
  skin.colours[0] = skin_colour(build, random);
  skin.colours[1] = skin.colours[0] * random.uniform(0.7F, 1.1F);
  skin.contrast = random.uniform(0.02F, 0.3F);
  skin.size_m = random.log_uniform(0.01F, 0.1F);
  if (style == Style::rich) skin.pattern = Pattern::speckle;
  if (style == Style::held) skin.pattern = Pattern::fractal;
  if (style != Style::plain) skin.shine = random.uniform(0.0F, 0.25F);
  material(Part::eyes).colours[0] = Colour::Constant(0.02F);
  draw_hair(style, random, outfit);

  outfit.sleeve =
      random.pick({0.0F, 0.0F, random.uniform(0.1F, 0.45F), random.uniform(0.4F, 0.9F), 1.0F});
  outfit.leg_length = random.pick(
      {1.0F, 1.0F, 0.93F, random.uniform(0.55F, 0.9F), random.uniform(0.12F, 0.5F)});
  outfit.waist = random.uniform(0.05F, 0.4F);
  outfit.top_hem =
      random.chance(0.3F) ? random.uniform(0.3F, 0.65F) : random.uniform(-0.1F, outfit.waist);
  outfit.waist = std::min(outfit.waist, std::max(outfit.top_hem, 0.05F));
  if (random.chance(0.35F)) outfit.top_loose_m = random.uniform(0.008F, 0.035F);
  if (random.chance(0.35F)) outfit.leg_loose_m = random.uniform(0.008F, 0.045F);
  outfit.skirt = random.chance(0.08F);
  outfit.pads = random.chance(0.04F);
  if (random.chance(0.45F)) {
    outfit.feet_m = random.chance(0.5F) ? 0.004F : random.uniform(0.008F, 0.018F);
    outfit.feet_reach = random.uniform(0.75F, 0.98F);
  }
  return outfit;
}

Person build_person(Shape shape, const Outfit& outfit, std::uint64_t seed) {
  Person person;
  person.shape = std::move(shape);
  person.outfit = outfit;
  Dresser(person, seed).run();
  return person;
}

VertexRange add_person(const Person& person, const Skeleton& skeleton, const Mat3& turn,
                       const Vec3& shift, float floor_m, std::uint16_t first_material,
                       TriangleSoup& soup) {
  const SkinWeights& weights = person.shape.data->weights;
  std::vector<Eigen::Matrix<float, 3, 4>> motion(skeleton.turn.size());
  for (std::size_t b = 0; b < motion.size(); ++b) {
    motion[b].leftCols<3>() = turn * skeleton.turn[b];
    motion[b].col(3) = turn * skeleton.shift[b] + shift;
  }
  const std::size_t first = soup.vertices.size();
  for (std::size_t i = 0; i < person.source.size(); ++i) {
    const auto source = static_cast<std::size_t>(person.source[i]);
    Eigen::Matrix<float, 3, 4> blend = Eigen::Matrix<float, 3, 4>::Zero();
    for (int k = weights.first[source]; k < weights.first[source + 1]; ++k) {
      const auto w = static_cast<std::size_t>(k);
      blend += weights.weight[w] * motion[static_cast<std::size_t>(weights.bone[w])];
    }
    Vec3 place = blend.leftCols<3>() * person.rest[i] + blend.col(3);
    place.y() = std::max(place.y(), floor_m);
    soup.vertices.push_back({place, Vec3::Zero(), person.rest[i]});
  }
  for (std::size_t i = 0; i < person.triangles.size(); ++i) {
    Triangle t;
    for (std::size_t k = 0; k < 3; ++k) {
      t.vertex.at(k) = person.triangles[i].at(k) + static_cast<int>(first);
    }
    t.material = static_cast<std::uint16_t>(first_material + static_cast<int>(person.parts[i]));
    Vertex& a = soup.vertices[static_cast<std::size_t>(t.vertex[0])];
    Vertex& b = soup.vertices[static_cast<std::size_t>(t.vertex[1])];
    Vertex& c = soup.vertices[static_cast<std::size_t>(t.vertex[2])];
    const Vec3 n = (b.place - a.place).cross(c.place - a.place);
    a.normal += n;
    b.normal += n;
    c.normal += n;
    soup.triangles.push_back(t);
  }
  for (std::size_t i = first; i < soup.vertices.size(); ++i) {
    Vec3& n = soup.vertices[i].normal;
    n = n.squaredNorm() > 0.0F ? Vec3(n.normalized()) : Vec3(Vec3::UnitY());
  }
  const VertexRange placed{first, soup.vertices.size() - first};
  const auto head = static_cast<std::size_t>(person.shape.data->named.head);
  for (const HeadPiece& piece : person.head_pieces) {
    const RigidTransform placement{
        motion[head].leftCols<3>() * piece.place + motion[head].col(3),
        motion[head].leftCols<3>()};
    add_ellipsoid(piece.radii, placement,
                  static_cast<std::uint16_t>(first_material + static_cast<int>(piece.part)),
                  soup);
  }
  return placed;
}

}  // namespace matside::bodyrender
