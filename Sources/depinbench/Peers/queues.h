// Two sets of pending events for entries with a member `double time` that is never negative.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <queue>
#include <vector>

// The standard library's binary heap.
template <class Entry>
class BinaryHeap {
 public:
  void push(Entry entry) { heap.push(entry); }

  Entry pop() {
    const Entry first = heap.top();
    heap.pop();
    return first;
  }

 private:
  struct Later {
    bool operator()(const Entry &a, const Entry &b) const { return a.time > b.time; }
  };
  std::priority_queue<Entry, std::vector<Entry>, Later> heap;
};

// Monotone radix heap (Ahuja, Mehlhorn, Orlin and Tarjan 1990). The bits of a double that is not
// negative rise with it; an entry waits in the bucket of the highest bit in which it differs from
// the entry taken last, and those of equal time leave in the order they came.
template <class Entry>
class RadixHeap {
 public:
  void push(Entry entry) { buckets[bucket(entry)].push_back(entry); }

  Entry pop() {
    if (taken == buckets[0].size()) refill();
    return buckets[0][taken++];
  }

 private:
  std::vector<Entry> buckets[65];
  uint64_t last = 0;
  size_t taken = 0;

  static uint64_t key(double time) {
    uint64_t bits;
    std::memcpy(&bits, &time, sizeof bits);
    return bits;
  }

  int bucket(const Entry &entry) const {
    const uint64_t difference = key(entry.time) ^ last;
    return difference == 0 ? 0 : 64 - __builtin_clzll(difference);
  }

  // Opens the first bucket that holds something; its entries go to lower ones.
  void refill() {
    buckets[0].clear();
    taken = 0;
    int full = 1;
    while (buckets[full].empty()) ++full;
    std::vector<Entry> &entries = buckets[full];
    double earliest = entries[0].time;
    for (const Entry &entry : entries) earliest = std::min(earliest, entry.time);
    last = key(earliest);
    for (const Entry &entry : entries) buckets[bucket(entry)].push_back(entry);
    entries.clear();
  }
};
