/** The lab's random numbers as Python, so that the split of the rows and the starts of predictions are the lab's. */
export const RANDOM = String.raw`
# The lab's random numbers

PURPOSES = {"split": 2, "weights": 3, "start": 6, "noise": 7, "embedding": 8}
PI = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344)


def mix(word):
    """A bijection of 32 bits in which every bit of the input turns half of the output's."""
    word = (word ^ (word >> 16)) * np.uint32(0x21F0AAAD)
    word = (word ^ (word >> 15)) * np.uint32(0x735A2D97)
    return word ^ (word >> 15)


class Random:
    """xoroshiro128+ by a seed, a purpose and a row: a generator for each of the rows, whatever the others."""

    def __init__(self, seed, purpose, rows=(0,)):
        rows = (np.asarray(rows, dtype=np.int64) % 2**32).astype(np.uint32)
        self.words = [np.full_like(rows, word) for word in PI]
        for part in (np.full_like(rows, seed % 2**32), np.full_like(rows, PURPOSES[purpose]), rows):
            for i in range(4):
                self.words[i] = mix(self.words[i] + self.words[(i + 3) % 4] + part)
        self.spare = None

    def next(self):
        a, b, c, d = self.words
        low, high = d ^ b, c ^ a
        self.words = [
            (a << 24) ^ (b >> 8) ^ high ^ ((high << 16) | (low >> 16)),
            (b << 24) ^ (a >> 8) ^ low ^ (low << 16),
            (low << 5) ^ (high >> 27),
            (high << 5) ^ (low >> 27),
        ]
        return b + d

    def uniform(self):
        """Uniform in [0, 1), 53 bits, one of each generator."""
        high, low = self.next() & (2**26 - 1), self.next() & (2**27 - 1)
        return high * 2.0**-26 + low * 2.0**-53

    def normals(self, count):
        """N(0, 1) by Box and Muller: rows x count."""
        columns = []
        for _ in range(count):
            if self.spare is None:
                radius, angle = np.sqrt(-2 * np.log1p(-self.uniform())), 2 * np.pi * self.uniform()
                columns.append(radius * np.cos(angle))
                self.spare = radius * np.sin(angle)
            else:
                columns.append(self.spare)
                self.spare = None
        return np.stack(columns, axis=1)

    def permutation(self, n):
        """0 to n - 1 in random order (Fisher and Yates), by the first generator."""
        order = list(range(n))
        for i in range(n - 1, 0, -1):
            most = 2**32 // (i + 1) * (i + 1) if i > 1 else 2**32
            value = most
            while value >= most:
                value = (int(self.next()[0]) + 2**31) % 2**32
            j = value % (i + 1)
            order[i], order[j] = order[j], order[i]
        return order
`;
