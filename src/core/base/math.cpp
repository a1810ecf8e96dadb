#include "core/base/math.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>

namespace matside::base {
namespace {

// The proofs below need every operation rounded once, to double (-ffp-contract=off does the
// rest).
static_assert(std::numeric_limits<double>::is_iec559 && FLT_EVAL_METHOD == 0);

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// A number as the unevaluated sum of two doubles: about 106 bits if `low` is below an ulp of
// `high`.
struct DoubleDouble {
  double high;
  double low;
};

// a + b without error, for |a| >= |b| or a = 0. @source Dekker 1971, Numer. Math. 18, 224-242
DoubleDouble ordered_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

// a + b without error. @source Knuth, The Art of Computer Programming, vol. 2, 4.2.2
DoubleDouble exact_sum(double a, double b) {
  const double sum = a + b;
  const double from_b = sum - a;
  return {sum, (a - (sum - from_b)) + (b - from_b)};
}

// Two halves of at most 26 bits. Needs |a| < 2^996. @source Veltkamp, see Dekker 1971
DoubleDouble split(double a) {
  const double scaled = 134217729.0 * a;  // 2^27 + 1
  const double high = scaled - (scaled - a);
  return {high, a - high};
}

// a * b without error, unless its last bits are below the subnormal numbers.
// @source Dekker 1971
DoubleDouble exact_product(double a, double b) {
  const double product = a * b;
  const DoubleDouble x = split(a);
  const DoubleDouble y = split(b);
  const double rest = ((x.high * y.high - product) + x.high * y.low) + x.low * y.high;
  return {product, rest + x.low * y.low};
}

DoubleDouble exact_square(double a) {
  const double product = a * a;
  const DoubleDouble x = split(a);
  return {product, ((x.high * x.high - product) + 2.0 * (x.high * x.low)) + x.low * x.low};
}

// Square root with about 100 bits: one step of Newton's method from the rounded one.
DoubleDouble root(DoubleDouble square) {
  const double first = std::sqrt(square.high);
  if (!(first > 0.0)) return {0.0, 0.0};
  const DoubleDouble again = exact_square(first);
  const double rest = ((square.high - again.high) - again.low) + square.low;
  return {first, rest / (2.0 * first)};
}

// 2^exponent, for exponents of normal numbers.
double power_of_two(int exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52U);
}

// The whole number nearest to x, for |x| < 2^51: a sum with this number has no fraction bits.
double nearest_whole(double x) {
  constexpr double kNoFraction = 0x1.8p52;
  return (x + kNoFraction) - kNoFraction;
}

constexpr DoubleDouble kPi = {0x1.921fb54442d18p1, 0x1.1a62633145c07p-53};
constexpr DoubleDouble kHalfPi = {0x1.921fb54442d18p0, 0x1.1a62633145c07p-54};

// ---- Sine and cosine ----

// An angle less whole quarter turns: within 45 degrees of 0, and the quarters modulo 4.
struct ReducedAngle {
  DoubleDouble rest;
  int quarters;
};

// For |angle| <= 2^20. Pi / 2 in four parts, three of them of 33 bits, so that their products
// with a number of quarters below 2^20 are exact. No double is closer than 2^-61 to a multiple
// of pi / 2 other than 0, and the parts go on to 2^-157.
// @source Cody and Waite 1980, Software Manual for the Elementary Functions
ReducedAngle reduced_near(double angle) {
  constexpr std::array<double, 4> kParts = {0x1.921fb544p0, 0x1.0b4611a6p-34, 0x1.3198a2ep-69,
                                            0x1.b839a252049c1p-104};
  const double quarters = nearest_whole(angle * (2.0 / std::numbers::pi));
  const double first = angle - quarters * kParts[0];
  const DoubleDouble second = exact_sum(first, -(quarters * kParts[1]));
  const DoubleDouble third = exact_sum(second.high, -(quarters * kParts[2]));
  const double low = second.low + (third.low - quarters * kParts[3]);
  return {ordered_sum(third.high, low), static_cast<int>(quarters) & 3};
}

// 2 / pi in words of 32 bits; the first two words stand before the point.
constexpr std::array<std::uint32_t, 40> kTwoOverPi = {
    0,          0,          0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0, 0xDB629599,
    0x3C439041, 0xFE5163AB, 0xDEBBC561, 0xB7246E3A, 0x424DD2E0, 0x06492EEA, 0x09D1921C,
    0xFE1DEB1C, 0xB129A73E, 0xE88235F5, 0x2EBB4484, 0xE99C7026, 0xB45F7E41, 0x3991D639,
    0x835339F4, 0x9C845F8B, 0xBDF9283B, 0x1FF897FF, 0xDE05980F, 0xEF2F118B, 0x5A0A6D1F,
    0x6D367ECF, 0x27CB09B7, 0x4F463F66, 0x9E5FEA2D, 0x7527BAC7, 0xEBE5F17B, 0x3D0739F7,
    0x8A5292EA, 0x6BFB5FB1, 0x1F8D5D08, 0x56033046, 0xFC7B6BAB};

// For |angle| >= 2^20: the product of the angle's 53 bits with those 192 bits of 2 / pi that
// matter. Earlier bits add whole turns, and later ones less than 2^-137 of a quarter.
// @source Payne and Hanek 1983, ACM SIGNUM Newsletter 18(1), 19-24
ReducedAngle reduced_far(double angle) {
  const auto bits = std::bit_cast<std::uint64_t>(std::abs(angle));
  const std::uint64_t whole = (bits & 0xFFFFFFFFFFFFFULL) | 0x10000000000000ULL;
  // |angle| is whole * 2^(skipped - 62): then the last bit of the product is worth 2^-190.
  const auto skipped = static_cast<std::size_t>(bits >> 52U) - 1075 + 62;
  std::array<std::uint64_t, 6> product{};
  const std::array<std::uint64_t, 2> factors = {whole & 0xFFFFFFFFU, whole >> 32U};
  for (std::size_t j = 0; j < factors.size(); ++j) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i + j < product.size(); ++i) {
      const std::size_t at = skipped / 32 + product.size() - 1 - i;
      const std::uint64_t both = std::uint64_t{kTwoOverPi[at]} << 32U | kTwoOverPi[at + 1];
      carry += ((both >> (32 - skipped % 32)) & 0xFFFFFFFFU) * factors[j] + product[i + j];
      product[i + j] = carry & 0xFFFFFFFFU;
      carry >>= 32U;
    }
  }
  // Two bits of quarters, then the fraction; from one half on, the rest is counted backward.
  int quarters = static_cast<int>(product[5] >> 30U);
  product[5] &= 0x3FFFFFFFU;
  const bool backward = product[5] >> 29U != 0;
  quarters += backward ? 1 : 0;
  DoubleDouble rest = {backward ? -1.0 : 0.0, 0.0};
  for (int i = 5; i >= 0; --i) {
    const auto word = static_cast<double>(product[static_cast<std::size_t>(i)]);
    const DoubleDouble sum = exact_sum(rest.high, word * power_of_two(32 * i - 190));
    rest = {sum.high, rest.low + sum.low};
  }
  const DoubleDouble angle_rest = exact_product(rest.high, kHalfPi.high);
  const double low = angle_rest.low + (rest.high * kHalfPi.low + rest.low * kHalfPi.high);
  const DoubleDouble forward = ordered_sum(angle_rest.high, low);
  if (angle < 0.0) return {{-forward.high, -forward.low}, -quarters & 3};
  return {forward, quarters & 3};
}

