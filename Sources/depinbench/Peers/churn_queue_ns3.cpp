// The economy of Scenarios/Checks/churn-queue.json5 on the core of ns-3.
//
//   churn_queue_ns3 NODES DAYS [SCHEDULER]
#include <ns3/core-module.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <vector>

#include "random.h"

namespace {

constexpr double meanOn = 20, meanOff = 4, meanService = 2;
constexpr double kappa = 0.05, fee = 0.5, minted = 0.9 * 24 * 0.3;
constexpr double nanosecondsPerHour = 3.6e12;

struct Node {
  double arrived = 0, started = 0;
  ns3::EventId finish;
  int32_t place = -1;
  bool isOn = true, isBusy = false;
};

Random luck(1);
std::vector<Node> nodes;
std::vector<uint32_t> idle;
std::deque<double> line;
uint64_t events = 0, finished = 0, restarts = 0;
double delays = 0, hours = 0, price = 1, interarrival = 0;

double now() { return ns3::Simulator::Now().GetDouble() / nanosecondsPerHour; }

ns3::Time inHours(double count) {
  return ns3::NanoSeconds(static_cast<int64_t>(count * nanosecondsPerHour));
}

ns3::Time delay(double mean) { return inHours(luck.exponential(mean)); }

void complete(uint32_t number);

void start(uint32_t number, double arrived) {
  Node &node = nodes[number];
  const double time = now();
  delays += time - arrived;
  node.arrived = arrived;
  node.started = time;
  node.isBusy = true;
  node.finish = ns3::Simulator::Schedule(delay(meanService), &complete, number);
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

void offer(uint32_t number) {
  if (line.empty()) return rest(number);
  const double arrived = line.front();
  line.pop_front();
  start(number, arrived);
}

void complete(uint32_t number) {
  ++events;
  ++finished;
  hours += now() - nodes[number].started;
  nodes[number].isBusy = false;
  offer(number);
}

void turn(uint32_t number) {
  ++events;
  Node &node = nodes[number];
  node.isOn = !node.isOn;
  if (node.isOn) {
    offer(number);
  } else if (node.isBusy) {
    ns3::Simulator::Cancel(node.finish);
    node.isBusy = false;
    line.push_front(node.arrived);
    ++restarts;
  } else {
    wake(number);
  }
  ns3::Simulator::Schedule(delay(node.isOn ? meanOn : meanOff), &turn, number);
}

void arrive() {
  ++events;
  ns3::Simulator::Schedule(delay(interarrival), &arrive);
  if (idle.empty()) {
    line.push_back(now());
  } else {
    const uint32_t number = idle[luck.below(idle.size())];
    wake(number);
    start(number, now());
  }
}

void settle() {
  ++events;
  const double burned = hours * fee / price, issued = minted * nodes.size();
  hours = 0;
  price *= 1 + kappa * (burned - issued) / (burned + issued);
  ns3::Simulator::Schedule(inHours(24), &settle);
}

}  // namespace

int main(int count, char **words) {
  if (count < 3) {
    std::fprintf(stderr, "usage: churn_queue_ns3 NODES DAYS [SCHEDULER]\n");
    return 2;
  }
  const double days = std::atof(words[2]);
  ns3::ObjectFactory scheduler;
  scheduler.SetTypeId(count > 3 ? words[3] : "ns3::PriorityQueueScheduler");
  ns3::Simulator::SetScheduler(scheduler);
  nodes.resize(std::atoi(words[1]));
  interarrival = 1 / (0.6 * nodes.size() * (meanOn / (meanOn + meanOff)) / meanService);
  for (uint32_t number = 0; number < nodes.size(); ++number) {
    rest(number);
    ns3::Simulator::Schedule(delay(meanOn), &turn, number);
  }
  ns3::Simulator::Schedule(delay(interarrival), &arrive);
  ns3::Simulator::Schedule(inHours(24), &settle);
  // The settlement at the end is run.
  ns3::Simulator::Stop(inHours(days * 24) + ns3::NanoSeconds(1));
  const auto begin = std::chrono::steady_clock::now();
  ns3::Simulator::Run();
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  std::printf(
      "{\"events\": %llu, \"seconds\": %.9f, \"jobs_finished\": %llu, \"restarts\": %llu, "
      "\"mean_wait_h\": %.6f, \"price\": %.6f}\n",
      static_cast<unsigned long long>(events), passed.count(),
      static_cast<unsigned long long>(finished), static_cast<unsigned long long>(restarts),
      delays / finished, price);
}
