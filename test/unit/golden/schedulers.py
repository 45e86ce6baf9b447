"""Where the steps of diffusers' scheduler classes begin, by NumPy alone: python3 schedulers.py > schedulers.json

Written from what the classes say of themselves, and after none of the lab's code. Each case has the class, its keys, the
number of steps, and either the rows of the table at which steps begin, the noise levels there, or the shares of noise
there; alphaBar at some rows or times says whether the schedule is the class's own by default.
"""

import json
import numpy as np

KATHERINE = dict(beta_start=0.00085, beta_end=0.012)


def betas(rule, n, start, end):
    i = np.arange(n)
    if rule == "linear":
        return np.linspace(start, end, n)
    if rule == "scaled_linear":
        return np.linspace(start**0.5, end**0.5, n) ** 2
    if rule == "sigmoid":
        return 1 / (1 + np.exp(-np.linspace(-6, 6, n))) * (end - start) + start
    if rule == "exp":
        bar = lambda t: np.exp(-12 * t)
    elif rule == "laplace":
        def bar(t):
            snr = np.exp(-0.5 * np.sign(0.5 - t) * np.log(1 - 2 * np.abs(0.5 - t) + 1e-6))
            return np.sqrt(snr / (1 + snr))
    else:
        bar = lambda t: np.cos((t + 0.008) / 1.008 * np.pi / 2) ** 2
    return np.minimum(1 - bar((i + 1) / n) / bar(i / n), 0.999)


def alphas(keys, defaults):
    k = {**defaults, **keys}
    n = k.get("num_train_timesteps", 1000)
    bar = np.cumprod(1 - betas(k["beta_schedule"], n, k["beta_start"], k["beta_end"]))
    scale = k.get("snr_shift_scale", 1)
    bar = bar / (scale + (1 - scale) * bar)
    if k.get("rescale_betas_zero_snr"):
        root = np.sqrt(bar)
        bar = ((root - root[-1]) * root[0] / (root[0] - root[-1])) ** 2
    return bar


