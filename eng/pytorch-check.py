"""Compares gpugan's networks with PyTorch's, in both directions; eng/pytorch-check.sh runs it."""
import csv
import importlib.util
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from torch import nn

try:
    from safetensors.torch import save_file
except ImportError:
    save_file = None

GPUGAN = ["dotnet", "src/GpuGan.Runner/bin/Release/net10.0/gpugan.dll"]
ROWS, SEED, ULP = 1000, 7, 2.0 ** -23
TYPES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}
ACTIVATIONS = {"tanh": nn.Tanh, "relu": nn.ReLU, "leaky-relu": nn.LeakyReLU, "sigmoid": nn.Sigmoid, "identity": nn.Identity}

temporary = tempfile.TemporaryDirectory()
work = Path(temporary.name)
failures = 0


def gpugan(*arguments):
    run = subprocess.run([*GPUGAN, *map(str, arguments)], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"pytorch-check: gpugan {' '.join(map(str, arguments))}: {run.stderr.strip()}")
    return run.stdout


def sample(source, *options):
    """The rows that gpugan makes of the latent rows of SEED."""
    table = csv.reader(io.StringIO(gpugan("sample", source, "-n", ROWS, "--seed", SEED, *options)))
    next(table)
    return torch.tensor([[float(cell) for cell in row] for row in table], dtype=torch.float64)


def save(name, tensors):
    """A safetensors file, by the package where there is one."""
    path = work / f"{name}.safetensors"
    tensors = {name: tensor.detach().contiguous() for name, tensor in tensors.items()}
    if save_file is not None:
        save_file(tensors, path)
        return path
    header, numbers = {}, b""
    for key, tensor in tensors.items():
        raw = bytes(tensor.view(torch.uint8).flatten().tolist()) if tensor.dim() else b""
        header[key] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(numbers), len(numbers) + len(raw)]}
        numbers += raw
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + numbers)
    return path


def latent(width):
    """The latent rows themselves: what a generator makes that changes nothing."""
    path = save(f"identity-{width}", {"weight": torch.eye(width), "bias": torch.zeros(width)})
    return sample(path).float()


def exactly(network, rows):
    """The outputs in double, and how far those in float32 may be from them."""
    exact, bound = rows.double(), torch.zeros(rows.shape, dtype=torch.float64)
    for module in network:
        if isinstance(module, nn.Linear):
            # Each of the products and sums is rounded once.
            weight, bias = module.weight.double(), module.bias.double()
            bound = bound @ weight.abs().T + (module.in_features + 2) * ULP * (exact.abs() @ weight.abs().T + bias.abs())
            exact = exact @ weight.T + bias
        else:
            # No activation is steeper than 1, each is accurate to 4 units in the last place.
            exact = module(exact)
            bound = bound + 4 * ULP * exact.abs()
    return exact, bound


def compare(what, ours, theirs, exact, bound):
    global failures
    off = [((outputs.double() - exact).abs() / (bound + 1e-37)).max().item() for outputs in (ours, theirs)]
    apart = (ours - theirs.double()).abs().max().item()
    good = ours.shape == theirs.shape and max(off) <= 1
    failures += not good
    print(f"{'same' if good else 'OTHER':6}{what:62}apart {apart:8.2g}, of what rounding allows: {off[0]:.2f} and {off[1]:.2f}")


@torch.no_grad()
def compare_network(what, ours, network, rows):
    exact, bound = exactly(network, rows)
    compare(what, ours, network(rows), exact, bound)
    return exact, bound


