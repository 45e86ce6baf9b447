"""Calls of a network u(z, x, t) in PyTorch, eager, x's part of the first layer formed once: python3 pytorchEvaluation.py ROWS M FEATURES TIME ACTIVATION HIDDEN...

The first line out is the version; each line in is a count of calls, answered by the milliseconds of one.
"""

import math
import sys
import time

import torch

torch.set_num_threads(1)
ROWS, M, FEATURES, TIME = map(int, sys.argv[1:5])
ACTIVATION, HIDDEN = sys.argv[5], [int(word) for word in sys.argv[6:]]
FREQUENCIES = torch.tensor([2 * math.pi * 2 ** (3.5 * k / (TIME // 2 - 1)) for k in range(TIME // 2)])

torch.manual_seed(0)
sizes = [M + FEATURES + TIME, *HIDDEN, M]
layers = []
for inputs, outputs in zip(sizes, sizes[1:]):
    layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU() if ACTIVATION == "relu" else torch.nn.SiLU()]
net = torch.nn.Sequential(*layers[:-1])


@torch.no_grad()
def run(count):
    first, rest = net[0], net[1:]
    wz, wx, wt = torch.split(first.weight.T.contiguous(), [M, FEATURES, TIME])
    fixed = torch.addmm(first.bias, torch.randn(ROWS, FEATURES), wx)
    z = torch.randn(ROWS, M)
    begun = time.perf_counter()
    for k in range(count):
        angle = torch.full((1, 1), k / count) * FREQUENCIES
        rest(torch.addmm(fixed + torch.cat([torch.sin(angle), torch.cos(angle)], 1) @ wt, z, wz))
    return 1000 * (time.perf_counter() - begun) / count


run(50)
print(f"PyTorch {torch.__version__}", flush=True)
for line in sys.stdin:
    print(run(int(line)), flush=True)