// Sine of an angle within 45 degrees of 0, by its Taylor series: the first term left out is
// below 2^-62 of the result. The cube is the largest term after the angle, so most of it is
// taken without error: that of the angle's first 17 bits after the point.
double near_sine(DoubleDouble angle) {
  constexpr double kSeventeenBits = 0x1.8p35;
  const double x = angle.high;
  const double start = (x + kSeventeenBits) - kSeventeenBits;
  const double z = x * x;
  const double zz = z * z;
  const double odd =
      1.0 / 120 + zz * (1.0 / 362880 + zz * (1.0 / 6227020800 + zz * (1.0 / 355687428096000)));
  const double even = -1.0 / 5040 + zz * (-1.0 / 39916800 + zz * (-1.0 / 1307674368000));
  const double more_cube = (x - start) * (z + start * (x + start));
  const double low = angle.low * (1.0 - 0.5 * z) - more_cube * (1.0 / 6);
  const DoubleDouble most = ordered_sum(x, start * start * start / -6.0);
  return most.high + (most.low + (low + x * zz * (odd + z * even)));
}

// Cosine of such an angle. Half its square is taken without error, because 1 less it loses the
// most; the first term of the series left out is below 2^-58 of the result.
double near_cosine(DoubleDouble angle) {
  const DoubleDouble square = exact_square(angle.high);
  const double z = square.high;
  const double zz = z * z;
  const double even =
      1.0 / 24 + zz * (1.0 / 40320 + zz * (1.0 / 479001600 + zz * (1.0 / 20922789888000)));
  const double odd = -1.0 / 720 + zz * (-1.0 / 3628800 + zz * (-1.0 / 87178291200));
  const DoubleDouble most = ordered_sum(1.0, -0.5 * z);
  const double low = 0.5 * square.low + angle.high * angle.low;
  return most.high + (most.low + (zz * (even + z * odd) - low));
}

