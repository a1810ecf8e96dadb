#include "core/base/math.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <random>

namespace matside::base {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kPi = std::numbers::pi;
constexpr double kLeast = std::numeric_limits<double>::denorm_min();
constexpr double kGreatest = std::numeric_limits<double>::max();

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

// Random numbers that are the same on every platform, which the standard's distributions are
// not.
class Numbers {
 public:
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(random_() >> 11U) * 0x1p-53);
  }
  // Of either sign, and as often between 2^n and 2^(n + 1) for each n.
  double of_size(int lowest, int highest) {
    const auto sizes = static_cast<std::uint64_t>(highest - lowest);
    const int size = lowest + static_cast<int>(random_() % sizes);
    const double sign = random_() % 2 == 0 ? 1.0 : -1.0;
    return sign * std::ldexp(between(1.0, 2.0), size);
  }
  // A multiple of `step` and its neighbours.
  double near_multiple(double step, int most) {
    const auto multiples = static_cast<std::uint64_t>(2 * most + 1);
    const double middle = (static_cast<int>(random_() % multiples) - most) * step;
    const std::uint64_t neighbour = random_() % 3;
    if (neighbour == 0) return middle;
    return std::nextafter(middle, neighbour == 1 ? kInfinity : -kInfinity);
  }
  double any() { return std::bit_cast<double>(random_()); }

 private:
  std::mt19937_64 random_{29};
};

// Error of `got` in units in the last place of the true value.
double error_ulp(double got, long double truth) {
  if (std::isnan(got) || std::isnan(truth)) {
    return std::isnan(got) && std::isnan(truth) ? 0.0 : kInfinity;
  }
  const auto nearest = static_cast<double>(truth);
  if (std::isinf(got) || std::isinf(nearest)) return got == nearest ? 0.0 : kInfinity;
  int exponent = 0;
  std::frexp(truth, &exponent);
  const long double ulp = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return static_cast<double>(std::abs(got - truth) / ulp);
}

constexpr int kArguments = 60000;

template <class Function, class Truth, class Argument>
void expect_error_below(double limit_ulp, const char* name, Function function, Truth truth,
                        Argument argument) {
  // Elsewhere the library's long double has no more bits than a double to compare with.
  static_assert(std::numeric_limits<long double>::digits >= 64);
  double worst = 0.0;
  double worst_at = 0.0;
  for (int i = 0; i < kArguments; ++i) {
    const double x = argument();
    const double error = error_ulp(function(x), truth(static_cast<long double>(x)));
    if (error > worst) {
      worst = error;
      worst_at = x;
    }
  }
  EXPECT_LT(worst, limit_ulp) << name << " of " << std::hexfloat << worst_at;
}

template <class Function, class Truth, class Argument>
void expect_error_of_pairs_below(double limit_ulp, const char* name, Function function,
                                 Truth truth, Argument argument) {
  for (int i = 0; i < kArguments; ++i) {
    const double x = argument();
    const double y = argument();
    const long double wanted = truth(static_cast<long double>(x), static_cast<long double>(y));
    const double error = error_ulp(function(x, y), wanted);
    ASSERT_LT(error, limit_ulp) << name << " of " << std::hexfloat << x << ", " << y;
  }
}

const auto long_sin = [](long double x) { return std::sin(x); };
const auto long_cos = [](long double x) { return std::cos(x); };
const auto long_asin = [](long double x) { return std::asin(x); };
const auto long_acos = [](long double x) { return std::acos(x); };
const auto long_exp = [](long double x) { return std::exp(x); };
const auto long_atan2 = [](long double y, long double x) { return std::atan2(y, x); };
const auto long_hypot = [](long double x, long double y) { return std::hypot(x, y); };

TEST(Math, SineAndCosineKeepTheirErrorAtEveryAngle) {
  Numbers numbers;
  const auto expect = [](const char* name, auto argument) {
    expect_error_below(0.65, name, sin, long_sin, argument);
    expect_error_below(0.65, name, cos, long_cos, argument);
  };
  expect("an eighth of a turn", [&] { return numbers.between(-0.8, 0.8); });
  expect("some turns", [&] { return numbers.between(-30.0, 30.0); });
  expect("many turns", [&] { return numbers.between(-0x1p20, 0x1p20); });
  expect("very many turns", [&] { return numbers.of_size(19, 1024); });
  expect("small angles", [&] { return numbers.of_size(-1074, 0); });
  expect("quarter turns", [&] { return numbers.near_multiple(kPi / 2.0, 600000); });
  expect("eighths of a turn", [&] { return numbers.near_multiple(kPi / 4.0, 1000); });
}

