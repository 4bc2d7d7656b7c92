"""Models that raise, each by another mistake that people make. INPUTS has the sizes, batch first."""
import torch
import torch.nn.functional as F
from torch import nn


class WrongFeatures(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 5)
        self.conv2 = nn.Conv2d(16, 32, 5)
        self.fc = nn.Linear(800, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc(torch.flatten(x, 1))


class MissingFlatten(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.fc = nn.Linear(8 * 16 * 16, 10)

    def forward(self, x):
        return self.fc(F.relu(self.conv(x)))


class WrongChannels(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 32, 3, padding=1)

    def forward(self, x):
        return self.conv2(F.relu(self.conv1(x)))


class GreyImage(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3)

    def forward(self, x):
        return self.conv(x)


class ChannelsAfterConcat(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 16, 1)
        self.b = nn.Conv2d(3, 24, 1)
        self.fuse = nn.Conv2d(32, 8, 1)

    def forward(self, x):
        return self.fuse(torch.cat([self.a(x), self.b(x)], dim=1))


class SkipOfOtherSize(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 8, 3, stride=2, padding=1)
        self.up = nn.ConvTranspose2d(8, 3, 2, stride=2)

    def forward(self, x):
        return torch.cat([x, self.up(self.down(x))], dim=1)


class ShortcutWithoutProjection(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(16, 32, 3, stride=2, padding=1)
        self.bn = nn.BatchNorm2d(32)

    def forward(self, x):
        return F.relu(self.bn(self.conv1(x)) + x)


class KernelLargerThanMap(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, stride=4)
        self.pool = nn.AvgPool2d(8)

    def forward(self, x):
        return self.pool(self.conv(x))


class WindowOfConvolution(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 11)

    def forward(self, x):
        return self.conv(x)


class NormOfOtherWidth(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, 3)
        self.bn = nn.BatchNorm2d(64)

    def forward(self, x):
        return self.bn(self.conv(x))


class GroupNormOfOtherWidth(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 24, 3)
        self.norm = nn.GroupNorm(8, 32)

    def forward(self, x):
        return self.norm(self.conv(x))


class LayerNormOfMap(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)
        self.norm = nn.LayerNorm(16)

    def forward(self, x):
        return self.norm(self.conv(x))


class TransposedChannels(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, stride=2)
        self.up = nn.ConvTranspose2d(32, 8, 2, stride=2)

    def forward(self, x):
        return self.up(self.conv(x))


class LstmAxes(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(1, 16, 5, padding=2)
        self.lstm = nn.LSTM(16, 32, batch_first=True)

    def forward(self, x):
        y, _ = self.lstm(self.conv(x))
        return y


class ViewOfOtherSize(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5)
        self.fc = nn.Linear(400, 10)

    def forward(self, x):
        x = F.max_pool2d(self.conv(x), 2)
        return self.fc(x.view(x.size(0), 16 * 5 * 5))


class HeadsDoNotDivide(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(30, 90)

    def forward(self, x):
        b, n, c = x.shape
        return self.qkv(x).reshape(b, n, 3, 4, c // 4).sum(2)


class AddOfOtherWidth(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 16, 3, padding=1)
        self.b = nn.Conv2d(3, 8, 3, padding=1)

    def forward(self, x):
        return self.a(x) + self.b(x)


class MatrixSizes(nn.Module):
    def __init__(self):
        super().__init__()
        self.q = nn.Linear(16, 8)
        self.k = nn.Linear(16, 12)

    def forward(self, x):
        return self.q(x) @ self.k(x).transpose(1, 2)


class VolumeIntoMap(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv3d(1, 8, 3, padding=1)
        self.bn = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.bn(self.conv(x))


class OwnError(nn.Module):
    def forward(self, x):
        if x.shape[-1] % 32:
            raise ValueError("the size must be a multiple of 32")
        return x


INPUTS = {
    "WrongFeatures": "1x1x28x28",
    "MissingFlatten": "1x3x16x16",
    "WrongChannels": "1x3x16x16",
    "GreyImage": "1x1x16x16",
    "ChannelsAfterConcat": "1x3x16x16",
    "SkipOfOtherSize": "1x3x25x25",
    "ShortcutWithoutProjection": "1x16x32x32",
    "KernelLargerThanMap": "1x3x28x28",
    "WindowOfConvolution": "1x3x8x8",
    "NormOfOtherWidth": "1x3x16x16",
    "GroupNormOfOtherWidth": "1x3x16x16",
    "LayerNormOfMap": "1x3x20x20",
    "TransposedChannels": "1x3x17x17",
    "LstmAxes": "1x1x100",
    "ViewOfOtherSize": "1x3x28x28",
    "HeadsDoNotDivide": "1x10x30",
    "AddOfOtherWidth": "1x3x16x16",
    "MatrixSizes": "1x10x16",
    "VolumeIntoMap": "1x1x8x16x16",
    "OwnError": "1x3x40x40",
}
