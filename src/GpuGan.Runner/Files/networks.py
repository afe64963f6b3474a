"""The networks of a GAN that gpugan trained, as PyTorch modules.

python3 networks.py [ROWS] prints rows that the generator makes, as CSV.
"""
import csv
import json
import sys
from pathlib import Path

import torch
from torch import nn

COLUMNS = [{columns}]
LATENT = {latent}

# The networks know a column as (x - SHIFT) / SCALE.
SHIFT = [{shift}]
SCALE = [{scale}]


def generator():
    """Makes a row of LATENT standard normal numbers."""
    return load("generator", nn.Sequential(
        {generator},
    ))


def discriminator():
    """Makes a logit of a row; torch.sigmoid of it is the probability that the row is real."""
    return load("discriminator", nn.Sequential(
        {discriminator},
    ))


def load(name, network):
    """Gives a network its weights, from the file beside this one."""
    network.load_state_dict(read(Path(__file__).with_name(name + ".safetensors")))
    return network.eval()


def read(path):
    """The tensors of a safetensors file by their names."""
    try:
        from safetensors.torch import load_file
        return load_file(path)
    except ImportError:
        pass  # the format is simple: the header's length, a JSON header, the numbers
    content = path.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    header.pop("__metadata__", None)
    tensors = {}
    for name, tensor in header.items():
        begin, end = tensor["data_offsets"]
        numbers = bytearray(content[start + begin:start + end])
        tensors[name] = torch.frombuffer(numbers, dtype=torch.float32).reshape(tensor["shape"])
    return tensors


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    torch.manual_seed(0)
    with torch.no_grad():
        made = generator()(torch.randn(rows, LATENT)).double()
        made = made * torch.tensor(SCALE, dtype=torch.float64) + torch.tensor(SHIFT, dtype=torch.float64)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(made.tolist())


if __name__ == "__main__":
    main()