@torch.no_grad()
def exported(name, activation, *options):
    """From gpugan to PyTorch."""
    run = work / name
    gpugan("train", "--out", run, "--hidden-activation", activation, "--device", "cpu", "--quiet", "--no-plots", *options)
    gpugan("export", run)
    spec = importlib.util.spec_from_file_location(name, run / "pytorch" / "networks.py")
    networks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(networks)
    generator, discriminator = networks.generator(), networks.discriminator()
    compare_network(f"{name}: generator {activation}", sample(run), generator, latent(networks.LATENT))

    # Ours is made of the run's own weights: to gpugan a discriminator is a generator too.
    weights = networks.read(run / "weights.safetensors")
    alone = {key.removeprefix("discriminator."): value for key, value in weights.items() if key.startswith("discriminator.")}
    ours = sample(save(f"{name}-discriminator", alone), "--hidden-activation", activation)
    rows = latent(discriminator[0].in_features)
    exact, bound = compare_network(f"{name}: logits of the discriminator", ours, discriminator, rows)
    compare(f"{name}: after sigmoid", torch.sigmoid(ours), torch.sigmoid(discriminator(rows)), torch.sigmoid(exact), bound / 4 + 4 * ULP)

    # The names of the run's own file are those of PyTorch: with the prefix in a module of both, without it in each.
    both = nn.Module()
    both.generator, both.discriminator = generator, discriminator
    both.load_state_dict(weights)
    discriminator.load_state_dict(alone)

    # The same without the package safetensors.
    sys.modules["safetensors"] = sys.modules["safetensors.torch"] = None
    plain = networks.generator().state_dict()
    del sys.modules["safetensors"], sys.modules["safetensors.torch"]
    if not all(torch.equal(value, plain[key]) for key, value in generator.state_dict().items()):
        sys.exit("pytorch-check: the two readers of networks.py read other weights")
    return run


def perceptron(widths, activation):
    modules = [nn.Linear(widths[0], widths[1])]
    for inputs, outputs in zip(widths[1:], widths[2:]):
        modules += [ACTIVATIONS[activation](), nn.Linear(inputs, outputs)]
    return nn.Sequential(*modules)


def saved(what, tensors, network, activation):
    """From PyTorch to gpugan."""
    ours = sample(save(what.replace(" ", "-"), tensors), "--hidden-activation", activation)
    compare_network(f"saved by PyTorch: {what}", ours, network.float(), latent(network[0].in_features))


def main():
    torch.manual_seed(0)
    print(f"PyTorch {torch.__version__}, {'with' if save_file else 'without'} the package safetensors")
    data = work / "data.csv"
    data.write_text('"a ""b"" \\n",größe,"x, y"\n' + "".join(f"{i},{i * i % 7},{i % 3}\n" for i in range(30)), encoding="utf-8")
    deep = ["--generator", "3-16-16-2", "--discriminator", "2-16-16-16-1", "--rows", 200, "--epochs", 5, "--engine", "stepwise"]
    run = exported("chapter", "tanh")
    for activation in ACTIVATIONS:
        exported(f"deep-{activation}", activation, *deep)
    named = exported("named", "tanh", "--data", data, "--epochs", 2)
    for folder, rows in (run, 4), (named, 6):
        script = [sys.executable, folder / "pytorch" / "networks.py", str(rows - 1)]
        table = list(csv.reader(io.StringIO(subprocess.run(script, capture_output=True, text=True, check=True).stdout)))
        if len(table) != rows or table[0] != next(csv.reader(io.StringIO(gpugan("sample", folder, "-n", 1)))):
            sys.exit(f"pytorch-check: networks.py printed {table}")

    for activation in ACTIVATIONS:
        network = perceptron([2, 16, 16, 16, 1], activation)
        saved(f"nn.Sequential {activation}", network.state_dict(), network, activation)
    for dtype in TYPES:
        network = perceptron([3, 16, 16, 2], "tanh").to(dtype)
        saved(str(dtype), network.state_dict(), network, "tanh")
    gan = nn.Module()
    gan.generator, gan.discriminator = perceptron([2, 16, 16, 2], "leaky-relu"), perceptron([2, 5, 3, 1], "tanh")
    saved("a module of both networks", gan.state_dict(), gan.generator, "leaky-relu")
    saved("the same in DataParallel", nn.DataParallel(gan).state_dict(), gan.generator, "leaky-relu")
    layers = nn.ModuleList(module for module in gan.generator if isinstance(module, nn.Linear))
    saved("layers alone, numbered 0, 1, 2", layers.state_dict(), gan.generator, "leaky-relu")
    print(f"pytorch-check: {failures} of the networks are other ones" if failures else "pytorch-check: all networks are the same")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