TEST(Math, ArcSineAndArcCosineKeepTheirError) {
  Numbers numbers;
  const auto expect = [](const char* name, auto argument) {
    expect_error_below(0.75, name, asin, long_asin, argument);
    expect_error_below(0.75, name, acos, long_acos, argument);
  };
  expect("all", [&] { return numbers.between(-1.0, 1.0); });
  expect("small numbers", [&] { return numbers.of_size(-1074, 0); });
  expect("numbers near 1", [&] { return 1.0 - std::abs(numbers.of_size(-56, 1)); });
  expect("numbers near -1", [&] { return std::abs(numbers.of_size(-56, 1)) - 1.0; });
  expect("numbers near 1/2", [&] { return 0.5 + numbers.of_size(-56, -2); });
}

TEST(Math, ArcTangentKeepsItsErrorInEveryDirection) {
  Numbers numbers;
  const auto expect = [](const char* name, auto argument) {
    expect_error_of_pairs_below(0.55, name, atan2, long_atan2, argument);
  };
  expect("pixels", [&] { return numbers.between(-2000.0, 2000.0); });
  expect("whole pixels", [&] { return std::round(numbers.between(-100.0, 100.0)); });
  expect("sixteenths", [&] { return numbers.near_multiple(1.0 / 32.0, 64); });
  expect("all sizes", [&] { return numbers.of_size(-70, 70); });
  expect("small sizes", [&] { return numbers.of_size(-1074, -960); });
  expect("great sizes", [&] { return numbers.of_size(940, 1024); });
  expect("any", [&] { return numbers.any(); });
}

TEST(Math, TheExponentialKeepsItsError) {
  Numbers numbers;
  const auto expect = [](double limit_ulp, const char* name, auto argument) {
    expect_error_below(limit_ulp, name, exp, long_exp, argument);
  };
  expect(0.55, "near 0", [&] { return numbers.between(-1.0, 1.0); });
  expect(0.55, "all", [&] { return numbers.between(-708.0, 710.0); });
  expect(0.55, "small numbers", [&] { return numbers.of_size(-1074, 0); });
  expect(0.55, "steps", [&] { return numbers.near_multiple(std::numbers::ln2 / 128, 9000); });
  expect(0.76, "subnormal results", [&] { return numbers.between(-746.0, -708.0); });
}

TEST(Math, TheLengthKeepsItsErrorAtEverySize) {
  Numbers numbers;
  const auto expect = [](double limit_ulp, const char* name, auto argument) {
    expect_error_of_pairs_below(limit_ulp, name, hypot, long_hypot, argument);
  };
  expect(0.51, "pixels", [&] { return numbers.between(-2000.0, 2000.0); });
  expect(0.51, "whole pixels", [&] { return std::round(numbers.between(-100.0, 100.0)); });
  expect(0.51, "all sizes", [&] { return numbers.of_size(-70, 70); });
  expect(0.51, "small sizes", [&] { return numbers.of_size(-1000, -400); });
  expect(0.76, "smallest sizes", [&] { return numbers.of_size(-1074, -1000); });
  expect(0.51, "great sizes", [&] { return numbers.of_size(940, 1024); });
}

TEST(Math, SineAndCosineOfSpecialAngles) {
  for (const double x : {0.0, kLeast, 0x1p-1022, 0x1p-40}) {
    EXPECT_EQ(bits(sin(x)), bits(x));
    EXPECT_EQ(bits(sin(-x)), bits(-x));
    EXPECT_EQ(cos(x), 1.0);
    EXPECT_EQ(cos(-x), 1.0);
  }
  for (const double x : {kInfinity, -kInfinity, kNan}) {
    EXPECT_TRUE(std::isnan(sin(x)));
    EXPECT_TRUE(std::isnan(cos(x)));
  }
  EXPECT_EQ(sin(kPi / 2.0), 1.0);
  EXPECT_EQ(cos(kPi), -1.0);
}

