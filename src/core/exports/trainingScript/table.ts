/** How a CSV or TSV file is read, as Python: like the lab, without its finer messages. */
export const TABLE = String.raw`
MISSING = re.compile(r"^(|na|n/a|nan|null|none|\?)$", re.IGNORECASE)
DECIMAL = re.compile(r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$", re.IGNORECASE)
DECIMAL_COMMA = re.compile(r"^([+-]?[0-9]*),(?=[0-9]+(e[+-]?[0-9]+)?$)", re.IGNORECASE)
THOUSANDS = re.compile(r"^[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+$")
LOOKS_LIKE_FORMULA = re.compile(r"^'[=+\-@\t\r]")


def lines_of(text, delimiter):
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def guess_delimiter(text):
    """The delimiter under which the first rows are most alike in their number of cells."""
    best = (",", None, None)
    for delimiter in (",", "\t", "|", ";", "\x1e", "\x1f"):
        widths = [len(row) or 1 for row, _ in zip(lines_of(text, delimiter), range(10))]
        changes = sum(abs(b - a) for a, b in zip(widths, widths[1:]))
        mean = sum(widths) / max(1, len(widths))
        if mean > 1.99 and (best[1] is None or (changes <= best[1] and mean > best[2])):
            best = (delimiter, changes, mean)
    return best[0]


def read_rows(path):
    """The rows of a file with their numbers, and whether its numbers have a decimal comma."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"the data file {path} is no text in UTF-8 or UTF-16") from None
    named = re.match(r'"?sep=(.)"?[ \t]*(\r\n|\r|\n)', text, re.IGNORECASE)
    text = (text[named.end() :] if named else text).rstrip("\r\n")
    delimiter = named[1] if named else guess_delimiter(text)
    rows = list(enumerate(lines_of(text, delimiter), 2 if named else 1))
    if re.search(r"'[=+\-@\t\r]", text):
        rows = [(number, [LOOKS_LIKE_FORMULA.sub(lambda m: m[0][1:], cell) for cell in row]) for number, row in rows]
    rows = [(number, row) for number, row in rows if len(row) > 1 or (row and row[0].strip())]
    commas = [cell.strip() for _, row in rows for cell in row if "," in cell] if delimiter == "\t" else []
    decimal = any(DECIMAL_COMMA.match(cell) and not THOUSANDS.match(cell) for cell in commas)
    return rows, delimiter == ";" or decimal


def feature_columns(names, rows, text_at):
    """Each column of features: its name, its place, and its categories where it holds no number."""
    for at, name in enumerate(names):
        if name == DATA["label"]:
            continue
        values = [text_at(row, at) for _, row in rows]
        values = [value for value in values if not MISSING.match(value)]
        numeric = not values or any(is_number(value) for value in values)
        yield name, at, None if numeric else sorted(set(values), key=lambda value: value.encode("utf-16-be"))


def is_number(text):
    """Whether a text is a number in JavaScript's sense, which takes hexadecimal ones too."""
    return bool(DECIMAL.match(text) or re.match(r"^(0x[0-9a-f]+|0b[01]+|0o[0-7]+|[+-]?Infinity)$", text, re.IGNORECASE))


def read_data(folder):
    """The data set of the table."""
    path = folder / DATA["path"]
    if not path.is_file():
        raise Refused(f"the data file {path} is missing: --data names the folder that its path begins in")
    rows, comma = read_rows(path)
    if not rows:
        raise Refused(f"the data file {path} is empty")
    text_at = lambda row, at: DECIMAL_COMMA.sub(r"\1.", row[at].strip()) if comma else row[at].strip()
    (_, header), *body = rows
    names = [name.strip() or f"column {i + 1}" for i, name in enumerate(header)]
    numbered = re.match(r"^column [1-9][0-9]*$", DATA["label"]) and DATA["label"] not in names
    if numbered and all(DECIMAL.match(text_at(header, at)) for at in range(len(header))):
        names, body = [f"column {i + 1}" for i in range(len(header))], rows
    if DATA["label"] not in names:
        raise Refused(f'the data file has no column "{DATA["label"]}": its columns are {", ".join(names)}')
    for number, row in body:
        if len(row) != len(names):
            raise Refused(f"row {number} has {len(row)} cells where the header has {len(names)}")
    if DATA["missing"] == "drop":
        body = [(number, row) for number, row in body if not any(MISSING.match(cell.strip()) for cell in row)]
    columns = list(feature_columns(names, body, text_at))
    x = []
    for number, row in body:
        values = []
        for name, at, categories in columns:
            cell = text_at(row, at)
            empty = bool(MISSING.match(cell))
            if empty and DATA["missing"] != "mean":
                raise Refused(f'row {number}, column "{name}": the cell has no value')
            if not empty and categories is None and not DECIMAL.match(cell):
                raise Refused(f'row {number}, column "{name}": "{cell}" is not a number')
            if categories is None:
                values.append(np.nan if empty else float(cell))
            else:
                values += [np.nan if empty else float(cell == value) for value in categories]
        x.append(values)
    features = [f"{name}={value}" if categories else name for name, _, categories in columns for value in categories or [""]]
    record = [{"name": name, **({"categories": categories} if categories else {})} for name, _, categories in columns]
    at = names.index(DATA["label"])
    if DATA["task"] == "regression":
        cells = [text_at(row, at) for _, row in body]
        if not all(DECIMAL.match(cell) for cell in cells):
            raise Refused(f'column "{DATA["label"]}": every row needs a number to predict')
        targets = np.array([[float(cell)] for cell in cells])
        labels = np.zeros(len(body), dtype=np.int64)
        return Data(np.array(x), features, labels, (), targets, [DATA["label"]], record)
    cells = [row[at].strip() for _, row in body]
    if "" in cells:
        raise Refused(f'row {body[cells.index("")][0]}, column "{DATA["label"]}": the label is empty')
    numeric = all(DECIMAL.match(cell) for cell in cells)
    found = dict.fromkeys(cells)
    classes = sorted(found, key=float if numeric else lambda value: value.encode("utf-16-be"))
    for value in classes:
        if cells.count(value) == 1:
            raise Refused(f'the label "{value}" has one row only: at least two are needed, one to test on')
    labels = np.array([classes.index(cell) for cell in cells], dtype=np.int64)
    return Data(np.array(x), features, labels, classes, columns=record)
`;
