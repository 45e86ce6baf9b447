"""A network of PyTorch as a model for NoProp Lab: it gives the noise of states with two numbers.

In the experiment:
"denoiser": { "id": "python", "file": "pytorch.py", "function": "epsilon", "prediction": "epsilon", "dimension": 2 }
"""

from pathlib import Path

import torch

WEIGHTS = Path(__file__).parent / "weights.pt"


class Network(torch.nn.Module):
    """Put your own in its place."""

    def __init__(self, dimension=2, hidden=64):
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(dimension + 1, hidden), torch.nn.SiLU(), torch.nn.Linear(hidden, dimension)
        )

    def forward(self, z, log_snr):
        return self.layers(torch.cat([z, log_snr[:, None] / 10], 1))


torch.manual_seed(0)
network = Network()
if WEIGHTS.exists():
    network.load_state_dict(torch.load(WEIGHTS, map_location="cpu", weights_only=True))
network.eval()


@torch.inference_mode()
def epsilon(z, t, alpha_bar, log_snr):
    """z: n x d, noisy as sqrt(alpha_bar) clean + sqrt(1 - alpha_bar) noise. Returns the noise, n x d."""
    z = torch.as_tensor(z, dtype=torch.float32)
    return network(z, torch.full((len(z),), log_snr))
