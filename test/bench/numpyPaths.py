"""RK4 on the mixture in NumPy, as one would write it: python3 numpyPaths.py PATHS STEPS.

The first line out is the version; each line in runs once and is answered by its milliseconds.
"""

import sys
import time

import numpy as np

PATHS, STEPS = int(sys.argv[1]), int(sys.argv[2])
LOW, HIGH = -6.0, 6.0
MEANS, WEIGHT, SD = (-1.0, 1.0), 0.4, 0.3


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def denoise(z, log_snr):
    signal = sigmoid(log_snr)
    root = np.sqrt(signal)
    variance = signal * SD**2 + sigmoid(-log_snr)
    tilt = root * (MEANS[0] - MEANS[1]) / variance
    first = sigmoid(np.log(WEIGHT / (1 - WEIGHT)) + tilt * (z - root * (MEANS[0] + MEANS[1]) / 2))
    mean = MEANS[1] + first * (MEANS[0] - MEANS[1])
    return mean + root * SD**2 / variance * (z - root * mean)


def slope(t, z):
    log_snr = LOW + (HIGH - LOW) * t
    signal = sigmoid(log_snr)
    return (HIGH - LOW) * (np.sqrt(signal) * denoise(z, log_snr) - (1 + signal) / 2 * z)


def run(z):
    h = 1 / STEPS
    for k in range(STEPS):
        t = k * h
        k1 = slope(t, z)
        k2 = slope(t + h / 2, z + h / 2 * k1)
        k3 = slope(t + h / 2, z + h / 2 * k2)
        k4 = slope(t + h, z + h * k3)
        z = z + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return z


start = np.random.default_rng(1).standard_normal(PATHS)
print(f"NumPy {np.__version__}", flush=True)
for _ in sys.stdin:
    begun = time.perf_counter()
    run(start)
    print(1000 * (time.perf_counter() - begun), flush=True)