TEST(Math, ArcSineAndArcCosineOfSpecialNumbers) {
  EXPECT_EQ(bits(asin(-0.0)), bits(-0.0));
  EXPECT_EQ(asin(1.0), kPi / 2.0);
  EXPECT_EQ(asin(-1.0), -kPi / 2.0);
  EXPECT_EQ(bits(acos(1.0)), bits(0.0));
  EXPECT_EQ(acos(-1.0), kPi);
  EXPECT_EQ(acos(0.0), kPi / 2.0);
  EXPECT_EQ(acos(-0.0), kPi / 2.0);
  for (const double x : {std::nextafter(1.0, 2.0), -1.5, kInfinity, -kInfinity, kNan}) {
    EXPECT_TRUE(std::isnan(asin(x))) << x;
    EXPECT_TRUE(std::isnan(acos(x))) << x;
  }
}

// The C library's special cases are right everywhere; only last bits differ.
TEST(Math, ArcTangentAndLengthOfSpecialPairs) {
  const std::array values = {0.0, kLeast, 0x1p-1022, 1.0, 0x1p600, kGreatest, kInfinity, kNan};
  for (const double y : values) {
    for (const double x : values) {
      for (const double v : {y, -y}) {
        for (const double h : {x, -x}) {
          const bool none = std::isnan(v) || std::isnan(h);
          if (none) {
            EXPECT_TRUE(std::isnan(atan2(v, h)));
          } else {
            EXPECT_EQ(bits(atan2(v, h)), bits(std::atan2(v, h))) << v << ", " << h;
          }
          if (none && !std::isinf(v) && !std::isinf(h)) {
            EXPECT_TRUE(std::isnan(hypot(v, h)));
          } else {
            EXPECT_EQ(bits(hypot(v, h)), bits(std::hypot(v, h))) << v << ", " << h;
          }
        }
      }
    }
  }
}

TEST(Math, TheExponentialOfSpecialNumbers) {
  EXPECT_EQ(exp(0.0), 1.0);
  EXPECT_EQ(exp(-0.0), 1.0);
  EXPECT_EQ(exp(kLeast), 1.0);
  EXPECT_EQ(exp(kInfinity), kInfinity);
  EXPECT_EQ(bits(exp(-kInfinity)), bits(0.0));
  EXPECT_TRUE(std::isnan(exp(kNan)));
  EXPECT_LT(exp(0x1.62e42fefa39efp9), kInfinity);
  EXPECT_EQ(exp(0x1.62e42fefa39f0p9), kInfinity);
  EXPECT_EQ(exp(-0x1.74910d52d3051p9), kLeast);
  EXPECT_EQ(bits(exp(-0x1.74910d52d3052p9)), bits(0.0));
}

TEST(Math, EveryNanHasTheSameBits) {
  const double strange = std::bit_cast<double>(0xFFF800000000002AULL);
  for (const double nan : {sin(kInfinity), cos(strange), asin(2.0), acos(strange),
                           atan2(strange, 1.0), exp(strange), hypot(1.0, strange)}) {
    EXPECT_EQ(bits(nan), bits(kNan));
  }
}

TEST(Math, PowersOfTenAreTheNearestDoubles) {
  constexpr std::array kUp = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr std::array kDown = {1e-0,  1e-1,  1e-2,  1e-3,  1e-4,  1e-5,  1e-6,  1e-7,
                                1e-8,  1e-9,  1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15,
                                1e-16, 1e-17, 1e-18, 1e-19, 1e-20, 1e-21, 1e-22};
  for (std::size_t i = 0; i < kUp.size(); ++i) {
    EXPECT_EQ(power_of_ten(static_cast<int>(i)), kUp[i]);
    EXPECT_EQ(power_of_ten(-static_cast<int>(i)), kDown[i]);
  }
  EXPECT_NEAR(power_of_ten(300) / 1e300, 1.0, 1e-13);
  EXPECT_EQ(power_of_ten(309), kInfinity);
  EXPECT_EQ(power_of_ten(-309), 0.0);
  EXPECT_EQ(power_of_ten(std::numeric_limits<int>::max()), kInfinity);
  EXPECT_EQ(power_of_ten(std::numeric_limits<int>::min()), 0.0);
}

