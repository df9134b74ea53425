#!/usr/bin/env python3
"""Trains the network of pytorch.json in PyTorch and writes it for `bcnntrain import-weights`.

    bcnntrain export-frames --config pytorch.json --split train --count 4000 --output train.bcnnframes
    python3 pytorch_export.py train.bcnnframes weights.safetensors
    bcnntrain import-weights --config pytorch.json --weights weights.safetensors --output models/networks/pytorch --calibrate

Without a file of frames it trains one step on noise: `python3 pytorch_export.py - weights.safetensors`.
Needs torch and numpy; takes the safetensors package where it is installed.
"""

import json
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

try:
    from safetensors.torch import save_file
except ImportError:  # not in every distribution

    def save_file(tensors, path):
        """The same file: length of a JSON header, the header, the values one behind the other."""
        header, values = {}, b""
        for name, tensor in tensors.items():
            data = tensor.numpy().astype("<f4").tobytes()
            header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(values), len(values) + len(data)]}
            values += data
        text = json.dumps(header).encode()
        with open(path, "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text + values)


BOUND = 1.3  # of latent weights and of the straight-through gradient


class Sign(torch.autograd.Function):
    """+1 where x >= 0, else -1; the gradient passes where |x| <= BOUND."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x >= 0, torch.ones_like(x), -torch.ones_like(x))

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return gradient * (x.abs() <= BOUND)


class BinaryComplexConv(nn.Module):
    """(wr + i wi) * (xr + i xi) with wr, wi = +-1: the signs of latent weights [Cout, Cin, Kh, Kw]. Padding adds 0."""

    def __init__(self, inputs, outputs, kernel, stride, padding):
        super().__init__()
        self.re = nn.Parameter(torch.empty(outputs, inputs, *kernel).uniform_(-1, 1))
        self.im = nn.Parameter(torch.empty(outputs, inputs, *kernel).uniform_(-1, 1))
        self.stride, self.padding = stride, padding

    def forward(self, re, im):
        wr, wi = Sign.apply(self.re), Sign.apply(self.im)

        def conv(x, w):
            return F.conv2d(x, w, stride=self.stride, padding=self.padding)

        return conv(re, wr) - conv(im, wi), conv(im, wr) + conv(re, wi)


class ComplexNorm(nn.Module):
    """Each component by its own mean and sqrt(2 variance + 1e-5), biased; then a complex gain and shift. All arrays [2, C]."""

    def __init__(self, channels):
        super().__init__()
        self.gain = nn.Parameter(torch.full((2, channels), 0.5**0.5))
        self.shift = nn.Parameter(torch.zeros(2, channels))
        self.register_buffer("mean", torch.zeros(2, channels))
        self.register_buffer("variance", torch.ones(2, channels))

    def forward(self, re, im):
        x = torch.stack([re, im])  # [2, N, C, H, W]
        mean, variance = self.mean, self.variance
        if self.training:
            mean, variance = x.mean(dim=(1, 3, 4)), x.var(dim=(1, 3, 4), unbiased=False)
            self.mean.lerp_(mean.detach(), 0.1)
            self.variance.lerp_(variance.detach(), 0.1)

        def wide(array):
            return array[:, None, :, None, None]

        re, im = (x - wide(mean)) / torch.sqrt(2 * wide(variance) + 1e-5)
        (gr, gi), (br, bi) = wide(self.gain), wide(self.shift)
        return gr * re - gi * im + br, gi * re + gr * im + bi


def sum_pool(x, k):
    """Sum, not average; an incomplete border is dropped."""
    return x if k == 1 else F.avg_pool2d(x, k) * (k * k)


class Network(nn.Module):
    """The layers of pytorch.json and a linear head on the features averaged over the map, real ones first."""

    def __init__(self, inputs, classes):
        super().__init__()
        self.convs = nn.ModuleList([
            BinaryComplexConv(inputs, 16, (3, 3), (2, 2), (1, 1)),
            BinaryComplexConv(16, 24, (3, 3), (1, 1), (1, 1)),
            BinaryComplexConv(24, 32, (1, 1), (1, 1), (0, 0)),
        ])
        self.norms = nn.ModuleList([ComplexNorm(16), ComplexNorm(24), ComplexNorm(32)])
        self.pools = [1, 2, 1]
        self.head = nn.Linear(2 * 32, classes)

    def forward(self, re, im):
        for conv, norm, pool in zip(self.convs, self.norms, self.pools):
            re, im = (sum_pool(part, pool) for part in conv(re, im))
            re, im = (Sign.apply(part) for part in norm(re, im))
        return self.head(torch.cat([re, im], dim=1).mean(dim=(2, 3)))


def tensors(net):
    """The import layout (tools/Trainer/README.md)."""
    named = {"head.weight": net.head.weight, "head.bias": net.head.bias}
    for i, (conv, norm) in enumerate(zip(net.convs, net.norms), 1):
        for p, part in enumerate(("re", "im")):
            named[f"conv{i}.weight.{part}"] = getattr(conv, part)
            for array in ("gain", "shift", "mean", "variance"):
                named[f"conv{i}.norm.{array}.{part}"] = getattr(norm, array)[p]
    return {name: tensor.detach().cpu().float().contiguous().clone() for name, tensor in named.items()}


def read_frames(path):
    """Frames as x = (2u - top) / top in [-1, 1], float32 [2, N, C, H, W] (re, im), and labels; P bit planes, packed LSB first."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:8] != b"BCNNFRAM":
        sys.exit(f"{path}: not a .bcnnframes file")
    _, header, height, width, channels, bits, count, _, flags = struct.unpack_from("<9I", data, 8)
    if not flags & 1:
        sys.exit(f"{path}: no labels")
    labels = np.frombuffer(data, "<i4", count, header)
    start = header + 4 * count * (1 + (flags >> 1 & 1))
    planes = np.frombuffer(data, np.uint8, offset=start).reshape(count, bits, height, width, 2, (channels + 7) // 8)
    u = np.zeros((count, height, width, 2, channels), np.float32)
    for b in range(bits):
        u += (1 << b) * np.unpackbits(planes[:, b], axis=-1, bitorder="little")[..., :channels].astype(np.float32)
    top = (1 << bits) - 1
    return np.ascontiguousarray(((2 * u - top) / top).transpose(3, 0, 4, 1, 2)), labels.astype(np.int64)


def noise():
    """Noise of the shape of the frames: enough to see that the file is taken."""
    random = np.random.default_rng(1)
    return random.uniform(-1, 1, (2, 100, 1, 32, 32)).astype(np.float32), random.integers(0, 4, 100)


def main(frames, output, epochs=5, batch=100):
    torch.manual_seed(1)
    x, labels = noise() if frames == "-" else read_frames(frames)
    x, labels = torch.from_numpy(x), torch.from_numpy(labels)
    net = Network(inputs=x.shape[2], classes=4)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.005)
    for epoch in range(1 if frames == "-" else epochs):
        right = 0
        for index in torch.randperm(len(labels)).split(batch):
            logits = net(x[0, index], x[1, index])
            loss = F.cross_entropy(logits, labels[index])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                for conv in net.convs:
                    conv.re.clamp_(-BOUND, BOUND)
                    conv.im.clamp_(-BOUND, BOUND)
            right += (logits.argmax(1) == labels[index]).sum().item()
        print(f"epoch {epoch + 1}: {right / len(labels):.1%} of the training frames right")
    save_file(tensors(net), output)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
