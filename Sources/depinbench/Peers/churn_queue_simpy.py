"""The economy of Scenarios/Checks/churn-queue.json5 in SimPy, as its users would write it.

    churn_queue_simpy.py NODES DAYS
"""
import json
import random
import sys
import time
from collections import deque

import simpy

MEAN_ON, MEAN_OFF, MEAN_SERVICE = 20.0, 4.0, 2.0


class Node:
    __slots__ = ("arrived", "process", "place")


class Network:
    def __init__(self, count, seed=1):
        self.env = simpy.Environment()
        self.draw = random.Random(seed)
        self.count = count
        self.rate = 0.6 * count * (MEAN_ON / (MEAN_ON + MEAN_OFF)) / MEAN_SERVICE
        self.idle = []
        self.line = deque()
        self.events = self.finished = self.restarts = 0
        self.delays = self.hours = 0.0
        self.price = 1.0
        for _ in range(count):
            self.env.process(self.live(Node()))
        self.env.process(self.arrive())
        self.env.process(self.settle())

    def live(self, node):
        env, exponential = self.env, self.draw.expovariate
        node.arrived = None
        while True:
            self.offer(node)
            yield env.timeout(exponential(1 / MEAN_ON))
            self.events += 1
            if node.arrived is None:
                self.wake(node)
            else:
                node.process.interrupt()
                self.line.appendleft(node.arrived)
                node.arrived = None
                self.restarts += 1
            yield env.timeout(exponential(1 / MEAN_OFF))
            self.events += 1

    def serve(self, node):
        length = self.draw.expovariate(1 / MEAN_SERVICE)
        try:
            yield self.env.timeout(length)
        except simpy.Interrupt:
            return
        self.events += 1
        self.finished += 1
        self.hours += length
        node.arrived = None
        self.offer(node)

    def arrive(self):
        env, draw, idle = self.env, self.draw, self.idle
        while True:
            yield env.timeout(draw.expovariate(self.rate))
            self.events += 1
            if idle:
                node = idle[int(draw.random() * len(idle))]
                self.wake(node)
                self.start(node, env.now)
            else:
                self.line.append(env.now)

    def settle(self):
        minted = 0.9 * 24 * 0.3 * self.count
        while True:
            yield self.env.timeout(24.0)
            self.events += 1
            burned = self.hours * 0.5 / self.price
            self.hours = 0.0
            self.price *= 1 + 0.05 * (burned - minted) / (burned + minted)

    def offer(self, node):
        if self.line:
            self.start(node, self.line.popleft())
        else:
            node.place = len(self.idle)
            self.idle.append(node)

    def start(self, node, arrived):
        self.delays += self.env.now - arrived
        node.arrived = arrived
        node.process = self.env.process(self.serve(node))

    def wake(self, node):
        last = self.idle.pop()
        if last is not node:
            self.idle[node.place] = last
            last.place = node.place


def main():
    if len(sys.argv) < 3:
        sys.exit("usage: churn_queue_simpy.py NODES DAYS")
    network = Network(int(sys.argv[1]))
    # The settlement at the end is run.
    end = float(sys.argv[2]) * 24 + 1e-9
    begin = time.perf_counter()
    network.env.run(until=end)
    seconds = time.perf_counter() - begin
    print(json.dumps({
        "events": network.events, "seconds": seconds, "jobs_finished": network.finished,
        "restarts": network.restarts, "mean_wait_h": network.delays / max(network.finished, 1),
        "price": network.price,
    }))


main()