// Sine of an angle of at least 2^-28 and `more` quarter turns.
double sine_after(double angle, int more) {
  constexpr double kFar = 0x1p20;
  const auto [rest, quarters] =
      std::abs(angle) <= kFar ? reduced_near(angle) : reduced_far(angle);
  const int turned = quarters + more;
  const double out = turned % 2 == 0 ? near_sine(rest) : near_cosine(rest);
  return (turned & 2) == 0 ? out : -out;
}

// ---- Arc functions ----

// Angle in radians of a vector between 0 and 45 degrees: 0 <= y <= x, x > 0. The vector is
// turned back by the angle of a sixteenth's tangent c, after which the tangent (y - c x) / (x +
// c y) is at most 1/32. The first term of its series left out is below 2^-63 of it.
DoubleDouble first_octant(DoubleDouble y, DoubleDouble x) {
  // Arc tangents of 0, 1/16, ..., 1.
  constexpr std::array<DoubleDouble, 17> kArcTangents = {{
      {0.0, 0.0},
      {0x1.ff55bb72cfdeap-5, -0x1.c934d86d23f1dp-60},
      {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
      {0x1.7b97b4bce5b02p-3, 0x1.347b0b4f881cap-58},
      {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
      {0x1.362773707ebccp-2, -0x1.963a544b672d8p-57},
      {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
      {0x1.a64eec3cc23fdp-2, -0x1.24dec1b50b7ffp-56},
      {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
      {0x1.0657e94db30dp-1, -0x1.d5b495f6349e6p-56},
      {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
      {0x1.345f01cce37bbp-1, 0x1.1021137c71102p-55},
      {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
      {0x1.5d58987169b18p-1, 0x1.0028e4bc5e7cap-57},
      {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
      {0x1.819d0b7158a4dp-1, -0x1.bf76229d3b917p-56},
      {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
  }};
  const int sixteenths = static_cast<int>(nearest_whole(16.0 * (y.high / x.high)));
  const double c = sixteenths / 16.0;
  const DoubleDouble cx = exact_product(x.high, c);
  const DoubleDouble cy = exact_product(y.high, c);
  const DoubleDouble above = exact_sum(y.high, -cx.high);
  const DoubleDouble below = ordered_sum(x.high, cy.high);
  const double above_low = above.low + ((y.low - c * x.low) - cx.low);
  const double below_low = below.low + ((x.low + c * y.low) + cy.low);
  const double t = above.high / below.high;
  const DoubleDouble back = exact_product(t, below.high);
  const double rest = ((above.high - back.high) - back.low) + (above_low - t * below_low);
  const double z = t * t;
  const double zz = z * z;
  const double series =
      (-1.0 / 3 + zz * (-1.0 / 7 + zz * (-1.0 / 11))) + z * (1.0 / 5 + zz * (1.0 / 9));
  const DoubleDouble turned = kArcTangents[static_cast<std::size_t>(sixteenths)];
  const DoubleDouble sum = ordered_sum(turned.high, t);
  return {sum.high, sum.low + (turned.low + (rest / below.high + t * z * series))};
}

// Angle of a vector in the upper half, 0 to pi, correctly rounded but for about 0.01 ulp.
double upper_angle(DoubleDouble y, DoubleDouble x, bool x_is_negative) {
  const bool steep = y.high > x.high;
  const DoubleDouble angle = steep ? first_octant(x, y) : first_octant(y, x);
  if (!steep && !x_is_negative) return angle.high + angle.low;
  const DoubleDouble from = steep ? kHalfPi : kPi;
  const double sign = steep && x_is_negative ? 1.0 : -1.0;
  const DoubleDouble sum = ordered_sum(from.high, sign * angle.high);
  return sum.high + (sum.low + (from.low + sign * angle.low));
}

// asin(x) - x for |x| <= 1/2, given x^2: a polynomial through the function's values at
// Chebyshev's points of x^2 in 0 to 1/4, within 2^-58 of asin(x).
double arc_sine_rest(double x, double z) {
  const double zz = z * z;
  const double even =
      0x1.5555555555555p-3 +
      zz * (0x1.6db6db6dac1e0p-5 +
            zz * (0x1.6e8ba123e494cp-6 +
                  zz * (0x1.c990ad3d8fdcap-7 +
                        zz * (0x1.3b49de7121487p-7 +
                              zz * (0x1.8f193743418ffp-9 + zz * -0x1.3b416bb7d9257p-6)))));
  const double odd =
      0x1.3333333333388p-4 +
      zz * (0x1.f1c71c7a52ba3p-6 +
            zz * (0x1.1c4efce23019fp-6 +
                  zz * (0x1.7b027ee1dd585p-7 +
                        zz * (0x1.31622469ce5adp-7 +
                              zz * (0x1.406192d124629p-6 + zz * 0x1.e529c6fce9bb4p-6)))));
  return x * z * (even + z * odd);
}

// acos(x) / 2 for 1/2 < x <= 1, which is the angle whose sine is the root of (1 - x) / 2.
DoubleDouble half_arc_cosine(double x) {
  const double square = 0.5 * (1.0 - x);
  const DoubleDouble sine = root({square, 0.0});
  return {sine.high, sine.low * (1.0 + 0.5 * square) + arc_sine_rest(sine.high, square)};
}

// from - angle, rounded once.
double difference(DoubleDouble from, DoubleDouble angle) {
  const DoubleDouble sum = ordered_sum(from.high, -angle.high);
  return sum.high + (sum.low + (from.low - angle.low));
}

// ---- Exponential ----

// 2^0, 2^(1/64), ..., 2^(63/64).
constexpr std::array<DoubleDouble, 64> kRoots = {{
    {0x1p0, 0.0},
    {0x1.02c9a3e778061p0, -0x1.19083535b085dp-56},
    {0x1.059b0d3158574p0, 0x1.d73e2a475b465p-55},
    {0x1.0874518759bc8p0, 0x1.186be4bb284ffp-57},
    {0x1.0b5586cf9890fp0, 0x1.8a62e4adc610bp-54},
    {0x1.0e3ec32d3d1a2p0, 0x1.03a1727c57b53p-59},
    {0x1.11301d0125b51p0, -0x1.6c51039449b3ap-54},
    {0x1.1429aaea92dep0, -0x1.32fbf9af1369ep-54},
    {0x1.172b83c7d517bp0, -0x1.19041b9d78a76p-55},
    {0x1.1a35beb6fcb75p0, 0x1.e5b4c7b4968e4p-55},
    {0x1.1d4873168b9aap0, 0x1.e016e00a2643cp-54},
    {0x1.2063b88628cd6p0, 0x1.dc775814a8495p-55},
    {0x1.2387a6e756238p0, 0x1.9b07eb6c70573p-54},
    {0x1.26b4565e27cddp0, 0x1.2bd339940e9d9p-55},
    {0x1.29e9df51fdee1p0, 0x1.612e8afad1255p-55},
    {0x1.2d285a6e4030bp0, 0x1.0024754db41d5p-54},
    {0x1.306fe0a31b715p0, 0x1.6f46ad23182e4p-55},
    {0x1.33c08b26416ffp0, 0x1.32721843659a6p-54},
    {0x1.371a7373aa9cbp0, -0x1.63aeabf42eae2p-54},
    {0x1.3a7db34e59ff7p0, -0x1.5e436d661f5e3p-56},
    {0x1.3dea64c123422p0, 0x1.ada0911f09ebcp-55},
    {0x1.4160a21f72e2ap0, -0x1.ef3691c309278p-58},
    {0x1.44e086061892dp0, 0x1.89b7a04ef80dp-59},
    {0x1.486a2b5c13cdp0, 0x1.3c1a3b69062fp-56},
    {0x1.4bfdad5362a27p0, 0x1.d4397afec42e2p-56},
    {0x1.4f9b2769d2ca7p0, -0x1.4b309d25957e3p-54},
    {0x1.5342b569d4f82p0, -0x1.07abe1db13cadp-55},
    {0x1.56f4736b527dap0, 0x1.9bb2c011d93adp-54},
    {0x1.5ab07dd485429p0, 0x1.6324c054647adp-54},
    {0x1.5e76f15ad2148p0, 0x1.ba6f93080e65ep-54},
    {0x1.6247eb03a5585p0, -0x1.383c17e40b497p-54},
    {0x1.6623882552225p0, -0x1.bb60987591c34p-54},
    {0x1.6a09e667f3bcdp0, -0x1.bdd3413b26456p-54},
    {0x1.6dfb23c651a2fp0, -0x1.bbe3a683c88abp-57},
    {0x1.71f75e8ec5f74p0, -0x1.16e4786887a99p-55},
    {0x1.75feb564267c9p0, -0x1.0245957316dd3p-54},
    {0x1.7a11473eb0187p0, -0x1.41577ee04992fp-55},
    {0x1.7e2f336cf4e62p0, 0x1.05d02ba15797ep-56},
    {0x1.82589994cce13p0, -0x1.d4c1dd41532d8p-54},
    {0x1.868d99b4492edp0, -0x1.fc6f89bd4f6bap-54},
    {0x1.8ace5422aa0dbp0, 0x1.6e9f156864b27p-54},
    {0x1.8f1ae99157736p0, 0x1.5cc13a2e3976cp-55},
    {0x1.93737b0cdc5e5p0, -0x1.75fc781b57ebcp-57},
    {0x1.97d829fde4e5p0, -0x1.d185b7c1b85d1p-54},
    {0x1.9c49182a3f09p0, 0x1.c7c46b071f2bep-56},
    {0x1.a0c667b5de565p0, -0x1.359495d1cd533p-54},
    {0x1.a5503b23e255dp0, -0x1.d2f6edb8d41e1p-54},
    {0x1.a9e6b5579fdbfp0, 0x1.0fac90ef7fd31p-54},
    {0x1.ae89f995ad3adp0, 0x1.7a1cd345dcc81p-54},
    {0x1.b33a2b84f15fbp0, -0x1.2805e3084d708p-57},
    {0x1.b7f76f2fb5e47p0, -0x1.5584f7e54ac3bp-56},
    {0x1.bcc1e904bc1d2p0, 0x1.23dd07a2d9e84p-55},
    {0x1.c199bdd85529cp0, 0x1.11065895048ddp-55},
    {0x1.c67f12e57d14bp0, 0x1.2884dff483cadp-54},
    {0x1.cb720dcef9069p0, 0x1.503cbd1e949dbp-56},
    {0x1.d072d4a07897cp0, -0x1.cbc3743797a9cp-54},
    {0x1.d5818dcfba487p0, 0x1.2ed02d75b3707p-55},
    {0x1.da9e603db3285p0, 0x1.c2300696db532p-54},
    {0x1.dfc97337b9b5fp0, -0x1.1a5cd4f184b5cp-54},
    {0x1.e502ee78b3ff6p0, 0x1.39e8980a9cc8fp-55},
    {0x1.ea4afa2a490dap0, -0x1.e9c23179c2893p-54},
    {0x1.efa1bee615a27p0, 0x1.dc7f486a4b6bp-54},
    {0x1.f50765b6e454p0, 0x1.9d3e12dd8a18bp-54},
    {0x1.fa7c1819e90d8p0, 0x1.74853f3a5931ep-55},
}};

// 2^exponent * value, rounded once where the result is subnormal.
double scaled(DoubleDouble value, int exponent) {
  constexpr int kLowest = -1022;
  if (exponent >= kLowest) {
    // In two steps, because 2^1024 is no double.
    const int half = exponent / 2;
    return (value.high + value.low) * power_of_two(half) * power_of_two(exponent - half);
  }
  // Subnormal numbers have the spacing of 1 to 2 times 2^-1022: a sum with 1 rounds like them.
  const double factor = power_of_two(exponent - kLowest);
  const DoubleDouble sum = ordered_sum(1.0, value.high * factor);
  return ((sum.high + (sum.low + value.low * factor)) - 1.0) * 0x1p-1022;
}

}  // namespace

double sin(double angle_rad) {
  if (!std::isfinite(angle_rad)) return kNan;
  if (std::abs(angle_rad) < 0x1p-28) return angle_rad;
  return sine_after(angle_rad, 0);
}

double cos(double angle_rad) {
  if (!std::isfinite(angle_rad)) return kNan;
  if (std::abs(angle_rad) < 0x1p-28) return 1.0;
  return sine_after(angle_rad, 1);
}

double asin(double x) {
  const double size = std::abs(x);
  if (!(size <= 1.0)) return kNan;
  if (size < 0x1p-30) return x;
  if (size <= 0.5) return x + arc_sine_rest(x, x * x);
  const DoubleDouble half = half_arc_cosine(size);
  return std::copysign(difference(kHalfPi, {2.0 * half.high, 2.0 * half.low}), x);
}

double acos(double x) {
  const double size = std::abs(x);
  if (!(size <= 1.0)) return kNan;
  if (size <= 0.5) return difference(kHalfPi, {x, arc_sine_rest(x, x * x)});
  const DoubleDouble half = half_arc_cosine(size);
  const DoubleDouble angle = {2.0 * half.high, 2.0 * half.low};
  return x < 0.0 ? difference(kPi, angle) : angle.high + angle.low;
}

double atan2(double y, double x) {
  if (std::isnan(y) || std::isnan(x)) return kNan;
  double height = std::abs(y);
  double width = std::abs(x);
  const bool left = std::signbit(x);
  if (height == kInfinity && width == kInfinity) height = width = 1.0;
  if (height == 0.0) return std::copysign(left ? kPi.high : 0.0, y);
  // So near to an axis that the angle from it is the tangent, or too small to matter.
  constexpr double kNegligible = 0x1p-60;
  if (width < height * kNegligible) return std::copysign(kHalfPi.high, y);
  if (height < width * kNegligible) return std::copysign(left ? kPi.high : height / width, y);
  const double longer = std::max(height, width);
  if (longer > 0x1p500 || longer < 0x1p-400) {
    // Scaled, so that no product overflows and none loses its last bits.
    const double factor = longer > 1.0 ? 0x1p-600 : 0x1p600;
    height *= factor;
    width *= factor;
  }
  return std::copysign(upper_angle({height, 0.0}, {width, 0.0}, left), y);
}

// x = k ln 2 / 64 + r gives e^x = 2^(k / 64) e^r, with |r| < 0.0055.
// @source Tang 1989, ACM Trans. Math. Softw. 15, 144-157
double exp(double x) {
  if (std::isnan(x)) return kNan;
  if (x > 710.0) return kInfinity;
  if (x < -746.0) return 0.0;
  // ln 2 / 64 in two parts, the first of 35 bits, so that its product with k is exact.
  constexpr double kStepHigh = 0x1.62e42fef8p-7;
  constexpr double kStepLow = 0x1.1cf79abc9e3b4p-42;
  const double steps = nearest_whole(x * (64.0 / std::numbers::ln2));
  const double r = (x - steps * kStepHigh) - steps * kStepLow;
  const double rr = r * r;
  // e^r - 1; the first term left out is below 2^-64.
  const double growth =
      r + rr * ((0.5 + r * (1.0 / 6)) + rr * ((1.0 / 24 + r * (1.0 / 120)) + rr * (1.0 / 720)));
  const int k = static_cast<int>(steps);
  const DoubleDouble start = kRoots[static_cast<std::size_t>(k & 63)];
  const double low = start.low + start.high * growth;
  const int exponent = k >> 6;
  if (exponent > -1022 && exponent < 1024) return (start.high + low) * power_of_two(exponent);
  return scaled(ordered_sum(start.high, low), exponent);
}

double hypot(double x, double y) {
  const double longer = std::max(std::abs(x), std::abs(y));
  const double shorter = std::min(std::abs(x), std::abs(y));
  if (std::isinf(x) || std::isinf(y)) return kInfinity;
  if (std::isnan(x) || std::isnan(y)) return kNan;
  double scale = 1.0;
  double back = 1.0;
  if (longer > 0x1p500) {
    scale = 0x1p-600;
    back = 0x1p600;
  } else if (longer < 0x1p-450) {
    scale = 0x1p600;
    back = 0x1p-600;
  }
  const DoubleDouble a = exact_square(longer * scale);
  const DoubleDouble b = exact_square(shorter * scale);
  const DoubleDouble sum = ordered_sum(a.high, b.high);
  const DoubleDouble length = root(ordered_sum(sum.high, sum.low + (a.low + b.low)));
  return (length.high + length.low) * back;
}

double power_of_ten(int exponent) {
  double power = 1.0;
  for (int tens = std::abs(std::clamp(exponent, -400, 400)); tens > 0; --tens) power *= 10.0;
  return exponent < 0 ? 1.0 / power : power;
}

}  // namespace matside::base
