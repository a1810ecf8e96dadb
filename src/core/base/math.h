// Elementary functions that give the same bits with every compiler and C library.
//
// The C libraries of Linux and of WebAssembly differ in the last bits of these functions, and
// then the same practice would not give the same events (docs/adr/0029). So product code calls
// these; tools/check_layers.py refuses the library's. std::sqrt, std::abs, std::round and the
// like are exact everywhere and stay.
//
// They use only + - * / and sqrt, which IEEE 754 rounds correctly, and are thread-safe. Special
// values (signed zeros, infinities, NaN, overflow, underflow) are those of the C standard,
// Annex F, except that floating-point exception flags and errno mean nothing. Every NaN
// returned is the same NaN. Errors are in units in the last place (ulp) of the result: 0.5 is
// correct rounding.
#pragma once

namespace matside::base {

/// Sine of an angle in radians.
/// @returns -1 to 1, within 0.65 ulp for every finite angle; NaN for an infinite one
double sin(double angle_rad);

/// Cosine of an angle in radians.
/// @returns -1 to 1, within 0.65 ulp for every finite angle; NaN for an infinite one
double cos(double angle_rad);

/// Angle whose sine is `x`.
/// @returns -pi/2 to pi/2 radians, within 0.75 ulp; NaN unless -1 <= x <= 1
double asin(double x);

/// Angle whose cosine is `x`.
/// @returns 0 to pi radians, within 0.75 ulp; NaN unless -1 <= x <= 1
double acos(double x);

/// Angle of the vector (x, y) from the x axis, positive toward the y axis.
/// @returns -pi to pi radians, within 0.55 ulp; of zeros and infinities as C's atan2
double atan2(double y, double x);

/// The exponential e^x.
/// @returns within 0.55 ulp (0.76 if subnormal); infinity above 709.78, 0 below -745.13
double exp(double x);

/// Length sqrt(x^2 + y^2), without overflow or underflow on the way.
/// @returns within 0.51 ulp (0.76 if subnormal); infinity if either is infinite, even beside
/// NaN
double hypot(double x, double y);

/// 10^exponent.
/// @returns the double nearest to it for exponents from -22 to 22; beyond, each further ten may
///          add half an ulp; infinity above 308, 0 below -308
double power_of_ten(int exponent);

}  // namespace matside::base
