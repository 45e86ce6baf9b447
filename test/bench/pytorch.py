"""The trainer's work in PyTorch, eager, as one would write it: python3 pytorch.py THREADS.

Each line of standard input is a task, ["train" | "sample" | "memory", size, activation, seconds, clock] in JSON, the clock being
"wall" or "cpu"; each is answered by a line with a number: steps a second, milliseconds, or the most megabytes this process had. The first line is the version, and which BLAS is loaded.
"""

import json
import math
import os
import resource
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(int(sys.argv[1]))
SIZES = {"S1": (2, 2, 64, 2000), "S2": (64, 10, 128, 1797), "S3": (784, 10, 256, 6000)}
TIME, BATCH, PATHS, STEPS = 16, 128, 1000, 40
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
LOW, HIGH = -5.0, 5.0  # log-SNR at the ends
FREQUENCIES = torch.tensor([2 * math.pi * 2 ** (3.5 * k / (TIME // 2 - 1)) for k in range(TIME // 2)])


def features(t):
    angle = t * FREQUENCIES
    return torch.cat([torch.sin(angle), torch.cos(angle)], 1)


class Model:
    def __init__(self, size, activation):
        torch.manual_seed(0)
        d, self.m, hidden, rows = SIZES[size]
        act = torch.nn.ReLU if activation == "relu" else torch.nn.SiLU
        self.x = torch.randn(rows, d)
        self.z = F.one_hot(torch.arange(rows) % self.m, self.m).float()
        self.net = torch.nn.Sequential(
            torch.nn.Linear(self.m + d + TIME, hidden), act(),
            torch.nn.Linear(hidden, hidden), act(),
            torch.nn.Linear(hidden, self.m),
        )
        self.adam = torch.optim.Adam(self.net.parameters(), lr=1e-3)

    def step(self):
        rows = torch.randint(0, len(self.x), (BATCH,))
        x, z = self.x[rows], self.z[rows]
        t = (torch.arange(BATCH).view(-1, 1) + torch.rand(BATCH, 1)) / BATCH
        gamma = LOW + (HIGH - LOW) * t
        alpha = torch.sigmoid(gamma)
        noisy = torch.sqrt(alpha) * z + torch.sqrt(1 - alpha) * torch.randn(BATCH, self.m)
        u = self.net(torch.cat([noisy, x, features(t)], 1))
        weight = 0.5 * torch.clamp((HIGH - LOW) * torch.exp(gamma), max=20.0)
        loss = (weight * ((u - z) ** 2).sum(1, keepdim=True)).mean()
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()
        return loss

    def train(self, seconds, clock):
        for _ in range(30):
            self.step()
        steps, begun, busy = 0, time.perf_counter(), clock()
        while time.perf_counter() - begun < seconds:
            for _ in range(5):
                self.step()
            steps += 5
        return steps / (clock() - busy)

    @torch.no_grad()
    def sample(self, _seconds, clock):
        """RK4 on dz/dt = gamma' (sqrt(alphaBar) u - (1 + alphaBar)/2 z); x's part of the first layer formed once."""
        begun = clock()
        first, rest = self.net[0], self.net[1:]
        wz, wx, wt = torch.split(first.weight.T.contiguous(), [self.m, self.x.shape[1], TIME])
        fixed = torch.addmm(first.bias, self.x[:PATHS], wx)

        def rate(z, t):
            alpha = 1 / (1 + math.exp(-(LOW + (HIGH - LOW) * t)))
            u = rest(torch.addmm(fixed + features(torch.full((1, 1), t)) @ wt, z, wz))
            return (HIGH - LOW) * (math.sqrt(alpha) * u - (1 + alpha) / 2 * z)

        z, h = torch.randn(PATHS, self.m), 1 / STEPS
        for k in range(STEPS):
            t = k * h
            k1 = rate(z, t)
            k2 = rate(z + h / 2 * k1, t + h / 2)
            k3 = rate(z + h / 2 * k2, t + h / 2)
            k4 = rate(z + h * k3, t + h)
            z = z + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return 1000 * (clock() - begun)


    def memory(self, seconds, clock):
        self.train(seconds, clock)
        self.sample(seconds, clock)
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def blas():
    with open("/proc/self/maps") as maps:
        names = {os.path.basename(line.split()[-1]) for line in maps if "blas" in line.lower()}
    return "reference BLAS" if "libblas.so.3.11.0" in names else ", ".join(sorted(names)) or "its own BLAS"


torch.randn(64, 64) @ torch.randn(64, 64)
print(f"PyTorch {torch.__version__}, {blas()}", flush=True)
models = {}
for line in sys.stdin:
    what, size, activation, seconds, clock = json.loads(line)
    key = (size, activation)
    if key not in models:
        models[key] = Model(*key)
    print(getattr(models[key], what)(seconds, CLOCKS[clock]), flush=True)
