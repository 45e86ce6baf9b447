/** How parameters are optimised, as PyTorch; every kind of model has it. */
export const OPTIMISING = String.raw`

# Training


def learning_rate(step):
    """A linear warm-up, and half a cosine to 0; step counts from 0."""
    rise = min(1, (step + 1) / (TRAINING["warmup"] + 1))
    return TRAINING["learningRate"] * rise * (1 + math.cos(math.pi * step / TRAINING["steps"])) / 2


class Part:
    """A module whose parameters are optimised together: AdamW with clipped gradients, and the EMA of the parameters."""

    def __init__(self, module):
        self.module = module
        self.parameters = [parameter for parameter in module.parameters() if parameter.requires_grad]
        self.before = [parameter.detach().clone() for parameter in self.parameters]
        self.average = copy.deepcopy(module) if TRAINING["averaging"] else None
        decay = TRAINING["weightDecay"]
        self.optimiser = torch.optim.AdamW(self.parameters, betas=(0.9, 0.999), eps=1e-8, weight_decay=decay)

    @property
    def predicting(self):
        """The module that predicts."""
        return self.average or self.module

    @torch.no_grad()
    def step(self, step):
        """Takes a step on the gradients and answers their norm; where that is not finite, takes the last step back."""
        norm = nn.utils.clip_grad_norm_(self.parameters, TRAINING["gradientClip"] or math.inf).item()
        if not math.isfinite(norm):
            self.undo()
            return norm
        if self.average:
            kept = min(TRAINING["averaging"], (step + 1) / (step + 10))
            for mean, parameter in zip(self.average.parameters(), self.module.parameters()):
                mean.mul_(kept).add_(parameter, alpha=1 - kept)
        for kept, parameter in zip(self.before, self.parameters):
            kept.copy_(parameter)
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(step)
        self.optimiser.step()
        return norm

    @torch.no_grad()
    def undo(self):
        for kept, parameter in zip(self.before, self.parameters):
            parameter.copy_(kept)

    def state(self):
        average = self.average.state_dict() if self.average else {}
        moments = self.optimiser.state_dict()["state"]
        modules = {"module": self.module.state_dict(), "average": average}
        return on_cpu({**modules, "before": self.before, "moments": moments})

    @torch.no_grad()
    def restore(self, state):
        self.module.load_state_dict(state["module"])
        if self.average:
            self.average.load_state_dict(state["average"])
        for kept, saved in zip(self.before, state["before"]):
            kept.copy_(saved)
        self.optimiser.load_state_dict({**self.optimiser.state_dict(), "state": state["moments"]})


def on_cpu(value):
    """A copy of tensors, in whatever they lie, on the CPU."""
    if isinstance(value, torch.Tensor):
        return value.detach().cpu().clone()
    if isinstance(value, dict):
        return {key: on_cpu(one) for key, one in value.items()}
    return [on_cpu(one) for one in value] if isinstance(value, (list, tuple)) else value


def whole_loss(terms):
    """The sum of the terms of a loss, with the weight eta of the denoising term."""
    return sum(TRAINING["eta"] * term if key == "denoising" else term for key, term in terms.items())
`;
