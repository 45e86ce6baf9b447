/** How a module reads its weights: it needs no package but PyTorch. */
export const READ_WEIGHTS = String.raw`
KINDS = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def read_safetensors(path):
    """Tensors by name. The file has 8 bytes with its header's length, the header as JSON, then the numbers, row-major."""
    with open(path, "rb") as file:
        raw = file.read()
    start = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:start])
    header.pop("__metadata__", None)  # says, for programs without this module, how a prediction follows
    tensors = {}
    for name, facts in header.items():
        begin, end = facts["data_offsets"]
        numbers = torch.frombuffer(bytearray(raw[start + begin : start + end]), dtype=KINDS[facts["dtype"]])
        tensors[name] = numbers.reshape(facts["shape"])
    return tensors


def load(path=None, dtype=torch.float32):
    """The trained model with its weights, from a file of safetensors: the one beside this module where path is left out."""
    model = Model()
    tensors = read_safetensors(path or os.path.join(os.path.dirname(os.path.abspath(__file__)), WEIGHTS))
    model.load_state_dict({name: one for name, one in tensors.items() if not name.startswith("schedule.")})
    return model.to(dtype).eval()
`;
