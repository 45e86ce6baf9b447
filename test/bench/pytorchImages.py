"""Images in MNIST's format, trained on and evaluated in PyTorch, eager, as one would write it.

python3 pytorchImages.py FOLDER EPOCHS HIDDEN THREADS reads images.gz and labels.gz, trains NoProp-CT (batch 128, Adam, half a
cosine), evaluates 500 rows of each part ten times on the way and all rows at the end (Euler, 20 steps), and prints a
line of JSON: seconds of loading, training and evaluating at the end, and the accuracy on test rows.
"""

import gzip
import json
import math
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

folder, epochs, hidden, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(threads)
torch.manual_seed(0)
TIME, BATCH, STEPS, LOW, HIGH, CAP, RATE = 16, 128, 20, -5.0, 5.0, 5.0, 0.002
FREQUENCIES = torch.tensor([2 * math.pi * 2 ** (3.5 * k / (TIME // 2 - 1)) for k in range(TIME // 2)])


def features(t):
    angle = t * FREQUENCIES
    return torch.cat([torch.sin(angle), torch.cos(angle)], 1)


def read(name, header):
    with gzip.open(f"{folder}/{name}.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def load():
    """A fifth of every class for testing; features scaled by the train rows."""
    labels = read("labels", 8).astype(np.int64)
    pixels = read("images", 16).reshape(len(labels), -1)
    rng = np.random.default_rng(0)
    test = np.zeros(len(labels), bool)
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        test[rows[: round(0.2 * len(rows))]] = True
    x = torch.from_numpy(pixels.astype(np.float32))
    y, test = torch.from_numpy(labels), torch.from_numpy(test)
    train = x[~test]
    mean, low, high = train.mean(0), train.min(0).values, train.max(0).values
    scale = torch.maximum(train.std(0, unbiased=False), (high - low) / 4)
    scale[scale == 0] = 1
    x = (x - mean) / scale
    return (x[~test], y[~test]), (x[test], y[test])


@torch.no_grad()
def accuracy(net, m, rows, labels):
    """Euler on dz/dt = gamma' (sqrt(alphaBar) u - (1 + alphaBar)/2 z); x's part of the first layer formed once."""
    right = 0
    for x, y in zip(rows.split(4096), labels.split(4096)):
        first, rest = net[0], net[1:]
        wz, wx, wt = torch.split(first.weight.T.contiguous(), [m, x.shape[1], TIME])
        fixed = torch.addmm(first.bias, x, wx)
        z = torch.randn(len(x), m)
        for k in range(STEPS):
            t = k / STEPS
            alpha = 1 / (1 + math.exp(-(LOW + (HIGH - LOW) * t)))
            u = rest(torch.addmm(fixed + features(torch.full((1, 1), t)) @ wt, z, wz))
            z = z + (HIGH - LOW) / STEPS * (math.sqrt(alpha) * u - (1 + alpha) / 2 * z)
        right += (z.argmax(1) == y).sum().item()
    return right / len(rows)


begun = time.perf_counter()
(x, y), (test_x, test_y) = load()
m, d = int(y.max()) + 1, x.shape[1]
z1 = F.one_hot(y, m).float()
loaded = time.perf_counter()
net = torch.nn.Sequential(
    torch.nn.Linear(m + d + TIME, hidden), torch.nn.ReLU(),
    torch.nn.Linear(hidden, hidden), torch.nn.ReLU(),
    torch.nn.Linear(hidden, m),
)
adam = torch.optim.Adam(net.parameters(), lr=RATE)
steps = math.ceil(epochs * len(x) / BATCH)
order, at = torch.randperm(len(x)), 0
for step in range(steps):
    rows = order[at : at + BATCH]
    at += BATCH
    while len(rows) < BATCH:
        order = torch.randperm(len(x))
        at = BATCH - len(rows)
        rows = torch.cat([rows, order[:at]])
    for group in adam.param_groups:
        group["lr"] = RATE * (1 + math.cos(math.pi * step / steps)) / 2
    z = z1[rows]
    t = (torch.arange(BATCH).view(-1, 1) + torch.rand(BATCH, 1)) / BATCH
    gamma = LOW + (HIGH - LOW) * t
    alpha = torch.sigmoid(gamma)
    noisy = torch.sqrt(alpha) * z + torch.sqrt(1 - alpha) * torch.randn(BATCH, m)
    u = net(torch.cat([noisy, x[rows], features(t)], 1))
    weight = 0.5 * torch.clamp((HIGH - LOW) * torch.exp(gamma), max=CAP)
    loss = (weight * ((u - z) ** 2).sum(1, keepdim=True)).mean()
    adam.zero_grad(set_to_none=True)
    loss.backward()
    adam.step()
    if (step + 1) % math.ceil(steps / 10) == 0:
        for rows_, labels_ in ((x, y), (test_x, test_y)):
            some = torch.arange(500) * len(rows_) // 500
            accuracy(net, m, rows_[some], labels_[some])
trained = time.perf_counter()
accuracy(net, m, x, y)
reached = accuracy(net, m, test_x, test_y)
ended = time.perf_counter()
print(json.dumps({"steps": steps, "load": loaded - begun, "train": trained - loaded, "evaluate": ended - trained, "accuracy": reached}))