// Where one polynomial or table entry gives way to the next, results must not step back.
template <class Function>
void expect_rising_around(double border, Function function) {
  double x = border;
  for (int i = 0; i < 20; ++i) x = std::nextafter(x, -kInfinity);
  for (int i = 0; i < 40; ++i) {
    const double next = std::nextafter(x, kInfinity);
    EXPECT_LE(function(x), function(next)) << std::hexfloat << x;
    x = next;
  }
}

TEST(Math, ResultsRiseAcrossTheBordersOfTheirParts) {
  for (int k = -200; k <= 200; ++k)
    expect_rising_around((k + 0.5) * std::numbers::ln2 / 64, exp);
  for (int i = -16; i <= 16; ++i) {
    expect_rising_around((i + 0.5) / 16.0, [](double x) { return atan2(x, 1.0); });
  }
  for (const double border : {-1.0, 1.0}) {
    expect_rising_around(border, [](double x) { return atan2(x, 1.0); });
    expect_rising_around(border / 2.0, asin);
    expect_rising_around(border / 2.0, [](double x) { return -acos(x); });
    expect_rising_around(border * kPi / 4.0, sin);
    expect_rising_around(border * 0x1p-28, sin);
    expect_rising_around(border * 0x1p-30, asin);
    expect_rising_around(border * 0x1p-60, [](double x) { return atan2(x, 1.0); });
  }
  expect_rising_around(-kPi / 4.0, cos);
  expect_rising_around(kPi / 4.0, [](double x) { return -cos(x); });
}

struct Call {
  const char* name;
  double (*function)(double);
  double x;
  double result;
};

struct PairCall {
  const char* name;
  double (*function)(double, double);
  double x;
  double y;
  double result;
};

// The exact results, with any compiler on any platform.
constexpr std::array kCalls = {
    Call{"sin", sin, 0.1, 0x1.98eaecb8bcb2cp-4},
    Call{"sin", sin, 0.5, 0x1.eaee8744b05fp-2},
    Call{"sin", sin, 0.7853981633974483, 0x1.6a09e667f3bccp-1},
    Call{"sin", sin, 1.0, 0x1.aed548f090ceep-1},
    Call{"sin", sin, -2.5, -0x1.326af0dcfcab1p-1},
    Call{"sin", sin, 3.141592653589793, 0x1.1a62633145c07p-53},
    Call{"sin", sin, 100.0, -0x1.03425b78c4db8p-1},
    Call{"sin", sin, 1048577.0, 0x1.f20cc1ff62d21p-1},
    Call{"sin", sin, 1e22, -0x1.b453ab76bf397p-1},
    Call{"sin", sin, 0x1p-27, 0x1p-27},
    Call{"cos", cos, 0.1, 0x1.fd712f9a817c1p-1},
    Call{"cos", cos, 0.7853981633974483, 0x1.6a09e667f3bcdp-1},
    Call{"cos", cos, 1.0, 0x1.14a280fb5068cp-1},
    Call{"cos", cos, -1.5707963267948966, 0x1.1a62633145c07p-54},
    Call{"cos", cos, 2.5, -0x1.9a2f7ef858b7dp-1},
    Call{"cos", cos, 355.0, -0x1.fffffffc18e4cp-1},
    Call{"cos", cos, 1e300, -0x1.2699022adc4c1p-1},
    // No other double is so close to a multiple of pi / 2.
    Call{"cos", cos, 0x1.6ac5b262ca1ffp849, -0x1.14ae72e6ba22fp-61},
    Call{"asin", asin, 0.1, 0x1.9a49276037884p-4},
    Call{"asin", asin, 0.5, 0x1.0c152382d7366p-1},
    Call{"asin", asin, 0.7, 0x1.8d00e692afd95p-1},
    Call{"asin", asin, -0.99, -0x1.6de3c6f33d51dp0},
    Call{"asin", asin, 0.9999999999, 0x1.921ec8003f9d8p0},
    Call{"acos", acos, 0.1, 0x1.787b22ce3f59p0},
    Call{"acos", acos, -0.5, 0x1.0c152382d7366p1},
    Call{"acos", acos, 0.7, 0x1.973e83f5d5c9bp-1},
    Call{"acos", acos, -0.99, 0x1.8001be1bc011bp1},
    Call{"acos", acos, 0.9999999999, 0x1.da88066815a95p-17},
    Call{"exp", exp, -1.0, 0x1.78b56362cef38p-2},
    Call{"exp", exp, 0.1, 0x1.1aec7b35a00d4p0},
    Call{"exp", exp, 1.0, 0x1.5bf0a8b145769p1},
    Call{"exp", exp, -0.5, 0x1.368b2fc6f960ap-1},
    Call{"exp", exp, 10.0, 0x1.5829dcf95056p14},
    Call{"exp", exp, -87.0, 0x1.666d0dad2961dp-126},
    Call{"exp", exp, 700.0, 0x1.d945df4f8ec8ep1009},
    Call{"exp", exp, -740.0, 0x0.0000000000055p-1022},
    Call{"exp", exp, 1e-9, 0x1.000000044b83p0},
};

