/** How images in MNIST's own format are read, as Python. */
export const IMAGES = String.raw`
def read_idx(path, dimensions):
    """An array of unsigned bytes in the format of MNIST's own files, plain or gzip."""
    if not path.is_file():
        raise Refused(f"the data file {path} is missing: --data names the folder that its path begins in")
    raw = path.read_bytes()
    try:
        raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError) as error:
        raise Refused(f"{path} is not a whole gzip file: {error}") from None
    if raw[:4] != bytes([0, 0, 8, dimensions]):
        raise Refused(f"{path} is not an IDX file of unsigned bytes in {dimensions} dimensions")
    start = 4 + 4 * dimensions
    shape = np.frombuffer(raw[4:start], dtype=">u4").astype(int)
    if len(raw) - start != shape.prod():
        raise Refused(f"{path} has {len(raw) - start} bytes where its header says {shape.prod()}")
    return np.frombuffer(raw, dtype=np.uint8, offset=start).reshape(shape)


def read_data(folder):
    """The data set of images and their labels."""
    pictures, values = read_idx(folder / DATA["images"], 3), read_idx(folder / DATA["labels"], 1)
    if len(pictures) != len(values):
        raise Refused(f"there are {len(pictures)} images and {len(values)} labels")
    if DATA.get("transpose"):
        pictures = pictures.transpose(0, 2, 1)
    n, height, width = pictures.shape
    found, labels, counts = np.unique(values, return_inverse=True, return_counts=True)
    if counts.min() < 2:
        raise Refused(f"the label {found[counts.argmin()]} has one image only: at least two are needed, one to test on")
    features = [f"pixel {i + 1},{j + 1}" for i in range(height) for j in range(width)]
    return Data(pictures.reshape(n, -1), features, labels.astype(np.int64), [str(value) for value in found])
`;
