"""One GAN in eager PyTorch, as the chapter writes it, without its plots: the median time of one training.

usage: eager.py [TRAININGS]; prints one JSON object. One thread: more only slow networks of this size down.
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


def train(data):
    generator = nn.Linear(LATENT, 2)
    discriminator = nn.Sequential(nn.Linear(2, 5), nn.Tanh(), nn.Linear(5, 3), nn.Tanh(), nn.Linear(3, 1))
    for parameter in [*generator.parameters(), *discriminator.parameters()]:
        if parameter.dim() > 1:
            nn.init.normal_(parameter, 0, 0.02)
        else:
            nn.init.zeros_(parameter)
    bce = nn.BCEWithLogitsLoss()
    adam_d = torch.optim.Adam(discriminator.parameters(), lr=LR_D)
    adam_g = torch.optim.Adam(generator.parameters(), lr=LR_G)
    ones, zeros = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
    for _ in range(EPOCHS):
        for real in data.split(BATCH):
            noise = torch.randn(BATCH, LATENT)

            adam_d.zero_grad()
            fake = generator(noise).detach()
            ((bce(discriminator(real), ones) + bce(discriminator(fake), zeros)) / 2).backward()
            adam_d.step()

            adam_g.zero_grad()
            bce(discriminator(generator(noise)), ones).backward()
            adam_g.step()


def main():
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
