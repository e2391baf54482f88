// The economy of Scenarios/Checks/churn-queue.json5 written by hand for speed: no ledger, no keyed
// luck, nothing that this one economy does not need.
//
//   churn_queue binary|radix NODES DAYS [SEED]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>

#include "queues.h"
#include "random.h"

namespace {

// Hours, dollars per GPU-hour, tokens per node and day.
constexpr double meanOn = 20, meanOff = 4, meanService = 2;
constexpr double price0 = 1, kappa = 0.05, fee = 0.5, minted = 0.9 * 24 * 0.3;

enum Kind : uint32_t { toggle, finish, arrival, settlement };

struct Event {
  double time;
  uint32_t node;
  // Ticket and kind: a ticket is a multiple of four.
  uint32_t tag;

  Kind kind() const { return static_cast<Kind>(tag & 3); }
  uint32_t ticket() const { return tag & ~3u; }
};

struct Node {
  double arrived = 0, started = 0;
  // Raised whenever a job ends or is lost: a finish that was scheduled before is stale.
  uint32_t ticket = 0;
  int32_t place = -1;
  bool isOn = true, isBusy = false;
};

template <class Queue>
class Network {
 public:
  uint64_t events = 0, finished = 0, restarts = 0;
  double delays = 0, price = price0;

  Network(uint32_t count, double days, uint64_t seed)
      : random(seed), nodes(count), end(days * 24),
        interarrival(1 / (0.6 * count * (meanOn / (meanOn + meanOff)) / meanService)) {
    idle.reserve(count);
    for (uint32_t node = 0; node < count; ++node) {
      rest(node);
      schedule(random.exponential(meanOn), node, toggle);
    }
    schedule(random.exponential(interarrival), 0, arrival);
    schedule(24, 0, settlement);
  }

  void run() {
    for (;;) {
      const Event event = queue.pop();
      if (event.time >= end && (event.time > end || event.kind() != settlement)) return;
      now = event.time;
      switch (event.kind()) {
        case toggle: turn(event.node); break;
        case finish: complete(event.node, event.ticket()); break;
        case arrival: arrive(); break;
        case settlement: settle(); break;
      }
    }
  }

 private:
  Random random;
  Queue queue;
  std::vector<Node> nodes;
  std::vector<uint32_t> idle;
  // Times of arrival of the jobs that wait.
  std::deque<double> line;
  double now = 0, hours = 0, end, interarrival;

  void schedule(double time, uint32_t node, Kind kind, uint32_t ticket = 0) {
    queue.push(Event{time, node, ticket | kind});
  }

  void turn(uint32_t number) {
    ++events;
    Node &node = nodes[number];
    if (node.isOn) {
      node.isOn = false;
      if (node.isBusy) {
        node.isBusy = false;
        node.ticket += 4;
        line.push_front(node.arrived);
        ++restarts;
      } else {
        wake(number);
      }
      schedule(now + random.exponential(meanOff), number, toggle);
    } else {
      node.isOn = true;
      offer(number);
      schedule(now + random.exponential(meanOn), number, toggle);
    }
  }

  void complete(uint32_t number, uint32_t ticket) {
    Node &node = nodes[number];
    if (ticket != node.ticket) return;
    ++events;
    ++finished;
    hours += now - node.started;
    node.isBusy = false;
    node.ticket += 4;
    offer(number);
  }

  void arrive() {
    ++events;
    schedule(now + random.exponential(interarrival), 0, arrival);
    if (idle.empty()) {
      line.push_back(now);
    } else {
      const uint32_t number = idle[random.below(idle.size())];
      wake(number);
      start(number, now);
    }
  }

  void settle() {
    ++events;
    const double burned = hours * fee / price, issued = minted * nodes.size();
    hours = 0;
    price *= 1 + kappa * (burned - issued) / (burned + issued);
    schedule(now + 24, 0, settlement);
  }

  // Gives a node the first job of the line, or lets it rest.
  void offer(uint32_t number) {
    if (line.empty()) return rest(number);
    const double arrived = line.front();
    line.pop_front();
    start(number, arrived);
  }

  void start(uint32_t number, double arrived) {
    Node &node = nodes[number];
    delays += now - arrived;
    node.arrived = arrived;
    node.started = now;
    node.isBusy = true;
    schedule(now + random.exponential(meanService), number, finish, node.ticket);
  }

  void rest(uint32_t number) {
    nodes[number].place = idle.size();
    idle.push_back(number);
  }

  void wake(uint32_t number) {
    const uint32_t last = idle.back();
    idle.pop_back();
    if (last == number) return;
    idle[nodes[number].place] = last;
    nodes[last].place = nodes[number].place;
  }
};

template <class Queue>
void measure(uint32_t count, double days, uint64_t seed) {
  Network<Queue> network(count, days, seed);
  const auto begin = std::chrono::steady_clock::now();
  network.run();
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  std::printf(
      "{\"events\": %llu, \"seconds\": %.9f, \"jobs_finished\": %llu, \"restarts\": %llu, "
      "\"mean_wait_h\": %.6f, \"price\": %.6f}\n",
      static_cast<unsigned long long>(network.events), passed.count(),
      static_cast<unsigned long long>(network.finished),
      static_cast<unsigned long long>(network.restarts), network.delays / network.finished,
      network.price);
}

}  // namespace

int main(int count, char **words) {
  if (count < 4) {
    std::fprintf(stderr, "usage: churn_queue binary|radix NODES DAYS [SEED]\n");
    return 2;
  }
  const uint32_t nodes = std::atoi(words[2]);
  const double days = std::atof(words[3]);
  const uint64_t seed = count > 4 ? std::atoll(words[4]) : 1;
  if (std::strcmp(words[1], "radix") == 0) {
    measure<RadixHeap<Event>>(nodes, days, seed);
  } else {
    measure<BinaryHeap<Event>>(nodes, days, seed);
  }
}
