"""The UNet of a diffusers pipeline as a model for NoProp Lab. The lab's own tests do not run this file.

The pipeline lies in a folder of this machine, PIPELINE; it must have been trained without text or class labels.
In the experiment, for images of 3 x 32 x 32 (import its scheduler_config.json for the same schedule):
"denoiser": { "id": "python", "file": "diffusers.py", "function": "epsilon", "prediction": "epsilon", "dimension": 3072 }
Where the scheduler's prediction_type is v_prediction, set "prediction": "v".
"""

import sys
from pathlib import Path

# This file may be called like the package: the folder must not be searched for it.
FOLDER = Path(__file__).resolve().parent
sys.path[:] = [place for place in sys.path if Path(place or ".").resolve() != FOLDER]

import torch
from diffusers import DiffusionPipeline

PIPELINE = FOLDER / "pipeline"
SHAPE = (3, 32, 32)

pipeline = DiffusionPipeline.from_pretrained(PIPELINE, local_files_only=True)
unet = pipeline.unet.eval()
shares = pipeline.scheduler.alphas_cumprod.double()
levels = torch.log(shares) - torch.log1p(-shares)  # log-SNR of each row, falling


def row_of(log_snr):
    """The row of the table, or the place between two, that has this log-SNR."""
    after = int((levels > log_snr).sum())
    if after == 0 or after == len(levels):
        return float(min(after, len(levels) - 1))
    high, low = levels[after - 1], levels[after]
    return after - 1 + float((high - log_snr) / (high - low))


@torch.inference_mode()
def epsilon(z, t, alpha_bar, log_snr):
    """z: n x d, noisy as sqrt(alpha_bar) clean + sqrt(1 - alpha_bar) noise. Returns what the UNet gives, n x d."""
    z = torch.as_tensor(z, dtype=unet.dtype, device=unet.device)
    rows = torch.full((len(z),), row_of(log_snr), device=unet.device)
    return unet(z.reshape(-1, *SHAPE), rows).sample.flatten(1)
