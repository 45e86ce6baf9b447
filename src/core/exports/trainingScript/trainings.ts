/** What differs between models of one network: their sizes and batches, and what is measured of the rows. */
interface SingleParts {
  readonly sizes: string;
  readonly batches: string;
  readonly rows: string;
  readonly measure: string;
}

const states = (spare: string): SingleParts => ({
  sizes: String.raw`
        head = Head(data) if data.targets is None else None
        ends = bool(head) and TRAINED_HEAD
        states = head.table.shape[1] if head else len(data.target_names)
        inputs = states + len(data.features) + MODEL["timeFeatures"]
        outputs = len(data.classes) if head and SOFTMAX else states`,
  batches: `StateBatches(train_rows(data, device), states${spare}, mine=mine)`,
  rows: 'TRAINING["batch"]',
  measure: String.raw`
        measured.add_errors(errors, batch["weight"][:, 0] * TRAINING["eta"], batch["bins"])`,
});

const plain: SingleParts = {
  sizes: String.raw`
        head, ends = None, False
        inputs, outputs = len(data.features), len(data.classes) or len(data.target_names)`,
  batches: 'Batches(train_rows(data, device), mine=mine)',
  rows: '0',
  measure: '',
};

/** One network, trained by all processes together. */
const single = (parts: SingleParts): string => String.raw`

class Training:
    """One network. Every process takes its share of each batch; DistributedDataParallel averages the gradients."""

    def __init__(self, data, device, processes):
        if processes.count > TRAINING["batch"]:
            raise Refused(f"batches of {TRAINING['batch']} rows cannot be shared by {processes.count} processes")
        self.processes = processes${parts.sizes}
        network = Network(inputs, outputs, seeded(1))
        self.part = Part(nn.ModuleDict({"network": network, **({"head": head} if head else {})}).to(device))
        mine = slice(processes.rank, None, processes.count)
        self.batches = ${parts.batches}
        self.objective = processes.shared(Objective(network, head, ends), device)
        self.rows = ${parts.rows}  # whose errors are measured in a step

    def next(self, step):
        """Takes a step and answers what it measured, this process's share; nothing where a number is not finite."""
        batch = self.batches.next()
        terms, errors = self.objective(batch)
        loss = whole_loss(terms)
        self.part.optimiser.zero_grad()
        (loss * self.processes.count).backward()
        norm = self.part.step(step)
        if not math.isfinite(norm):
            return None
        measured = Measured(loss.item(), norm**2 if self.processes.rank == 0 else 0)
        measured.add_terms(terms)${parts.measure}
        return measured

    def weights(self):
        """The weights that predict, by name."""
        named = {}
        for module in self.part.predicting.values():
            named.update(module.tensors())
        return on_cpu(named)

    def state(self):
        """All that is needed to go on, for the process that saves it."""
        return {"part": self.part.state(), "batches": self.batches.state()}

    def restore(self, state):
        self.part.restore(state["part"])
        self.batches.restore(state["batches"])
`;

/** A network for each block of NoProp-DT, dealt over the processes. */
const blocks = String.raw`

class Training:
    """A network for each block. The blocks are dealt over the processes in turn; each is trained by one of them.

    What a block draws depends on nothing but the seed and its number, so the number of processes changes nothing.
    Where embeddings or read-out are trained, all blocks share them: their gradients are summed at every step.
    """

    def __init__(self, data, device, processes):
        count = len(BLOCK_WEIGHTS)
        if processes.count > count:
            raise Refused(f"{count} blocks cannot be dealt over {processes.count} processes")
        self.processes, self.mine = processes, range(processes.rank, count, processes.count)
        self.head = Head(data).to(device) if data.targets is None else None
        self.shared = Part(self.head) if self.head and TRAINED_HEAD else None
        states = self.head.table.shape[1] if self.head else len(data.target_names)
        outputs = len(data.classes) if self.head and SOFTMAX else states
        inputs = states + len(data.features)
        rows = train_rows(data, device)
        self.parts = {k: Part(Network(inputs, outputs, seeded(1, k)).to(device)) for k in self.mine}
        # the last block also draws the states at the end
        ends = {k: bool(self.shared) and k == count - 1 for k in self.mine}
        self.batches = {k: StateBatches(rows, states, states * ends[k], stream=k) for k in self.mine}
        self.objectives = {k: Objective(self.parts[k].module, self.head, ends[k]) for k in self.mine}
        self.rows = TRAINING["batch"] * count  # whose errors are measured in a step

    def next(self, step):
        """Takes a step and answers what it measured, of this process's blocks; nothing where a number is not finite."""
        measured, finite = Measured(0, 0), True
        if self.shared:
            self.shared.optimiser.zero_grad()
        for k in self.mine:
            batch = self.batches[k].next()
            terms, errors = self.objectives[k](batch)
            loss = whole_loss(terms)
            self.parts[k].optimiser.zero_grad()
            loss.backward()
            norm = self.parts[k].step(step)
            finite = finite and math.isfinite(norm)
            measured.loss += loss.item()
            measured.square += norm**2
            measured.add_terms(terms)
            row_weights = batch["weight"][:, 0] * TRAINING["eta"] * len(BLOCK_WEIGHTS)
            measured.add_errors(errors, row_weights, batch["bins"])
        if self.shared:
            norm = self.step_shared(step, finite)
            finite = math.isfinite(norm)
            measured.square += norm**2 if self.processes.rank == 0 else 0
        return measured if finite else None

    def step_shared(self, step, finite):
        """Moves what the blocks share by the sum of their gradients; all processes learn so where one is not finite."""
        parameters = self.shared.parameters
        for parameter in parameters:
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
            if not finite:
                parameter.grad.fill_(math.nan)
            self.processes.sum_in_place(parameter.grad)
        return self.shared.step(step)

    def weights(self):
        """The weights that predict, by name, in the first process; the others get none."""
        own = {k: on_cpu(part.predicting.tensors(f"blocks.{k}.")) for k, part in self.parts.items()}
        parts = self.processes.gather(own)
        if parts is None:
            return None
        blocks = {k: tensors for part in parts for k, tensors in part.items()}
        named = {name: tensor for k in sorted(blocks) for name, tensor in blocks[k].items()}
        head = self.shared.predicting if self.shared else self.head
        return {**named, **(on_cpu(head.tensors()) if head else {})}

    def state(self):
        """All that is needed to go on, in the first process; the others get none."""
        own = {k: {"part": part.state(), "batches": self.batches[k].state()} for k, part in self.parts.items()}
        parts = self.processes.gather(own)
        if parts is None:
            return None
        blocks = {k: state for part in parts for k, state in part.items()}
        return {"blocks": blocks, "shared": self.shared.state() if self.shared else {}}

    def restore(self, state):
        for k, part in self.parts.items():
            part.restore(state["blocks"][k]["part"])
            self.batches[k].restore(state["blocks"][k]["batches"])
        if self.shared:
            self.shared.restore(state["shared"])
`;

/** What takes the steps of each kind of model. */
export const TRAININGS = {
  ct: single(states(', states * ends')),
  dt: blocks,
  fm: single(states('')),
  backprop: single(plain),
};
