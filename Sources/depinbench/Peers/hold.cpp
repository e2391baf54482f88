// The hold model: the first pending event is taken and put back after an exponential delay.
//
//   hold binary|radix PENDING HOLDS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "queues.h"
#include "random.h"

namespace {

// An event of 8 bytes beside its time, as in ours.
struct Event {
  double time;
  uint64_t number;
};

template <class Queue>
double hold(Queue &queue, Random &random, size_t count) {
  double now = 0;
  for (size_t done = 0; done < count; ++done) {
    Event event = queue.pop();
    now = event.time;
    event.time = now + random.exponential(1);
    queue.push(event);
  }
  return now;
}

template <class Queue>
void measure(size_t pending, size_t holds) {
  Random random(1);
  Queue queue;
  for (size_t number = 0; number < pending; ++number) {
    queue.push(Event{random.exponential(1), number});
  }
  hold(queue, random, pending);
  const auto begin = std::chrono::steady_clock::now();
  const double now = hold(queue, random, holds);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  std::printf("{\"events\": %zu, \"seconds\": %.9f, \"now\": %.6f}\n", holds, passed.count(), now);
}

}  // namespace

int main(int count, char **words) {
  if (count < 4) {
    std::fprintf(stderr, "usage: hold binary|radix PENDING HOLDS\n");
    return 2;
  }
  const size_t pending = std::atoll(words[2]), holds = std::atoll(words[3]);
  if (std::strcmp(words[1], "radix") == 0) {
    measure<RadixHeap<Event>>(pending, holds);
  } else {
    measure<BinaryHeap<Event>>(pending, holds);
  }
}
