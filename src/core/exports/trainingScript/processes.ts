/** The processes that train together, as Python. */
export const PROCESSES = String.raw`

# Processes


class Processes:
    """The processes that train together, as torchrun or the environment names them; one alone where neither does."""

    NAMES = ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")

    def __init__(self, device, backend):
        self.rank, self.count = 0, 1
        if "RANK" not in os.environ and "WORLD_SIZE" not in os.environ:
            self.device = torch.device(device)
            return
        missing = [name for name in self.NAMES if not os.environ.get(name)]
        if missing:
            raise Refused(f"to train on several processes, set {', '.join(self.NAMES)}: {', '.join(missing)} is missing")
        numbers = [os.environ[name] for name in self.NAMES[:2]]
        if not all(number.isdigit() for number in numbers) or not int(numbers[0]) < int(numbers[1]):
            raise Refused(f"RANK must be a whole number from 0 and below WORLD_SIZE: they are {' and '.join(numbers)}")
        self.rank, self.count = (int(number) for number in numbers)
        local = int(os.environ.get("LOCAL_RANK", self.rank))
        self.device = torch.device(device, local % torch.cuda.device_count()) if device == "cuda" else torch.device(device)
        if device == "cuda":
            torch.cuda.set_device(self.device)
        backend = backend or ("nccl" if device == "cuda" else "gloo")
        dist.init_process_group(backend)
        # numbers of Python travel by gloo, whatever tensors travel by
        self.control = dist.new_group(backend="gloo") if backend != "gloo" else dist.group.WORLD

    def shared(self, module, device):
        """The module whose gradients are averaged over the processes."""
        if self.count == 1:
            return module
        ids = [device.index] if device.type == "cuda" else None
        return nn.parallel.DistributedDataParallel(module, device_ids=ids, broadcast_buffers=False)

    def sum(self, array):
        """The sum of every process's array."""
        tensor = torch.as_tensor(array, dtype=torch.float64)
        if self.count > 1:
            dist.all_reduce(tensor, group=self.control)
        return tensor.numpy()

    def sum_in_place(self, tensor):
        if self.count > 1:
            dist.all_reduce(tensor)

    def gather(self, value):
        """Every process's value, in the first process; the others get nothing."""
        if self.count == 1:
            return [value]
        values = [None] * self.count if self.rank == 0 else None
        dist.gather_object(value, values, group=self.control)
        return values

    def share(self, make):
        """What the first process makes, in all of them; what it refuses, all refuse."""
        box = [None, None]
        if self.rank == 0:
            try:
                box = [make(), None]
            except Refused as error:
                box = [None, str(error)]
        if self.count > 1:
            dist.broadcast_object_list(box, src=0, group=self.control)
        if box[1]:
            raise Refused(box[1])
        return box[0]

    def close(self):
        """Waits until all processes are done, and ends this one.

        All files are written. Threads of a process group may abort an interpreter that ends step by step, so it ends at once.
        """
        if self.count == 1:
            return
        dist.barrier(group=self.control)
        dist.destroy_process_group()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
`;
