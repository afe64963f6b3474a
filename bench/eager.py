"""One GAN in eager PyTorch, as the chapter writes it, without its plots: the median time of one training.

usage: eager.py [TRAININGS]
       eager.py --widths GENERATOR DISCRIMINATOR BATCH [SECONDS [THREADS]]

Prints one JSON object. The chapter's networks have one thread: more only slow networks of this size down. Of other widths, such as
2-64-64-2 and 2-64-64-1, the rate of steps is measured, on one thread and on THREADS, and the better one told.
"""
import json
import statistics
import sys
import time

import torch
from torch import nn

ROWS, BATCH, EPOCHS, LATENT, LR_D, LR_G = 1000, 8, 20, 2, 0.05, 0.005


def chapter_data():
    a = torch.tensor([[1.0, 2.0], [-0.1, 0.5]])
    return torch.randn(ROWS, 2) @ a + torch.tensor([1.0, 2.0])


def network(widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.Tanh()]
    return nn.Sequential(*layers[:-1])


def begin(generator_widths, discriminator_widths):
    """Both networks, and their optimisers."""
    generator, discriminator = network(generator_widths), network(discriminator_widths)
    for parameter in [*generator.parameters(), *discriminator.parameters()]:
        if parameter.dim() > 1:
            nn.init.normal_(parameter, 0, 0.02)
        else:
            nn.init.zeros_(parameter)
    return generator, discriminator, torch.optim.Adam(discriminator.parameters(), lr=LR_D), torch.optim.Adam(generator.parameters(), lr=LR_G)


def step(networks, real, latent, ones, zeros, bce=nn.BCEWithLogitsLoss()):
    generator, discriminator, adam_d, adam_g = networks
    noise = torch.randn(len(real), latent)

    adam_d.zero_grad()
    fake = generator(noise).detach()
    ((bce(discriminator(real), ones) + bce(discriminator(fake), zeros)) / 2).backward()
    adam_d.step()

    adam_g.zero_grad()
    bce(discriminator(generator(noise)), ones).backward()
    adam_g.step()


def train(data):
    networks = begin((LATENT, 2), (2, 5, 3, 1))
    ones, zeros = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
    for _ in range(EPOCHS):
        for real in data.split(BATCH):
            step(networks, real, LATENT, ones, zeros)


def rate(generator_widths, discriminator_widths, batch, seconds):
    """Steps a second, after some that are not counted."""
    networks = begin(generator_widths, discriminator_widths)
    real, ones, zeros = torch.randn(batch, generator_widths[-1]), torch.ones(batch, 1), torch.zeros(batch, 1)
    for _ in range(3):
        step(networks, real, generator_widths[0], ones, zeros)
    start, steps = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        step(networks, real, generator_widths[0], ones, zeros)
        steps += 1
    return steps / (time.perf_counter() - start)


def widths(generator, discriminator, batch, seconds="2", most_threads="2"):
    torch.manual_seed(0)
    rates = {}
    for threads in sorted({1, int(most_threads)}):
        torch.set_num_threads(threads)
        rates[threads] = rate([int(w) for w in generator.split("-")], [int(w) for w in discriminator.split("-")], int(batch), float(seconds))
    best = max(rates, key=rates.get)
    print(json.dumps({
        "program": "eager", "torch": torch.__version__, "generator": generator, "discriminator": discriminator, "batch_size": int(batch),
        "population": 1, "threads": best, "gan_steps_per_second": round(rates[best], 1)}))


def main():
    if sys.argv[1:2] == ["--widths"]:
        return widths(*sys.argv[2:])
    trainings = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    torch.set_num_threads(1)
    torch.manual_seed(0)
    data = chapter_data()
    train(data)                             # not counted: libraries load meanwhile
    times = []
    for _ in range(trainings):
        start = time.perf_counter()
        train(data)
        times.append(time.perf_counter() - start)
    seconds = statistics.median(times)
    print(json.dumps({
        "program": "eager", "torch": torch.__version__, "population": 1, "threads": 1,
        "seconds_per_training": round(seconds, 4),
        "gan_steps_per_second": round(EPOCHS * ROWS // BATCH / seconds, 1)}))


if __name__ == "__main__":
    main()
