"""Models in the styles that people write them in. Each is made without arguments; INPUTS has the sizes, batch first."""
import torch
import torch.nn.functional as F
from torch import nn


class Functional(nn.Module):
    """Layers as attributes, everything between them as calls."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), (2, 2))
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(-1, self.num_flat_features(x))
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)

    def num_flat_features(self, x):
        size = 1
        for s in x.size()[1:]:
            size *= s
        return size


class DoubleConv(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.double_conv = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.double_conv(x)


class UNet(nn.Module):
    """Skips in a list, a loop over ModuleLists, upsampling to the size of the skip."""

    def __init__(self, widths=(16, 32, 64)):
        super().__init__()
        self.downs = nn.ModuleList()
        self.ups = nn.ModuleList()
        inputs = 3
        for width in widths:
            self.downs.append(DoubleConv(inputs, width))
            inputs = width
        self.bottleneck = DoubleConv(widths[-1], 2 * widths[-1])
        for width in reversed(widths):
            self.ups.append(nn.ConvTranspose2d(2 * width, width, 2, stride=2))
            self.ups.append(DoubleConv(2 * width, width))
        self.final = nn.Conv2d(widths[0], 1, 1)
        self.pool = nn.MaxPool2d(2, 2)

    def forward(self, x):
        skips = []
        for down in self.downs:
            x = down(x)
            skips.append(x)
            x = self.pool(x)
        x = self.bottleneck(x)
        skips = skips[::-1]
        for i in range(0, len(self.ups), 2):
            x = self.ups[i](x)
            skip = skips[i // 2]
            if x.shape != skip.shape:
                x = F.interpolate(x, size=skip.shape[2:])
            x = torch.cat((skip, x), dim=1)
            x = self.ups[i + 1](x)
        return torch.sigmoid(self.final(x))


class Siamese(nn.Module):
    """Two inputs through the same layers."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8 * 13 * 13, 32)
        )
        self.head = nn.Linear(32, 1)

    def forward(self, left, right):
        a, b = self.encoder(left), self.encoder(right)
        return self.head(torch.abs(a - b))


class Tagger(nn.Module):
    """A convolutional recurrent network with a head for each step."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(8, 16, 5, padding=2)
        self.lstm = nn.LSTM(16, 32, num_layers=2, batch_first=True, bidirectional=True)
        self.head = nn.Linear(64, 5)

    def forward(self, x):
        x = F.relu(self.conv(x)).permute(0, 2, 1)
        x, _ = self.lstm(x)
        return self.head(x)


class LastStep(nn.Module):
    """The state after the last step decides."""

    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(8, 24, batch_first=True)
        self.head = nn.Linear(24, 3)

    def forward(self, x):
        _, h = self.gru(x)
        return self.head(h[-1])


class ChannelAttention(nn.Module):
    """Squeeze and excitation with mean(dim=...) and views."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)
        self.squeeze = nn.Linear(16, 4)
        self.excite = nn.Linear(4, 16)

    def forward(self, x):
        x = self.conv(x)
        w = x.mean(dim=(2, 3))
        w = torch.sigmoid(self.excite(F.relu(self.squeeze(w))))
        return x * w.view(x.size(0), -1, 1, 1)


