"""N GANs at once in PyTorch, each layer one baddbmm: what a population costs without a compiler of one's own.

usage: batched.py [SECONDS [THREADS [N...]]]
       batched.py --widths GENERATOR DISCRIMINATOR BATCH [SECONDS [THREADS [N...]]]

Prints one JSON object: the rates of each N, on one thread and on THREADS ("1000x2": 1,000 GANs on 2 threads), and the
best of all. Without widths they are the chapter's, 2-2 and 2-5-3-1 with a batch of 8.

The step is fixed and known, so the gradients and Adam are written out on flat parameters: less work than autograd.
"""
import json
import math
import sys
import time

import torch

ROWS, BATCH, LR_D, LR_G = 1000, 8, 0.05, 0.005


class Network:
    """Parameters of N networks of the same widths in one tensor, with views of it for each layer; trained by Adam."""

    def __init__(self, population, widths):
        shapes = list(zip(widths, widths[1:]))
        self.flat = torch.zeros(population, sum((i + 1) * o for i, o in shapes))
        self.gradient = torch.zeros_like(self.flat)
        self.mean, self.square = torch.zeros_like(self.flat), torch.zeros_like(self.flat)
        self.steps = 0
        self.layers, self.gradients = [self.views(tensor, shapes) for tensor in (self.flat, self.gradient)]
        for weight, _ in self.layers:
            weight.normal_(0, 0.02)

    @staticmethod
    def views(flat, shapes):
        layers, at = [], 0
        for i, o in shapes:
            weight = flat[:, at:at + i * o].view(-1, i, o)
            layers.append((weight, flat[:, at + i * o:at + (i + 1) * o].view(-1, 1, o)))
            at += (i + 1) * o
        return layers

    def forward(self, x):
        """The outputs of all layers, the input first; tanh after each but the last."""
        outputs = [x]
        for index, (weight, bias) in enumerate(self.layers):
            x = torch.baddbmm(bias, x, weight)
            if index + 1 < len(self.layers):
                x = x.tanh_()
            outputs.append(x)
        return outputs

    def backward(self, outputs, delta, keep, to_input):
        """From the loss's derivative at the last output: gradients where they are kept, the input's where asked for."""
        for index in reversed(range(len(self.layers))):
            if keep:
                weight, bias = self.gradients[index]
                weight.copy_(torch.bmm(outputs[index].transpose(1, 2), delta))
                bias.copy_(delta.sum(1, keepdim=True))
            if index > 0 or to_input:
                delta = torch.bmm(delta, self.layers[index][0].transpose(1, 2))
                if index > 0:
                    delta *= 1 - outputs[index] * outputs[index]
        return delta

    def adam(self, lr):
        self.steps += 1
        unbias = math.sqrt(1 - 0.999 ** self.steps)
        self.mean.lerp_(self.gradient, 0.1)
        self.square.mul_(0.999).addcmul_(self.gradient, self.gradient, value=0.001)
        self.flat.addcdiv_(self.mean, self.square.sqrt().add_(1e-8 * unbias), value=-lr * unbias / (1 - 0.9 ** self.steps))


def step(generator, discriminator, real):
    population, batch = generator.flat.shape[0], len(real)
    noise = torch.randn(population, batch, generator.layers[0][0].shape[1])

    fake = generator.forward(noise)
    outputs = discriminator.forward(torch.cat((real.expand(population, -1, -1), fake[-1]), 1))
    delta = outputs[-1].sigmoid()
    delta[:, :batch] -= 1
    discriminator.backward(outputs, delta.mul_(0.5 / batch), keep=True, to_input=False)
    discriminator.adam(LR_D)

    outputs = discriminator.forward(fake[-1])
    delta = outputs[-1].sigmoid().sub_(1).mul_(1 / batch)
    generator.backward(fake, discriminator.backward(outputs, delta, keep=False, to_input=True), keep=True, to_input=False)
    generator.adam(LR_G)


def rate(population, seconds, batches, generator_widths, discriminator_widths):
    generator, discriminator = Network(population, generator_widths), Network(population, discriminator_widths)
    for real in batches[:3]:
        step(generator, discriminator, real)
    start, steps = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        step(generator, discriminator, batches[steps % len(batches)])
        steps += 1
    return population * steps / (time.perf_counter() - start)


def main():
    args, generator, discriminator, batch = sys.argv[1:], (2, 2), (2, 5, 3, 1), BATCH
    if args[:1] == ["--widths"]:
        generator, discriminator = [tuple(int(w) for w in widths.split("-")) for widths in args[1:3]]
        batch, args = int(args[3]), args[4:]
    seconds = float(args[0]) if args else 2
    most_threads = int(args[1]) if len(args) > 1 else 2
    populations = [int(n) for n in args[2:]] or [100, 1000, 4000, 10000]
    torch.manual_seed(0)
    torch.set_grad_enabled(False)
    if generator[-1] == 2:
        data = torch.randn(ROWS, 2) @ torch.tensor([[1.0, 2.0], [-0.1, 0.5]]) + torch.tensor([1.0, 2.0])
    else:
        data = torch.randn(ROWS, generator[-1])
    batches = [rows for rows in data.split(batch) if len(rows) == batch] or [data]
    rates = {}
    for threads in sorted({1, most_threads}):
        torch.set_num_threads(threads)
        for population in populations:
            rates[population, threads] = rate(population, seconds, batches, generator, discriminator)
    best = max(rates, key=rates.get)
    print(json.dumps({
        "program": "batched", "torch": torch.__version__, "generator": "-".join(map(str, generator)),
        "discriminator": "-".join(map(str, discriminator)), "batch_size": batch, "population": best[0], "threads": best[1],
        "gan_steps_per_second": round(rates[best]), "rates": {f"{n}x{t}": round(r) for (n, t), r in rates.items()}}))


if __name__ == "__main__":
    main()