def rows_of(spacing, n, N, offset, spare, whole):
    m = n + spare
    if spacing == "leading":
        rows = (np.arange(m) * (N // m))[::-1][: n] + offset
    elif spacing == "linspace":
        rows = np.linspace(0, N - 1, m)[::-1][: n]
    else:
        return (np.arange(N, 0, -N / n).round() - 1)[:n]
    return rows.round() if whole else rows


def distilled(n, N, taught):
    origin = (np.arange(1, taught + 1) * (N // taught) - 1)[::-1]
    return origin[np.floor(np.linspace(0, taught, num=n, endpoint=False)).astype(int)]


def karras(high, low, n, rho=7):
    return (high ** (1 / rho) + np.linspace(0, 1, n) * (low ** (1 / rho) - high ** (1 / rho))) ** rho


def geometric(high, low, n):
    return np.exp(np.linspace(np.log(high), np.log(low), n))


def share(s, m):
    return m * s / (1 + (m - 1) * s)


DDPM = dict(beta_start=0.0001, beta_end=0.02, beta_schedule="linear")
LINEAR = dict(**KATHERINE, beta_schedule="linear")
LATENT = dict(**KATHERINE, beta_schedule="scaled_linear")
COSINE = dict(beta_start=0.0001, beta_end=0.02, beta_schedule="squaredcos_cap_v2")

# class: defaults of the table, spacing (None: fixed as said), rows left out at the data end, whether rows are whole
TABLES = {
    "DDPMScheduler": (DDPM, "leading", 0, True),
    "DDPMParallelScheduler": (DDPM, "leading", 0, True),
    "DDIMScheduler": (DDPM, "leading", 0, True),
    "DDIMParallelScheduler": (DDPM, "leading", 0, True),
    "DDIMInverseScheduler": (DDPM, "leading", 0, True),
    "CogVideoXDDIMScheduler": ({**LATENT, "snr_shift_scale": 3}, "leading", 0, True),
    "CogVideoXDPMScheduler": ({**LATENT, "snr_shift_scale": 3}, "leading", 0, True),
    "PNDMScheduler": (DDPM, "leading", 0, True),
    "DEISMultistepScheduler": (DDPM, "linspace", 1, True),
    "DPMSolverMultistepScheduler": (DDPM, "linspace", 1, True),
    "UniPCMultistepScheduler": (DDPM, "linspace", 1, True),
    "SASolverScheduler": (DDPM, "linspace", 1, True),
    "DPMSolverSDEScheduler": (LINEAR, "linspace", 0, False),
    "EulerDiscreteScheduler": (DDPM, "linspace", 0, False),
    "EulerAncestralDiscreteScheduler": (DDPM, "linspace", 0, False),
    "HeunDiscreteScheduler": (LINEAR, "linspace", 0, False),
    "KDPM2DiscreteScheduler": (LINEAR, "linspace", 0, False),
    "KDPM2AncestralDiscreteScheduler": (LINEAR, "linspace", 0, False),
    "LMSDiscreteScheduler": (DDPM, "linspace", 0, False),
}
FIXED = {
    "DPMSolverSinglestepScheduler": (DDPM, "linspace", 1, True),
    "UnCLIPScheduler": (COSINE, "linspace", 0, True),
    "RePaintScheduler": (DDPM, "leading", 0, True),
}
KEYED = [name for name in TABLES if name.startswith(("DEIS", "DPM", "UniPC", "SAS"))] + ["DPMSolverSinglestepScheduler"]
CROWSON = ["EulerDiscreteScheduler", "HeunDiscreteScheduler", "KDPM2DiscreteScheduler", "KDPM2AncestralDiscreteScheduler", "LMSDiscreteScheduler", "DPMSolverSDEScheduler"]

cases = []


def add(name, keys, n, **expected):
    tidy = {key: [float(f"{x:.15g}") for x in value] for key, value in expected.items()}
    cases.append({"class": name, "keys": keys, "steps": n, **tidy})


def table_case(name, keys, n, defaults, rows):
    bar = alphas(keys, defaults)
    add(name, keys, n, rows=rows, alphaBar=bar[[0, len(bar) // 2, len(bar) - 1]])


for name, (defaults, usual, spare, whole) in TABLES.items():
    for n in (2, 7, 48):
        table_case(name, {}, n, defaults, rows_of(usual, n, 1000, 0, spare, whole))
    for spacing in ("leading", "linspace", "trailing"):
        if name == "DDIMInverseScheduler" and spacing == "linspace":
            continue
        keys = dict(timestep_spacing=spacing, num_train_timesteps=500, **({"steps_offset": 1} if spacing == "leading" else {}))
        for n in (3, 48):
            table_case(name, keys, n, defaults, rows_of(spacing, n, 500, 1 if spacing == "leading" else 0, spare, whole))
for name, (defaults, spacing, spare, whole) in FIXED.items():
    for n in (2, 7, 48):
        table_case(name, {}, n, defaults, rows_of(spacing, n, 1000, 0, spare, whole))
# the inverse class goes the other way: where it ends, noise is alone
for n in (2, 7, 48):
    inverse = np.append(np.linspace(0, 999, n + 1).round()[:-1], 999)[::-1]
    table_case("DPMSolverMultistepInverseScheduler", {}, n, DDPM, inverse[:n])
for name in ("LCMScheduler", "TCDScheduler"):
    for n in (1, 3, 4, 8):
        table_case(name, {}, n, LATENT, distilled(n, 1000, 50))
    table_case(name, dict(original_inference_steps=100), 6, LATENT, distilled(6, 1000, 100))
table_case("ConsistencyDecoderScheduler", {}, 2, {**COSINE, "num_train_timesteps": 1024}, [1008, 512])

for rule in ("linear", "scaled_linear", "squaredcos_cap_v2", "sigmoid", "laplace", "exp"):
    keys = dict(beta_schedule=rule, num_train_timesteps=200)
    table_case("DDPMScheduler", keys, 4, DDPM, rows_of("leading", 4, 200, 0, 0, True))
zero = dict(beta_schedule="scaled_linear", rescale_betas_zero_snr=True, timestep_spacing="trailing")
table_case("DDIMScheduler", zero, 5, DDPM, rows_of("trailing", 5, 1000, 0, 0, True))
table_case("CogVideoXDDIMScheduler", zero, 5, {**LATENT, "snr_shift_scale": 3}, rows_of("trailing", 5, 1000, 0, 0, True))

for name in KEYED + CROWSON:
    defaults = (TABLES.get(name) or FIXED[name])[0]
    bar = alphas({}, defaults)
    sigma = np.sqrt((1 - bar) / bar)
    for key, spread in (("use_karras_sigmas", karras), ("use_exponential_sigmas", geometric)):
        add(name, {key: True}, 6, sigmas=spread(sigma[-1], sigma[0], 6))
    add(name, {"use_karras_sigmas": True, "sigma_min": 0.1, "sigma_max": 9}, 5, sigmas=karras(9, 0.1, 5))
for name in CROWSON:
    bar = alphas({}, TABLES[name][0])
    sigma = np.sqrt((1 - bar) / bar)
    keys = {"use_karras_sigmas": True, "timestep_spacing": "leading", "steps_offset": 1}
    add(name, keys, 6, least=[sigma[1]])

for name in ("EDMEulerScheduler", "EDMDPMSolverMultistepScheduler"):
    add(name, {}, 5, sigmas=karras(80, 0.002, 6)[:5])
    add(name, {"sigma_schedule": "exponential"}, 5, sigmas=geometric(80, 0.002, 6)[:5])
add("CosineDPMSolverMultistepScheduler", {}, 5, sigmas=geometric(500, 0.3, 6)[:5])
add("CMStochasticIterativeScheduler", {}, 5, sigmas=karras(80, 0.002, 6)[:5])
add("ScoreSdeVeScheduler", {}, 5, sigmas=geometric(1348, 0.01, 6)[:5])
add("KarrasVeScheduler", {}, 5, sigmas=geometric(100, 0.02, 6)[:5])

flat = np.linspace(1, 0, 8)[:-1]
# a class that spaces its own sigmas goes from 1 to 1/1000; here the shift of the last one is applied once
own = np.linspace(1, 1 / 1000, 7)
flows = {"FlowMatchEulerDiscreteScheduler": (1, own), "FlowMatchHeunDiscreteScheduler": (1, own), "FlowMatchLCMScheduler": (1, own),
         "LTXEulerAncestralRFScheduler": (1, own), "FlowMapEulerDiscreteScheduler": (1, flat), "MiniMaxH3Scheduler": (12, flat)}
for name, (usual, spaced) in flows.items():
    for keys, m in (({}, usual), ({"shift": 3}, 3)):
        add(name, keys, 7, shares=share(spaced, m))
for name in ("FlowMatchEulerDiscreteScheduler", "FlowMatchLCMScheduler", "LTXEulerAncestralRFScheduler"):
    mu = np.exp(0.5 + 0.65 * (1024 - 256) / 3840)
    add(name, {"use_dynamic_shifting": True, "sequence_length": 1024}, 7, shares=share(flat, mu))
    for key, spread in (("use_karras_sigmas", karras), ("use_exponential_sigmas", geometric)):
        add(name, {"shift": 3, key: True}, 6, shares=spread(1, share(1 / 1000, 3), 6))
        add(name, {"use_dynamic_shifting": True, "sequence_length": 1024, key: True}, 6, shares=spread(1, share(1 / 1000, mu), 6))
        add(name, {"shift": 3, key: True, "shift_terminal": 0.1}, 6, shares=spread(1, 0.1, 6))
for name in ("DEISMultistepScheduler", "DPMSolverMultistepScheduler", "DPMSolverSinglestepScheduler", "UniPCMultistepScheduler", "SASolverScheduler"):
    add(name, {"use_flow_sigmas": True, "flow_shift": 5}, 7, shares=share(1 - np.linspace(1, 1 / 1000, 8)[::-1][:-1], 5))

t = np.array([0.2, 0.5, 0.9])
s = 1 - t
add("IPNDMScheduler", {}, 5, at=t, alphaBar=1 - np.sin(np.pi * s / 2) ** 4)
add("SCMScheduler", {}, 5, at=t, alphaBar=np.cos(np.pi / 2 * s) ** 2)
add("ScoreSdeVpScheduler", {}, 5, at=t, alphaBar=np.exp(-0.5 * s**2 * 19.9 - 0.1 * s))
bar = lambda x: np.cos((x + 0.008) / 1.008 * np.pi / 2) ** 2
add("DDPMWuerstchenScheduler", {}, 5, at=t, alphaBar=np.clip(bar(s) / bar(0), 0.0001, 0.9999))

print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