constexpr std::array kPairCalls = {
    PairCall{"atan2", atan2, 1.0, 3.0, 0x1.4978fa3269ee1p-2},
    PairCall{"atan2", atan2, -2.0, -1.0, -0x1.0468a8ace4df6p1},
    PairCall{"atan2", atan2, 0.1, -7.0, 0x1.904ba0292380fp1},
    PairCall{"atan2", atan2, 120.5, 33.25, 0x1.4d3330bdefa5dp0},
    PairCall{"atan2", atan2, 1e-300, 2e-300, 0x1.dac670561bb4fp-2},
    PairCall{"atan2", atan2, -1e5, 1e-9, -0x1.921fb54442cebp0},
    PairCall{"hypot", hypot, 1.0, 1.0, 0x1.6a09e667f3bcdp0},
    PairCall{"hypot", hypot, 3.0, 4.0, 0x1.4p2},
    PairCall{"hypot", hypot, 0.1, 0.7, 0x1.6a09e667f3bccp-1},
    PairCall{"hypot", hypot, 640.0, 360.0, 0x1.6f26b4b7673afp9},
    PairCall{"hypot", hypot, 1e300, 1e300, 0x1.0e4d50f99b211p997},
    PairCall{"hypot", hypot, 1e-310, 3e-310, 0x0.03a365ff2ea11p-1022},
};

TEST(Math, ResultsHaveTheSameBitsOnEveryPlatform) {
  for (const Call& call : kCalls) {
    EXPECT_EQ(bits(call.function(call.x)), bits(call.result))
        << std::hexfloat << call.name << " of " << call.x;
  }
  for (const PairCall& call : kPairCalls) {
    EXPECT_EQ(bits(call.function(call.x, call.y)), bits(call.result))
        << std::hexfloat << call.name << " of " << call.x << ", " << call.y;
  }
}

// FNV-1a over the bits of many results.
template <class Function>
std::uint64_t digest_of_many(Function function, double reach) {
  Numbers numbers;
  std::uint64_t digest = 0xCBF29CE484222325ULL;
  for (int i = 0; i < 20000; ++i) {
    for (const double x : {numbers.any(), numbers.between(-reach, reach)}) {
      const double y = numbers.between(-reach, reach);
      digest = (digest ^ bits(function(x, y))) * 0x100000001B3ULL;
    }
  }
  return digest;
}

TEST(Math, ManyResultsHaveTheSameBitsOnEveryPlatform) {
  const auto of_one = [](double (*function)(double), double reach) {
    return digest_of_many([=](double x, double) { return function(x); }, reach);
  };
  EXPECT_EQ(of_one(sin, 10.0), 0xA75458FE19CC613FULL);
  EXPECT_EQ(of_one(cos, 10.0), 0xCAA9485796C8852BULL);
  EXPECT_EQ(of_one(asin, 1.0), 0xA0A61C1C31854D2BULL);
  EXPECT_EQ(of_one(acos, 1.0), 0xA6810281B33DE32AULL);
  EXPECT_EQ(of_one(exp, 20.0), 0x1988596394D24FA6ULL);
  EXPECT_EQ(digest_of_many(atan2, 1000.0), 0xDC6EF246228E3344ULL);
  EXPECT_EQ(digest_of_many(hypot, 1000.0), 0x40A6B03C9802DDC8ULL);
}

}  // namespace
}  // namespace matside::base
