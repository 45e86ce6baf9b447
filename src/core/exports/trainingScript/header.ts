/** Text inside a docstring: nothing in it ends the docstring or escapes. */
const plain = (text: string): string =>
  text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll('\\', '/').replaceAll('"', "'"); // prettier-ignore

/** What a script begins with: what it is, how it is started, and what it imports. */
export const headerCode = (experiment: string, model: string, file: string): string => {
  const [title, script] = [plain(experiment), plain(file)];
  return `"""Trains "${title}" (${model}) in PyTorch; written by NoProp Lab.

On one machine:
    python ${script}
On one machine, in 4 processes:
    torchrun --nproc_per_node 4 ${script}
On 2 machines of 4 processes each, the same line on both; HOST is the name of one of them:
    torchrun --nnodes 2 --nproc_per_node 4 --rdzv_backend c10d --rdzv_endpoint HOST:29500 ${script}
Without torchrun, each process by itself:
    RANK=0 WORLD_SIZE=2 MASTER_ADDR=HOST MASTER_PORT=29500 python ${script}

Every machine needs this file and the data. The first process writes the folder of the run (--out), which NoProp Lab
and its command noprop open as a run. Started again with the same folder, the training goes on where it stopped.
"""

import argparse
import copy
import csv
import datetime
import gzip
import io
import json
import math
import os
import platform
import re
import signal
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import nn
`;
};