class Chunks(nn.Module):
    """Halves that go different ways, and a shuffle of channels."""

    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(8, 8, 1)
        self.b = nn.Conv2d(8, 8, 3, padding=1, groups=8)

    def forward(self, x):
        left, right = x.chunk(2, dim=1)
        out = torch.cat([left, self.b(F.relu(self.a(right)))], 1)
        n, c, h, w = out.size()
        return out.view(n, 2, c // 2, h, w).transpose(1, 2).contiguous().view(n, c, h, w)


class Volume(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv3d(1, 8, 3, stride=2, padding=1)
        self.norm = nn.InstanceNorm3d(8, affine=True)
        self.up = nn.ConvTranspose3d(8, 4, 2, stride=2)
        self.act = nn.LeakyReLU(0.2, inplace=True)

    def forward(self, x):
        return self.up(self.act(self.norm(self.down(x))))


class Temporal(nn.Module):
    """Causal convolutions with growing dilation."""

    def __init__(self, width=16, kernel=3, depth=3):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv1d(width, width, kernel, dilation=2**i) for i in range(depth))

    def forward(self, x):
        for conv in self.convs:
            pad = (conv.kernel_size[0] - 1) * conv.dilation[0]
            x = x + F.relu(conv(F.pad(x, (pad, 0))))
        return x


class Attention(nn.Module):
    """A transformer encoder over patches, with a class token and positions."""

    def __init__(self, width=32, depth=2):
        super().__init__()
        self.embed = nn.Conv2d(3, width, 8, stride=8)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.position = nn.Parameter(torch.zeros(1, 17, width))
        layer = nn.TransformerEncoderLayer(width, 4, 64, activation="gelu", batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, depth)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        x = self.embed(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], dim=1) + self.position
        return self.head(self.encoder(x)[:, 0])


class HandMadeAttention(nn.Module):
    def __init__(self, width=32, heads=4):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.proj = nn.Linear(width, width)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        attn = (q @ k.transpose(-2, -1)) * (c // self.heads) ** -0.5
        x = (attn.softmax(dim=-1) @ v).transpose(1, 2).reshape(b, n, c)
        return self.proj(x)


class Pyramid(nn.Module):
    """Lateral connections and two outputs in a dictionary."""

    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(3, 8, 3, stride=2, padding=1)
        self.c2 = nn.Conv2d(8, 16, 3, stride=2, padding=1)
        self.lateral1 = nn.Conv2d(8, 8, 1)
        self.lateral2 = nn.Conv2d(16, 8, 1)

    def forward(self, x):
        c1 = self.c1(x)
        c2 = self.c2(F.relu(c1))
        top = self.lateral2(c2)
        fine = self.lateral1(c1) + F.interpolate(top, scale_factor=2, mode="nearest")
        return {"fine": fine, "coarse": top}


class Words(nn.Module):
    """Indices in, a convolution over embeddings."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(100, 16)
        self.conv = nn.Conv1d(16, 24, 3)
        self.head = nn.Linear(24, 2)

    def forward(self, tokens):
        x = self.embed(tokens).transpose(1, 2)
        return self.head(self.conv(x).relu().amax(dim=2))


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(20, 16 * 4 * 4)
        self.net = nn.Sequential(
            nn.BatchNorm2d(16),
            nn.ReLU(True),
            nn.ConvTranspose2d(16, 8, 4, 2, 1),
            nn.BatchNorm2d(8),
            nn.ReLU(True),
            nn.ConvTranspose2d(8, 3, 4, 2, 1),
            nn.Tanh(),
        )

    def forward(self, z):
        return self.net(self.project(z).view(-1, 16, 4, 4))


class Residual(nn.Module):
    """A shortcut that is there only where sizes differ."""

    def __init__(self, inputs, width, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != width:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += self.shortcut(x)
        return F.relu(out)


class CifarResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.stages = nn.Sequential(
            Residual(16, 16), Residual(16, 16), Residual(16, 32, 2), Residual(32, 32), Residual(32, 64, 2)
        )
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = self.stages(F.relu(self.stem(x)))
        x = F.avg_pool2d(x, x.size(3))
        return self.fc(torch.flatten(x, 1))


INPUTS = {
    "Functional": ["1x1x28x28"],
    "UNet": ["1x3x100x100"],
    "Siamese": ["1x1x28x28", "1x1x28x28"],
    "Tagger": ["1x8x50"],
    "LastStep": ["1x20x8"],
    "ChannelAttention": ["1x3x32x32"],
    "Chunks": ["2x16x14x14"],
    "Volume": ["1x1x16x16x16"],
    "Temporal": ["1x16x64"],
    "Attention": ["1x3x32x32"],
    "HandMadeAttention": ["1x10x32"],
    "Pyramid": ["1x3x64x64"],
    "Words": ["1x30"],
    "Generator": ["1x20"],
    "CifarResNet": ["1x3x32x32"],
}
