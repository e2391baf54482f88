// One sequential generator for all peers: xoshiro256** (Blackman and Vigna 2018), seeded by
// splitmix64. There is one stream a run, which costs less than our keyed luck.
#pragma once
#include <cmath>
#include <cstdint>

class Random {
 public:
  explicit Random(uint64_t seed) {
    for (uint64_t &word : state) {
      seed += 0x9e3779b97f4a7c15;
      uint64_t mixed = seed;
      mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
      mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
      word = mixed ^ (mixed >> 31);
    }
  }

  // Exponential with a mean, by inversion.
  double exponential(double mean) { return -mean * std::log(uniform()); }

  // A whole number below n; the bias of at most n / 2^32 does not matter here.
  uint32_t below(uint32_t n) { return static_cast<uint32_t>((next() >> 32) * n >> 32); }

 private:
  uint64_t state[4];

  // In the open interval (0, 1).
  double uniform() { return (static_cast<double>(next() >> 11) + 0.5) * 0x1p-53; }

  static uint64_t rotated(uint64_t word, int by) { return word << by | word >> (64 - by); }

  uint64_t next() {
    const uint64_t result = rotated(state[1] * 5, 7) * 9;
    const uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotated(state[3], 45);
    return result;
  }
};
