/** The loop of the training, and the command line, as Python. */
export const LOOP = String.raw`

# The run


class Run:
    """A training with its folder: takes the steps, evaluates, saves, and ends."""

    def __init__(self, data, processes, folder, source):
        self.data, self.processes, self.folder, self.source = data, processes, folder, source
        self.steps = TRAINING["steps"]
        self.evaluation = math.ceil(self.steps / (40 if TRAINING["patience"] else 10))
        self.training = Training(data, processes.device, processes)
        self.recorder = Recorder(math.ceil(self.steps / 400), self.training.rows, processes)
        self.step, self.checkpoints, self.best, self.waited = 0, [], None, 0
        self.started, self.seconds, self.training_seconds = now(), 0.0, 0.0
        self.begun = self.saved = time.monotonic()
        self.stopping = False

    def stop(self, *_):
        """Asks for an end after the next step."""
        self.stopping = True

    def train(self, kept):
        """Trains to the end, from the start or from what was kept. Answers the state that it ends in."""
        first = self.processes.rank == 0
        if kept:
            self.restore(kept)
        elif first:
            self.folder.begin()
        state = "done"
        while self.step < self.steps and state == "done":
            state = self.take_steps()
            if state != "diverged" and self.evaluate_and_save():
                state = "done"
                break
        self.end(state)
        return state

    def take_steps(self):
        """Takes the steps to the next halt, or fewer where one cannot be taken. All processes learn how it ended."""
        begun, from_step, failed = time.monotonic(), self.step, False
        while self.step < self.next_halt(from_step) and not failed:
            measured = self.training.next(self.step)
            failed = measured is None
            if not failed:
                self.recorder.add(measured)
                self.step += 1
            if self.stopping and self.processes.count == 1:
                break
        reached = self.processes.gather((self.step, failed, self.stopping))
        self.step, failed, stopped = self.processes.share(
            lambda: (min(one[0] for one in reached), any(one[1] for one in reached), any(one[2] for one in reached))
        )
        self.recorder.meet(self.step - from_step, self.step)
        self.training_seconds += time.monotonic() - begun
        return "diverged" if failed else "stopped" if stopped and self.step < self.steps else "done"

    def next_halt(self, step):
        """The next step after which there is something to do."""
        intervals = [self.recorder.interval, self.evaluation, TRAINING["checkpoints"]]
        return min([self.steps, *((step // every + 1) * every for every in intervals if every)])

    def evaluate_and_save(self):
        """Does what is due after a step. Answers whether the training stops early."""
        last = self.step == self.steps
        evaluates = last or self.step % self.evaluation == 0
        checkpoint = not last and TRAINING["checkpoints"] and self.step % TRAINING["checkpoints"] == 0
        late = self.processes.share(lambda: time.monotonic() - self.saved > 10)
        if not (evaluates or checkpoint or late):
            return False
        weights = self.training.weights()
        stops = self.processes.share(lambda: evaluates and self.evaluate(weights, last))
        if checkpoint and self.processes.rank == 0:
            self.folder.checkpoint(self.step, weights)
            self.checkpoints.append(self.step)
        if not (last or stops):
            self.save("running", weights)
        return stops

    def evaluate(self, weights, last):
        """Scores some rows, and says whether early stopping ends the training."""
        predictor, data = Predictor(weights, self.data, self.processes.device), self.data
        stops = False
        if TRAINING["patience"]:
            error = predictor.error(data.validation)
            self.waited += 1
            if self.best is None or error < self.best["error"]:
                self.best = {"step": self.step, "error": error, "weights": weights}
                self.waited = 0
            stops = self.waited >= TRAINING["patience"] and not last
        if not (last or stops):
            scores = {**predictor.scores("train", data.train, 500), **predictor.scores("test", data.test, 500)}
            self.recorder.evaluate(self.step, scores)
            self.report(scores)
        return stops

    def end(self, state):
        """Scores all rows and saves the end; a run that was stopped can go on from here."""
        weights = self.training.weights()
        kept = self.training.state()
        if self.processes.rank:
            return
        best = self.best["weights"] if self.best else weights
        predictor = Predictor(best, self.data, self.processes.device)
        scores = {**predictor.scores("train", self.data.train), **predictor.scores("test", self.data.test)}
        self.report(scores)
        going_on = copy.deepcopy(self.recorder.state())  # a run that goes on has no such end
        self.recorder.end_row(self.step)
        self.recorder.evaluate(self.step, scores)
        self.write(state, kept, going_on, best, scores, self.message(state))

    def message(self, state):
        if state == "diverged":
            return (
                f"the loss stopped being finite at step {self.step + 1}: the weights before it are kept; "
                "try a lower learning rate"
            )
        if not self.best:
            return None
        kept = f"the weights of step {self.best['step']} are kept, the best on {len(self.data.validation)} validation rows"
        early = f"stopped early, after {TRAINING['patience']} evaluations without improvement: "
        return early + kept if state == "done" and self.step < self.steps else kept

    def save(self, state, weights):
        kept = self.training.state()
        if self.processes.rank == 0:
            self.write(state, kept, self.recorder.state(), self.best["weights"] if self.best else weights, {}, None)
        self.saved = time.monotonic()

    def write(self, state, training, recorder, weights, scores, message):
        seconds = self.seconds + time.monotonic() - self.begun
        facts = {
            **{"experiment": EXPERIMENT, "step": self.step, "state": state, "recorder": recorder},
            **{"best": self.best and [self.best["step"], self.best["error"]], "waited": self.waited},
            **{"checkpoints": self.checkpoints, "started": self.started},
            **{"seconds": seconds, "training_seconds": self.training_seconds},
        }
        # tensors and text alone, which can be loaded without running code from the file
        best = self.best["weights"] if self.best else {}
        kept = {"training": training, "best": best, "facts": json.dumps(facts)}
        record = {
            "version": 1,
            "id": self.folder.path.name,
            "name": EXPERIMENT["name"],
            "model": MODEL["id"],
            "state": state,
            "message": message,
            "step": self.step,
            "steps": self.steps,
            "seed": EXPERIMENT["seed"],
            "checkpoints": self.checkpoints or None,
            "bestStep": self.best["step"] if self.best else None,
            "loss": self.recorder.last_loss(),
            **scores,
            "stepsPerSecond": self.step / max(1e-3, self.training_seconds),
            "started": self.started,
            "updated": now(),
            "seconds": seconds,
            "process": os.getpid(),
            "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__},
            "backend": "pytorch",
            "kernels": self.processes.device.type,
            "parameters": sum(weights[name].numel() for name in self.trained_names(weights)),
            "logSnr": LOG_SNR_RANGE,
            "data": {**self.data.record(), "folder": str(self.source)},
        }
        record = {key: value for key, value in record.items() if value is not None}
        self.folder.save(kept, weights, self.recorder.csv(), record)

    def trained_names(self, weights):
        """The names of the weights that are trained: a table of prototypes is not."""
        return [name for name in weights if name != "embedding.table" or MODEL["embedding"]["id"] == "learned"]

    def restore(self, kept):
        facts = kept["facts"]
        self.step, self.waited, self.checkpoints = facts["step"], facts["waited"], facts["checkpoints"]
        self.training.restore(kept["training"])
        self.recorder.restore(facts["recorder"])
        if facts["best"]:
            step, error = facts["best"]
            self.best = {"step": step, "error": error, "weights": kept["best"]}
        self.started, self.seconds, self.training_seconds = facts["started"], facts["seconds"], facts["training_seconds"]

    def report(self, scores):
        shown = ", ".join(f"{COLUMNS[key]} {value:.4f}" for key, value in scores.items())
        loss = self.recorder.last_loss()
        print(f"step {self.step} of {self.steps}: {'' if loss is None else f'loss {loss:.4g}, '}{shown}", flush=True)


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# Command line


def whole_number(least, most):
    def read(text):
        if not re.match(r"^-?[0-9]+$", text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"a whole number from {least} to {most} is needed, not {text}")
        return int(text)

    return read


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=whole_number(0, 2**32 - 1), help="in place of the experiment's seed")
    parser.add_argument("--steps", type=whole_number(1, 10_000_000), help="optimiser steps, in place of the experiment's")
    parser.add_argument("--out", type=Path, help="the folder of the run; it goes on where it stopped (noprop-runs/...)")
    parser.add_argument("--data", type=Path, help="the folder that paths of data files begin in (the script's own)")
    parser.add_argument("--device", choices=["cpu", "cuda"], help="cuda where there is one")
    parser.add_argument("--backend", choices=["gloo", "nccl"], help="what processes speak by (nccl on cuda, else gloo)")
    return parser.parse_args()


def main():
    chosen = options()
    if chosen.device == "cuda" and not torch.cuda.is_available():
        raise Refused("--device cuda: this PyTorch finds no CUDA device")
    if chosen.backend == "nccl" and not torch.cuda.is_available():
        raise Refused("--backend nccl needs CUDA devices: use gloo")
    choose(chosen.seed, chosen.steps)
    device = chosen.device or ("cuda" if torch.cuda.is_available() else "cpu")
    source = (chosen.data or Path(__file__).parent).resolve()
    data = read_data(source)
    processes = Processes(device, chosen.backend)
    folder = RunFolder(chosen.out or Path("noprop-runs") / f"{NAME}-pytorch-seed-{EXPERIMENT['seed']}")
    kept = processes.share(folder.open)
    if kept and kept["facts"]["state"] in ("done", "diverged"):
        if processes.rank == 0:
            print(f"{folder.path} is {kept['facts']['state']}: choose another folder by --out to train again")
    else:
        run = Run(data, processes, folder, source)
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, run.stop)
        state = run.train(kept)
        if processes.rank == 0:
            print(f"{state}: {folder.path}")
    processes.close()


if __name__ == "__main__":
    try:
        main()
    except Refused as error:
        sys.exit(f"{Path(__file__).name}: {error}")
`;
